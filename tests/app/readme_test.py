"""Takes the README's fenced examples, which are not transcripts, at their word: the budget holds a catalog to its limits,
and the jobs are well-formed and run a check that passes and fails as it should."""

import json
import os
import re
import subprocess
import tempfile
import unittest

import jsonschema
import yaml

from process import GREENML, ROOT

with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as readme:
    BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", readme.read(), re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for found, text in BLOCKS if found == language]


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
        return subprocess.run(["/bin/sh", "-c", line], cwd=self.folder, capture_output=True, check=False, timeout=60)

    def assert_ends(self, line, expected):
        done = self.shell(line)
        self.assertEqual(done.returncode, expected, (line, done.stdout, done.stderr))
        return done

    def test_the_budget_holds_models_to_every_one_of_its_limits(self):
        (budget,) = blocks("json")
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

        jobs = [yaml.safe_load(text) for text in blocks("yaml")]
        self.assertEqual(len(jobs), 2)
        for job in jobs:
            lines = list(steps(job))
            for wanted in ["scripts/install-packages", "cmake --build greenml/build"]:
                self.assertTrue(any(wanted in line for line in lines), (wanted, lines))
            (check,) = [line for line in lines if line.startswith("greenml/build/greenml check ")]
            check = check.replace("greenml/build/greenml", GREENML, 1)
            self.write("models.json", models())
            self.assert_ends(check, 0)
            self.write("models.json", models(energy=0.3))
            self.assert_ends(check, 1)

    def test_the_scripts_are_there(self):
        named = [word for text in blocks("sh") for word in text.split() if word.startswith(("scripts/", "bench/"))]
        self.assertGreaterEqual(len(named), 2)
        for script in named:
            self.assertTrue(os.access(os.path.join(ROOT, script), os.X_OK), script)


if __name__ == "__main__":
    unittest.main()
