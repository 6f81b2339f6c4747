"""Runs greenml in terminals of several widths, and looks at what a person would see."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import time
import unicodedata
import unittest

ROOT = os.environ["GREENML_ROOT"]
GREENML = os.environ["GREENML"]


def in_terminal(width, *arguments, messages=False, **environment):
    """What appears in a terminal of that width on standard output, or on standard error where messages are asked for."""
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    streams = {"stdout": subprocess.DEVNULL, "stderr": secondary} if messages else {"stdout": secondary, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([GREENML, *arguments], **streams, env={**settings, "TERM": "xterm", **environment})
    os.close(secondary)
    shown = b""
    while True:
        try:
            chunk = os.read(primary, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    process.wait()
    os.close(primary)
    assert process.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def width_of(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1 for character in line)


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Terminal(unittest.TestCase):
    def test_tables_fit(self):
        for catalog in ["imagenet-cnn", "torchvision", "timm", "llm-energy"]:
            path = os.path.join(ROOT, "data", catalog + ".json")
            for width in (60, 80, 200):
                for line in plain(in_terminal(width, "rank", path, "--top", "30")).splitlines():
                    self.assertLessEqual(width_of(line), width, (catalog, line))

    def test_lists_stay_tables(self):
        for what, width in [("fields", 80), ("metrics", 80), ("units", 60), ("hardware", 60), ("equivalents", 80)]:
            lines = plain(in_terminal(width, "list", what)).splitlines()
            self.assertRegex(lines[1], "^(name|unit) .* (meaning|formula|fields|value)", what)
            self.assertLessEqual(max(map(width_of, lines)), width, what)

    def test_help_fits_and_fills_the_terminal(self):
        os.environ.pop("COLUMNS", None)
        for width in (50, 60, 80, 100):
            longest = max(width_of(line) for line in in_terminal(width, "rank", "--help").splitlines())
            self.assertLessEqual(longest, width)
            self.assertGreater(longest, width - 6)
        self.assertEqual(in_terminal(250, "rank", "--help"), in_terminal(100, "rank", "--help"))
        self.assertEqual(in_terminal(250, "rank", "--help", COLUMNS="60"), in_terminal(60, "rank", "--help"))

    def test_titles_heads_and_footers_fit_and_are_whole(self):
        timm = os.path.join(ROOT, "data", "timm.json")
        shown = plain(in_terminal(80, "disagree", timm))
        self.assertIn("/ NVIDIA GeForce RTX 4090: do the costs agree?", " ".join(shown.split()))
        self.assertIn("model that moves", shown)
        explained = plain(in_terminal(60, "explain", os.path.join(ROOT, "data", "imagenet-cnn.json"), "ResNet-50"))
        self.assertIn("Cadene/pretrained-models.pytorch; params and MACs: torchvision resnet50", " ".join(explained.split()))
        footprints = plain(in_terminal(80, "disagree", os.path.join(ROOT, "data", "training-footprints.json")))
        for line in (shown + explained + footprints).splitlines():
            self.assertLessEqual(width_of(line), 80, line)

    def test_a_comparison_becomes_several_and_no_number_or_name_is_cut(self):
        path = os.path.join(ROOT, "data", "torchvision.json")
        names = ["alexnet", "densenet121", "wide_resnet50_2", "efficientnet_v2_s", "maxvit_t"]
        piped = subprocess.check_output([GREENML, "compare", path, *names]).decode()
        for width, tables in ((60, 4), (80, 4), (120, 2), (200, 1)):
            shown = plain(in_terminal(width, "compare", path, *names))
            self.assertNotIn("…", shown)
            self.assertEqual(sum(line.lstrip().startswith("alexnet") for line in shown.splitlines()), tables, shown)
            for word in set(piped.split()):  # a text may be broken between two words, and nowhere else
                self.assertIn(word, shown)
            for line in shown.splitlines():
                self.assertLessEqual(width_of(line), width, line)

    def test_models_that_differ_have_heads_that_differ(self):
        names = ["eva02_large_patch14_448.mim_%s_ft_%s (448)" % name
                 for name in (("m38m", "in22k_in1k"), ("in22k", "in22k_in1k"), ("m38m", "in1k"), ("in22k", "in1k"))]
        for width in (60, 80, 100, 120, 160, 240):
            shown = plain(in_terminal(width, "compare", os.path.join(ROOT, "data", "timm.json"), *names))
            title = next(index for index, line in enumerate(shown.splitlines()) if line.startswith("  "))
            heads = set()
            for table in "\n".join(shown.splitlines()[title:]).split("\n\n"):
                lines = table.splitlines()
                values = next(index for index, line in enumerate(lines) if line.startswith("accuracy"))
                accuracies = lines[values]
                starts = [match.start() for match in re.finditer(r"\d+\.?\d*%", accuracies)]
                for start, end in zip(starts, [*starts[1:], None]):
                    heads.add("".join(line[start:end].strip() + " " for line in lines[:values]).replace(" ", ""))
            self.assertEqual(heads, {name.replace(" ", "") for name in names})

    def test_a_pipe_gets_everything(self):
        piped = subprocess.check_output([GREENML, "rank", os.path.join(ROOT, "data", "timm.json"), "--quiet"]).decode()
        self.assertNotIn("…", piped)
        self.assertNotIn("\x1b", piped)
        self.assertEqual(len(piped.splitlines()), 1 + 2 + 1556)  # title, head, models

    def test_a_terminal_gets_a_screenful_and_all_when_asked(self):
        timm = os.path.join(ROOT, "data", "timm.json")
        shown = plain(in_terminal(80, "rank", timm)).splitlines()
        self.assertLessEqual(len(shown), 50)
        self.assertGreater(len(shown), 40)
        self.assertIn("1,556 models", shown[0])
        self.assertIn("--all shows all", " ".join(shown[:3]))
        self.assertEqual(sum("resnet" in line for line in plain(in_terminal(80, "rank", timm, "--all")).splitlines()),
                         sum("resnet" in line for line in plain(in_terminal(80, "rank", timm, "-n", "1556")).splitlines()))
        self.assertGreater(len(plain(in_terminal(80, "rank", timm, "--all")).splitlines()), 1556)
        few = os.path.join(ROOT, "data", "training-footprints.json")
        self.assertNotIn("--all", in_terminal(80, "rank", few))

    def test_messages_are_broken_between_words(self):
        """In a pipe a message is one line, which other programs read."""
        path = os.path.join(ROOT, "data", "imagenet-cnn.json")
        piped = subprocess.run([GREENML, "rank", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True).stderr.decode()
        self.assertTrue(any(len(line) > 100 for line in piped.splitlines()), piped)
        for width in (40, 80, 100):
            shown = plain(in_terminal(width, "rank", path, messages=True))
            self.assertEqual(shown.replace("\n    ", " "), piped)
            for line in shown.splitlines():
                self.assertLessEqual(width_of(line), width, line)

    def shown_while_reading_slowly(self, *options, to_terminal=True):
        """What stands on standard error after a pipe that takes longer than a second."""
        primary, secondary = pty.openpty()
        errors = secondary if to_terminal else subprocess.PIPE
        process = subprocess.Popen([GREENML, "rank", "-", *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)
        os.close(secondary)
        for part in (b'{"name": "a", "accuracy": 70, "flops": 1e9}\n', b'{"name": "b", "accuracy": 75, "flops": 2e9}\n', b"\n"):
            process.stdin.write(part)
            process.stdin.flush()
            time.sleep(0.8)
        process.stdin.close()
        shown = b""
        while True:
            try:
                chunk = os.read(primary, 65536) if to_terminal else process.stderr.read()
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        process.wait()
        os.close(primary)
        self.assertEqual(process.returncode, 0)
        return shown.decode()

    def test_long_reading_says_how_far_it_is_and_leaves_nothing_behind(self):
        shown = self.shown_while_reading_slowly("--quiet")
        self.assertEqual(shown, "", "quiet")
        self.assertNotIn("reading", self.shown_while_reading_slowly(to_terminal=False))
        shown = self.shown_while_reading_slowly()
        self.assertIn("\r\x1b[Kreading <stdin>: 0 MB", shown)
        left = shown[shown.rindex("\r\x1b[K"):]
        self.assertNotIn("reading", left, shown)

    def test_a_table_without_room_is_records_a_line_for_each_column(self):
        path = os.path.join(ROOT, "data", "imagenet-cnn.json")
        shown = plain(in_terminal(30, "rank", path, "--top", "2")).split("\n")
        self.assertEqual(shown[-14:], ["#               1", "model           MobileNetV2", "accuracy/GFLOP  119.4", "accuracy (%)    71.88",
                                       "FLOPs (MFLOP)   602", "pareto          yes", "",
                                       "#               2", "model           SqueezeNet 1.1", "accuracy/GFLOP  83.45",
                                       "accuracy (%)    58.25", "FLOPs (MFLOP)   698", "pareto          no", ""])
        for line in plain(in_terminal(60, "pareto", os.path.join(ROOT, "data", "timm.json"))).splitlines():
            self.assertLessEqual(width_of(line), 60, line)

    def test_bars_are_a_screenful_too(self):
        for width in (60, 80, 200):
            shown = plain(in_terminal(width, "plot", os.path.join(ROOT, "data", "timm.json"), "--bars", "flops"))
            self.assertLessEqual(len(shown.splitlines()), 50)
            self.assertIn("--top 1462 shows all", " ".join(shown.split()))
            for line in shown.splitlines():
                self.assertLessEqual(width_of(line), width, line)

    def test_what_is_taken_on_from_a_terminal_is_whole(self):
        timm = os.path.join(ROOT, "data", "timm.json")
        for options in (["--format", "csv"], ["--format", "markdown"]):
            self.assertGreater(len(in_terminal(80, "rank", timm, *options).splitlines()), 1556, options)
        self.assertEqual(in_terminal(80, "plot", timm, "--bars", "--format", "svg").count("<title>"), 1462)

    def test_dots_or_bars_is_chosen_by_what_is_shown(self):
        """All 1,556 models span more than a factor of 500, the first five less."""
        timm = os.path.join(ROOT, "data", "timm.json")
        piped = lambda *options: subprocess.check_output([GREENML, "plot", timm, "--bars", "--format", "chart", *options]).decode()
        self.assertIn("log scale", piped())
        self.assertNotIn("log scale", piped("--top", "5"))

    def test_colour_is_for_terminals_that_want_it(self):
        path = os.path.join(ROOT, "data", "imagenet-cnn.json")
        self.assertIn("\x1b[1m", in_terminal(80, "rank", path))
        self.assertNotIn("\x1b", in_terminal(80, "rank", path, NO_COLOR="1"))
        self.assertNotIn("\x1b", in_terminal(80, "rank", path, TERM="dumb"))
        self.assertNotIn("\x1b", in_terminal(80, "rank", path, "--color", "never"))
        self.assertIn("\x1b", in_terminal(80, "rank", path, "--color", "always", NO_COLOR="1"))

    def test_files_are_written_as_for_a_pipe(self):
        done = subprocess.run([GREENML, "rank", "-", "-o", "-"], input=json.dumps([{"name": "a", "accuracy": 50, "energy": 1}]).encode(),
                              capture_output=True, check=True)
        self.assertIn(b"accuracy/J", done.stdout)


if __name__ == "__main__":
    unittest.main()
