"""Opens a workbook of greenml in LibreOffice, and compares what it has there with the CSV of the same ranking."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from process import DATA, run_here

UNITS = {"FLOP": 1, "MFLOP": 1e6, "GFLOP": 1e9, "M": 1e6, "B": 1e9, "%": 1, "MB": 1e6, "GB": 1e9}


class LibreOffice(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def rows(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def test_it_has_every_name_as_it_is(self):
        names = ["v2_x0_5", "a_x0041_b", "a_x005F_b", "_x41__x42_", "=1+1", "ü", "a\"b", "1e3"]
        with open(os.path.join(self.folder, "models.json"), "w", encoding="utf-8") as file:
            json.dump([{"name": name, "accuracy": 50, "flops": 1e9} for name in names], file)
        done = run_here("rank", "models.json", "--quiet", "-o", "ranking.xlsx", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual({row[0] for row in self.convert()[1:]}, set(names))

    def convert(self):
        """What LibreOffice writes of the first worksheet: its cells with all digits, and not as they are shown."""
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        as_stored = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
        done = subprocess.run(["soffice", profile, "--headless", "--convert-to", as_stored, "--outdir", self.folder, "ranking.xlsx"],
                              cwd=self.folder, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.exists(os.path.join(self.folder, "ranking.csv")), done.stdout + done.stderr)
        return self.rows("ranking.csv")

    def test_it_has_the_numbers_and_texts_of_the_csv(self):
        for catalog, keys in [("imagenet-cnn", {"FLOPs": "flops", "params": "params", "accuracy": "accuracy_percent"}),
                              ("torchvision", {"FLOPs": "flops", "size": "size_bytes", "accuracy": "accuracy_percent"})]:
            command = ("rank", os.path.join(DATA, catalog + ".json"), "--quiet")
            for options in (("-o", "ranking.xlsx"), ("-o", "expected.csv", "--csv-raw")):
                done = run_here(*command, *options, cwd=self.folder)
                self.assertEqual(done.returncode, 0, done.stderr)
            head, *cells = self.convert()
            names, *rows = self.rows("expected.csv")
            self.assertEqual([one[0] for one in cells], [row[names.index("name")] for row in rows])
            for title, key in keys.items():
                column = next(at for at, one in enumerate(head) if one.startswith(title + " ("))
                unit = head[column][len(title) + 2:-1]
                for one, row in zip(cells, rows):
                    written = row[names.index(key)]
                    self.assertEqual(one[column] == "", written == "", (title, row))
                    if written:
                        self.assertAlmostEqual(float(one[column]) * UNITS[unit] / float(written), 1, delta=1e-12)


if __name__ == "__main__":
    missing = run_here("list", "units", "-o", os.devnull, "--format", "xlsx").stderr
    if not shutil.which("soffice") or b"libxlsxwriter" in missing:
        print("SKIPPED: there is no LibreOffice (Debian's libreoffice-calc), or no libxlsxwriter: nobody has opened a workbook in it")
        sys.exit(77)
    unittest.main()
