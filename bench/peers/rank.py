"""Ranks models with what Python has built in, as one would in a script.

    python3 rank.py top|csv json|ndjson FILE
"""

import csv
import heapq
import json
import sys

COLUMNS = ("name", "variant", "task", "dataset", "accuracy_metric", "family", "year", "hardware", "accuracy", "params",
           "size_mb", "flops", "latency_ms", "energy_j", "accuracy_per_gflop")

READERS = {"json": json.load, "ndjson": lambda lines: map(json.loads, lines)}


def order(model):
    """Best first, ties by name, and last what cannot be ranked."""
    ratio = model["accuracy_per_gflop"]
    return (ratio is None, -ratio if ratio is not None else 0, model["name"])


def with_ratios(models):
    for model in models:
        known = "accuracy" in model and "flops" in model
        model["accuracy_per_gflop"] = model["accuracy"] / (model["flops"] / 1e9) if known else None
        yield model


def print_top(models):
    for model in heapq.nsmallest(20, models, key=order):
        print(model["name"])


def print_csv(models):
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(models, key=order))


PRINTERS = {"top": print_top, "csv": print_csv}

job, form, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    PRINTERS[job](with_ratios(READERS[form](file)))
