"""Runs greenml in terminals of several widths, and looks at what a person would see."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata
import unittest

ROOT = os.environ["GREENML_ROOT"]
GREENML = os.environ["GREENML"]


def in_terminal(width, *arguments, **environment):
    """What appears in a terminal of that width on standard output."""
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    process = subprocess.Popen([GREENML, *arguments], stdout=secondary, stderr=subprocess.DEVNULL, env={**settings, "TERM": "xterm", **environment})
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
                    if not line.startswith("(no room") and " models by " not in line:
                        self.assertLessEqual(width_of(line), width, (catalog, line))
                        self.assertNotIn("no room", line)

    def test_a_pipe_gets_everything(self):
        piped = subprocess.check_output([GREENML, "rank", os.path.join(ROOT, "data", "timm.json"), "--quiet"]).decode()
        self.assertNotIn("…", piped)
        self.assertNotIn("\x1b", piped)
        self.assertEqual(len(piped.splitlines()), 1 + 2 + 1556)  # title, head, models

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
