#!/usr/bin/env python3
"""Opens the page of `greenml plot -o page.html` in a real browser, and does with it what its reader does.

Speaks the WebDriver protocol to chromedriver. Skipped, aloud, where there is no Chromium.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

GREENML = os.environ["GREENML"]
DATA = pathlib.Path(os.environ["GREENML_ROOT"], "data")
SKIPPED = 77  # what tests/CMakeLists.txt takes as skipped

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1100,900",
]

# A name that would run in a page, would end an element, or would be something else than it looks.
HOSTILE = [
    "<script>document.title = 'run'</script>",
    "</title></text></svg><img src=x onerror=\"document.title='run'\">",
    "a & b < c > d \" e ' f ]]> --> {picture} {tables}",
    "javascript:alert(1)",
    "control \u0001 and bidi \u202e evil",
]


class Browser:
    """One window of a headless Chromium."""

    ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key by which the protocol names elements

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                if self.call("GET", "/status")["ready"]:
                    break
            except OSError:
                time.sleep(0.05)
        arguments = OPTIONS + [f"--user-data-dir={self.folder.name}"]
        options = {"args": arguments, "binary": shutil.which("chromium")}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
        self.address += "/session/" + self.call("POST", "/session", {"capabilities": wanted})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def open(self, file):
        self.call("POST", "/url", {"url": pathlib.Path(file).as_uri()})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})

    def click(self, selector):
        self.call("POST", f"/element/{self.find(selector)[self.ELEMENT]}/click", {})

    def type(self, selector, text):
        self.call("POST", f"/element/{self.find(selector)[self.ELEMENT]}/value", {"text": text})

    def point_at(self, selector):
        move = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": self.find(selector)}
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": [move]}]})

    def complaints(self):
        """What the browser wrote to its console."""
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]

    def close(self):
        self.call("DELETE", "")
        self.driver.terminate()
        self.driver.wait()
        self.folder.cleanup()


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def plot(self, catalog, *options):
        page = pathlib.Path(self.folder.name, "page.html")
        subprocess.run([GREENML, "plot", catalog, "-o", page, "--quiet", *options], check=True)
        self.browser.open(page)

    def shown_names(self):
        return self.browser.run(
            "return Array.from(document.querySelectorAll('tbody tr:not(.gone)')).map(row => row.cells[0].textContent)"
        )

    def shown_marks(self):
        return self.browser.run(
            "return Array.from(document.querySelectorAll('.marks [data-row]'))"
            ".filter(mark => mark.getBoundingClientRect().width > 0).length"
        )

    def test_a_minimum_leaves_the_models_that_have_it_in_table_and_picture(self):
        self.plot(DATA / "imagenet-cnn.json")
        models = json.loads((DATA / "imagenet-cnn.json").read_text())["models"]
        self.assertEqual(len(self.shown_names()), len(models))
        self.assertEqual(self.shown_marks(), len(models))
        self.browser.type("#minimum", "80")
        good = sorted(model["name"] for model in models if float(str(model["accuracy"]).rstrip("%")) >= 80)
        self.assertEqual(sorted(self.shown_names()), good)
        self.assertEqual(self.shown_marks(), len(good))
        count = self.browser.run("return document.getElementById('count').textContent")
        self.assertEqual(count, f"{len(good)} of {len(models)} models")

    def test_a_click_on_a_head_sorts_by_it_and_another_turns_the_order_round(self):
        self.plot(DATA / "imagenet-cnn.json")

        def flops():
            return self.browser.run(
                "return Array.from(document.querySelectorAll('tbody tr')).map(row => Number(row.cells[2].dataset.value))"
            )

        self.assertNotEqual(flops(), sorted(flops()))
        self.browser.click("th:nth-child(3) button")
        self.assertEqual(flops(), sorted(flops(), reverse=True))
        self.browser.click("th:nth-child(3) button")
        self.assertEqual(flops(), sorted(flops()))
        self.browser.click("th:nth-child(1) button")
        names = self.shown_names()
        self.assertEqual(names[0], "AlexNet")

    def test_a_mark_under_the_pointer_shows_its_numbers_and_its_row(self):
        self.plot(DATA / "imagenet-cnn.json")
        self.assertTrue(self.browser.run("return document.getElementById('tip').hidden"))
        row = self.browser.run(
            "return Array.from(document.querySelectorAll('tbody tr'))"
            ".find(row => row.cells[0].textContent === 'MobileNetV2').dataset.row"
        )
        self.browser.point_at(f".marks [data-row='{row}']")
        self.assertFalse(self.browser.run("return document.getElementById('tip').hidden"))
        tip = self.browser.run("return document.getElementById('tip').textContent")
        self.assertEqual(tip, "MobileNetV2\naccuracy: 71.88%\nFLOPs: 602 MFLOP")
        active = self.browser.run("return document.querySelector('tr.active').cells[0].textContent")
        self.assertEqual(active, "MobileNetV2")

    def test_nothing_in_a_name_runs_and_every_name_stands_there_as_it_is(self):
        models = [
            {"name": name, "family": name, "accuracy": 60 + index, "flops": (1 + index) * 1e9}
            for index, name in enumerate(HOSTILE)
        ]
        catalog = pathlib.Path(self.folder.name, "hostile.json")
        catalog.write_text(json.dumps(models))
        self.plot(catalog, "--color-by", "family", "--names", "all")
        names = set(self.shown_names())
        for name in HOSTILE[:4]:
            self.assertIn(name, names)
        self.assertIn("control \\x01 and bidi \\u{202e} evil", names)
        self.assertEqual(self.browser.run("return document.images.length"), 0)
        self.assertEqual(self.browser.run("return document.scripts.length"), 1)
        self.assertNotEqual(self.browser.run("return document.title"), "run")
        self.assertEqual(self.browser.complaints(), [])

    def test_bars_have_the_same_page(self):
        self.plot(DATA / "torchvision.json", "--bars", "accuracy/mb")
        self.browser.type("#minimum", "84")
        bars = self.browser.run(
            "return Array.from(document.querySelectorAll('svg g[data-row]')).filter(bar => !bar.classList.contains('gone')).length"
        )
        self.assertEqual(bars, len(self.shown_names()))
        self.assertLess(bars, 20)
        self.assertGreater(bars, 0)
        self.assertEqual(self.browser.complaints(), [])


if __name__ == "__main__":
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        print("SKIPPED: there is no chromium and chromedriver, so nobody has looked at the page")
        sys.exit(SKIPPED)
    unittest.main()
