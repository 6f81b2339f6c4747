"""What `greenml inspect` counts in graphs, ONNX and TFLite, against sums made here by hand."""

import json
import os
import resource
import subprocess
import tempfile
import unittest

from model_files import (BOOL, FLOAT, FLOAT16, INT8, INT32, INT64, UINT8, Tflite, external, function, graph, message, node, onnx,
                         tensor, value, varint, whole)
from process import GREENML, SANITIZED, run_here

MS = "com.microsoft"


def conv_net(batch="N", fold=False, twice=1):
    """A convolution of 8 filters of 3x3 over 3 channels of 10x10, batch normalisation, and a matrix to 5 classes."""
    nodes = [node("Conv", "x w b", "c", strides=[2, 2], pads=[1, 1, 1, 1])]
    tensors = [tensor("w", [8, 3, 3, 3]), tensor("b", [8])]
    if not fold:
        nodes.append(node("BatchNormalization", "c gamma beta mean var", "n"))
        tensors += [tensor(name, [8]) for name in ("gamma", "beta", "mean", "var")]
    nodes += [node("Relu", "c" if fold else "n", "r"), node("Flatten", "r", "f"), node("Gemm", "f m k", "y", transB=1)]
    tensors += [tensor("m", [5, 200]), tensor("k", [5])]
    return onnx(nodes * twice, [value("x", [batch, 3, 10, 10])], ["y"], tensors)


CONV_MACS = 8 * 5 * 5 * 27 + 5 * 200


