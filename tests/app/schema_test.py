"""Holds the schema for editors and greenml's own tables together, and checks the shipped catalogs with it."""

import json
import os
import re
import tempfile
import unittest

import jsonschema

from process import ROOT, run_here


def load(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return json.load(file)


def listed(what):
    return json.loads(run_here("list", what, "--format", "json").stdout)[what]


class Schema(unittest.TestCase):
    def setUp(self):
        self.schema = load("data", "schema", "catalog.schema.json")
        self.validator = jsonschema.Draft7Validator(self.schema)
        self.properties = self.schema["definitions"]["model"]["properties"]

    def test_what_is_in_data_is_what_greenml_prints(self):
        for what in ["catalog", "budget", "mapping"]:
            with open(os.path.join(ROOT, "data", "schema", f"{what}.schema.json"), "rb") as file:
                self.assertEqual(file.read(), run_here("schema", what).stdout, f"greenml schema {what} -o data/schema/{what}.schema.json")

    def test_it_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_every_field_label_and_metric_is_in_it_and_described(self):
        names = [field["name"] for field in listed("fields")] + [metric["name"] for metric in listed("metrics")]
        csv = run_here("rank", "-", "--format", "csv", stdin=b'[{"name": "a", "accuracy": 50, "energy": 1}]').stdout.decode()
        names += csv.splitlines()[0].split(",")
        for name in names:
            self.assertIn(name, self.properties)
            self.assertTrue(self.properties[name].get("description"), name)

    def test_every_unit_of_a_field_is_a_key_in_it(self):
        for field in listed("fields"):
            for unit in listed("units"):
                if field["name"] in unit["fields"].split() and unit["in_a_key"]:
                    self.assertIn(f'{field["name"]}_{unit["in_a_key"]}', self.properties)

    def test_nothing_else_is_in_it(self):
        for name in self.properties:
            value = {"rank": 1, "name": "a"}.get(name, "text")
            model = {"name": "a", name: value}
            done = run_here("rank", "-", "--by", "accuracy", stdin=json.dumps([model]).encode())
            self.assertNotIn(b"unknown key", done.stderr, name)

    def test_what_stands_at_the_top_of_results_is_in_it(self):
        at_the_top = self.schema["oneOf"][1]["properties"]
        model = json.dumps([{"name": "a", "accuracy": 50, "energy": 1}]).encode()
        for command in [["rank", "--relative-to", "a"], ["pareto"]]:
            done = run_here(command[0], "-", *command[1:], "--grid", "SWE", "--format", "json", stdin=model)
            for name in json.loads(done.stdout):
                self.assertIn(name, at_the_top)

    def test_the_shipped_catalogs_are_valid(self):
        for name in sorted(os.listdir(os.path.join(ROOT, "data"))):
            if name.endswith(".json"):
                self.validator.validate(load("data", name))

    def test_what_is_wrong_is_refused(self):
        for models in [[{}], [{"name": ""}], [{"name": "a", "energy": -1}], [{"name": "a", "energy": {"unit": "J"}}],
                       [{"name": "a", "flops": 0}], [{"name": "a", "tags": []}], [{"name": "a", "hardware_count": 2.5}],
                       [{"name": "a", "hardware_count": "four"}], [{"name": "a", "hardware_count": 0}], [{"name": "a", "energy": {"value": 1, "method": "guessed"}}],
                       {"models": {}}, {"description": "no models"}]:
            self.assertFalse(self.validator.is_valid(models), models)


class BudgetSchema(unittest.TestCase):
    def setUp(self):
        self.schema = load("data", "schema", "budget.schema.json")
        self.validator = jsonschema.Draft7Validator(self.schema)

    def test_it_is_a_schema_that_knows_every_measure(self):
        jsonschema.Draft7Validator.check_schema(self.schema)
        known = self.schema["definitions"]["limits"]["properties"]
        for measure in listed("fields") + listed("metrics"):
            self.assertIn(measure["name"], known)

    def test_what_greenml_accepts_is_valid_and_what_it_refuses_is_not(self):
        good = [{"min": {"accuracy": "75 %"}}, {"baseline": "b.json", "max_drop": "5%"}, {"max_drop": {"energy": "5%"}, "baseline": "b.json"},
                {"limits": [{"where": "task=x", "max": {"latency_ms": 5}, "level": "warn"}]}, {"where": {"task": "x"}, "max": {"energy": 5}},
                {"max": {"p95_ms:lower": 5}}]
        bad = [{"mni": {}}, {"min": {"acuracy": 75}}, {"min": 5}, {"level": "fatal"}, {"limits": [{"baseline": "x"}]}, {"max": {"energy": None}}]
        for budget, accepted in [(budget, True) for budget in good] + [(budget, False) for budget in bad]:
            self.assertEqual(self.validator.is_valid(budget), accepted, budget)
            with tempfile.TemporaryDirectory() as folder:
                for name, content in [("budget.json", budget), ("b.json", [{"name": "a", "energy": 1}]), ("m.json", [{"name": "a", "energy": 1}])]:
                    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                        json.dump(content, file)
                done = run_here("check", "m.json", "--budget", "budget.json", cwd=folder)
                is_refused = re.search(rb"budget\.json(:\d+:\d+)?: error", done.stderr) is not None
                self.assertEqual(not is_refused, accepted, (budget, done.stderr))


if __name__ == "__main__":
    unittest.main()
