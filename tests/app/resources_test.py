"""Takes from greenml what a program takes for granted: room on the disk, an open standard output, a reader, memory."""

import os
import resource
import subprocess
import tempfile
import unittest

from process import DATA, GREENML, PATIENCE, SANITIZED, complaint_about, run

TIMM = os.path.join(DATA, "timm.json")
COMMANDS = [("--help",), ("--version",), ("rank", "--help"), ("list", "metrics"), ("list", "grids"), ("rank", TIMM), ("pareto", TIMM),
            ("disagree", TIMM), ("rank", TIMM, "--format", "json"), ("rank", TIMM, "--format", "csv"), ("check", TIMM, "--min", "accuracy=90%"),
            ("footprint", "--energy", "300kWh")]


class Disk(unittest.TestCase):
    def test_standard_output_is_full(self):
        for command in COMMANDS:
            with open("/dev/full", "wb") as full:
                done = run(*command, stdout=full)
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""), command)
            self.assertIn(b"cannot write to standard output: No space left on device", done.stderr, command)

    def test_the_output_file_is_full(self):
        for command in COMMANDS[5:]:
            done = run(*command, "-o", "/dev/full")
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""), command)
            self.assertIn(b"cannot write to /dev/full: No space left on device", done.stderr, command)

    def test_a_message_that_nobody_can_read_changes_nothing(self):
        with open("/dev/full", "wb") as full:
            self.assertEqual(run("rank", TIMM, stderr=full).returncode, 0)
            self.assertEqual(run("rank", "missing.json", stderr=full).returncode, 2)


class Streams(unittest.TestCase):
    def shell(self, text, folder=None):
        return subprocess.run(["/bin/sh", "-c", text, "sh", GREENML, TIMM], cwd=folder, capture_output=True, check=False, timeout=PATIENCE)

    def test_standard_output_is_closed(self):
        for command in ["--help", "--version", "list units", 'rank "$2"', 'rank "$2" --format json']:
            done = self.shell(f'"$1" {command} >&-')
            self.assertEqual(done.returncode, 2, command)
            self.assertIn(b"cannot write to standard output: Bad file descriptor", done.stderr, command)

    def test_standard_input_is_closed(self):
        for files in ["-", '"$2" -', '- "$2"']:
            done = self.shell(f'"$1" rank {files} <&-')
            self.assertEqual(done.returncode, 2, files)
            self.assertIn(b"Bad file descriptor", done.stderr, files)

    def test_files_do_not_take_the_place_of_closed_streams(self):
        with tempfile.TemporaryDirectory() as folder:
            expected = run("rank", TIMM, "--format", "csv").stdout
            for closed in ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"]:
                done = self.shell(f'"$1" rank "$2" -o out.csv {closed}', folder)
                self.assertEqual((done.returncode, done.stdout), (0, b""), closed)
                with open(os.path.join(folder, "out.csv"), "rb") as file:
                    self.assertEqual(file.read(), expected, closed)


@unittest.skipIf(SANITIZED, "sanitizers need far more addresses than these limits leave")
class Memory(unittest.TestCase):
    def ended_under_limits(self, rank, stdin, enough, is_last):
        """Runs it under one limit of addresses after another, until one is the last: 2 with a message, or 0 and all of the result."""
        ended = {0: [], 2: []}
        for megabytes in range(8, 1024):

            def limited(*command):
                most = megabytes << 20
                return run(*command, stdin=stdin, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)))

            if limited("--version").returncode != 0:
                continue  # the system cannot even load it
            done = limited(*rank)
            if done.returncode == 0:
                self.assertEqual(done.stdout, enough, megabytes)
            else:
                self.assertEqual((done.returncode, done.stderr), (2, b"greenml: not enough memory\n"), megabytes)
            ended[done.returncode].append(megabytes)
            if is_last(ended):
                break
        return ended

    def test_however_little_memory_there_is(self):
        """From hardly enough to begin with to plenty: 2 with a message, then 0, and the same result."""
        models = ",".join('{"name": "m%d", "accuracy": %d, "energy": %d}' % (row, row % 98 + 2, row + 1) for row in range(30000))
        catalog = f"[{models}]".encode()
        rank = ("rank", "-", "--format", "csv", "--quiet")
        ended = self.ended_under_limits(rank, catalog, run(*rank, stdin=catalog).stdout, lambda ended: len(ended[0]) == 3)
        self.assertGreater(min(map(len, ended.values())), 2, ended)

    def test_a_large_file_is_read_the_same_whether_or_not_there_is_room_for_it_ahead(self):
        """Room is made for what becomes of a large file; a limit in the way of that is none in the way of reading."""
        with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
            for row in range(60000):
                file.write(b'{"name": "model %d of a catalog that is not small any more", "accuracy": %d, "energy": %d}\n' % (row, row % 98 + 2, row + 1))
            file.flush()
            megabytes = os.path.getsize(file.name) >> 20
            self.assertGreaterEqual(megabytes, 4)
            rank = ("rank", file.name, "--format", "csv", "--quiet")
            enough = run(*rank)
            self.assertEqual((enough.returncode, enough.stdout.count(b"\n")), (0, 60001))
            with open(file.name, "rb") as bytes_of_file:
                piped = run("rank", "-", "--format", "csv", "--quiet", stdin=bytes_of_file.read())
            self.assertEqual((piped.returncode, piped.stdout), (0, enough.stdout))
            # The room is twice as large as the file: from the first limit that is enough without it to one that is with it.
            ended = self.ended_under_limits(rank, b"", enough.stdout, lambda ended: len(ended[0]) > 2 * megabytes + 2)
            self.assertGreater(min(map(len, ended.values())), 2, ended)


if __name__ == "__main__":
    unittest.main()
