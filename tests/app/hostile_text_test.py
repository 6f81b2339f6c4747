"""Puts hostile text into every place that a text can come from, and looks at every format for what a terminal, a CI runner,
a browser or GitHub would make of it. A run with harmless text of the same kind says how many lines there should be."""

import json
import os
import re
import tempfile
import unicodedata
import unittest
import xml.dom.minidom

import model_files
from process import run_here

# What ends a line, is a command of a CI runner, moves a cursor, turns the direction of writing, or is not to be seen.
HOSTILE = ["x\n::error::pwned\r\n##[error]pwned\u2028\x1b[31mred\x1b]0;title\x07", "\u009b31m\u202egpj.exe\u2066\u200b\ufeff\x7f\b\u0085"]

# Mentions, issues, commits, addresses, pictures, HTML and markup, in one text that a table cell and a title must bear.
REFERENCES = ["@someone #123 GH-123 owner/repo#123 http://x.org www.x.org a@x.org :tada: deadbeef1",
              "[x](http://y.org) ![x](//y.org/z.png) <b>x</b> <!-- x `x` **x** ~~x~~ $x$ a|b &copy;"]
REFERENCE = r"@[A-Za-z]|(?<!&)#\d|\bGH-\d|:[a-z]+:|www\.[a-z]|://|<|\bdeadbeef1|&copy;|(?<!\\)(?:[`$]|~~|\[x|!\[)|(?<=[^\\*])\*\*x"
ROWS = "table csv tsv json ndjson markdown latex bencher benchmark-action".split()
FINDINGS = ROWS + ["junit", "github"]
CHARTS = ROWS + ["chart", "svg", "html"]


def is_bad(character):
    return character != "\n" and (unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cn") or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u061c\ufeff\u00ad")


class Run:
    """The places that a text can come from, with `bad` in all of them, and each command that shows them."""

    def __init__(self, bad):
        self.bad = bad
        self.place = tempfile.TemporaryDirectory()
        self.folder = self.place.name
        labels = ["variant", "task", "dataset", "accuracy_metric", "family", "url", "source", "notes", "grid", f"key {bad}"]
        models = [{"name": f"{name} {bad}", "accuracy": 60 + row, "flops": (row + 1) * 1e9, "params": 1e6 * (5 - row), "co2": 5, "energy": {"value": 1 + row, "unit": "J", "source": f"source {bad}"},
                   "hardware": f"hardware {bad}", **{label: f"{label} {bad}" for label in labels}} for row, name in enumerate("abcd")]
        self.write("now.json", models)
        for model in models:
            model["accuracy"] += 5
        self.write("before.json", models)
        self.file = f"file {bad.replace('/', chr(0x2215))}.json"  # a name has no slash
        self.write(self.file, models)
        self.write("budget.json", {"limits": [{"where": f"task!=no {bad}", "max": {"energy": "1 J"}}]})
        os.mkdir(os.path.join(self.folder, "tables"))
        rows = [{"name": f"row {bad}", "title": f"title {bad}", "value": "100 g/kWh", "source": f"source {bad}", "also": [f"also {bad}"]}]
        self.write("tables/grids.json", {"rows": rows})
        self.write("tables/equivalents.json", {"rows": [{**rows[0], "value": "100 g"}]})
        self.write("tables/hardware.json", {"rows": [{**rows[0], "value": "100 W"}]})

        relu = lambda name, *ends: model_files.node(name, *ends, name=f"node {bad}")
        with open(os.path.join(self.folder, "net.onnx"), "wb") as file:
            file.write(model_files.onnx([relu("Relu", "x", "a"), relu(f"Magic {bad}", "a", "y", f"domain {bad}")], [model_files.value("x", [1])], ["y"]))

    def write(self, name, value):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            json.dump(value, file)

    def commands(self):
        name, other = f"a {self.bad}", f"b {self.bad}"
        key = f"key {self.bad}"
        job = ("footprint", "--name", f"job {self.bad}", "--hardware", f"row {self.bad}", "--time", "3h", "--pue", "1.1", "--grid", f"row {self.bad}", "--reference", "tables")
        check = ("--max", "energy=1J", "--baseline", "before.json", "--max-drop", "1%")
        for forms, command in [(ROWS, ("rank", self.file)), (ROWS, ("rank", "now.json", "--relative-to", name, "--columns", f"flops,family,{key}", "--group-by", key)),
                               (ROWS, ("pareto", "now.json", "--all")), (ROWS, ("compare", "now.json", name, other)), (ROWS + ["model-card"], ("explain", "now.json", name)),
                               (ROWS, ("disagree", "now.json")), (ROWS, job), (ROWS, ("list", "grids", "--reference", "tables")), (ROWS, ("list", "equivalents", "--reference", "tables")),
                               (ROWS, ("list", "hardware", "--reference", "tables")),
                               (ROWS, ("inspect", "net.onnx", "--partial", "--name", f"net {self.bad}")), (ROWS, ("inspect", "net.onnx", "--partial", "--layers", "nodes")),
                               (CHARTS, ("plot", "now.json", "--color-by", key, "--names", "all")), (CHARTS, ("plot", "now.json", "--bars", "energy", "--color-by", "family")),
                               (FINDINGS, ("check", self.file, *check)), (FINDINGS, ("check", "now.json", "--where", f"task!=no {self.bad}", *check)),
                               (FINDINGS, ("check", "now.json", "--budget", "budget.json"))]:
            for form in forms:
                yield form, command + ("--format", form)
        for option in [("--where", f"{self.bad}=x"), ("--by", self.bad), ("--min", self.bad), ("--columns", self.bad), ("--relative-to", self.bad), ("--group-by", self.bad),
                       ("--format", self.bad), ("--delimiter", self.bad), ("--top", self.bad), ("--color", self.bad), (self.bad,), ("--" + self.bad,), ("--grid", self.bad)]:
            yield "complaint", ("rank", "now.json", *option)
        for command in [(self.bad,), ("list", self.bad), ("rank", f"missing {self.bad}"), ("check", "now.json", "--report", self.bad), ("explain", "now.json", self.bad),
                        ("check", "now.json", "--budget", self.bad), ("check", "now.json", "--max-drop", self.bad), ("footprint", "--power", self.bad), ("rank", "now.json", "-o", f"{self.bad}.x{self.bad}")]:
            yield "complaint", command

    def results(self, forms=None):
        for form, command in self.commands():
            if forms is None or form in forms:
                done = run_here(*command, cwd=self.folder)
                yield form, command, done

    def close(self):
        self.place.cleanup()


