"""Large files are read window by window, and each window in two halves. Whatever the layout of a file is, and wherever the
cuts fall, the result and the messages are those of a small file."""

import csv
import io
import json
import random
import unittest

from process import complaint_about, run_here

csv.field_size_limit(1 << 24)
COUNT = 12000  # models; with their notes a few windows
CUTS = ['}, {"name": "no model"}, {', '"}\n', "\\", '\\"},{', "]", "\u2028", "ß", "\t", "[{", "a" * 300]


def make_models():
    """Models with texts that look like the ends of models, and now and then one that is larger than a window's half."""
    chance = random.Random(7)
    models = []
    for row in range(COUNT):
        model = {"name": f"m{row}", "accuracy": round(chance.uniform(40, 95), 2),
                 "flops": chance.randrange(10**6, 10**12),
                 "notes": "".join(chance.choice(CUTS) for _ in range(chance.randrange(1, 9)))}
        if chance.random() < 0.5:
            model["energy"] = {"value": chance.randrange(1, 999), "unit": "mJ"}
        if chance.random() < 0.2:
            model[chance.choice(["rare", "seldom", "size_mb"])] = chance.randrange(1, 9)
        models.append(model)
    models[COUNT // 3]["notes"] = CUTS[0] * 90000  # more than a window
    models[COUNT // 2]["notes"] = "x\n" * 300000
    return models


MODELS = make_models()


def minified(models):
    return json.dumps(models, separators=(",", ":"), ensure_ascii=False)


def lines(models, end="\n"):
    return "".join(json.dumps(model) + end for model in models)


LAYOUTS = {
    "minified": minified(MODELS),
    "a model a line": "[\n" + ",\n".join(json.dumps(model) for model in MODELS) + "\n]\n",
    "comma first": "[" + "\n, ".join(json.dumps(model) for model in MODELS) + "]",
    "pretty": json.dumps(MODELS, indent=2),
    "tabs": json.dumps(MODELS, indent="\t\t\t\t"),
    "far apart": "[" + (" " * 5000 + "\n,").join(json.dumps(model) for model in MODELS[:2000]) + "]",
    "object": '{"description": "}, {", "models": ' + minified(MODELS) + ', "source": "s"}',
    "lines": lines(MODELS),
    "lines, CRLF": lines(MODELS, "\r\n"),
    "lines, blanks between": lines(MODELS, "\n\n \t\n"),
    "lines without an end": lines(MODELS).rstrip("\n"),
    "byte order mark": "\ufeff" + lines(MODELS),
}


def rank(text, *options):
    return run_here("rank", "-", "--by", "flops", "--format", "csv", *options, stdin=text.encode())


class Layouts(unittest.TestCase):
    def test_every_layout_has_the_same_result(self):
        """The result is what Python says of the models, and the same, byte by byte, in all layouts."""
        by_flops = sorted(MODELS, key=lambda model: (model["flops"], -model["accuracy"], model["name"]))
        expected = None
        for layout, text in LAYOUTS.items():
            self.assertGreater(len(text), 3 << 20, "more than a window")
            done = rank(text, "--quiet", "--columns", "accuracy,flops,energy,rare,seldom,size,notes", "--csv-raw")
            self.assertEqual((done.returncode, complaint_about(done)), (0, ""), layout)
            rows = done.stdout.decode()
            if layout == "far apart":
                continue  # other models; that all is read is what is asked for
            expected = expected or rows
            self.assertTrue(rows == expected, layout)
        read = list(csv.DictReader(io.StringIO(expected, newline="")))
        self.assertEqual([row["name"] for row in read], [model["name"] for model in by_flops])
        for row, model in zip(read, by_flops):
            self.assertEqual(float(row["accuracy_percent"]), model["accuracy"])
            self.assertEqual(row["notes"], model["notes"])
            self.assertEqual(row["rare"], str(model.get("rare", "")))

    def test_parts_are_as_good_as_the_whole(self):
        """Defaults that come last count for models that other threads and windows read."""
        text = '{"models": ' + minified(MODELS) + ', "defaults": {"task": "t", "size": "5 MB"}}'
        done = rank(text, "--quiet", "--columns", "task,size")
        self.assertEqual(done.returncode, 0)
        rows = done.stdout.decode().splitlines()
        self.assertEqual(len(rows), COUNT + 1)
        self.assertEqual(rows[1].split(",")[2:], ["t", "5000000"])


class Problems(unittest.TestCase):
    ROWS = sorted({0, 1, COUNT // 3 + 1, COUNT - 1, *range(500, COUNT, COUNT // 4)})

    def complaint(self, row, wrong, layout):
        """What is said where a model's line is replaced by another."""
        models = [json.dumps(model) for model in MODELS]
        models[row] = wrong
        text = "\n".join(models) if layout == "lines" else "[\n" + ",\n".join(models) + "\n]\n"
        done = rank(text)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        errors = [line for line in done.stderr.decode().splitlines() if "error: " in line]
        return errors[0], row + (1 if layout == "lines" else 2)

    def test_a_fault_has_its_place_and_model(self):
        wrong = '{"name": "bad", "accuracy": 50, "flops": "7 GMAX"}'
        for layout in ["lines", "array"]:
            for row in self.ROWS:
                said, line = self.complaint(row, wrong, layout)
                self.assertTrue(said.startswith(f'<stdin>:{line}:42: error: bad: flops: "7 GMAX"'), (layout, row, said))

    def test_a_key_that_is_there_twice(self):
        for row in self.ROWS:
            said, line = self.complaint(row, '{"name": "bad", "flops": 5, "flops": 5}', "array")
            self.assertTrue(said.startswith(f"<stdin>:{line}:29: error: bad: flops: the key is there twice"), said)

    def test_what_is_no_json_has_its_place(self):
        for layout in ["lines", "array"]:
            for row in self.ROWS[:-1]:
                said, line = self.complaint(row, '{"name": "bad" "flops": 5}', layout)
                self.assertTrue(said.startswith(f"<stdin>:{line}:16: error: "), (layout, row, said))

    def test_a_model_that_is_there_already(self):
        """Its name stands in the first window, wherever the other one is."""
        for row in self.ROWS[2:]:
            said, line = self.complaint(row, '{"name": "m2", "flops": 5}', "array")
            self.assertTrue(said.startswith(f"<stdin>:{line}: error: m2: is there already, in line 4"), said)

    def test_all_faults_are_counted_and_the_first_of_the_file_are_shown(self):
        rows = range(7, COUNT, 3)
        models = [json.dumps(model) for model in MODELS]
        for row in rows:
            models[row] = '{"name": "bad%d", "accuracy": 50, "flops": "7 GMAX"}' % row
        done = rank("\n".join(models))
        said = done.stderr.decode().splitlines()
        self.assertEqual([line.split(": ")[0] for line in said if ": error: " in line],
                         [f"<stdin>:{row + 1}:{42 + len(str(row))}" for row in rows[:20]])
        self.assertEqual(said[-1], f"greenml: {len(rows):,} errors, of which the first 20 are shown")

    def test_a_text_that_ends_anywhere(self):
        text = LAYOUTS["minified"]
        chance = random.Random(3)
        for _ in range(8):
            done = rank(text[: chance.randrange(1, len(text) - 1)])
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""))
            self.assertIn(b"the text ends too early", done.stderr)


if __name__ == "__main__":
    unittest.main()
