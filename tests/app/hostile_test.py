"""Gives greenml what no honest program would write: files cut anywhere, any byte flipped, values without end. The end is
0, 1 or 2, soon, in bounded memory, with words that fit on a screen; never a signal."""

import os
import resource
import subprocess
import tempfile
import threading
import unittest

from process import DATA, GREENML, PATIENCE, SANITIZED, all_complaints, complaint_about, run, run_here

ARRAY = b'[{"name": "a", "accuracy": 76.1, "flops": "4.09 GMAC"}, {"name": "b", "energy": {"value": 5e-1, "unit": "J"}, "accuracy": 60}]'
OBJECT = b'{"defaults": {"task": "t"}, "description": "\\u00e9\xe6\xa8\xa1", "models": [{"name": "a", "size_mb": 98, "accuracy": 76}, {"name": "b"}]}'
LINES = b'{"name": "a", "accuracy": 76.1, "latency": "1.5 ms"}\n{"name": "b", "variant": null, "accuracy": 60, "energy": 3}\n'
BUDGET = b'{"max_drop": {"energy": "5%"}, "baseline": "b.json", "limits": [{"where": {"task": "t"}, "min": {"accuracy": 70}, "level": "warn"}]}'
FORMS = {"array": ARRAY, "object": OBJECT, "lines": LINES}
COMMANDS = [("rank", "-", "--format", "csv"), ("rank", "-"), ("check", "-", "--min", "accuracy=70%", "--format", "json"), ("explain", "-", "a"),
            ("pareto", "-", "--all", "--format", "markdown")]
MASKS = (0x01, 0x02, 0x20, 0x80, 0xFF)
SEVERAL_ERRORS = 32 << 10  # twenty errors are shown, each with its place


def flips(length):
    """Every position with every mask; under sanitizers, which take ten times as long, with one mask after the other."""
    if SANITIZED:
        return [(position, MASKS[position % len(MASKS)]) for position in range(length)]
    return [(position, mask) for position in range(length) for mask in MASKS]


def flipped(whole, position, mask):
    return whole[:position] + bytes([whole[position] ^ mask]) + whole[position + 1:]


def complaint_on(data, command, good=None):
    done = run_here(*command, stdin=data)
    good = good or ((0, 1, 2) if command[0] == "check" else (0, 2))
    longest = max((len(line) for line in done.stderr.splitlines()), default=0)
    if longest > 4096:
        return f"wrote a line of {longest} bytes to standard error"
    return complaint_about(done, good, most=SEVERAL_ERRORS)


