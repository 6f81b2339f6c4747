"""Laws that hold between one run of greenml and another, on the shipped catalogs: they need no numbers to compare with."""

import csv
import io
import json
import os
import random
import tempfile
import unittest

from process import DATA, run_here

CATALOGS = ["imagenet-cnn", "torchvision", "timm", "llm-energy"]
SEED = 20


def rows(*arguments, stdin=b""):
    """The models that a command prints, as programs get them."""
    done = run_here(*arguments, "--format", "csv", "--csv-raw", "--quiet", stdin=stdin)
    assert done.returncode == 0, (arguments, done.stderr)
    return list(csv.DictReader(io.StringIO(done.stdout.decode())))


def identities(models):
    return [tuple(model[key] for key in ("name", "variant", "task", "dataset", "hardware")) for model in models]


def path_of(name):
    return os.path.join(DATA, name + ".json")


class Between(unittest.TestCase):
    def test_a_top_is_the_beginning_and_reverse_is_the_reverse(self):
        for name in CATALOGS:
            whole = rows("rank", path_of(name), "--mixed", "--by", "accuracy")
            self.assertEqual(rows("rank", path_of(name), "--mixed", "--by", "accuracy", "--top", "7"), whole[:7])
            ranked = [model for model in whole if model["rank"]]
            backwards = rows("rank", path_of(name), "--mixed", "--by", "accuracy", "--reverse")
            self.assertEqual([model for model in backwards if model["rank"]], ranked[::-1])

    def test_the_top_of_tops_and_the_frontier_of_frontiers_are_those_of_all(self):
        """A catalog in parts, as several machines have it: each answers for its part, and one for the answers."""
        chance = random.Random(SEED)
        for name in [*CATALOGS, None]:
            if name:
                with open(path_of(name), encoding="utf-8") as file:
                    catalog = json.load(file)
                models = [{"source": catalog.get("source"), **catalog.get("defaults", {}), **model} for model in catalog["models"]]
            else:
                models = [{"name": f"m{index}", "accuracy": chance.choice([50, 60, 61, 62.5]), "flops": chance.choice([1, 2, 3, 5]) * 1e9,
                           "task": chance.choice(["t", "u"])} for index in range(300)]
            chance.shuffle(models)
            for command in (["rank", "--by", "accuracy", "--top", "5"], ["rank", "--by", "flops", "--top", "9"],
                            ["pareto", "--cost", "flops"]):
                if name == "llm-energy" and "flops" in command:
                    continue
                with self.subTest(name=name, command=command):
                    parts = b""
                    for part in range(4):
                        lines = "\n".join(json.dumps(model) for model in models[part::4])
                        done = run_here(*command, "-", "--format", "ndjson", "--quiet", stdin=lines.encode())
                        self.assertEqual(done.returncode, 0, done.stderr)
                        parts += done.stdout
                    whole = "\n".join(json.dumps(model) for model in models).encode()
                    self.assertEqual(identities(rows(*command, "-", stdin=parts)), identities(rows(*command, "-", stdin=whole)))

    def test_what_a_limit_leaves_keeps_its_order(self):
        for name in CATALOGS:
            whole = identities(rows("rank", path_of(name), "--mixed"))
            for least in (55, 70, 80):
                done = run_here("rank", path_of(name), "--mixed", "--min", f"accuracy={least}%", "--format", "csv", "--csv-raw", "--quiet")
                if done.returncode == 2:
                    self.assertIn(b"is left", done.stderr)
                    continue
                models = list(csv.DictReader(io.StringIO(done.stdout.decode())))
                self.assertTrue(all(float(model["accuracy_percent"]) >= least for model in models), (name, least))
                left = identities(models)
                kept = set(left)
                self.assertEqual(left, [identity for identity in whole if identity in kept], (name, least))

    def test_a_catalog_in_two_files_is_the_catalog(self):
        for name in CATALOGS:
            with open(path_of(name), encoding="utf-8") as file:
                catalog = json.load(file)
            random.Random(SEED).shuffle(catalog["models"])
            middle = len(catalog["models"]) // 3
            with tempfile.TemporaryDirectory() as folder:
                parts = []
                for number, models in enumerate([catalog["models"][:middle], catalog["models"][middle:]]):
                    parts.append(os.path.join(folder, f"{number}.json"))
                    with open(parts[-1], "w", encoding="utf-8") as file:
                        json.dump({**catalog, "models": models}, file)
                self.assertEqual(rows("rank", *parts), rows("rank", path_of(name)), name)

    def test_defaults_are_what_every_model_says(self):
        with open(path_of("timm"), encoding="utf-8") as file:
            catalog = json.load(file)
        spelt_out = [{"source": catalog["source"], **catalog["defaults"], **model} for model in catalog["models"]]
        lines = "".join(json.dumps(model) + "\n" for model in spelt_out).encode()
        self.assertEqual(rows("rank", "-", stdin=lines), rows("rank", path_of("timm")))

    def test_a_quantity_is_the_same_in_any_unit(self):
        written = [{"name": "a", "accuracy": 75, "flops": "2 GMAC", "energy": "3.6 kJ", "latency": "2 ms", "size": "1 KiB"},
                   {"name": "b", "accuracy": "60 %", "flops": 3e9, "energy": "500 mWh", "latency_us": 1500, "size": "2 kB"}]
        otherwise = [{"name": "a", "accuracy_fraction": 0.75, "flops_gflop": 4, "energy": {"value": 1, "unit": "Wh"}, "latency": 0.002, "size": 1024},
                     {"name": "b", "accuracy": "0.6 fraction", "flops": "1.5 GMAC", "energy_j": 1800, "latency": "1.5 ms", "size": "0.002 MB"}]
        for by in ("accuracy_per_gflop", "energy", "latency", "accuracy_per_mb"):
            self.assertEqual(rows("rank", "-", "--by", by, stdin=json.dumps(written).encode()),
                             rows("rank", "-", "--by", by, stdin=json.dumps(otherwise).encode()), by)

    def test_ranks_and_frontier_agree(self):
        """Nothing on the frontier has a model that is at least as good in both, and better in one; all others have."""
        models = rows("rank", path_of("torchvision"))
        points = [(float(model["accuracy_percent"]), float(model["flops"])) for model in models]
        for model, (accuracy, flops) in zip(models, points):
            beaten = any(other >= accuracy and cost <= flops and (other > accuracy or cost < flops) for other, cost in points)
            self.assertEqual(model["pareto"], "no" if beaten else "yes", model["name"])
        frontier = set(identities(rows("pareto", path_of("torchvision"))))
        self.assertEqual(frontier, {identity for identity, model in zip(identities(models), models) if model["pareto"] == "yes"})

    def test_a_check_and_a_selection_agree(self):
        """A model is held to fall short exactly if the same limit would leave it out."""
        left = {identity[:2] for identity in identities(rows("rank", path_of("imagenet-cnn"), "--min", "accuracy=75%", "--max", "flops=10GFLOP"))}
        done = run_here("check", path_of("imagenet-cnn"), "--min", "accuracy=75%", "--max", "flops=10GFLOP", "--format", "json")
        self.assertEqual(done.returncode, 1)
        found = json.loads(done.stdout)["findings"]
        short = {(row["name"], row.get("variant") or "") for row in found if row["verdict"] == "falls short"}
        everyone = {identity[:2] for identity in identities(rows("rank", path_of("imagenet-cnn")))}
        self.assertEqual(everyone - short, left)


if __name__ == "__main__":
    unittest.main()
