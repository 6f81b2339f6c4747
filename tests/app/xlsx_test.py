"""Workbooks, read back by openpyxl: the numbers of the CSV as numbers, texts as texts, a worksheet for each group."""

import csv
import io
import json
import os
import re
import sys
import tempfile
import unittest
import zipfile

from process import DATA, run_here

try:
    import openpyxl
except ImportError:
    print("SKIPPED: there is no openpyxl (Debian's python3-openpyxl), so nobody has read a workbook")
    sys.exit(77)

UNITS = {"FLOP": 1, "kFLOP": 1e3, "MFLOP": 1e6, "GFLOP": 1e9, "TFLOP": 1e12, "k": 1e3, "M": 1e6, "B": 1e9, "%": 1, "ms": 1e-3, "s": 1}


class Workbooks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def ranked(self, catalog, *options):
        """The worksheets, and the rows of the CSV of the same ranking."""
        with open(os.path.join(self.folder, "models.json"), "w", encoding="utf-8") as file:
            json.dump(catalog, file)
        return self.result("rank", "models.json", *options)

    def result(self, *command):
        done = run_here(*command, "-o", "result.xlsx", "--quiet", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = run_here(*command, "--format", "csv", "--csv-raw", "--quiet", cwd=self.folder).stdout.decode()
        return openpyxl.load_workbook(os.path.join(self.folder, "result.xlsx")), list(csv.DictReader(io.StringIO(rows)))

    def test_numbers_are_those_of_the_csv_in_the_unit_of_the_head(self):
        book, rows = self.result("rank", os.path.join(DATA, "imagenet-cnn.json"))
        (worksheet,) = book.worksheets
        head = [cell.value for cell in worksheet[1]]
        self.assertEqual(worksheet.max_row, 1 + len(rows))
        for title, key in [("FLOPs", "flops"), ("params", "params"), ("accuracy", "accuracy_percent")]:
            place, unit = next((at, one[len(title) + 2:-1]) for at, one in enumerate(head) if one.startswith(title + " ("))
            for row, cells in zip(rows, worksheet.iter_rows(min_row=2)):
                if row[key]:
                    self.assertIsInstance(cells[place].value, (int, float))
                    self.assertAlmostEqual(cells[place].value * UNITS[unit] / float(row[key]), 1, delta=1e-12)
                else:
                    self.assertIsNone(cells[place].value)
        self.assertEqual([cells[0].value for cells in worksheet.iter_rows(min_row=2)], [row["name"] for row in rows])
        self.assertEqual((worksheet.freeze_panes, worksheet.auto_filter.ref), ("B2", worksheet.dimensions))
        marked = {cells[0].value for cells in worksheet.iter_rows(min_row=2) if cells[0].fill.fgColor.rgb == "FFE2F0D9"}
        self.assertEqual(marked, {row["name"] for row in rows if row["pareto"] == "yes"})
        self.assertNotIn(None, head, "a column without a value in any row is left out")

    def test_texts_are_never_formulas(self):
        names = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x.org\")", "http://x.org", "1e3", "a\tb\u202e", "x" * 40000, "y" + "\u00fc" * 20000]
        book, rows = self.ranked([{"name": name, "accuracy": 50 + at, "flops": 1e9} for at, name in enumerate(names)])
        cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertEqual({cell.hyperlink for cell in cells}, {None})
        self.assertTrue(set(names[:7]) <= {cell.value for cell in cells})
        self.assertEqual(len(cells), len(rows))

    def test_no_part_of_a_text_is_an_escape(self):
        names = ["shufflenet_v2_x0_5", "v2_x1_0", "a_x0041_b", "_x41__x42_", "_x", "_x_", "a_x12", "a_xyz_"]
        book, _ = self.ranked([{"name": name, "accuracy": 50, "flops": 1e9} for name in names])
        self.assertEqual({row[0].value for row in book.worksheets[0].iter_rows(min_row=2)}, set(names))
        with zipfile.ZipFile(os.path.join(self.folder, "result.xlsx")) as file:
            texts = file.read("xl/sharedStrings.xml").decode()
        self.assertEqual(re.findall(r"_x(?!005F_)[0-9A-Fa-f]+_", texts.replace("_x005F_x", "")), [])
        self.assertIn("shufflenet_v2_x005F_x0_5", texts)

    def test_each_group_is_a_worksheet(self):
        tasks = ["a/b", "a\\b", "History", "[x]:*?", "long " * 20, "long " * 21, "\u00fc" * 40, "Small", "small"]
        book, _ = self.ranked([{"name": "m", "accuracy": 50, "flops": 1e9, "task": task} for task in tasks])
        self.assertEqual(len(book.worksheets), len(tasks))
        self.assertEqual(len({sheet.title.lower() for sheet in book.worksheets}), len(tasks))
        self.assertTrue(all(0 < len(sheet.title) <= 31 for sheet in book.worksheets))

    def test_the_same_result_is_the_same_bytes(self):
        contents = []
        for _ in range(2):
            self.ranked([{"name": "m", "accuracy": 50, "flops": 1e9}])
            with open(os.path.join(self.folder, "result.xlsx"), "rb") as file:
                contents.append(file.read())
        self.assertEqual(contents[0], contents[1])
        self.assertEqual(sorted(os.listdir(self.folder)), ["models.json", "result.xlsx"])

    def test_findings_of_a_check_are_rows(self):
        with open(os.path.join(self.folder, "models.json"), "w", encoding="utf-8") as file:
            json.dump([{"name": "m", "accuracy": 50, "flops": 1e9}], file)
        done = run_here("check", "models.json", "--min", "accuracy=60", "-o", "result.xlsx", cwd=self.folder)
        self.assertEqual(done.returncode, 1, done.stderr)
        (worksheet,) = openpyxl.load_workbook(os.path.join(self.folder, "result.xlsx")).worksheets
        self.assertIn("accuracy", [cell.value for cell in worksheet[2]])


if __name__ == "__main__":
    missing = run_here("list", "units", "-o", os.devnull, "--format", "xlsx").stderr
    if b"libxlsxwriter" in missing:
        print("SKIPPED:", missing.decode())
        sys.exit(77)
    unittest.main()