class EveryByte(unittest.TestCase):
    def test_the_whole_is_good(self):
        for name, whole in FORMS.items():
            for command in COMMANDS:
                self.assertIn(run_here(*command, stdin=whole).returncode, (0, 1) if command[0] == "check" else (0,), (name, command))

    def test_every_prefix(self):
        """No prefix of a document is taken for a document; of lines it may be, at their ends."""
        cases = [(name, length, COMMANDS[length % len(COMMANDS)]) for name, whole in FORMS.items() for length in range(len(whole))]

        def check(case):
            name, length, command = case
            whole = FORMS[name]
            return complaint_on(whole[:length], command, None if name == "lines" else (2,))

        self.assertEqual(all_complaints(check, cases), [])

    def test_every_byte_flipped(self):
        cases = [(name, position, mask) for name, whole in FORMS.items() for position, mask in flips(len(whole))]

        def check(case):
            name, position, mask = case
            return complaint_on(flipped(FORMS[name], position, mask), COMMANDS[position % len(COMMANDS)])

        self.assertEqual(all_complaints(check, cases), [])

    def test_budgets(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("m.json", "b.json"):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(OBJECT)

            def check(case):
                position, mask = case
                data = BUDGET[:position] if mask == 0 else flipped(BUDGET, position, mask)
                path = os.path.join(folder, f"budget-{position}-{mask}.json")
                with open(path, "wb") as file:
                    file.write(data)
                done = run("check", "m.json", "--budget", path, cwd=folder)
                if done.stdout.startswith(b"CANNOT JUDGE"):  # a result, with its reasons
                    return "" if done.returncode == 2 else f"ended with {done.returncode}"
                return complaint_about(done, good=(0, 1, 2))

            cases = flips(len(BUDGET)) + [(length, 0) for length in range(len(BUDGET))]
            self.assertEqual(all_complaints(check, cases), [])


class Large(unittest.TestCase):
    """Large and finite: read or refused, with a short message."""

    def expect(self, ended, data, *command):
        done = run(*(command or ("rank", "-", "--format", "csv")), stdin=data, timeout=2 * PATIENCE)
        self.assertEqual((done.returncode, complaint_about(done, most=SEVERAL_ERRORS)), (ended, ""), data[:60])
        return done

    def test_nesting(self):
        million = 1000000
        for data in (b"[" * million, b'{"models":' * million, b"[" * million + b"]" * million, b'[{"name":"a","x":' + b"[" * million + b"]" * million + b"}]",
                     b'[{"name":"a","x":' + b'{"x":' * million + b"1" + b"}" * million + b"}]", b'{"name":"a","x":' + b"[" * million + b"]" * million + b"}\n"):
            self.assertLess(len(self.expect(2, data).stderr), 1024)

    def test_a_long_text_is_a_text(self):
        long = b"x" * 5000000
        done = self.expect(0, b'[{"name":"' + long + b'","accuracy":50,"energy":1}]')
        self.assertIn(long, done.stdout)
        self.expect(0, b'[{"name":"a","notes":"' + b"\\u6a21" * 1000000 + b'","accuracy":50,"energy":1}]')
        self.expect(0, b'[{"name":"a","accuracy":50,"energy":1}]' + b" " * 5000000)

    def test_a_long_word_where_none_should_be(self):
        for data in (b'[{"name":"a","energy":"' + b"x" * 5000000 + b'"}]', b'[{"name":"a","' + b"x" * 5000000 + b'":[]}]',
                     b'[{"name":"' + b"\\u0007" * 1000000 + b'","energy":-1}]', b'[{"name":"a","energy":' + b"x" * 5000000 + b"}]"):
            self.assertLess(len(self.expect(2, data).stderr), 4096)

    def test_a_long_number(self):
        digits = b"1" * 5000000
        for number in (digits, b"0." + b"0" * 5000000, b"1e" + digits, b"-" + digits, b"1" + b"0" * 5000000 + b"e-5000000"):
            done = run("rank", "-", "--by", "energy", stdin=b'[{"name":"a","accuracy":50,"energy":' + number + b"}]")
            self.assertEqual(complaint_about(done), "", number[:20])
        self.expect(0, b'[{"name":"a","accuracy":50,"energy":0.5' + b"0" * 5000000 + b"}]")

    def test_many_keys_and_members(self):
        keys = b",".join(b'"%d":1' % key for key in range(100000))
        self.expect(2, b'[{"name":"a",' + keys + b"}]")
        self.expect(2, b'[{"name":"a","energy":{' + keys + b"}}]")
        self.expect(2, b"{" + keys + b"}")
        self.expect(2, b'[{"name":"a","x":[' + b",".join([b"1"] * 1000000) + b"]}]")
        self.expect(2, b"[" + b",".join([b"5"] * 100000) + b"]")
        self.expect(2, b'[{"name":"a"' + b',"energy":1' * 100000 + b"}]")

    def test_a_budget_has_an_end(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "m.json"), "wb") as file:
                file.write(ARRAY)
            done = run("check", "m.json", "--budget", "/dev/zero", cwd=folder)
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""))
            self.assertIn(b"/dev/zero", done.stderr)
            self.assertIn(b"larger than 64 MiB", done.stderr)

    def test_everything_in_a_message_is_hostile(self):
        bell = "\x07"
        with tempfile.TemporaryDirectory() as folder:
            deep = os.path.join(folder, bell * 250, bell * 250, bell * 250)
            os.makedirs(deep)
            path = os.path.join(deep, bell * 250)
            word = b"\\u0007" * 2000
            with open(path, "wb") as file:
                file.write(b'[{"name":"' + word + b'","energy":"' + word + b'"}]')
            done = run("rank", path)
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""))

    def test_long_words_on_the_command_line(self):
        long = "x" * 100000
        for command in [(long,), ("rank", long), ("rank", "-", "--by", long), ("rank", "-", "--where", f"{long}=1"), ("rank", "-", "--min", f"energy={long}"),
                        ("rank", "-", "--format", long), ("rank", "-", f"--{long}"), ("rank", "-", "-o", long), ("explain", "-", "\x1b" * 100000), ("rank", "-", "--where", "name=" + "\x1b" * 5000),
                        ("rank", "-", "--relative-to", "\u6a21" * 5000), ("rank", "\x07" * 200 + "/" + "\x07" * 200)]:
            done = run(*command, stdin=ARRAY)
            self.assertEqual((done.returncode, complaint_about(done)), (2, ""), [word[:20] for word in command])


@unittest.skipIf(SANITIZED, "sanitizers take memory of their own, so that there is no telling how much is greenml's")
class Endless(unittest.TestCase):
    """What a pipe writes without end. One value without end is refused soon, and in little memory; models without end are
    read for as long as there is memory for models."""

    MEMORY = 300 << 20

    def end_of(self, start, again, addresses):
        """The exit code, the message and the most memory that was used, of a run that is fed for ever."""
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([GREENML, "rank", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses)))
            impatience = threading.Timer(PATIENCE, process.kill)
            impatience.start()
            try:
                process.stdin.write(start)
                while True:
                    process.stdin.write(again() if callable(again) else again)
            except BrokenPipeError:
                pass
            finally:
                _, status, used = os.wait4(process.pid, 0)
                impatience.cancel()
                process.returncode = os.waitstatus_to_exitcode(status)
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
            said.seek(0)
            return process.returncode, said.read(), used.ru_maxrss << 10

    def refused(self, start, again):
        ended, said, used = self.end_of(start, again, 1 << 30)
        self.assertEqual(ended, 2, said)
        self.assertLess(len(said), 4096)
        self.assertNotIn(b"not enough memory", said)
        self.assertLess(used, self.MEMORY)

    def test_a_text(self):
        self.refused(b'[{"name": "', b"x" * 65536)

    def test_a_key(self):
        self.refused(b'[{"', b"x" * 65536)

    def test_a_number(self):
        self.refused(b'[{"name": "a", "energy": ', b"1" * 65536)

    def test_nesting(self):
        self.refused(b"", b"[" * 65536)

    def test_blanks(self):
        self.refused(b"[", b" " * 65536)

    def test_a_model(self):
        numbers = iter(range(1 << 40))
        self.refused(b'[{"name": "a"', lambda: b"".join(b',"k%d":"x"' % next(numbers) for _ in range(5000)))

    def test_a_line(self):
        self.refused(b'{"name": "a", "energy": 1}\n{"name": "b"}\n{"name": "', b"x" * 65536)

    def test_models(self):
        numbers = iter(range(1 << 40))
        ended, said, _ = self.end_of(b'[{"name": "a", "energy": 1}', lambda: b"".join(b',{"name": "m%d", "energy": 1}' % next(numbers) for _ in range(2000)),
                                     self.MEMORY)
        self.assertEqual((ended, said), (2, b"greenml: not enough memory\n"))


if __name__ == "__main__":
    unittest.main()