# name: (model, params, MACs)
ONNX = {
    "conv in groups": (onnx([node("Conv", "x w", "y", group=4, dilations=[2, 2])], [value("x", [1, 8, 9, 9])], ["y"],
                            [tensor("w", [16, 2, 3, 3])]), 16 * 2 * 9, 16 * 25 * 2 * 9),
    "conv, same": (onnx([node("Conv", "x w", "y", auto_pad="SAME_UPPER", strides=[2, 2])], [value("x", [1, 4, 9, 9])], ["y"],
                        [tensor("w", [4, 4, 3, 3])]), 144, 4 * 25 * 36),
    "conv in one dimension": (onnx([node("Conv", "x w", "y")], [value("x", [1, 2, 10])], ["y"], [tensor("w", [3, 2, 4])]),
                              24, 3 * 7 * 8),
    "conv transpose in groups": (onnx([node("ConvTranspose", "x w", "y", group=2, strides=[2, 2])], [value("x", [1, 4, 6, 6])],
                                      ["y"], [tensor("w", [4, 3, 2, 2])]), 48, 4 * 36 * 12),
    "matmul, broadcast": (onnx([node("MatMul", "x w", "y")], [value("x", [2, 3, 4, 5])], ["y"], [tensor("w", [5, 7])]), 35,
                          2 * 3 * 4 * 5 * 7),
    "matmul of vectors": (onnx([node("MatMul", "x w", "y")], [value("x", [5])], ["y"], [tensor("w", [5])]), 5, 5),
    "gemm turned": (onnx([node("Gemm", "x w", "y", transA=1, transB=1)], [value("x", [6, 2])], ["y"], [tensor("w", [3, 6])]),
                    18, 2 * 6 * 3),
    "einsum": (onnx([node("Einsum", "x w", "y", equation="bij,jk->bik")], [value("x", [2, 3, 4])], ["y"], [tensor("w", [4, 5])]),
               20, 2 * 3 * 4 * 5),
    "einsum of three": (onnx([node("Einsum", "x w v", "y", equation="ij,jk,kl->il")], [value("x", [2, 3])], ["y"],
                             [tensor("w", [3, 4]), tensor("v", [4, 5])]), 32, 2 * 2 * 3 * 4 * 5),
    "lstm both ways": (onnx([node("LSTM", "x w r b", "y", hidden_size=6, direction="bidirectional")], [value("x", [7, 2, 5])],
                            ["y"], [tensor("w", [2, 24, 5]), tensor("r", [2, 24, 6]), tensor("b", [2, 48])]),
                       240 + 288 + 96, 7 * 2 * (240 + 288)),
    "gru": (onnx([node("GRU", "x w r", "y", hidden_size=6)], [value("x", [7, 2, 5])], ["y"],
                 [tensor("w", [1, 18, 5]), tensor("r", [1, 18, 6])]), 90 + 108, 7 * 2 * (90 + 108)),
    "attention": (onnx([node("Attention", "q k v", "y", q_num_heads=4, kv_num_heads=2)],
                       [value("q", [2, 5, 32]), value("k", [2, 7, 16]), value("v", [2, 7, 12])], ["y"], opset=23),
                  None, 2 * 4 * 5 * 7 * (8 + 6)),
    "multi-head attention with a past": (
        onnx([node("MultiHeadAttention", "q k v - - - pk pv", "y", MS, num_heads=4)],
             [value("q", [1, 3, 32]), value("k", [1, 3, 32]), value("v", [1, 3, 32]), value("pk", [1, 4, 9, 8]),
              value("pv", [1, 4, 9, 8])], ["y"], domains=[MS]), None, 4 * 3 * 12 * 16),
    "grouped-query attention, packed": (
        onnx([node("GroupQueryAttention", "q - - pk pv", "y", MS, num_heads=4, kv_num_heads=2)],
             [value("q", [1, 3, 64]), value("pk", [1, 2, 9, 8]), value("pv", [1, 2, 9, 8])], ["y"], domains=[MS]), None,
        4 * 3 * 12 * 16),
    "attention with its projection": (
        onnx([node("Attention", "x w b", "y", MS, num_heads=2)], [value("x", [1, 5, 16])], ["y"],
             [tensor("w", [16, 48]), tensor("b", [48])], domains=[MS]), 16 * 48 + 48, 5 * 16 * 48 + 2 * 5 * 5 * 16),
    "matrix of four bits": (
        onnx([node("MatMulNBits", "x w s", "y", MS, K=64, N=10, bits=4, block_size=32)], [value("x", [3, 64])], ["y"],
             [tensor("w", [10, 2, 16], UINT8), tensor("s", [20])], domains=[MS]), 640, 3 * 640),
    "quantised conv keeps its bias": (
        onnx([node("QLinearConv", "x xs xz w ws wz ys yz b", "y")], [value("x", [1, 3, 5, 5], UINT8)], ["y"],
             [tensor("xs", []), tensor("xz", [], UINT8), tensor("w", [4, 3, 3, 3], INT8), tensor("ws", [4]), tensor("wz", [4], INT8),
              tensor("ys", []), tensor("yz", [], UINT8), tensor("b", [4], INT32)]), 108 + 4, 4 * 9 * 27),
    "dequantised weights and bias": (
        onnx([node("DequantizeLinear", "w ws", "wf"), node("DequantizeLinear", "b ws", "bf"), node("Conv", "x wf bf", "y")],
             [value("x", [1, 3, 5, 5])], ["y"], [tensor("w", [4, 3, 3, 3], INT8), tensor("ws", []), tensor("b", [4], INT32)]),
        112, 4 * 9 * 27),
    "a weight used twice": (onnx([node("MatMul", "x w", "a"), node("Transpose", "w", "t"), node("MatMul", "a t", "y")],
                                 [value("x", [2, 3])], ["y"], [tensor("w", [3, 4])]), 12, 2 * 2 * 3 * 4),
    "constants that nobody uses": (onnx([node("Relu", "x", "y")], [value("x", [2])], ["y"], [tensor("w", [3, 4])]), None, None),
    "indices, scalars and one-element vectors": (
        onnx([node("Gather", "w i", "a"), node("Mul", "a s", "b"), node("Add", "b v", "y")], [], ["y"],
             [tensor("w", [9, 4]), tensor("i", [2], INT64), tensor("s", []), tensor("v", [1])]), 36 + 1, None),
    "weights that nodes make": (
        onnx([node("Constant", "", "w", value=tensor("", [3, 4])), node("ConstantOfShape", "s", "v"), node("MatMul", "x w", "a"),
              node("MatMul", "a v", "y")], [value("x", [2, 3])], ["y"], [tensor("s", [2], INT64, [4, 5])]), 12 + 20, 24 + 40),
    "sizes that nodes compute": (
        onnx([node("Shape", "x", "s"), node("Gather", "s zero", "n"), node("Unsqueeze", "n axis", "u"),
              node("Concat", "u rest", "t", axis=0), node("Reshape", "x t", "f"), node("MatMul", "f w", "y")],
             [value("x", [2, 3, 4])], ["y"], [tensor("zero", [], INT64, [0]), tensor("axis", [1], INT64, [0]),
                                              tensor("rest", [1], INT64, [-1]), tensor("w", [12, 5])]), 60, 2 * 12 * 5),
    "if of a known condition": (
        onnx([node("Constant", "", "c", value=tensor("", [], BOOL, [1])),
              node("If", "c", "y", then_branch=graph([node("MatMul", "x w", "t")], [], ["t"]),
                   else_branch=graph([node("Relu", "x", "e")], [], ["e"]))], [value("x", [2, 4])], ["y"], [tensor("w", [4, 4])]),
        16, 32),
    "if of an unknown condition": (
        onnx([node("If", "c", "y", then_branch=graph([node("Relu", "x", "t")], [], ["t"]),
                   else_branch=graph([node("MatMul", "x w", "e")], [], ["e"]))], [value("c", [], BOOL), value("x", [2, 4])], ["y"],
             [tensor("w", [4, 4])]), 16, 32),
    "a branch that is impossible": (
        onnx([node("If", "c", "y", then_branch=graph([node("MatMul", "x w", "t")], [], ["t"]),
                   else_branch=graph([node("MatMul", "x v", "e")], [], ["e"]))], [value("c", [], BOOL), value("x", [2, 4])], ["y"],
             [tensor("w", [4, 4]), tensor("v", [9, 100])]), 16 + 900, 32),
    "loop": (
        onnx([node("Loop", "trips yes x", "last", body=graph(
            [node("MatMul", "s w", "t"), node("Identity", "c", "d")],
            [value("i", [], INT64), value("c", [], BOOL), value("s", [2, 4])], ["d", "t"]))],
             [value("x", [2, 4])], ["last"], [tensor("trips", [], INT64, [7]), tensor("yes", [], BOOL, [1]), tensor("w", [4, 4])]),
        16, 7 * 32),
    "loop whose state grows": (
        onnx([node("Loop", "trips - x", "last", body=graph(
            [node("Concat", "s s", "t", axis=0), node("MatMul", "s w", "m"), node("Identity", "c", "d")],
            [value("i", [], INT64), value("c", [], BOOL), value("s", None)], ["d", "t"]))],
             [value("x", [1, 4])], ["last"], [tensor("trips", [], INT64, [4]), tensor("w", [4, 4])]), 16, (1 + 2 + 4 + 8) * 16),
    "loop that ends by its count": (
        onnx([node("Loop", "- yes x", "last", body=graph(
            [node("MatMul", "s w", "t"), node("Less", "i most", "d")],
            [value("i", [], INT64), value("c", [], BOOL), value("s", [2, 4])], ["d", "t"]))],
             [value("x", [2, 4])], ["last"], [tensor("yes", [], BOOL, [1]), tensor("most", [], INT64, [2]), tensor("w", [4, 4])]),
        16, 3 * 32),
    "scan": (
        onnx([node("Scan", "h x", "last all", num_scan_inputs=1, body=graph(
            [node("Gemm", "a w", "p"), node("Add", "p s", "t"), node("Identity", "t", "o")],
            [value("s", [1, 4]), value("a", [1, 3])], ["t", "o"]))],
             [value("h", [1, 4]), value("x", [9, 1, 3])], ["all"], [tensor("w", [3, 4])]), 12, 9 * 12),
    "function, twice": (
        onnx([node("Twice", "x w", "a", "mine"), node("Twice", "a w", "y", "mine")], [value("x", [2, 4])], ["y"], [tensor("w", [4, 4])],
             [function("Twice", "mine", ["p", "q"], ["r"], [node("MatMul", "p q", "m"), node("MatMul", "m q", "r")])],
             domains=["mine"]), 16, 4 * 32),
    "linear regression": (
        onnx([node("LinearRegressor", "x", "y", "ai.onnx.ml", coefficients=[1.0, 2.0, 3.0], intercepts=[0.5])],
             [value("x", [6, 3])], ["y"], domains=["ai.onnx.ml"]), 4, 18),
}


class GraphTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, content, name="net.onnx"):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)
        return name

    def run_greenml(self, *arguments, text=b""):
        return run_here(*arguments, stdin=text, cwd=self.folder)

    def inspected(self, content, *arguments, name="net.onnx"):
        done = self.run_greenml("inspect", self.write(content, name), *arguments, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        (model,) = json.loads(done.stdout)["models"]
        return model, done.stderr.decode()

    def counted(self, content, *arguments, name="net.onnx"):
        model, _ = self.inspected(content, *arguments, name=name)
        return model["params"], model["flops"] and model["flops"] / 2

    def refused(self, content, *arguments, name="net.onnx"):
        done = self.run_greenml("inspect", self.write(content, name), *arguments)
        self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
        return done.stderr.decode()


class OnnxFiles(GraphTest):
    def test_counts_are_those_made_by_hand(self):
        for name, (model, params, macs) in ONNX.items():
            with self.subTest(name):
                self.assertEqual(self.counted(model), (params, macs))

    def test_layers_sum_to_the_totals(self):
        for name, (model, params, macs) in ONNX.items():
            with self.subTest(name):
                done = self.run_greenml("inspect", self.write(model), "--layers", "nodes", "--format", "json")
                self.assertEqual(done.returncode, 0, done.stderr)
                layers = json.loads(done.stdout)["layers"]
                self.assertEqual(sum(layer["params"] for layer in layers), params or 0)
                self.assertEqual(sum(layer["macs"] for layer in layers), macs or 0)

    def test_operations_grow_with_the_batch(self):
        self.assertEqual(self.counted(conv_net())[1], CONV_MACS)
        model, said = self.inspected(conv_net(), "--dim", "N=8")
        self.assertEqual(model["flops"], 2 * 8 * CONV_MACS)
        self.assertIn("whole pass", said)
        self.assertEqual(self.counted(conv_net(batch=None), "--shape", "x=3x3x10x10")[1], 3 * CONV_MACS)

    def test_folding_a_normalisation_takes_half_of_its_weights(self):
        whole, folded = self.counted(conv_net()), self.counted(conv_net(fold=True))
        self.assertEqual((whole[0] - folded[0], whole[1]), (16, folded[1]))

    def test_words_of_layers(self):
        self.assertIn("neither operators nor nodes", self.refused(conv_net(), "--layers=nodess"))
        done = self.run_greenml("inspect", "--layers", self.write(conv_net()), "--quiet")
        self.assertEqual((done.returncode, done.stdout[:9]), (0, b"net, ONNX"), done.stderr)
        done = self.run_greenml("inspect", "-", text=conv_net())
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"save it to a file", done.stderr)

    def test_statistics_are_buffers(self):
        done = self.run_greenml("inspect", self.write(conv_net()), "--layers", "--format", "csv")
        header, *rows = done.stdout.decode().splitlines()
        self.assertEqual(sum(int(row.split(",")[-1]) for row in rows), 16)
        self.assertTrue(header.endswith("buffers"))

    def test_open_dimensions_are_asked_for_all_at_once(self):
        model = onnx([node("Add", "a b", "s"), node("MatMul", "s w", "y")],
                     [value("a", ["batch", "sequence", 4]), value("b", ["batch", "other", 4])], ["y"], [tensor("w", [4, 5])])
        said = self.refused(model)
        for part in ["sequence in a batch x sequence x 4", "other in b", "--dim sequence=128", "--dim other=128"]:
            self.assertIn(part, said)
        self.assertEqual(self.counted(model, "--dim", "sequence=7", "--dim", "other=7")[1], 7 * 20)
        self.assertEqual(self.counted(model, "--shape", "a=2x7x4", "--dim", "other=7")[1], 2 * 7 * 20)
        self.assertIn("no file has sequnce", self.refused(model, "--dim", "sequence=7", "--dim", "other=7", "--dim", "sequnce=7"))
        self.assertIn("where the file has", self.refused(model, "--shape", "a=2x7x5", "--dim", "other=7"))

    def test_what_decides_can_be_said(self):
        model, said = self.inspected(ONNX["if of an unknown condition"][0])
        self.assertIn("--value c=...", said)
        self.assertEqual(self.counted(ONNX["if of an unknown condition"][0], "--value", "c=true"), (16, None))
        self.assertEqual(self.counted(ONNX["if of an unknown condition"][0], "--value", "c=false"), (16, 32))
        self.assertIn("impossible", self.inspected(ONNX["a branch that is impossible"][0])[1])

    def test_a_branch_that_makes_no_sense_is_no_branch_that_is_impossible(self):
        x = [value("c", [], BOOL), value("x", [1 << 30, 1 << 30])]
        for other, said in [(node("MatMul", "x nope", "e"), "nope is not made"), (node("MatMul", "x x", "e"), "64 bits")]:
            model = onnx([node("If", "c", "y", then_branch=graph([node("Relu", "x", "t")], [], ["t"]), else_branch=graph([other], [], ["e"]))], x, ["y"])
            self.assertIn(said, self.refused(model))

    def test_what_is_not_known_is_no_count(self):
        unknown = onnx([node("Magic", "x", "a", "mine", name="wand"), node("Conv", "x w", "y")], [value("x", [1, 3, 5, 5])], ["y"],
                       [tensor("w", [4, 3, 3, 3])], domains=["mine"])
        by_data = onnx([node("NonZero", "x", "i"), node("Transpose", "i", "t"), node("Cast", "t", "f", to=FLOAT), node("MatMul", "f w", "y")],
                       [value("x", [4, 4])], ["y"], [tensor("w", [2, 3])])
        endless = onnx([node("Loop", "- yes x", "last", body=graph(
            [node("MatMul", "s w", "t"), node("ReduceSum", "t", "u", keepdims=0), node("Cast", "u", "d", to=BOOL)],
            [value("i", [], INT64), value("c", [], BOOL), value("s", [2, 4])], ["d", "t"]))],
            [value("x", [2, 4])], ["last"], [tensor("yes", [], BOOL, [1]), tensor("w", [4, 4])])
        either = onnx([node("If", "c", "y", then_branch=graph([node("Magic", "x", "t", "mine")], [], ["t"]),
                            else_branch=graph([node("MatMul", "x w", "e")], [], ["e"]))],
                      [value("c", [], BOOL), value("x", [2, 4])], ["y"], [tensor("w", [4, 4])], domains=["mine"])
        for model, said, params in [(unknown, "operator Magic of mine is not known: node wand", 108), (by_data, "of x", 6),
                                    (endless, "Loop", 16), (either, "Magic", 16)]:
            with self.subTest(said):
                self.assertIn(said, self.refused(model))
                self.assertEqual(self.counted(model, "--partial"), (params, None))

    def test_an_attribute_of_two_kinds_is_what_comes_last(self):
        both = message(1, "then_branch") + whole(3, 77) + message(6, graph([node("Relu", "x", "t")], [], ["t"]))
        odd = node("If", "c", "y", else_branch=graph([node("Relu", "x", "e")], [], ["e"])) + message(5, both)
        self.assertEqual(self.counted(onnx([odd], [value("c", [], BOOL), value("x", [2, 4])], ["y"])), (None, None))

    def test_a_graph_that_makes_no_sense_is_refused(self):
        x, w = [value("x", [2, 3])], [tensor("w", [3, 4])]
        for model, said in [
                (onnx([node("MatMul", "x nope", "y")], x, ["y"]), "nope is not made by anything"),
                (onnx([node("Relu", "b", "a"), node("Relu", "a", "b")], x, ["b"]), "made by no earlier node"),
                (onnx([node("Relu", "x", "a")], x, ["z"]), "output z"),
                (onnx([node("Relu", "x", "a"), node("Relu", "x", "a")], x, ["a"]), "made twice"),
                (onnx([node("MatMul", "x w", "y")], x, ["y"], w + w), "w is there twice"),
                (onnx([node("MatMul", "x w", "y")], [value("x", [2, 5])], ["y"], w), "do not multiply"),
                (onnx([node("MatMul", "x w", "y")], x, ["y"], [tensor("w", [3, 4])[:-9]]), "goes past its end"),
                (onnx([node("MatMul", "x w", "y")], x, ["y"], [tensor("w", [3, -4])]), "negative"),
                (onnx([node("F", "x", "y", "m")], x, ["y"], [], [function("F", "m", ["a"], ["b"], [node("F", "a", "b", "m")])]), "calls itself"),
                (onnx([node("MatMul", "x x", "y")], [value("x", [1 << 39, 1 << 39])], ["y"]), "64 bits"),
        ]:
            with self.subTest(said):
                self.assertIn(said, self.refused(model))

    def test_external_data_is_measured_beside_the_file_alone(self):
        model = onnx([node("MatMul", "x w", "y")], [value("x", [2, 3])], ["y"], [external("w", [3, 4], "w.bin", 4)])
        counted, said = self.inspected(model)
        self.assertEqual((counted["size_bytes"], counted["params"]), (len(model) + 52, 12))
        self.assertIn("w.bin is not there", said)
        self.write(bytes(60), "w.bin")
        counted, said = self.inspected(model)
        self.assertEqual((counted["size_bytes"], said), (len(model) + 60, ""))
        self.write(bytes(51), "w.bin")
        self.assertIn("needs 52", self.refused(model))
        self.write(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 52\n", "w.bin")
        self.assertIn("git-lfs pointer", self.refused(model))
        for place in ["../w.bin", "/etc/passwd", "a/../../w.bin", ""]:
            elsewhere = onnx([node("MatMul", "x w", "y")], [value("x", [2, 3])], ["y"], [external("w", [3, 4], place)])
            if place:
                self.assertIn("outside", self.refused(elsewhere))
            else:
                self.assertIn("has no data", self.inspected(elsewhere)[1])

    def test_a_matrix_that_is_written_twice_is_named(self):
        model = onnx([node("Gather", "table i", "a"), node("MatMul", "a head", "y")], [value("i", [1, 2], INT64)], ["y"],
                     [tensor("table", [500, 200]), tensor("head", [200, 500])])
        self.assertIn("table and head may be one matrix", self.inspected(model)[1])


class InCatalogs(GraphTest):
    def test_what_the_file_does_not_tell_is_set(self):
        model, _ = self.inspected(conv_net(), "--set", "accuracy=76.13%", "--set", "task=t", "--set", "latency=5ms")
        self.assertEqual((model["accuracy_percent"], model["task"], model["latency_s"]), (76.13, "t", 0.005))
        for setting, said in [("params=5", "is counted"), ("name=x", "--name"), ("latency=5x", "unit"), ("x", "KEY=VALUE")]:
            self.assertIn(said, self.refused(conv_net(), "--set", setting))

    def test_a_count_goes_into_a_catalog_and_all_else_stays(self):
        before = """[
  {"name": "other", "params": "1M"},
  {"accuracy": "76.1%%",  "name": "net", "flops": "%s FLOP", "notes":  "stays"}
]
""" % CONV_MACS
        params = 216 + 8 + 16 + 1000 + 5
        self.write(before.encode(), "models.json")
        done = self.run_greenml("inspect", self.write(conv_net()), "--into", "models.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"the catalog had MACs as FLOPs", done.stderr)
        with open(os.path.join(self.folder, "models.json")) as file:
            after = file.read()
        self.assertEqual(after.splitlines()[:2], before.splitlines()[:2])
        other, net = json.loads(after)
        self.assertEqual(list(net), ["accuracy", "name", "flops", "notes", "params", "size", "input"])
        self.assertEqual((net["flops"]["value"], net["flops"]["unit"], net["params"]["value"]), (CONV_MACS, "MAC", params))
        self.assertEqual(self.run_greenml("rank", "models.json", "--by", "params").returncode, 0)
        again = self.run_greenml("inspect", "net.onnx", "--into", "models.json")
        with open(os.path.join(self.folder, "models.json")) as file:
            self.assertEqual((again.returncode, file.read()), (0, after), "the second time changes nothing")

    def test_what_a_batch_costs_is_no_matter_of_a_catalog(self):
        self.write(b'[{"name": "net", "flops": "1 kFLOP"}]', "models.json")
        self.assertIn("batch of 8", self.refused(conv_net(), "--dim", "N=8", "--into", "models.json"))
        signal = onnx([node("Mul", "x w", "y")], [value("x", ["samples"])], ["y"], [tensor("w", [1])])
        done = self.run_greenml("inspect", self.write(signal), "--dim", "samples=16000", "--into", "models.json", "--layers")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(self.folder, "models.json")) as file:
            self.assertEqual(json.load(file)[0]["params"]["value"], 1)

    def test_settings_that_are_mistakes(self):
        for settings, said in [(["accuracy=1%", "accuracy=2%"], "said twice"), (["acuracy=76%"], "accuracy"), (["top=76"], "no quantity"), (["weights=int8"], "the file tells"),
                               (["input=x"], "the file tells")]:
            self.assertIn(said, self.refused(conv_net(), *[one for setting in settings for one in ("--set", setting)]))
        self.assertIn("needs a name", self.refused(conv_net(), "--name", ""))
        self.assertIn("--tokens", self.refused(conv_net(), "--tokens", "128"))
        done = self.run_greenml("inspect", self.write(conv_net()), "--set", "accuracy=76.13%")
        self.assertIn(b"76.13", done.stdout)

    def test_a_file_that_is_given_twice_counts_once(self):
        name = self.write(conv_net())
        done = self.run_greenml("inspect", name, name, "--format", "json")
        self.assertEqual(len(json.loads(done.stdout)["models"]), 1)
        self.assertIn(b"there already", done.stderr)

    def test_a_catalog_that_cannot_be_read_stays_as_it_is(self):
        for catalog in [b"[", b'[{"name": "net"}, {"name": "net"}]', b'[{"name": "net", "accuracy": "x"}]']:
            self.write(catalog, "models.json")
            self.refused(conv_net(), "--into", "models.json")
            with open(os.path.join(self.folder, "models.json"), "rb") as file:
                self.assertEqual(file.read(), catalog)
        self.refused(conv_net(), "--into", "-")
        self.refused(conv_net(), "--into", "nothing.json")

    def test_one_model_file_on_each_side_is_compared_whatever_its_name(self):
        self.write(conv_net(fold=True), "base.onnx")
        self.write(conv_net(), "net.onnx")
        check = lambda limit: self.run_greenml("check", "net.onnx", "--baseline", "base.onnx", "--max-drop", limit).returncode
        self.assertEqual((check("flops=0"), check("params=0"), check("params=5%")), (0, 1, 0))
        self.write(b'[{"name": "base", "params": 1}, {"name": "base2", "params": 1}]', "two.json")
        self.assertEqual(self.run_greenml("check", "net.onnx", "--baseline", "two.json", "--max-drop", "params=0").returncode, 2)

    def test_explain_says_what_was_counted_where(self):
        done = self.run_greenml("explain", self.write(conv_net(batch=1)), "net")
        self.assertEqual(done.returncode, 0, done.stderr)
        for part in ["net.onnx, x 1x3x10x10", "2 x MACs of one pass", "elements of all trained weights", "counted"]:
            self.assertIn(part, done.stdout.decode())

    def test_what_is_open_cannot_be_ranked(self):
        model = onnx([node("MatMul", "x w", "y")], [value("x", [1, "sequence", 4])], ["y"], [tensor("w", [4, 5])])
        done = self.run_greenml("rank", self.write(model), "--by", "flops")
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"--dim sequence=128", done.stderr)


