"""Runs greenml as others would, and holds every end to what the README promises: 0, 1 or 2, and words where it is 2."""

import atexit
import os
import struct
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

ROOT = os.environ["GREENML_ROOT"]
GREENML = os.environ["GREENML"]
MANY_RUNS = os.environ["GREENML_MANY_RUNS"]
DATA = os.path.join(ROOT, "data")
SANITIZED = bool(os.environ.get("GREENML_SANITIZE"))
PATIENCE = 600  # seconds, on however slow a machine; a program that takes longer for what these tests ask hangs

SMALL = b"""{"defaults": {"task": "t"}, "models": [
  {"name": "a", "accuracy": 76.1, "flops": "4.09 GMAC", "energy": {"value": 5, "unit": "J"}},
  {"name": "b", "accuracy": 60, "flops": "1 GFLOP", "params": "25.6M", "hardware": "NVIDIA V100"}]}
"""


def run(*arguments, stdin=b"", **options):
    """The finished process, with its output unless it goes elsewhere."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": PATIENCE, **options}
    if "stdin_file" in options:
        options["stdin"] = options.pop("stdin_file")
    else:
        options["input"] = stdin
    return subprocess.run([GREENML, *arguments], check=False, **options)


class ManyRuns:
    """A process that runs greenml again and again, which saves the start of a process each time."""

    def __init__(self):
        self.stdout, self.stderr = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.outcomes, outcomes = os.pipe()
        self.process = subprocess.Popen([MANY_RUNS, str(outcomes)], stdin=subprocess.PIPE, stdout=self.stdout, stderr=self.stderr,
                                        pass_fds=[outcomes])
        os.close(outcomes)

    def run(self, arguments, stdin, cwd):
        texts = [os.fsencode(text) for text in (cwd, stdin, *arguments)]
        request = struct.pack("=Q", len(texts)) + b"".join(struct.pack("=Q", len(text)) + text for text in texts)
        impatience = threading.Timer(PATIENCE, self.process.kill)
        impatience.start()
        self.process.stdin.write(request)
        self.process.stdin.flush()
        outcome = os.read(self.outcomes, 1)
        impatience.cancel()
        code = outcome[0] if outcome else self.process.wait()  # it died, of this run
        return subprocess.CompletedProcess(arguments, code, *(os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)
                                                              for file in (self.stdout, self.stderr)))

    def end(self):
        """Ends the process, and says what it says at its end: of leaks, say."""
        self.process.stdin.close()
        code = self.process.wait(PATIENCE)
        return f"ended with {code}: {os.pread(self.stderr.fileno(), 1 << 20, 0).decode()}" if code else ""


THREAD = threading.local()
ALL_RUNS = []


@atexit.register
def end_all_runs():
    complaints = [complaint for runs in ALL_RUNS if runs.process.poll() is None and (complaint := runs.end())]
    if complaints:
        print(*complaints, sep="\n", file=sys.stderr, flush=True)
        os._exit(1)


def run_here(*arguments, stdin=b"", cwd=ROOT):
    """Like `run`, by a process that this thread has for many runs; what it leaves behind between two runs would show."""
    if getattr(THREAD, "runs", None) is None or THREAD.runs.process.poll() is not None:
        THREAD.runs = ManyRuns()
        ALL_RUNS.append(THREAD.runs)
    return THREAD.runs.run(arguments, stdin, cwd)


def complaint_about(done, good=(0, 2), most=4096):
    """What is wrong with the way a process ended; empty if nothing is."""
    said = done.stderr or b""
    if done.returncode not in good:
        return f"ended with {done.returncode}: {said[:2000]!r}"
    if done.returncode == 2 and not said.strip():
        return "ended with 2 and no message"
    if len(said) > most:
        return f"wrote {len(said)} bytes to standard error"
    if b"defect" in said or b"Sanitizer" in said or b"runtime error" in said:
        return f"says {said[:2000]!r}"
    return ""


def all_complaints(check, cases):
    """What `check` has to say about the cases, a few at a time; each with its case."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(check, cases))
    return [(case, complaint) for case, complaint in zip(cases, found) if complaint][:10]
