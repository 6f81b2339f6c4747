"""Completion in the real shells: what Tab makes of a command line, as the shell then splits it into words."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

GREENML = os.environ["GREENML"]
BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"

MODELS = [
    {"name": "Tiny net 2", "accuracy": 70.1, "flops": 1e9, "params": 2e6, "family": "Tiny"},
    {"name": "Großes Netz", "accuracy": 80.1, "flops": 2e9, "params": 4e6, "family": "Big ones"},
    {"name": "$(touch owned)", "accuracy": 60.1, "flops": 2e9, "params": 4e6, "family": "evil"},
]

# What is typed before Tab, and the words that the shell then has.
LINES = [
    ("greenml foot", ["footprint"]),
    ("greenml rank models.json --rev", ["rank", "models.json", "--reverse"]),
    ("greenml rank models.json --by accuracy_per_mp", ["rank", "models.json", "--by", "accuracy_per_mparam"]),
    ("greenml rank models.json --by=accuracy_per_gf", ["rank", "models.json", "--by=accuracy_per_gflop"]),
    ("greenml rank models.json --format ndj", ["rank", "models.json", "--format", "ndjson"]),
    ("greenml explain models.json Tin", ["explain", "models.json", "Tiny net 2"]),
    ("greenml explain models.json 'Tin", ["explain", "models.json", "Tiny net 2"]),
    ("greenml explain models.json Gro", ["explain", "models.json", "Großes Netz"]),
    ("greenml rank models.json --relative-to Tin", ["rank", "models.json", "--relative-to", "Tiny net 2"]),
    ("greenml rank models.json --where family=Ti", ["rank", "models.json", "--where", "family=Tiny"]),
    ("greenml pareto models.json --cost flops,par", ["pareto", "models.json", "--cost", "flops,params"]),
    ("greenml footprint --hardware V10", ["footprint", "--hardware", "V100"]),
    ("greenml rank mod", ["rank", "models.json"]),
    ("greenml rank 'of mine/mo", ["rank", "of mine/models.json"]),
]


class Terminal:
    """A shell that someone types into."""

    def __init__(self, command, folder, environment):
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            os.execvp(command[0], command)
        self.pid = pid
        self.seen = b""

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait_for(self, pattern):
        """What was seen up to the pattern. A shell that is stuck must not hold up the tests for ever."""
        until = time.monotonic() + 600
        while not (found := re.search(pattern, self.seen)):
            if time.monotonic() > until or not select.select([self.terminal], [], [], 600)[0]:
                raise AssertionError(f"{pattern!r} did not come; seen: {self.seen[-2000:]!r}")
            self.seen += os.read(self.terminal, 65536)
        self.seen = self.seen[found.end():]
        return found

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def words_after_tab(terminal, line):
    """Types a line and Tab, then lets the shell say which words it has."""
    # Ctrl-A goes to the beginning of the line, where a command is put before it that ends with a mark of its own.
    terminal.type(line + "\t")
    terminal.type("\x01say \r")
    found = terminal.wait_for(rb"<<\|greenml((?:\|[^|<>]*)*)>>")
    return [word for word in found.group(1).decode().split("|")[1:]]


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = cls.temporary.name
        for folder in (cls.folder, os.path.join(cls.folder, "of mine")):
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "models.json"), "w") as file:
                json.dump(MODELS, file)
        binaries = os.path.join(cls.folder, "bin")
        os.mkdir(binaries)
        os.symlink(GREENML, os.path.join(binaries, "greenml"))
        cls.environment = {**os.environ, "PATH": binaries + os.pathsep + os.environ["PATH"], "TERM": "dumb", "HOME": cls.folder,
                           "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"}

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def words(self, *line):
        answer = subprocess.run([GREENML, "completion", "words", "--", *line], capture_output=True, text=True, cwd=self.folder,
                                check=True)
        self.assertEqual(answer.stderr, "")
        kind, *lines = answer.stdout.splitlines()
        return kind, [one.split("\t")[0] for one in lines]

    def typed_into(self, command, setup, lines=LINES):
        terminal = Terminal(command, self.folder, self.environment)
        try:
            terminal.type("say() { printf '<<'; printf '|%s' \"$@\"; printf '>>\\n'; }\r")
            for one in setup:
                terminal.type(one + "\r")
            terminal.type("printf 'rea%s\\n' dy\r")
            terminal.wait_for(rb"ready")
            for line, wanted in lines:
                with self.subTest(line=line):
                    self.assertEqual(words_after_tab(terminal, line), wanted)
        finally:
            terminal.close()
        self.assertFalse(os.path.exists(os.path.join(self.folder, "owned")))

    def test_the_program_says_what_can_follow(self):
        self.assertEqual(self.words("aud"), ("words", ["audit"]))
        self.assertEqual(self.words("rank", ""), ("files", []))
        self.assertEqual(self.words("schema", ""), ("words", ["catalog", "budget", "mapping"]))
        self.assertEqual(self.words("plot", "models.json", "--x-scale", ""), ("words", ["linear", "log"]))
        self.assertEqual(self.words("rank", "models.json", "--reference", ""), ("folders", []))
        self.assertEqual(self.words("compare", "models.json", "Tiny net 2", "T"), ("words", ["Tiny net 2"]))
        self.assertEqual(self.words("rank", "models.json", "--where", "family="),
                         ("words", ["family=Big ones", "family=Tiny", "family=evil"]))
        # A label that no model has is not offered, nor a quantity.
        self.assertNotIn("hardware", self.words("rank", "models.json", "--group-by", "")[1])
        self.assertNotIn("energy", self.words("rank", "models.json", "--by", "")[1])
        self.assertIn("flops", self.words("rank", "models.json", "--by", "")[1])
        # Units after a number, of what is limited.
        self.assertEqual(self.words("rank", "models.json", "--max", "latency=5m"), ("words", ["latency=5ms", "latency=5min"]))
        self.assertIn("12kW", self.words("footprint", "--power", "12k")[1])
        # What was given is not offered again, unless it may be.
        offered = self.words("rank", "models.json", "--reverse", "--min", "accuracy=1", "--")[1]
        self.assertNotIn("--reverse", offered)
        self.assertIn("--min", offered)

    def test_a_line_that_is_wrong_is_completed_with_nothing(self):
        for line in (("rnak", ""), ("rank", "there-is-none.json", "--by", "x"), ("rank", "models.json", "--unknown=", ""),
                     ("explain", "of mine", "T"), ("schema", "catalog", "budget", "x")):
            kind, found = self.words(*line)
            self.assertIn(kind, ("words", "files"))
            self.assertEqual(found, [])

    def test_a_name_that_is_another_line_is_left_out(self):
        with open(os.path.join(self.folder, "hostile.json"), "w") as file:
            json.dump([{"name": "a\nfiles", "accuracy": 70}, {"name": "b\u001b[31m", "accuracy": 70}, {"name": "c", "accuracy": 70}], file)
        self.assertEqual(self.words("explain", "hostile.json", ""), ("words", ["c"]))

    @unittest.skipUnless(os.path.exists(BASH_COMPLETION), "bash-completion is not installed")
    def test_bash(self):
        self.typed_into(["bash", "--norc", "--noprofile", "-i"],
                        ["source " + BASH_COMPLETION, "source <(greenml completion bash)"])

    def test_bash_without_its_package_of_completions(self):
        self.typed_into(["bash", "--norc", "--noprofile", "-i"], ["source <(greenml completion bash)"],
                        [(line, wanted) for line, wanted in LINES if "=" not in line])

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh(self):
        self.typed_into(["zsh", "-f", "-i"],
                        ["unsetopt zle_bracketed_paste 2>/dev/null; unset zle_bracketed_paste", "bindkey -e",
                         "autoload -U compinit; compinit -u -D", "source <(greenml completion zsh)"])

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        for line, wanted in LINES:
            with self.subTest(line=line):
                answer = subprocess.run(["fish", "--no-config", "-c", "greenml completion fish | source; complete -C $argv[1]", line],
                                        capture_output=True, text=True, cwd=self.folder, env=self.environment, check=True)
                found = [one.split("\t")[0] for one in answer.stdout.splitlines()]
                # fish escapes what it lists, and lists the last word.
                self.assertIn(wanted[-1], [re.sub(r"\\(.)", r"\1", one) for one in found])


if __name__ == "__main__":
    unittest.main()