@unittest.skipIf(SANITIZED, "sanitizers have memory of their own")
class Limits(GraphTest):
    """No file, however hostile, takes more than 64 MB. A run that hangs takes more than its share of the processor."""

    def measured(self, content, *arguments):
        path = os.path.join(self.folder, self.write(content))
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([GREENML, "inspect", path, *arguments], stdout=subprocess.DEVNULL, stderr=said,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)))
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            return process.returncode, said.read().decode(), used.ru_maxrss >> 10

    def test_hostile_graphs(self):
        deep = graph([node("Relu", "x", "y")])
        for _ in range(3000):
            deep = graph([node("If", "c", "y", then_branch=deep)])
        doubling = [function("F0", "m", ["a"], ["b"], [node("Relu", "a", "b")])]
        for level in range(1, 31):
            doubling.append(function(f"F{level}", "m", ["a"], ["b"], [node(f"F{level - 1}", "a", "t", "m"), node(f"F{level - 1}", "t", "b", "m")]))
        endless = graph([node("MatMul", "s w", "t"), node("Identity", "c", "d")],
                        [value("i", [], INT64), value("c", [], BOOL), value("s", [4, 4])], ["d", "t"])
        for content, said in [
                (onnx([node("If", "c", "y", then_branch=deep)]), "nested deeper"),
                (onnx([node("F30", "x", "y", "m")], [value("x", [1])], ["y"], [], doubling, domains=["m"]), "8,000,000 nodes"),
                (onnx([node("Loop", "most yes x", "y", body=endless)], [value("x", [4, 4])], ["y"],
                      [tensor("most", [], INT64, [(1 << 63) - 1]), tensor("yes", [], BOOL, [1]), tensor("w", [4, 4])]), "Loop"),
                (onnx([node("Relu", "x", "y")], [value("x", [1])], ["y"], [external("w", [1 << 40], "w.bin")]), "2^40"),
                (b"\x08\x08:" + varint(1 << 62) + b"\n", "ends at byte"),
        ]:
            with self.subTest(said):
                ended, message, megabytes = self.measured(content)
                self.assertEqual(ended, 2, message)
                self.assertIn(said, message)
                self.assertLessEqual(megabytes, 64)


