"""Looks into the binary for what the flags of cmake/hardening.cmake leave there."""

import os
import re
import subprocess
import sys
import unittest

from process import GREENML, SANITIZED

ON = os.environ.get("GREENML_HARDENING") == "ON" and not SANITIZED


def readelf(what):
    return subprocess.run(["readelf", "--wide", what, GREENML], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout.decode()


class Binary(unittest.TestCase):
    def test_it_can_be_loaded_anywhere(self):
        self.assertRegex(readelf("--file-header"), r"Type:\s+DYN")
        self.assertRegex(readelf("--dynamic"), r"FLAGS_1\).*\bPIE\b")

    def test_all_symbols_are_bound_before_it_begins_and_read_only_from_then_on(self):
        self.assertRegex(readelf("--dynamic"), r"FLAGS_1\).*\bNOW\b")
        self.assertRegex(readelf("--segments"), r"GNU_RELRO")

    def test_no_segment_is_written_and_executed(self):
        segments = re.findall(r"^\s+(\w+)\s+(?:0x\w+\s+){5}([R ][W ][E ])\s", readelf("--segments"), re.MULTILINE)
        self.assertIn(("GNU_STACK", "RW "), segments)
        for name, flags in segments:
            self.assertFalse("W" in flags and "E" in flags, (name, flags))

    def test_stacks_are_guarded(self):
        self.assertIn("__stack_chk_fail", readelf("--dyn-syms"))

    def test_the_library_has_assertions(self):
        self.assertIn("__glibcxx_assert_fail", readelf("--dyn-syms"))


if __name__ == "__main__":
    if not ON:
        print("SKIPPED: this build is not hardened, for its sanitizers or because it was told not to be")
        sys.exit(77)
    unittest.main()
