"""What greenml does to files: none that it reads is written, a link stays a link, an unfinished file does not stay, and
permissions, owners, long names and pipes are what they are for other tools."""

import fcntl
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

from process import GREENML, PATIENCE, SANITIZED, SMALL, run

BUDGET = b'{"limits": [{"min": {"accuracy": "1 %"}}]}'
GRIDS = b'{"rows": [{"name": "XX", "value": "100 g/kWh", "source": "s"}]}'


class Folder(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name
        self.write("models.json", SMALL)
        self.write("other.json", SMALL.replace(b'"a"', b'"c"').replace(b'"b"', b'"d"'))
        self.write("budget.json", BUDGET)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)

    def content(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def all(self):
        """Every file in the folder with its content, and every link with its target."""
        found = {}
        for place, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(place, name)
                found[path] = os.readlink(path) if os.path.islink(path) else self.content(path)
        return found

    def run_here(self, *arguments, **options):
        return run(*arguments, cwd=self.folder, **options)

    def assert_refused(self, *arguments, words=b"cannot write to", **options):
        before = self.all()
        done = self.run_here(*arguments, **options)
        self.assertEqual(done.returncode, 2, (arguments, done.stderr))
        self.assertIn(words, done.stderr, arguments)
        self.assertEqual(self.all(), before, arguments)
        return done


class Inputs(Folder):
    def spellings(self, name):
        """Other paths to a file: through a folder, a link, a hard link, a link to a folder."""
        os.symlink(name, self.path(f"link-{name}"))
        os.link(self.path(name), self.path(f"hard-{name}"))
        if not os.path.islink(self.path("here")):
            os.symlink(".", self.path("here"))
        return [name, f"./{name}", self.path(name), f"link-{name}", f"hard-{name}", f"here/{name}"]

    def test_a_catalog_is_not_overwritten(self):
        for output in self.spellings("models.json"):
            for command in [("rank", "models.json"), ("pareto", "models.json"), ("rank", "other.json", "models.json"),
                            ("plot", "models.json", "--format", "svg"), ("explain", "models.json", "a"), ("disagree", "models.json"),
                            ("compare", "models.json", "a", "b"), ("check", "models.json", "--min", "accuracy=1%")]:
                if "--format" not in command:
                    command += ("--format", "json")
                self.assert_refused(*command, "-o", output)

    def test_a_baseline_and_a_budget_are_not_overwritten(self):
        baseline = ("check", "models.json", "--baseline", "other.json", "--max-drop", "5%", "--allow-missing")
        budget = ("check", "models.json", "--budget", "budget.json")
        for command, name in [(baseline, "other.json"), (budget, "budget.json")]:
            for output in self.spellings(name):
                self.assert_refused(*command, "--format", "json", "-o", output)
                self.assert_refused(*command, "--report", f"junit={output}")
                self.assert_refused(*command, "--summary", env={**os.environ, "GITHUB_STEP_SUMMARY": output})

    def test_a_budget_that_is_found_and_a_baseline_that_a_budget_names_are_inputs_too(self):
        self.write("greenml-budget.json", b'{"baseline": "other.json", "max_drop": "5%", "allow_missing": true}')
        self.assert_refused("check", "models.json", "--report", "json=greenml-budget.json")
        self.assert_refused("check", "models.json", "--report", "json=other.json")

    def test_a_reference_table_is_not_overwritten(self):
        os.mkdir(self.path("tables"))
        self.write("tables/grids.json", GRIDS)
        done = self.run_here("list", "grids", "--reference", "tables", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_refused("list", "grids", "--reference", "tables", "-o", "tables/grids.json")
        self.assert_refused("footprint", "--energy", "1kWh", "--grid", "XX", "--reference", "tables", "-o", "tables/grids.json")

    def test_what_standard_input_reads_and_standard_output_appends_to_are_files_too(self):
        with open(self.path("models.json"), "rb") as catalog:
            self.assert_refused("rank", "-", "-o", "models.json", stdin_file=catalog)
        with open(self.path("models.json"), "ab") as end:
            self.assert_refused("rank", "models.json", stdout=end)
            self.assert_refused("rank", "models.json", "-o", "/dev/stdout", stdout=end)

    def test_the_other_path_is_named(self):
        os.link(self.path("models.json"), self.path("copy.json"))
        done = self.assert_refused("rank", "models.json", "-o", "copy.json")
        self.assertEqual(done.stderr, b"greenml: cannot write to copy.json: this run reads it, as models.json; name another file\n")

    def test_two_reports_do_not_go_to_one_file(self):
        check = ("check", "models.json", "--min", "accuracy=1%")
        os.symlink("report.json", self.path("link.json"))
        for both in [("-o", "report.json", "--report", "json=report.json"), ("--report", "json=report.json", "--report", "csv=./report.json"),
                     ("-o", "report.json", "--report", "json=link.json")]:
            self.assert_refused(*check, *both)
        self.assert_refused(*check, "--summary", "-o", "report.md", env={**os.environ, "GITHUB_STEP_SUMMARY": self.path("report.md")})
        self.assertEqual(self.run_here(*check, "-o", "/dev/null", "--format", "csv", "--report", "json=/dev/null").returncode, 0)


class Outputs(Folder):
    RANK = ("rank", "models.json", "--quiet", "--format", "csv", "-o")

    def assert_written(self, name, *, through=None, **options):
        done = self.run_here(*self.RANK, through or name, **options)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertTrue(self.content(name).startswith(b"name,"))

    def test_a_dangling_link_is_written_through(self):
        os.mkdir(self.path("folder"))
        os.symlink("folder/new.csv", self.path("link.csv"))
        os.symlink("link.csv", self.path("link-to-link.csv"))
        self.assert_written("folder/new.csv", through="link-to-link.csv")
        self.assertEqual(os.readlink(self.path("link.csv")), "folder/new.csv")
        self.assertEqual(os.listdir(self.path("folder")), ["new.csv"])

    def test_a_link_that_leads_nowhere_is_refused(self):
        os.symlink("missing/new.csv", self.path("link.csv"))
        os.symlink("loop.csv", self.path("loop.csv"))
        self.assert_refused(*self.RANK, "link.csv", words=b"cannot write to link.csv: No such file or directory")
        self.assert_refused(*self.RANK, "loop.csv", words=b"cannot write to loop.csv: Too many levels of symbolic links")

    def test_long_names_work(self):
        for length in range(245, 256):
            self.assert_written("x" * (length - 4) + ".csv")
        self.assert_refused(*self.RANK, "x" * 252 + ".csv", words=b"File name too long")

    def test_permissions_are_kept_but_not_those_of_another_user(self):
        for mode, kept in [(0o640, 0o640), (0o4755, 0o755), (0o6777, 0o777), (0o2600, 0o600)]:
            self.write("out.csv", b"old")
            os.chmod(self.path("out.csv"), mode)
            self.assert_written("out.csv")
            self.assertEqual(stat.S_IMODE(os.stat(self.path("out.csv")).st_mode), kept, oct(mode))

    def test_a_file_without_write_permission_is_refused(self):
        self.write("out.csv", b"old")
        for mode in (0o444, 0o400, 0o000):
            os.chmod(self.path("out.csv"), mode)
            done = self.run_here(*self.RANK, "out.csv")
            self.assertEqual((done.returncode, done.stderr), (2, b"greenml: cannot write to out.csv: Permission denied\n"), oct(mode))
        os.chmod(self.path("out.csv"), 0o600)
        self.assertEqual(self.content("out.csv"), b"old")

    @unittest.skipUnless(os.geteuid() == 0, "only root gives files away")
    def test_root_leaves_a_file_its_owner(self):
        self.write("out.csv", b"old")
        os.chown(self.path("out.csv"), 12345, 54321)
        self.assert_written("out.csv")
        status = os.stat(self.path("out.csv"))
        self.assertEqual((status.st_uid, status.st_gid), (12345, 54321))

    def test_a_file_that_grows_too_large_is_a_failed_write(self):
        models = ",".join('{"name": "m%d", "accuracy": 70, "energy": %d}' % (row, row + 1) for row in range(500))
        self.write("models.json", f"[{models}]".encode())
        self.write("out.csv", b"old")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        self.assert_refused(*self.RANK, "out.csv", words=b"cannot write to out.csv: File too large", preexec_fn=limit)

    def test_a_summary_begins_a_line(self):
        check = ("check", "models.json", "--min", "accuracy=1%", "--summary")
        for before, between in [(b"", b""), (b"text", b"\n"), (b"text\n", b"")]:
            self.write("summary.md", before)
            done = self.run_here(*check, env={**os.environ, "GITHUB_STEP_SUMMARY": self.path("summary.md")})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(self.content("summary.md").startswith(before + between + b"**PASSED"), self.content("summary.md"))

    def test_standard_output_by_its_path_keeps_what_is_there(self):
        done = subprocess.run(["/bin/sh", "-c", '{ echo first; "$1" list metrics --quiet --format csv -o /dev/stdout; echo last; } > out.csv',
                               "sh", GREENML], cwd=self.folder, check=False, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0)
        lines = self.content("out.csv").splitlines()
        self.assertEqual((lines[0], lines[-1]), (b"first", b"last"))
        self.assertGreater(len(lines), 10)


class Signals(Folder):
    def test_the_unfinished_file_goes_and_the_signal_ends_the_run(self):
        models = ",".join('{"name": "m%d", "accuracy": %d, "energy": %d}' % (row, row % 97 + 2, row + 1) for row in range(150000))
        self.write("large.json", f"[{models}]".encode())
        self.write("out.csv", b"old")
        names = sorted(os.listdir(self.folder))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for _ in range(20):  # a run may come to its end before the signal reaches it
                self.write("out.csv", b"old")
                process = subprocess.Popen([GREENML, "rank", "large.json", "--format", "csv", "--quiet", "-o", "out.csv"], cwd=self.folder)
                end = time.monotonic() + PATIENCE
                while process.poll() is None and sorted(os.listdir(self.folder)) == names and time.monotonic() < end:
                    pass
                process.send_signal(number)
                status = process.wait(PATIENCE)
                self.assertEqual(sorted(os.listdir(self.folder)), names)
                if status != 0:
                    break
            self.assertEqual(status, -number)
            self.assertEqual(self.content("out.csv"), b"old")

    def test_a_signal_that_is_ignored_stays_ignored(self):
        process = subprocess.Popen(["/bin/sh", "-c", "trap '' HUP; exec \"$1\" rank -", "sh", GREENML], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not os.path.samefile(f"/proc/{process.pid}/exe", GREENML):
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(signal.SIGHUP)
        output, _ = process.communicate(SMALL, timeout=PATIENCE)
        self.assertEqual(process.returncode, 0)
        self.assertIn(b"accuracy", output)


class Readers(Folder):
    def shell(self, text):
        return subprocess.run(["/bin/bash", "-c", text, "bash", GREENML], cwd=self.folder, capture_output=True, check=False, timeout=PATIENCE)

    def test_a_reader_that_goes_away_is_no_news(self):
        """The pipe is closed before greenml writes, so that the first write finds nobody."""
        for form in ("table", "csv", "tsv", "json", "ndjson", "markdown", "latex"):
            for before in ("", "trap '' PIPE; "):
                done = self.shell(f'{before}( sleep 0.1; "$1" rank models.json --quiet --format {form}; echo "[$?]" >&2 ) | true')
                self.assertEqual(done.stderr, b"[141]\n", form)

    def test_reports_are_written_although_the_reader_has_gone_away(self):
        self.shell('( sleep 0.1; "$1" check models.json --min accuracy=1% --report csv=report.csv ) | true')
        self.assertTrue(self.content("report.csv").startswith(b"verdict,"), self.content("report.csv"))

    def test_a_pipe_that_has_no_reader_is_a_file_like_any_other(self):
        done = self.shell('mkfifo pipe; head -c 1 pipe >/dev/null & "$1" list units --format csv -o pipe; echo "[$?]"')
        self.assertIn(done.stdout, (b"[141]\n", b"[0]\n"))
        self.assertEqual(done.stderr, b"")


class Streams(Folder):
    def test_a_standard_input_that_does_not_block_is_waited_for(self):
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETFL, fcntl.fcntl(reading, fcntl.F_GETFL) | os.O_NONBLOCK)
        process = subprocess.Popen([GREENML, "rank", "-", "--quiet"], stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(reading)
        for piece in (SMALL[:50], SMALL[50:]):
            time.sleep(0.2)
            os.write(writing, piece)
        os.close(writing)
        output, said = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, said), (0, b""))
        self.assertIn(b"accuracy", output)

    def test_a_standard_output_that_does_not_block_gets_everything(self):
        reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETFL, fcntl.fcntl(writing, fcntl.F_GETFL) | os.O_NONBLOCK)
        timm = os.path.join(os.environ["GREENML_ROOT"], "data", "timm.json")
        process = subprocess.Popen([GREENML, "rank", timm, "--quiet", "--format", "csv"], stdout=writing, stderr=subprocess.PIPE)
        os.close(writing)
        time.sleep(0.5)
        with os.fdopen(reading, "rb") as pipe:
            output = pipe.read()
        self.assertEqual((process.wait(PATIENCE), process.stderr.read()), (0, b""))
        process.stderr.close()
        self.assertEqual(output, run("rank", timm, "--quiet", "--format", "csv").stdout)


class Many(Folder):
    @unittest.skipIf(SANITIZED, "reads many files, which takes its time there")
    def test_files_are_open_one_after_another(self):
        names = []
        for number in range(1100):
            names.append(f"{number}.json")
            self.write(names[-1], json.dumps([{"name": f"m{number}", "accuracy": 70, "energy": number + 1}]).encode())
        few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
        done = self.run_here("rank", *names, "--quiet", "--format", "csv", preexec_fn=few)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(len(done.stdout.splitlines()), 1101)


if __name__ == "__main__":
    sys.exit(unittest.main())
