"""Holds the verdict of `check` to a calculation of its own, over random pairs of catalogs: where a quality, a ratio or a
cost of a model got worse by more than is allowed, or cannot be compared, the run must not exit 0."""

import itertools
import json
import os
import random
import tempfile
import unittest
from fractions import Fraction

from process import run_here

QUALITIES = {"accuracy": True, "error_rate": False, "score": True, "loss": False}  # whether higher is better
COSTS = {"flops": False, "params": False, "energy": False, "latency": False, "co2": False, "throughput": True,
         "training_power": False, "training_cost": False}
RATIOS = {"flops", "params", "energy", "latency", "co2", "training_cost"}  # costs that an accuracy is divided by
METHODS = {None: (1, 1), "measured": (3, 2), "reported": (2, 1), "assumed": (0, 0), "estimated": (0, 0)}
LABELS = {"quality_metric": ["top-1", "top-5"], "hardware_count": [1, 8], "functional_unit": ["image", "token"],
          "variant": ["a", "b"]}
PER_INFERENCE = {"flops", "energy", "latency", "co2", "throughput"}


def value_for(chance, field):
    if field in ("energy", "co2", "training_power", "training_cost") and chance.random() < 0.15:
        return 0
    if field == "accuracy" and chance.random() < 0.1:
        return 0
    if field == "score":
        return chance.choice([-7, -2, 3, 40])
    return chance.choice([2, 3, 10, 50, 60, 61, 62, 80])


def random_model(chance, name):
    model = {"name": name}
    for field in [*QUALITIES, *COSTS]:
        if chance.random() < 0.3:
            model[field] = {"value": value_for(chance, field)}
            if chance.random() < 0.2:
                model[field]["method"] = chance.choice([method for method in METHODS if method])
    for label, texts in LABELS.items():
        if chance.random() < 0.15:
            model[label] = chance.choice(texts)
    return model


def changed(chance, model):
    model = json.loads(json.dumps(model))
    for field in [*QUALITIES, *COSTS]:
        if field in model and chance.random() < 0.3:
            model[field]["value"] = value_for(chance, field)
        elif field in model and chance.random() < 0.05:
            del model[field]
        elif field in model and chance.random() < 0.1:
            model[field]["method"] = chance.choice([method for method in METHODS if method])
    for label, texts in LABELS.items():
        if chance.random() < 0.04:
            model[label] = chance.choice(texts)
    return model


def number(model, field):
    return Fraction(model[field]["value"]) if field in model else None


def ratio(model, cost):
    accuracy, amount = number(model, "accuracy"), number(model, cost)
    return None if accuracy is None or not amount else accuracy / amount


def is_worse(before, now, higher_is_better, allowed):
    slack = abs(before) * allowed + Fraction(1, 10**9)
    return now < before - slack if higher_is_better else now > before + slack


def falls_short(before, now, allowed):
    """Whether anything of a model of the baseline is worse than is allowed in a bare amount, or cannot be compared."""
    for field, higher in {**QUALITIES, **COSTS}.items():
        old, new = number(before, field), number(now, field)
        if old is None:
            continue
        if new is None:
            return True
        stated, earlier = now[field].get("method"), before[field].get("method")
        if METHODS[stated][0] < METHODS[earlier][1]:
            return True
        if field in PER_INFERENCE and now.get("functional_unit") != before.get("functional_unit"):
            return True
        # A ratio of 0 says nothing of its cost: an accuracy of 0 makes it 0 whatever the cost is.
        in_ratio = field in RATIOS and ratio(before, field) and ratio(now, field) is not None
        if in_ratio:
            if is_worse(ratio(before, field), ratio(now, field), True, allowed):
                return True
        elif is_worse(old, new, higher, allowed):
            return True
    return False


def identity(model):
    return tuple(model.get(label) for label in ("name", "variant", "quality_metric", "hardware_count"))


# By hand with more: GREENML_PAIRS=20000 python3 gate_test.py
PAIRS = int(os.environ.get("GREENML_PAIRS", "600"))


class Gate(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def check(self, before, now, *arguments):
        for name, models in [("before.json", before), ("now.json", now)]:
            with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
                json.dump(models, file)
        done = run_here("check", "now.json", "--baseline", "before.json", *arguments, cwd=self.folder.name)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        return done

    def test_nothing_gets_worse_unseen(self):
        passed = failed = 0
        for seed in range(PAIRS):
            chance = random.Random(seed)
            before = [random_model(chance, f"m{index}") for index in range(chance.randrange(1, 4))]
            now = [changed(chance, model) for model in before]
            by_identity = {identity(model): model for model in now}
            if len(by_identity) < len(now):
                continue
            per_cent = chance.choice([0, 5, 20])
            short = any(identity(model) not in by_identity or
                        falls_short(model, by_identity[identity(model)], Fraction(per_cent, 100)) for model in before)
            anything = any(field in model for model in before for field in [*QUALITIES, *COSTS])
            done = self.check(before, now, "--max-drop", f"{per_cent}%")
            self.assertEqual(done.returncode == 0, anything and not short, (seed, before, now, done.stdout.decode()))
            passed += done.returncode == 0
            failed += done.returncode != 0
            chance.shuffle(now)
            self.assertEqual(self.check(before, now, "--max-drop", f"{per_cent}%").returncode, done.returncode, seed)
        self.assertGreater(min(passed, failed), PAIRS / 10)

    def test_figures_of_something_else_cannot_be_judged_whatever_models_are_matched_by(self):
        for label, texts in {"quality_metric": ("top-1", "top-5"), "dataset": ("a", "b"), "task": ("a", "b"),
                             "hardware_count": (1, 64)}.items():
            before, now = ([{"name": "m", "accuracy": 80, "energy": 1, label: text}] for text in texts)
            with self.subTest(label=label):
                self.assertNotEqual(self.check(before, now, "--max-drop", "5%").returncode, 0)
                self.assertEqual(self.check(before, now, "--max-drop", "5%", "--match", "name").returncode, 2)
                # Nor where a label for all models would say that they are alike.
                done = self.check(before, now, "--max-drop", "5%", "--set", f"{label}={texts[0]}")
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"--set says", done.stderr)

    def test_loosening_never_fails_what_passed(self):
        for seed in range(100):
            chance = random.Random(seed)
            before = [random_model(chance, "m")]
            now = [changed(chance, before[0])]
            codes = [self.check(before, now, "--max-drop", f"{per_cent}%").returncode for per_cent in (0, 2, 10, 50, 99)]
            for tight, loose in itertools.pairwise(codes):
                self.assertFalse(tight == 0 and loose != 0, (seed, codes, before, now))

    def test_what_a_what_if_takes_away_is_not_judged(self):
        for seed in range(60):
            chance = random.Random(seed)
            before = [{"name": "m", "accuracy": 80, "energy": chance.choice([1, 2])}]
            now = [{"name": "m", "accuracy": 80, "energy": chance.choice([1, 500])}]
            options = chance.choice([["--pue", "1.2"], ["--pue", "1.2", "--grid", "SWE"]])
            self.assertEqual(self.check(before, now, "--max-drop", "5%", *options).returncode, 2)


if __name__ == "__main__":
    unittest.main()