class TfliteFiles(GraphTest):
    def net(self, batch=1, bias=INT32, kind=INT8):
        net = Tflite()
        x = net.tensor([batch, 10, 10, 3], kind, "x", signature=[-1, 10, 10, 3])
        w, b = net.tensor([8, 3, 3, 3], kind, weights=True), net.tensor([8], bias, weights=True)
        c = net.tensor([batch, 5, 5, 8], kind, "c", signature=[-1, 5, 5, 8])
        net.operator(3, [x, w, b], [c], {0: ("b", 0), 1: ("i", 2), 2: ("i", 2)})
        d, e = net.tensor([1, 3, 3, 8], kind, weights=True), net.tensor([batch, 3, 3, 8], kind, "e", signature=[-1, 3, 3, 8])
        net.operator(4, [c, d], [e], {0: ("b", 1), 1: ("i", 1), 2: ("i", 1), 3: ("i", 1)})
        shape, f = net.tensor([2], INT32, values=[-1, 72]), net.tensor([batch, 72], kind, "f", signature=[-1, 72])
        net.operator(22, [e, shape], [f])
        m, k = net.tensor([5, 72], kind, weights=True), net.tensor([5], bias, weights=True)
        y = net.tensor([batch, 5], kind, "y", signature=[-1, 5])
        net.operator(9, [f, m, k], [y], {})
        net.end([x], [y])
        return net

    MACS = 8 * 25 * 27 + 8 * 9 * 9 + 5 * 72
    PARAMS = 216 + 8 + 72 + 360 + 5

    def test_a_quantised_network(self):
        model, said = self.inspected(self.net().file(), name="net.tflite")
        self.assertEqual((model["params"], model["flops"]), (self.PARAMS, 2 * self.MACS))
        self.assertEqual(model["weights"], "int8 98.03 %, int32 1.967 %")
        self.assertIn("taken as 1", said)
        self.assertEqual(self.counted(self.net().file(), "--shape", "x=4x10x10x3", name="net.tflite")[1], 4 * self.MACS)
        for kind, bias in [(FLOAT, FLOAT), (FLOAT16, FLOAT16), (INT8, INT64)]:
            self.assertEqual(self.counted(self.net(kind=kind, bias=bias).file(), name="net.tflite"), (self.PARAMS, self.MACS))

    def test_operators(self):
        def lstm(net):
            x = net.tensor([2, 7, 5], name="x")
            weights = [net.tensor([6, 5], weights=True) for _ in range(4)] + [net.tensor([6, 6], weights=True) for _ in range(4)]
            biases = [net.tensor([6], weights=True) for _ in range(4)]
            states = [net.tensor([2, 6], variable=True) for _ in range(2)]
            y = net.tensor([2, 7, 6], name="y")
            net.operator(44, [x, *weights, -1, -1, -1, *biases, -1, -1, *states], [y], {3: ("b", 0)})
            return x, y, 4 * 30 + 4 * 36 + 24, 14 * (4 * 30 + 4 * 36)

        def transpose_conv(net):
            x, w, y = net.tensor([1, 4, 4, 3], name="x"), net.tensor([6, 2, 2, 3], weights=True), net.tensor([1, 8, 8, 6], name="y")
            net.operator(67, [net.tensor([4], INT32, values=[1, 8, 8, 6]), w, x], [y], {0: ("b", 0), 1: ("i", 2), 2: ("i", 2)})
            return x, y, 72, 48 * 72 // 3

        def batch_matmul(net):
            x, w, y = net.tensor([2, 3, 4], name="x"), net.tensor([2, 5, 4], weights=True), net.tensor([2, 3, 5], name="y")
            net.operator(126, [x, w], [y], {1: ("b", 1)})
            return x, y, 40, 2 * 3 * 4 * 5

        def svdf(net):
            x, y = net.tensor([1, 10], name="x"), net.tensor([1, 8], name="y")
            net.operator(27, [x, net.tensor([16, 10], weights=True), net.tensor([16, 9], weights=True), net.tensor([8], weights=True),
                              net.tensor([1, 144], variable=True)], [y], {0: ("i", 2)})
            return x, y, 160 + 144 + 8, 160 + 144

        def both_ways(net):
            x = net.tensor([2, 7, 5], name="x")
            way = lambda: [net.tensor([6, 5], weights=True) for _ in range(4)] + [net.tensor([6, 6], weights=True) for _ in range(4)] + [
                -1, -1, -1] + [net.tensor([6], weights=True) for _ in range(4)] + [-1, -1]
            states = [net.tensor([2, 6], variable=True) for _ in range(4)]
            y = net.tensor([2, 7, 12], name="y")
            net.operator(52, [x, *way(), *way(), *states], [y], {3: ("b", 1), 4: ("b", 0)})
            return x, y, 2 * (4 * 30 + 4 * 36 + 24), 14 * 2 * (4 * 30 + 4 * 36)

        def conv_3d_transpose(net):
            x, w, y = net.tensor([1, 2, 4, 4, 3], name="x"), net.tensor([2, 2, 2, 6, 3], weights=True), net.tensor([1, 4, 8, 8, 6], name="y")
            net.operator(141, [net.tensor([5], INT32, values=[1, 4, 8, 8, 6]), w, x], [y], {1: ("i", 2), 2: ("i", 2), 3: ("i", 2)})
            return x, y, 144, 96 * 144 // 3

        for make in [lstm, both_ways, conv_3d_transpose, transpose_conv, batch_matmul, svdf]:
            with self.subTest(make.__name__):
                net = Tflite()
                x, y, params, macs = make(net)
                net.end([x], [y])
                self.assertEqual(self.counted(net.file(), name="net.tflite"), (params, macs))

    def test_one_network_in_two_formats(self):
        net = Tflite()
        x, w = net.tensor([1, 9, 9, 4], name="x"), net.tensor([6, 3, 3, 4], weights=True)
        y = net.tensor([1, 7, 7, 6], name="y")
        net.operator(3, [x, w, -1], [y], {0: ("b", 1), 1: ("i", 1), 2: ("i", 1)})
        net.end([x], [y])
        same = onnx([node("Conv", "x w", "y")], [value("x", [1, 4, 9, 9])], ["y"], [tensor("w", [6, 4, 3, 3])])
        self.assertEqual(self.counted(net.file(), name="net.tflite"), self.counted(same))

    def test_compiled_and_unknown_operators_are_no_count(self):
        net = Tflite()
        x, y, z = net.tensor([1, 4], name="x"), net.tensor([1, 4], name="y"), net.tensor([1, 2], name="z")
        net.operator(32, [x], [y], custom="edgetpu-custom-op")
        net.operator(9, [y, net.tensor([2, 4], weights=True), -1], [z], {})
        net.end([x], [z])
        self.assertIn("edgetpu-custom-op", self.refused(net.file(), name="net.tflite"))
        self.assertEqual(self.counted(net.file(), "--partial", name="net.tflite"), (8, None))

    def test_a_size_that_does_not_follow_is_no_count(self):
        net = Tflite()
        x, y = net.tensor([1, 10, 10, 3], name="x"), net.tensor([1, 4, 4, 8], name="y")
        net.operator(3, [x, net.tensor([8, 3, 3, 3], weights=True), -1], [y], {0: ("b", 0), 1: ("i", 2), 2: ("i", 2)})
        net.end([x], [y])
        self.assertIn("1x5x5x8 by its inputs, and 1x4x4x8 by the file", self.refused(net.file(), name="net.tflite"))

    def test_subgraphs_share_their_weights(self):
        net = Tflite()
        for name in ["first", "second"]:
            x, w, y = net.tensor([1, 4], name="x"), net.tensor([2, 4], weights=True), net.tensor([1, 2], name="y")
            net.tensors[w][2] = ("I", 1)
            net.operator(9, [x, w, -1], [y], {})
            net.end([x], [y], name)
        model, said = self.inspected(net.file(), name="net.tflite")
        self.assertEqual((model["params"], model["flops"]), (8, 16))
        self.assertIn("2 subgraphs", said)

    def test_a_cut_file_is_refused(self):
        whole = self.net().file()
        for end in [8, 20, 100, len(whole) // 2, len(whole) - 500]:
            self.assertIn("net.tflite: ", self.refused(whole[:end], name="net.tflite"))


if __name__ == "__main__":
    unittest.main()
