"""What others run in continuous integration: the steps of action.yml with a release that is a folder here, the component
of GitLab, the hooks of pre-commit and the workflow. They are not run on the services themselves."""

import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

import yaml

from process import GREENML, ROOT


def read_yaml(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return list(yaml.safe_load_all(file))


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class Action(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name
        self.release = os.path.join(self.folder, "release")
        os.mkdir(self.release)
        with open(os.path.join(ROOT, "CMakeLists.txt"), encoding="utf-8") as file:
            version = re.search(r"^project\(greenml VERSION ([0-9.]+)", file.read(), re.MULTILINE)[1]
        self.package = f"greenml-{version}-linux-{os.uname().machine}"
        # A binary with sanitizers is large, and to press it well would take longer than the test.
        with tarfile.open(os.path.join(self.release, self.package + ".tar.gz"), "w:gz", compresslevel=1) as archive:
            archive.add(GREENML, f"{self.package}/bin/greenml")
        self.checksum()
        self.write("models.json", 81)
        self.write("baseline.json", 81)

    def checksum(self):
        subprocess.run("sha256sum ./*.tar.gz >SHA256SUMS", shell=True, cwd=self.release, check=True)

    def write(self, name, accuracy):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            json.dump([{"name": "net", "accuracy": accuracy, "flops": 4e9}], file)

    def steps(self, **inputs):
        """Runs the steps of the action as the runner would; its status, output, and what it wrote for others."""
        (action,) = read_yaml("action.yml")
        unknown = set(inputs) - set(action["inputs"])
        self.assertFalse(unknown)
        values = {name: inputs.get(name, row.get("default", "")) for name, row in action["inputs"].items()}
        context = {"runner.temp": os.path.join(self.folder, "temp"), **{f"inputs.{name}": value for name, value in values.items()}}
        written = {name: os.path.join(self.folder, name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        output = ""
        for step in action["runs"]["steps"]:
            variables = {name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: context.get(found[1], "?"), text)
                         for name, text in step["env"].items()}
            if "RELEASE" in variables:
                self.assertRegex(step["env"]["RELEASE"], r"server_url.*action_repository.*/releases/download/.*action_ref")
                variables["RELEASE"] = "file://" + self.release
            self.assertNotIn("?", "".join(variables.values()))
            done = subprocess.run([step["shell"], "-c", step["run"]], cwd=self.folder, capture_output=True, text=True, check=False,
                                  env={**os.environ, **variables, **written, "GITHUB_ACTION_PATH": ROOT})
            output += done.stdout + done.stderr
            if done.returncode != 0:
                break
        verdict = ""
        if os.path.exists(written["GITHUB_OUTPUT"]):
            with open(written["GITHUB_OUTPUT"], encoding="utf-8") as file:
                verdict = re.findall(r"^verdict=(.*)$", file.read(), re.MULTILINE)[-1]
        return done.returncode, output, verdict

    def test_a_model_that_is_no_worse_passes(self):
        status, output, verdict = self.steps(catalog="models.json", baseline="baseline.json", **{"max-drop": "5%"})
        self.assertEqual((status, verdict), (0, "pass"), output)
        with open(os.path.join(self.folder, "GITHUB_STEP_SUMMARY"), encoding="utf-8") as file:
            self.assertIn("PASSED", file.read())

    def test_a_model_that_is_worse_fails(self):
        self.write("models.json", 2)
        status, output, verdict = self.steps(catalog="models.json", baseline="baseline.json", **{"max-drop": "5%"})
        self.assertEqual((status, verdict), (1, "fail"), output)
        self.assertIn("::error file=models.json", output)

    def test_every_line_of_limits_counts(self):
        for limits, expected in (({"min": "accuracy=80%"}, "pass"), ({"min": "accuracy=80%\naccuracy=82%\n"}, "fail"),
                                 ({"min": "\naccuracy=80%\n", "max": "flops=5 GFLOP\nflops=3 GFLOP"}, "fail"),
                                 ({"max": "flops=5 GFLOP"}, "pass")):
            with self.subTest(limits=limits):
                self.assertEqual(self.steps(catalog="models.json", **limits)[2], expected)

    def test_what_cannot_be_judged_does_not_pass(self):
        for inputs in ({"catalog": "models.json"}, {"catalog": "there-is-none.json", "min": "accuracy=1%"},
                       {"catalog": "models.json", "baseline": "there-is-none.json", "max-drop": "5%"}):
            with self.subTest(inputs=inputs):
                status, _, verdict = self.steps(**inputs)
                self.assertEqual((status, verdict), (2, "unjudged"))

    def test_a_release_that_is_not_what_its_checksum_says_is_not_run(self):
        with open(os.path.join(self.release, self.package + ".tar.gz"), "ab") as file:
            file.write(b"x")
        status, output, verdict = self.steps(catalog="models.json", min="accuracy=80%")
        self.assertNotEqual(status, 0)
        self.assertEqual(verdict, "")
        self.assertIn("does not have the checksum", output)

    def test_a_release_without_the_package_in_its_checksums_is_not_run(self):
        with open(os.path.join(self.release, "SHA256SUMS"), "w", encoding="utf-8") as file:
            file.write("")
        self.assertNotEqual(self.steps(catalog="models.json", min="accuracy=80%")[0], 0)


class Files(unittest.TestCase):
    def test_the_steps_of_the_workflow_are_scripts_that_are_there(self):
        (workflow,) = read_yaml(".github/workflows/ci.yml")
        commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
        scripts = {word for command in commands for word in command.split() if word.startswith(("scripts/", ".ci/"))}
        self.assertEqual(scripts, {"scripts/test", "scripts/package", ".ci/run"})
        for script in scripts:
            self.assertTrue(os.access(os.path.join(ROOT, script), os.X_OK))
        for job in workflow["jobs"].values():
            for needed in [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", []):
                self.assertIn(needed, workflow["jobs"])

    def test_the_component_uses_the_inputs_that_it_states(self):
        head, job = read_yaml("templates/check.yml")
        used = set(re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", yaml.safe_dump(job)))
        self.assertEqual(used, set(head["spec"]["inputs"]))
        with open(os.path.join(ROOT, "templates/check.yml"), encoding="utf-8") as file:
            for script in re.findall(r"greenml/(packaging/\S+)", file.read()):
                self.assertTrue(os.access(os.path.join(ROOT, script), os.X_OK), script)

    def test_the_hooks_are_commands(self):
        (hooks,) = read_yaml(".pre-commit-hooks.yaml")
        for hook in hooks:
            program, command = hook["entry"].split()
            self.assertEqual(program, "greenml")
            self.assertEqual(subprocess.run([GREENML, command, "--help"], capture_output=True, check=False).returncode, 0)

    def test_scripts_are_shell(self):
        for folder in ("scripts", "packaging/ci", "tests/package"):
            for name in os.listdir(os.path.join(ROOT, folder)):
                path = os.path.join(ROOT, folder, name)
                with open(path, encoding="utf-8") as file:
                    if file.readline() == "#!/bin/sh\n":
                        subprocess.run(["sh", "-n", path], check=True)


if __name__ == "__main__":
    unittest.main()