class Texts(unittest.TestCase):
    def results_of(self, text, forms=None):
        run = Run(text)
        self.addCleanup(run.close)
        return run.results(forms)

    def test_no_text_is_more_than_text_in_any_format(self):
        harmless = list(self.results_of("harmless"))
        for bad in HOSTILE:
            for (form, command, done), (_, _, usual) in zip(self.results_of(bad), harmless, strict=True):
                self.look_at(form, command, done, usual)

    def look_at(self, form, command, done, usual):
        about = (form, command)
        self.assertIn(done.returncode, (0, 1, 2), (about, done.stderr))
        if form != "complaint":
            has_no_numbers = form in ("bencher", "benchmark-action") and b"nothing to report" in usual.stderr
            self.assertIn(usual.returncode, (2,) if has_no_numbers else (0, 1), (about, usual.stderr))
            self.assertEqual(done.returncode, usual.returncode, (about, done.stderr))
        output, said = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        allowed = "\t" if form == "tsv" else ""
        for text in (output, said):
            self.assertEqual([character for character in text if is_bad(character) and character not in allowed], [], about)
            self.assertFalse(re.search(r"^##\[|^::error::pwned", text, re.MULTILINE), about)
        if form != "chart":  # which wraps its legend
            self.assertEqual(output.count("\n"), usual.stdout.decode("utf-8").count("\n"), about)
        if form in ("svg", "junit"):
            xml.dom.minidom.parseString(output)
        if form == "json":
            json.loads(output)

    def test_what_github_makes_something_of_stays_text(self):
        for text in REFERENCES:
            for _, command, done in self.results_of(text, ("markdown",)):
                self.assertIn(done.returncode, (0, 1), (command, done.stderr))
                output = done.stdout.decode("utf-8")
                self.assertEqual(re.findall(REFERENCE, output), [], (text, command, output))


if __name__ == "__main__":
    unittest.main()
