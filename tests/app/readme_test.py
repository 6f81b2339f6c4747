"""Takes the fenced examples of the README and of docs/ci.md, which are not transcripts, at their word: the budget holds a
catalog to its limits, and the jobs are well-formed and run a check that passes and fails as it should."""

import json
import os
import re
import subprocess
import tempfile
import unittest

import jsonschema
import yaml

from process import GREENML, ROOT


def blocks(page, language):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        found = re.findall(r"^```(\w+)\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)
    return [text for name, text in found if name == language]


def models(accuracy=76.1, energy=0.15):
    return json.dumps([{"name": "ResNet-50", "variant": "int8", "task": "image-classification", "accuracy": accuracy,
                        "size": "25.6 MB", "energy": f"{energy} J"}])


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("baseline.json", models())
        self.write("models.json", models())

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def shell(self, line):
        environment = {**os.environ, "HOME": self.folder, "GITHUB_BASE_REF": "main", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                       "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                       "GIT_COMMITTER_EMAIL": "a@example.org"}
        return subprocess.run(["/bin/sh", "-c", line], cwd=self.folder, env=environment, capture_output=True, check=False)

    def assert_ends(self, line, expected):
        done = self.shell(line)
        self.assertEqual(done.returncode, expected, (line, done.stdout, done.stderr))
        return done

    def test_the_budget_holds_models_to_every_one_of_its_limits(self):
        (budget,) = blocks("docs/ci.md", "json")
        with open(os.path.join(ROOT, "data", "schema", "budget.schema.json"), encoding="utf-8") as schema:
            jsonschema.validate(json.loads(budget), json.load(schema))
        self.write("greenml-budget.json", budget)
        check = f"{GREENML} check models.json"
        self.assert_ends(check, 0)
        self.write("models.json", models(accuracy=75.5))
        self.assertIn(b"accuracy", self.assert_ends(check, 1).stdout, "falls by more than the baseline allows")
        self.write("models.json", models(energy=0.21))
        self.assertIn(b"warning", self.assert_ends(check, 1).stdout, "more energy than the second limit allows")
        self.write("baseline.json", models(accuracy=74))
        self.write("models.json", models(accuracy=74))
        self.assertIn(b"at least 75%", self.assert_ends(check, 1).stdout)

    def test_the_jobs_run_a_check_that_can_fail(self):
        def steps(job):
            """The command lines of a job, wherever they stand in it."""
            for value in job.values() if isinstance(job, dict) else job:
                if isinstance(value, (dict, list)):
                    yield from steps(value)
                elif isinstance(value, str):
                    yield value

        jobs = [yaml.safe_load(text) for text in blocks("docs/ci.md", "yaml")]
        scripts = []
        for job in jobs:
            lines = list(steps(job))
            # From where the baseline is taken to the check, as it stands.
            script = "\n".join(line for line in lines if "git show" in line or "git fetch" in line or " check " in line)
            if " check " in script:
                scripts.append(script.replace("greenml/build/greenml", GREENML))
        # The step that uses the action: what the action does with these inputs.
        action = next(step for job in jobs if "jobs" in job for one in job["jobs"].values() for step in one["steps"]
                      if step.get("uses", "").startswith("OWNER/greenml@"))
        with open(os.path.join(ROOT, "action.yml"), encoding="utf-8") as file:
            self.assertLessEqual(set(action["with"]), set(yaml.safe_load(file)["inputs"]))
        inputs = " ".join(f"{name.upper().replace('-', '_')}='{text}'" for name, text in action["with"].items())
        (show,) = [line for line in steps(jobs[0]) if "git show" in line]
        scripts.append(f"{show}\n{inputs} {ROOT}/packaging/ci/check {GREENML}")
        self.assertEqual(len(scripts), 2)
        for script in scripts:
            script = "set -e\n" + script
            self.make_repository()
            self.assert_ends(script, 0)
            # A change that makes it worse, and later ones that keep it so: whoever breaks it cannot move the baseline.
            self.write("models.json", models(accuracy=2, energy=0.001))
            self.assert_ends("git checkout -q -b change && git commit -qam collapse", 0)
            self.assert_ends(script, 1)
            self.write("models.json", models(accuracy=2.1, energy=0.001))
            self.assert_ends("git commit -qam again", 0)
            self.assert_ends(script, 1)
            self.write("models.json", models(energy=0.3))
            self.assert_ends(script, 1)

    def make_repository(self):
        """A checkout of a repository whose branch main has models.json, and that is its own origin."""
        self.write("models.json", models())
        self.assert_ends("rm -rf .git && git init -q -b main && git remote add origin . && git add models.json && "
                         "git commit -qm models && git update-ref refs/remotes/origin/main main", 0)

    def test_links_lead_somewhere(self):
        pages = ["README.md", "bench/README.md", *(os.path.join("docs", name) for name in os.listdir(os.path.join(ROOT, "docs")))]
        followed = 0
        for page in pages:
            if not page.endswith(".md"):
                continue
            with open(os.path.join(ROOT, page), encoding="utf-8") as file:
                for link in re.findall(r"\]\(([^)#\s]+)\)", file.read()):
                    if "://" not in link:
                        self.assertTrue(os.path.exists(os.path.join(ROOT, os.path.dirname(page), link)), (page, link))
                        followed += 1
        self.assertGreater(followed, 40)

    def test_the_scripts_are_there(self):
        named = [word for page in ("README.md", "docs/contributing.md") for text in blocks(page, "sh") for word in text.split() if word.startswith(("scripts/", "bench/"))]
        self.assertGreaterEqual(len(named), 2)
        for script in named:
            self.assertTrue(os.access(os.path.join(ROOT, script), os.X_OK), script)


if __name__ == "__main__":
    unittest.main()
