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

from process import PATIENCE

GREENML = os.environ["GREENML"]
ROOT = pathlib.Path(os.environ["GREENML_ROOT"])
DATA = ROOT / "data"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"  # npm install --no-save axe-core
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
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
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
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
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

    def press(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def clear(self, selector):
        self.call("POST", f"/element/{self.find(selector)[self.ELEMENT]}/clear", {})

    def set_width(self, width):
        self.call("POST", "/window/rect", {"width": width, "height": 900})

    def emulate(self, media="screen", colors="light"):
        features = [{"name": "prefers-color-scheme", "value": colors}]
        self.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": media, "features": features}})

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

    def text_of(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).textContent", selector)

    def focused(self):
        """The label of what has the keyboard, or its text."""
        return self.browser.run("const at = document.activeElement; return at.getAttribute('aria-label') || at.textContent")

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

    def test_a_maximum_of_the_cost_is_in_the_unit_of_the_table(self):
        self.plot(DATA / "imagenet-cnn.json")
        self.browser.type("#maximum", "1")
        self.assertEqual(sorted(self.shown_names()), ["MobileNetV2", "SqueezeNet 1.1"])
        self.assertEqual(self.shown_marks(), 2)
        self.browser.type("#maximum", "0")
        self.assertEqual(self.browser.run("return document.getElementById('maximum').value"), "10")
        self.assertGreater(len(self.shown_names()), 10)

    def test_a_text_is_searched_for_in_table_and_picture(self):
        self.plot(DATA / "imagenet-cnn.json", "--color-by", "family")
        self.browser.type("#search", "vgg")
        self.assertTrue(self.shown_names())
        self.assertTrue(all("VGG" in name for name in self.shown_names()), self.shown_names())
        self.assertEqual(self.shown_marks(), len(self.shown_names()))

    def test_what_is_on_the_frontier_has_one_word_on_the_page(self):
        self.plot(DATA / "imagenet-cnn.json")
        self.assertIn("46 models, 10 on the frontier", self.text_of("svg"))
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('thead th')].pop().textContent"), "frontier")
        self.assertNotIn("pareto", self.text_of("main").lower())
        self.plot(DATA / "imagenet-cnn.json", "--where", "name=MobileNetV2")
        self.assertEqual(self.text_of("#count"), "1 of 1 model")

    def test_columns_can_be_left_out(self):
        self.plot(DATA / "imagenet-cnn.json")
        shown = "return [...document.querySelectorAll('thead th')].filter(head => getComputedStyle(head).display !== 'none').map(head => head.textContent)"
        before = self.browser.run(shown)
        self.browser.run("document.querySelector('.columns').open = true; document.querySelector('.columns input').click()")
        self.assertEqual(self.browser.run(shown), before[:1] + before[2:])
        cells = self.browser.run("return [...document.querySelector('tbody tr').cells].filter(cell => getComputedStyle(cell).display !== 'none').length")
        self.assertEqual(cells, len(before) - 1)
        self.browser.run("document.querySelector('.columns input').click()")
        self.assertEqual(self.browser.run(shown), before)

    def test_the_page_says_what_it_is_of_and_when_it_was_made(self):
        self.plot(DATA / "imagenet-cnn.json")
        self.assertRegex(self.browser.run("return document.querySelector('footer').textContent"), r"imagenet-cnn\.json; greenml \d+\.\d+\.\d+, \d{4}-\d\d-\d\d$")

    def test_a_decimal_comma_is_understood_and_what_is_no_number_or_two_is_refused_aloud(self):
        self.plot(DATA / "imagenet-cnn.json")
        every = len(self.shown_names())
        self.browser.type("#minimum", "80.5")
        with_point = self.shown_names()
        self.assertLess(len(with_point), every)
        for text in ("80,5", " 80,5 % "):
            self.browser.clear("#minimum")
            self.browser.type("#minimum", text)
            self.assertEqual(self.shown_names(), with_point, text)
            self.assertEqual(self.text_of("#refused").strip(), "")
        for text, words in [("eighty", 'minimum accuracy: "eighty" is not a number'), ("80,125", "80.125 or 80125"), ("1,2,3", "is not a number"), ("0x10", "is not a number")]:
            self.browser.clear("#minimum")
            self.browser.type("#minimum", text)
            self.assertIn(words, self.text_of("#refused"))
            self.assertEqual(len(self.shown_names()), every, text)
            self.assertEqual(self.browser.run("return document.getElementById('minimum').getAttribute('aria-invalid')"), "true")

    def test_the_keyboard_reaches_each_mark_from_left_to_right_and_its_numbers_are_its_name(self):
        self.plot(DATA / "imagenet-cnn.json")
        tab, left, right, home, end, escape = "\ue004", "\ue012", "\ue014", "\ue011", "\ue010", "\ue00c"
        self.browser.press(tab, tab)
        self.assertEqual(self.focused(), "MobileNetV2\naccuracy: 71.88%\nFLOPs: 602 MFLOP")
        self.assertEqual(self.text_of("#tip"), self.focused())
        self.assertEqual(self.text_of("tr.active th"), "MobileNetV2")
        count = self.shown_marks()
        seen = [self.focused()]
        for _ in range(count - 1):
            self.browser.press(right)
            seen.append(self.focused())
        self.assertEqual(len(set(seen)), count)
        self.browser.press(home)
        self.assertEqual(self.focused(), seen[0])
        self.browser.press(end, left)
        self.assertEqual(self.focused(), seen[-2])
        self.browser.press(escape)
        self.assertTrue(self.browser.run("return document.getElementById('tip').hidden"))
        stops = "return document.querySelectorAll('svg [tabindex=\"0\"]').length"
        self.assertEqual(self.browser.run(stops), 1)
        self.browser.press(tab)
        self.assertEqual(self.browser.run("return document.activeElement.id"), "search")
        self.browser.type("#minimum", "80")
        self.assertEqual(self.browser.run(stops), 1, "a mark that is left out is no stop")

    def test_the_table_is_the_equal_of_the_picture(self):
        self.plot(DATA / "imagenet-cnn.json")
        count = self.browser.run("return ['h1', 'table caption', 'tbody th[scope=row]', 'thead th[scope=col]', '#count[role=status]', '#refused[role=alert]']"
                                 ".map(selector => document.querySelectorAll(selector).length)")
        self.assertEqual(count, [1, 1, 46, 4, 1, 1])
        self.assertEqual(self.browser.run("return document.querySelector('svg').getAttribute('role')"), "group")
        self.assertTrue(self.browser.run("return document.querySelector('svg').getAttribute('aria-label')"))
        self.browser.click("th:nth-child(3) button")
        self.assertEqual(self.browser.run("return document.querySelectorAll('thead th')[2].getAttribute('aria-sort')"), "descending")

    def test_a_mark_leads_to_its_address_where_that_is_one_of_the_web(self):
        addresses = ["https://example.org/a?b=1&c=2", "HTTP://example.org/b", "javascript:document.title='run'", "data:text/html,x", "//example.org/c", "https://example.org/\u202ed", ""]
        models = [{"name": f"m{index}", "accuracy": 60 + index, "flops": (1 + index) * 1e9, "url": url} for index, url in enumerate(addresses)]
        catalog = pathlib.Path(self.folder.name, "addresses.json")
        catalog.write_text(json.dumps(models))
        for options in ([], ["--bars"]):
            self.plot(catalog, *options)
            self.assertEqual(self.browser.run("return Array.from(document.querySelectorAll('svg a')).map(a => a.getAttribute('href')).sort()"), sorted(addresses[:2]))
            self.assertEqual(self.browser.run("return Array.from(document.querySelectorAll('tbody a')).map(a => a.getAttribute('href')).sort()"), sorted(addresses[:2]))

    def test_nothing_is_cut_off_or_too_small_on_a_small_screen(self):
        self.addCleanup(self.browser.set_width, 1100)
        self.browser.set_width(500)
        for options in ([], ["--color-by", "family", "--size-by", "params"]):
            self.plot(DATA / "torchvision.json", *options)
            page, widest, smallest = self.browser.run(
                "const smallest = Math.min(...Array.from(document.querySelectorAll('svg text')).map(text => text.getBoundingClientRect().height));"
                "const tables = Array.from(document.querySelectorAll('table')).map(table => table.scrollWidth - table.parentNode.clientWidth);"
                "return [document.documentElement.scrollWidth - innerWidth, Math.max(...tables), smallest]")
            self.assertLessEqual((page, widest), (0, 0), options)
            self.assertGreaterEqual(smallest, 11, options)

    def test_it_prints_without_what_only_a_screen_has(self):
        self.addCleanup(self.browser.emulate)
        self.browser.emulate(media="print", colors="dark")
        self.plot(DATA / "imagenet-cnn.json")
        shown = self.browser.run("return ['.controls', '.refused', 'svg', 'table'].map(selector => getComputedStyle(document.querySelector(selector)).display !== 'none')")
        self.assertEqual(shown, [False, False, True, True])
        self.assertEqual(self.browser.run("return getComputedStyle(document.body).color"), "rgb(31, 35, 40)")

    def test_axe_finds_no_barrier(self):
        if not AXE.exists():
            print(f"SKIPPED: {AXE} is not there, so that axe-core has not looked at the page", file=sys.stderr)
            self.skipTest("no axe-core")
        self.addCleanup(self.browser.emulate)
        for colors in ("light", "dark"):
            self.browser.emulate(colors=colors)
            for options in (["--color-by", "family"], ["--bars"], ["--x", "params", "--mixed"]):
                self.plot(DATA / "imagenet-cnn.json", *options)
                self.browser.run(AXE.read_text())
                found = self.browser.run("return axe.run().then(result => result.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)]))")
                self.assertEqual(found, [], (colors, options))


if __name__ == "__main__":
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        print("SKIPPED: there is no chromium and chromedriver, so nobody has looked at the page")
        sys.exit(SKIPPED)
    unittest.main()
