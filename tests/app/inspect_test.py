"""What `greenml inspect` counts in files that this program writes, against sums of its own."""

import json
import os
import struct
import tempfile
import unittest

from process import run_here

SHAPES = {"embed.weight": [100, 8], "layer.weight": [16, 8], "layer.bias": [16], "head.weight": [3, 16]}


def elements(shape):
    product = 1
    for size in shape:
        product *= size
    return product


def safetensors(shapes, element_bytes=2, type_name="F16"):
    header, offset = {}, 0
    for name, shape in shapes.items():
        size = elements(shape) * element_bytes
        header[name] = {"dtype": type_name, "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(offset)


class Inspect(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)
        return name

    def run_greenml(self, *arguments, text=b""):
        return run_here(*arguments, stdin=text, cwd=self.folder)

    def inspected(self, *arguments):
        done = self.run_greenml("inspect", *arguments, "--format", "json", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["models"]

    def test_params_and_size_are_the_sums(self):
        content = safetensors(SHAPES)
        (model,) = self.inspected(self.write("net.safetensors", content))
        self.assertEqual(model["name"], "net")
        self.assertEqual(model["params"], sum(map(elements, SHAPES.values())))
        self.assertEqual(model["size_bytes"], len(content))
        self.assertIsNone(model["flops"])
        self.assertEqual(model["weights"], "F16")

    def test_a_model_file_is_a_catalog_of_one_model(self):
        net = self.write("net.safetensors", safetensors(SHAPES))
        self.write("known.json", b'[{"name": "net", "accuracy": 75, "latency_ms": 2}]')
        done = self.run_greenml("rank", net, "known.json", "--join", "name", "--set", "task=t", "--by", "params", "--format", "json", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        (model,) = json.loads(done.stdout)["models"]
        self.assertEqual((model["params"], model["accuracy_percent"], model["latency_s"], model["task"]),
                         (sum(map(elements, SHAPES.values())), 75, 0.002, "t"))
        done = self.run_greenml("import", net, "-o", "net.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.run_greenml("check", net, "--baseline", "net.json", "--max-drop", "0").returncode, 0)
        self.write("larger.safetensors", safetensors({**SHAPES, "layer.weight": [16, 9]}))
        os.replace(os.path.join(self.folder, "larger.safetensors"), os.path.join(self.folder, net))
        self.assertEqual(self.run_greenml("check", net, "--baseline", "net.json", "--max-drop", "0").returncode, 1)
        partial = self.write("broken.safetensors", safetensors(SHAPES)[:-1])
        self.assertEqual(self.run_greenml("rank", partial).returncode, 2)

    def test_it_says_why_there_are_no_flops(self):
        done = self.run_greenml("inspect", self.write("net.safetensors", safetensors(SHAPES)))
        self.assertIn(b"no FLOPs: ", done.stderr)

    def test_a_count_is_a_catalog_that_check_holds_to_its_baseline(self):
        self.write("net.safetensors", safetensors(SHAPES))
        done = self.run_greenml("inspect", "net.safetensors", "--format", "json", "-o", "before.json", "--quiet")
        self.assertEqual(done.returncode, 0)
        wider = {**SHAPES, "layer.weight": [32, 8]}
        for shapes, expected in [(SHAPES, 0), (wider, 1)]:
            self.write("net.safetensors", safetensors(shapes))
            now = self.run_greenml("inspect", "net.safetensors", "--format", "json", "--quiet").stdout
            done = self.run_greenml("check", "-", "--baseline", "before.json", "--max-drop", "5%", text=now)
            self.assertEqual(done.returncode, expected, done.stdout)

    def test_what_is_no_model_prints_nothing_and_is_named(self):
        whole = safetensors(SHAPES)
        for name, content, said in [("a", b"", b"empty"), ("b", whole[:-1], b"bytes"), ("c", b"\x1f\x8b\x08\0", b"gzip"),
                                    ("d", b"<html></html>", b"web page"), ("e", b"\x80\x02}q\0.", b"pickle"),
                                    ("f", whole + b"x", b"goes on for 1 byte")]:
            done = self.run_greenml("inspect", self.write(name, content))
            self.assertEqual((done.returncode, done.stdout), (2, b""), name)
            self.assertIn(said, done.stderr)
            good = self.write("good.safetensors", whole)
            done = self.run_greenml("inspect", good, name)
            self.assertEqual((done.returncode, done.stdout), (2, b""), "one bad file among good ones")

    def test_options_are_checked(self):
        name = self.write("net.safetensors", safetensors(SHAPES))
        for arguments in [["--tokens", "0"], ["--tokens", "x"], ["--past", "-1"], [name, "--name", "two files"]]:
            done = self.run_greenml("inspect", name, *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, b""), arguments)
        (model,) = self.inspected(name, "--name", "mine", "--variant", "fp16")
        self.assertEqual((model["name"], model["variant"]), ("mine", "fp16"))

    def two_nets(self):
        """Of 992 and of 1,984 params."""
        twice = {f"{side}.{name}": shape for side in "ab" for name, shape in SHAPES.items()}
        return [self.write("less.safetensors", safetensors(SHAPES)), self.write("more.safetensors", safetensors(twice))]

    def test_models_are_selected_as_by_any_command(self):
        nets = self.two_nets()
        for option, value, expected in [("--max", "params=1000", ["less"]), ("--min", "params=1000", ["more"]),
                                        ("--where", "name=m*", ["more"]), ("--where", "weights=F16", ["less", "more"]),
                                        ("--min", "params=992", ["less", "more"])]:
            models = self.inspected(*nets, option, value)
            self.assertEqual([model["name"] for model in models], expected, (option, value))
        done = self.run_greenml("inspect", *nets, "--max", "params=1000")
        self.assertIn(b"1 of 2 models are left out: 1 by --max params=1000", done.stderr)
        layers = self.run_greenml("inspect", *nets, "--min", "params=1000", "--layers", "--format", "csv", "--quiet")
        rows = layers.stdout.decode().splitlines()[1:]
        self.assertEqual({row.split(",")[0] for row in rows}, {"more"}, "parts of the models that are left")
        for option, value, said in [("--max", "params=10", b"the lowest params is 992 (less)"),
                                    ("--max", "parms=10", b"params"), ("--where", "nam=x", b"did you mean name"),
                                    ("--min", "params=1 kB", b"count")]:
            done = self.run_greenml("inspect", *nets, option, value)
            self.assertEqual((done.returncode, done.stdout), (2, b""), (option, value))
            self.assertIn(said, done.stderr)

    def test_what_is_not_selected_is_not_put_into_a_catalog(self):
        self.write("models.json", b'[{"name": "less", "accuracy": "70%"}, {"name": "more", "accuracy": "71%"}]')
        nets = self.two_nets()
        done = self.run_greenml("inspect", *nets, "--max", "params=1000", "--into", "models.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(self.folder, "models.json"), encoding="utf-8") as file:
            less, more = json.load(file)
        self.assertEqual(less["params"]["value"], 992)
        self.assertEqual(more, {"name": "more", "accuracy": "71%"})

    def test_columns_are_chosen(self):
        nets = self.two_nets()
        done = self.run_greenml("inspect", *nets, "--columns", "weights,params", "--format", "csv", "--quiet")
        self.assertEqual(done.stdout, b"name,weights,params\nless,F16,992\nmore,F16,1984\n")
        for arguments, said in [(["--columns", "parms"], b"did you mean params"),
                                (["--columns", "params", "--layers"], b"--layers shows their parts")]:
            done = self.run_greenml("inspect", *nets, *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, b""), arguments)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main()
