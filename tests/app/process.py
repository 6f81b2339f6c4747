"""Runs greenml as others would, and holds every end to what the README promises: 0, 1 or 2, and words where it is 2."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = os.environ["GREENML_ROOT"]
GREENML = os.environ["GREENML"]
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
