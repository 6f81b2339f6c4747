"""The command of docs/guide.md that makes a bitmap of a picture, by rsvg-convert; the bitmap is looked at pixel by pixel."""

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

from process import GREENML, ROOT


def pixels_of(png):
    """Width, height, and the colours of all pixels. Of PNG, only what rsvg-convert writes: 8 bits, RGB or RGBA."""
    chunks, at = {}, 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        chunks[kind] = chunks.get(kind, b"") + png[at + 8:at + 8 + length]
        at += 12 + length
    width, height, depth, color = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert depth == 8 and color in (2, 6), (depth, color)
    size = 3 if color == 2 else 4
    data, rows, before = zlib.decompress(chunks[b"IDAT"]), [], bytes(width * size)
    for row in range(height):
        start = row * (width * size + 1)
        rule, line = data[start], bytearray(data[start + 1:start + 1 + width * size])
        for index in range(len(line)):
            left = line[index - size] if index >= size else 0
            above, corner = before[index], before[index - size] if index >= size else 0
            nearest = min((left, above, corner), key=lambda one: abs(left + above - corner - one))
            line[index] = (line[index] + (0, left, above, (left + above) // 2, nearest)[rule]) & 255
        rows.append(bytes(line))
        before = line
    return width, height, {row[at:at + 3] for row in rows for at in range(0, len(row), size)}, {row[:3] for row in rows}


class Bitmap(unittest.TestCase):
    def test_the_command_of_the_guide_makes_a_bitmap(self):
        with open(os.path.join(ROOT, "docs", "guide.md"), encoding="utf-8") as page:
            (command,) = re.findall(r"^greenml plot .*\| rsvg-convert .*$", page.read(), re.MULTILINE)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(ROOT, "data"), os.path.join(folder, "data"))
            done = subprocess.run(["/bin/sh", "-c", command.replace("greenml", f'"{GREENML}"', 1)], cwd=folder, capture_output=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            with open(os.path.join(folder, "plot.png"), "rb") as file:
                width, height, colors, edge = pixels_of(file.read())
        self.assertEqual(width, 1920)
        self.assertGreater(height, 1000)
        self.assertEqual(edge, {b"\xff\xff\xff"}, "the background is white, and not transparent")
        self.assertIn(bytes.fromhex("0072b2"), colors, "marks have the colours for light pages")
        self.assertTrue(min(sum(color) for color in colors) < 150, "text is dark")


if __name__ == "__main__":
    if not shutil.which("rsvg-convert"):
        print("SKIPPED: there is no rsvg-convert (Debian's librsvg2-bin), so nobody has made a bitmap")
        sys.exit(77)
    unittest.main()
