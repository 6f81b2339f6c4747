"""Compares what greenml says with a calculation of its own, on the shipped catalogs."""

import csv
import io
import json
import math
import os
import random
import subprocess
import tempfile
import unittest

from process import DATA, GREENML, run_here

CATALOGS = ["imagenet-cnn.json", "torchvision.json", "timm.json", "llm-energy.json"]


def greenml(*arguments, stdin=None):
    done = run_here(*arguments, stdin=stdin or b"")
    if done.returncode != 0:
        raise AssertionError(f"greenml {arguments}: {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def rank(*arguments, stdin=None):
    return json.loads(greenml("rank", *arguments, "--format", "json", "--quiet", stdin=stdin))


class Scores(unittest.TestCase):
    def test_timm_scores_and_order_equal_a_calculation_from_the_file(self):
        catalog = json.load(open(os.path.join(DATA, "timm.json")))
        expected = {}
        for model in catalog["models"]:
            if "flops" not in model:
                continue
            self.assertEqual((model["accuracy"]["unit"], model["flops"]["unit"]), ("%", "GMAC"))
            expected[model["name"], model["variant"]] = model["accuracy"]["value"] / (2 * model["flops"]["value"])
        self.assertEqual(len(expected), 1556 - 94, "94 have the benchmark of another network")

        models = rank(os.path.join(DATA, "timm.json"))["models"]
        self.assertEqual(len(models), 1556)
        self.assertTrue(all(model["rank"] is None for model in models[len(expected):]))
        models = models[:len(expected)]
        for model in models:
            self.assertTrue(math.isclose(model["accuracy_per_gflop"], expected[model["name"], model["variant"]], rel_tol=1e-9))
        order = sorted(expected, key=lambda key: (-expected[key], key))
        # Scores that differ by less than rounding may stand either way round; all others may not.
        for model, key in zip(models, order):
            self.assertTrue(math.isclose(model["accuracy_per_gflop"], expected[key], rel_tol=1e-12))
        for index, model in enumerate(models):
            better = sum(1 for other in models if other["accuracy_per_gflop"] > model["accuracy_per_gflop"])
            self.assertEqual(model["rank"], better + 1, index)

    def test_ranks_do_not_depend_on_the_order_of_the_input(self):
        catalog = json.load(open(os.path.join(DATA, "timm.json")))
        sorted_output = greenml("rank", os.path.join(DATA, "timm.json"), "--format", "csv", "--quiet")
        random.seed(5)
        random.shuffle(catalog["models"])
        self.assertEqual(sorted_output, greenml("rank", "-", "--format", "csv", "--quiet", stdin=json.dumps(catalog).encode()))

    def test_a_ranking_is_a_catalog_with_the_same_ranking(self):
        for name in CATALOGS:
            with self.subTest(name):
                once = greenml("rank", os.path.join(DATA, name), "--format", "json", "--quiet")
                self.assertEqual(once, greenml("rank", "-", "--format", "json", "--quiet", stdin=once.encode()))
        once = greenml("rank", os.path.join(DATA, "training-footprints.json"), "--by", "training_co2", "--format", "json", "--quiet")
        self.assertEqual(once, greenml("rank", "-", "--by", "training_co2", "--format", "json", "--quiet", stdin=once.encode()))

    def test_csv_and_json_carry_the_same(self):
        for name in CATALOGS:
            path = os.path.join(DATA, name)
            models = rank(path)["models"]
            rows = list(csv.DictReader(io.StringIO(greenml("rank", path, "--format", "csv", "--csv-raw", "--quiet"))))
            self.assertEqual(len(rows), len(models))
            for row, model in zip(rows, models):
                self.assertEqual(list(row), list(model))
                for key, value in model.items():
                    if value is None:
                        self.assertEqual(row[key], "")
                    elif isinstance(value, (int, float)):
                        self.assertEqual(float(row[key]), value)
                    else:
                        self.assertEqual(row[key], value)

    def test_output_is_the_same_in_every_locale(self):
        outputs = set()
        for locale in ["C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"]:
            for form in ["table", "csv", "json"]:
                done = subprocess.run([GREENML, "rank", os.path.join(DATA, "timm.json"), "--format", form], capture_output=True,
                                      check=True, env={**os.environ, "LC_ALL": locale})
                outputs.add((form, done.stdout, done.stderr))
        self.assertEqual(len(outputs), 3)


class CatalogsAsShipped(unittest.TestCase):
    def test_counts(self):
        for name, count in [("imagenet-cnn", 46), ("torchvision", 80), ("timm", 1556), ("llm-energy", 260), ("training-footprints", 41)]:
            self.assertEqual(len(json.load(open(os.path.join(DATA, name + ".json")))["models"]), count, name)

    def test_every_catalog_names_its_source(self):
        for name in os.listdir(DATA):
            if name.endswith(".json"):
                catalog = json.load(open(os.path.join(DATA, name)))
                self.assertTrue(catalog["source"] and catalog["description"], name)


class Hostile(unittest.TestCase):
    """Whatever the bytes are, the end is 0 or 2 with a message, never a signal."""

    def outcome(self, data):
        done = run_here("rank", "-", "--format", "csv", stdin=data)
        self.assertIn(done.returncode, (0, 2), data[:200])
        self.assertTrue(done.returncode == 0 or done.stderr, data[:200])
        self.assertLess(len(done.stderr), 30000)
        return done.returncode

    def test_bytes_flipped(self):
        good = b'{"defaults":{"task":"t"},"models":[{"name":"a","energy":{"value":5,"unit":"J"},"accuracy":50}]}'
        self.assertEqual(self.outcome(good), 0)
        random.seed(1)
        for position in range(len(good)):
            self.outcome(good[:position] + bytes([good[position] ^ (1 << random.randrange(8))]) + good[position + 1:])

    def test_large_and_deep(self):
        self.assertEqual(self.outcome(b"[" * 1000000), 2)
        self.assertEqual(self.outcome(b'[{"name":"a","x":' + b"[" * 1000000 + b"]" * 1000000 + b"}]"), 2)
        self.assertEqual(self.outcome(b'[{"name":"' + b"x" * 5000000 + b'","accuracy":50,"energy":1}]'), 0)
        self.assertEqual(self.outcome(b'[{"name":"a",' + b",".join(b'"%d":1' % key for key in range(100000)) + b"}]"), 2)
        self.assertEqual(self.outcome(b'[{"name":"a","accuracy":50,"energy":1e' + b"9" * 100000 + b"}]"), 2)


if __name__ == "__main__":
    unittest.main()
