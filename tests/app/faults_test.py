"""Has one call fail after another, memory and files alike: greenml says so and ends with 2, or ends as ever; it never
dies of it, never says 0 for a result that is not whole, and never spoils the file that was there before."""

import os
import random
import sys
import tempfile
import unittest

from process import SANITIZED, SMALL, all_complaints, complaint_about, run

LIBRARY = os.environ.get("GREENML_FAULTS", "")
EVERY = 60     # the first calls that fail, one by one
SAMPLED = 200  # and so many of those that follow
OLD = b"what was there before\n"

COMMANDS = [
    ("rank", "small.json"),
    ("rank", "small.json", "--format", "json"),
    ("pareto", "small.json", "--all"),
    ("check", "small.json", "--min", "accuracy=70%"),
    ("check", "small.json", "--budget", "budget.json", "--format", "junit"),
    ("explain", "small.json", "a"),
    ("footprint", "--hardware", "NVIDIA V100", "--time", "3h", "--grid", "FRA"),
    ("list", "units"),
    ("rank", "broken.json"),
    ("rank", "missing.json"),
    ("rank", "small.json", "--bx", "energy"),
    ("--help",),
]


class Folder:
    """A folder of its own for one run, with all that the commands read, and a link to a file that was there before."""

    def __init__(self):
        self.place = tempfile.TemporaryDirectory()
        self.path = self.place.name
        for name, content in [("small.json", SMALL), ("broken.json", SMALL[:-20]), ("out.csv", OLD),
                              ("budget.json", b'{"limits": [{"where": "task=t", "min": {"accuracy": "70 %"}}]}')]:
            with open(os.path.join(self.path, name), "wb") as file:
                file.write(content)
        os.symlink("out.csv", os.path.join(self.path, "link.csv"))
        self.names = sorted(os.listdir(self.path))

    def run(self, command, call, at, how):
        """The finished process, and how many such calls it made; -1 where it did not come to the end of main."""
        with tempfile.NamedTemporaryFile() as report:
            done = run(*command, cwd=self.path, env={**os.environ, "LD_PRELOAD": LIBRARY, "FAULT_CALL": call, "FAULT_AT": str(at),
                                                     "FAULT_HOW": how, "FAULT_REPORT": report.name})
            return done, int(report.read() or -1)

    def output(self):
        with open(os.path.join(self.path, "out.csv"), "rb") as file:
            return file.read()


def positions(count):
    """The calls to fail: all where they are few."""
    later = range(EVERY + 1, count + 1)
    return [*range(1, min(count, EVERY) + 1), *sorted(random.Random(count).sample(later, min(len(later), SAMPLED)))]


class Faults(unittest.TestCase):
    def fail_each(self, command, call, how, must_not_matter=False, must_matter=False, least=1, chosen=positions):
        """Every call of this kind fails once; the end is the same as ever, or 2 with a message."""
        folder = Folder()
        usual, count = folder.run(command, call, 0, how)
        self.assertGreaterEqual(count, least, f"{command} makes {count} calls of the kind {call}")
        usual_output = folder.output()

        def check(at):
            folder = Folder()
            done, made = folder.run(command, call, at, how)
            complaint = complaint_about(done, good=(usual.returncode, 2))
            if complaint:
                return complaint
            if 0 <= made < at:  # nothing is counted of a run that ends for want of memory
                return f"made {made} calls"
            same = (done.returncode, done.stdout, done.stderr, folder.output()) == (usual.returncode, usual.stdout, usual.stderr, usual_output)
            if must_matter and done.returncode != 2:
                return f"ended with {done.returncode}, as if nothing had been"
            if must_not_matter and not same:
                return f"ended otherwise, with {done.returncode}: {done.stderr!r}"
            if done.returncode != 2 and not same:
                return f"ended with {done.returncode} as ever, but with another result"
            if done.returncode == 2 and folder.output() not in (OLD, usual_output):
                return f"left {folder.output()[:200]!r} in the file"
            if sorted(os.listdir(folder.path)) != folder.names:
                return f"left {sorted(os.listdir(folder.path))}"
            if not os.path.islink(os.path.join(folder.path, "link.csv")):
                return "replaced the link instead of the file it leads to"
            return ""

        self.assertEqual(all_complaints(check, chosen(count)), [], (command, call, how))

    def test_an_allocation_fails(self):
        for command in COMMANDS:
            self.fail_each(command, "allocation", "once", least=200)

    def test_there_is_no_more_memory(self):
        for command in COMMANDS:
            self.fail_each(command, "allocation", "lasting", least=200)

    def test_memory_ends_while_xml_is_built(self):
        """Which comes last, so that these are the last allocations."""
        for command in [("check", "small.json", "--budget", "budget.json", "--format", "junit"), ("plot", "small.json", "--format", "svg")]:
            self.fail_each(command, "allocation", "once", least=200, chosen=lambda count: range(count - 150, count + 1))

    def test_memory_ends_while_a_file_is_written(self):
        for how in ("once", "lasting"):
            self.fail_each(("rank", "small.json", "-o", "link.csv"), "allocation", how, least=200)

    def test_a_write_fails(self):
        for command in [("rank", "small.json"), ("list", "units"), ("--help",), ("--version",), ("rank", "small.json", "-o", "link.csv")]:
            self.fail_each(command, "write", "once", must_matter=True)
            self.fail_each(command, "write", "lasting", must_matter=True)

    def test_a_read_fails(self):
        for command in [("rank", "small.json"), ("check", "small.json", "--budget", "budget.json"), ("rank", "-")]:
            self.fail_each(command, "read", "once", must_matter=True)

    def test_what_ends_a_file_fails(self):
        for call in ("mkstemp", "fchmod", "fsync", "rename"):
            self.fail_each(("rank", "small.json", "-o", "link.csv"), call, "once", must_matter=True)

    def test_a_close_fails(self):
        command = ("rank", "small.json", "-o", "link.csv")
        self.fail_each(command, "close", "once")  # what was read may be closed as it will
        folder = Folder()
        _, count = folder.run(command, "close", 0, "once")
        done, _ = Folder().run(command, "close", count - 1, "once")
        self.assertEqual(done.returncode, 2, "only the folder is closed after the file that was written")

    def test_an_interruption_does_not_matter(self):
        for call in ("read", "write"):
            self.fail_each(("rank", "small.json"), call, "interrupted", must_not_matter=True)
            self.fail_each(("rank", "small.json", "-o", "link.csv"), call, "interrupted", must_not_matter=True)

    def test_a_call_that_does_less_than_asked_does_not_matter(self):
        for call in ("read", "write"):
            self.fail_each(("rank", "small.json"), call, "short", must_not_matter=True)
            self.fail_each(("rank", "small.json", "-o", "link.csv"), call, "short", must_not_matter=True)

    def test_the_fault_is_told_where_it_is_known(self):
        for call, how, words in [("write", "once", b"No space left on device"), ("read", "once", b"Input/output error"),
                                 ("allocation", "lasting", b"not enough memory"), ("rename", "once", b"Invalid cross-device link")]:
            done, _ = Folder().run(("rank", "small.json", "-o", "link.csv"), call, 1, how)
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    if SANITIZED:
        print("SKIPPED: the library of faults cannot come before the sanitizers' own allocator")
        sys.exit(77)
    unittest.main()
