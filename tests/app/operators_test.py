"""One small graph for each of many operators: what `greenml inspect --layers nodes` finds for its first output, and for
some the params and multiply-accumulates, against values made by hand."""

import json
import os
import tempfile
import unittest

from model_files import FLOAT, INT8, INT32, INT64, UINT8, Tflite, function, node, onnx, tensor, value
from process import run_here

MS, ML = "com.microsoft", "ai.onnx.ml"


class X(tuple):
    """An input that the graph gets."""


class W(tuple):
    """Weights of this shape."""


class C(tuple):
    """Constant whole numbers, as a vector; an S is a single one, and a P a list of pairs."""


class S(int):
    pass


class P(tuple):
    pass


# name: (number of the operator, inputs, options, shape of the first output, outputs)
TFLITE = {
    "RESHAPE": (22, [X((2, 6)), C((3, -1))], {}, "3x4"),
    "RESHAPE by an option": (22, [X((2, 6))], {0: [4, 3]}, "4x3"),
    "SQUEEZE": (43, [X((1, 3, 1))], {0: [2]}, "1x3"),
    "EXPAND_DIMS": (70, [X((2, 3)), S(1)], {}, "2x1x3"),
    "SHAPE": (77, [X((2, 3))], {}, "2"),
    "RANGE": (96, [S(1), S(7), S(2)], {}, "3"),
    "FILL": (94, [C((2, 3)), S(1)], {}, "2x3"),
    "BROADCAST_TO": (130, [X((1, 3)), C((4, 3))], {}, "4x3"),
    "TRANSPOSE": (39, [X((2, 3, 4)), C((2, 0, 1))], {}, "4x2x3"),
    "CONCATENATION": (2, [X((2, 3)), X((2, 5))], {0: ("i", -1)}, "2x8"),
    "PACK": (83, [X((2, 3)), X((2, 3))], {1: ("i", 1)}, "2x2x3"),
    "UNPACK": (88, [X((2, 3))], {1: ("i", 0)}, "3", 2),
    "SPLIT": (49, [S(1), X((2, 6))], {0: ("i", 2)}, "2x3", 2),
    "SPLIT_V": (102, [X((2, 6)), C((2, -1)), S(1)], {}, "2x2", 2),
    "TILE": (69, [X((2, 3)), C((2, 1))], {}, "4x3"),
    "DEPTH_TO_SPACE": (5, [X((1, 2, 2, 4))], {0: ("i", 2)}, "1x4x4x1"),
    "SPACE_TO_DEPTH": (26, [X((1, 4, 4, 1))], {0: ("i", 2)}, "1x2x2x4"),
    "GATHER": (36, [X((5, 3)), C((0, 2, 4, 1))], {0: ("i", 0)}, "4x3"),
    "GATHER_ND": (107, [X((5, 3)), P(((0, 1), (2, 2)))], {}, "2"),
    "EMBEDDING_LOOKUP": (7, [X((4,)), W((10, 6))], {}, "4x6"),
    "SLICE": (65, [X((4, 5)), C((1, 0)), C((2, -1))], {}, "2x5"),
    "STRIDED_SLICE": (45, [X((4, 9)), C((1, 0)), C((3, 9)), C((1, 2))], {}, "2x5"),
    "STRIDED_SLICE with masks": (45, [X((4, 9)), C((1, 7)), C((2, 0)), C((1, -1))], {1: ("i", 2), 4: ("i", 1)}, "8"),
    "TOPK_V2": (48, [X((2, 9)), S(3)], {}, "2x3", 2),
    "MEAN": (40, [X((2, 4, 4, 3)), C((1, 2))], {}, "2x3"),
    "SUM": (74, [X((2, 4, 4, 3)), C((1, 2))], {0: ("b", 1)}, "2x1x1x3"),
    "ARG_MAX": (56, [X((2, 9)), S(1)], {}, "2"),
    "PAD": (34, [X((1, 2, 2, 1)), P(((0, 0), (1, 1), (2, 0), (0, 0)))], {}, "1x4x4x1"),
    "RESIZE_BILINEAR": (23, [X((1, 2, 2, 3)), C((4, 6))], {}, "1x4x6x3"),
    "SPACE_TO_BATCH_ND": (38, [X((1, 4, 4, 3)), C((2, 2)), P(((0, 0), (2, 0)))], {}, "4x2x3x3"),
    "BATCH_TO_SPACE_ND": (37, [X((4, 2, 2, 3)), C((2, 2)), P(((0, 1), (0, 0)))], {}, "1x3x4x3"),
    "AVERAGE_POOL_2D": (1, [X((1, 5, 5, 3))], {0: ("b", 1), 1: ("i", 2), 2: ("i", 2), 3: ("i", 2), 4: ("i", 2)}, "1x2x2x3"),
    "CONV_3D": (132, [X((1, 4, 6, 8, 3)), W((2, 3, 3, 3, 5))], {0: ("b", 1), 1: ("i", 1), 2: ("i", 2), 3: ("i", 1)}, "1x3x4x3x5"),
    "SVDF": (27, [X((2, 10)), W((16, 10)), W((16, 9)), W((8,)), X((2, 144))], {0: ("i", 2)}, "2x8"),
    "MATRIX_DIAG": (113, [X((2, 3))], {}, "2x3x3"),
    "SPARSE_TO_DENSE": (68, [X((1,)), C((5, 2)), X((1,))], {}, "5x2"),
    "ADD": (0, [X((2, 3)), W((3,))], {}, "2x3"),
    "MAXIMUM": (55, [X((2, 1)), X((1, 3))], {}, "2x3"),
    "FLOOR_MOD": (95, [X((2, 3)), S(2)], {}, "2x3"),
    "EQUAL": (71, [X((2, 3)), X((2, 3))], {}, "2x3"),
    "SELECT_V2": (123, [X((2, 1)), X((2, 3)), X((1, 3))], {}, "2x3"),
    "SELECT of rows": (64, [X((2,)), X((2, 3)), X((2, 3))], {}, "2x3"),
    "ADD_N": (106, [X((2, 3)), X((2, 3)), X((2, 3))], {}, "2x3"),
    "SOFTMAX": (25, [X((2, 3))], {}, "2x3"),
    "DEQUANTIZE": (6, [X((2, 3))], {}, "2x3"),
    "CAST": (53, [X((2, 3))], {}, "2x3"),
    "RNN": (24, [X((2, 5)), W((6, 5)), W((6, 6)), W((6,)), X((2, 6))], {}, "2x6"),
    "UNIDIRECTIONAL_SEQUENCE_RNN": (35, [X((2, 7, 5)), W((6, 5)), W((6, 6)), W((6,)), X((2, 6))], {}, "2x7x6"),
    "LSTM of one matrix": (16, [X((2, 5)), X((2, 6)), W((24, 11)), W((24,)), X((2, 6))], {}, "2x6"),
}

U8 = lambda name, shape=(): tensor(name, list(shape), UINT8)

# name: (nodes, inputs, tensors, operator that is looked at, shape of its first output, params, MACs)
ONNX = {
    "a lookup in a table, with positions": (
        [node("EmbedLayerNormalization", "i s w p t g b", "y m", MS)], [value("i", [1, 7], INT32), value("s", [1, 7], INT32)],
        [tensor("w", [50, 8]), tensor("p", [20, 8]), tensor("t", [2, 8]), tensor("g", [8]), tensor("b", [8])],
        "EmbedLayerNormalization", "1x7x8", 50 * 8 + 20 * 8 + 16 + 16, 0),
    "skipping": ([node("SkipLayerNormalization", "x s g", "y - - z", MS), node("MatMul", "z w", "a")], [value("x", [1, 7, 8]), value("s", [1, 7, 8])],
                 [tensor("g", [8]), tensor("w", [8, 3])], "MatMul", "1x7x3", 8 + 24, 7 * 24),
    "SkipGroupNorm": ([node("SkipGroupNorm", "x g b s", "y z", MS), node("MatMul", "z w", "a")], [value("x", [1, 7, 8]), value("s", [1, 7, 8])],
                      [tensor("g", [8]), tensor("b", [8]), tensor("w", [8, 3])], "MatMul", "1x7x3", 16 + 24, 7 * 24),
    "QLinearAdd": ([node("QLinearAdd", "x s z c s z s z", "y", MS)], [value("x", [2, 3], UINT8)], [tensor("s", [1]), U8("z", [1]), U8("c", [3])],
                   "QLinearAdd", "2x3", 3, 0),
    "QLinearConcat of many": ([node("QLinearConcat", "s z " + " ".join(f"c{at} s z" for at in range(14)), "y", MS, axis=0)], [],
                              [tensor("s", []), U8("z")] + [U8(f"c{at}", [4]) for at in range(14)], "QLinearConcat", "56", 56, 0),
    "QLinearGlobalAveragePool": ([node("QLinearGlobalAveragePool", "x s z s z", "y", MS, channels_last=1)], [value("x", [1, 5, 5, 3], UINT8)],
                                 [tensor("s", []), U8("z")], "QLinearGlobalAveragePool", "1x1x1x3", 0, 0),
    "FusedMatMul": ([node("FusedMatMul", "x w", "y", MS, transA=1, transB=1)], [value("x", [2, 4, 3])], [tensor("w", [5, 4])], "FusedMatMul", "2x3x5", 20, 2 * 3 * 4 * 5),
    "QGemm": ([node("QGemm", "x s z w s z b s z", "y", MS, transB=1)], [value("x", [2, 4], UINT8)],
              [tensor("s", [1]), U8("z", [1]), tensor("w", [5, 4], INT8), tensor("b", [5], INT32)], "QGemm", "2x5", 25, 40),
    "MatMulIntegerToFloat": ([node("MatMulIntegerToFloat", "x w s t z z b", "y", MS)], [value("x", [2, 4], UINT8)],
                             [tensor("w", [4, 5], INT8), tensor("s", [1]), tensor("t", [5]), U8("z"), tensor("b", [5])], "MatMulIntegerToFloat", "2x5", 25, 40),
    "scales of a dynamic quantisation": (
        [node("DynamicQuantizeLinear", "x", "q s z"), node("MatMulInteger", "q w z", "i"), node("Cast", "i", "f", to=FLOAT), node("Mul", "s t", "u"),
         node("Mul", "f u", "y")], [value("x", [2, 4])], [tensor("w", [4, 5], INT8), tensor("t", [5])], "MatMulInteger", "2x5", 20, 40),
    "rows of four bits, in a function": (
        [node("Rows", "w i s", "y", "mine")], [value("i", [7], INT64)], [U8("w", [100, 16]), tensor("s", [100])], "GatherBlockQuantized", "7x32", 3200, 0,
        [function("Rows", "mine", ["w", "i", "s"], ["y"], [node("GatherBlockQuantized", "w i s", "y", MS, bits=4, gather_axis=0)])]),
    "a matrix of four bits, in a function": (
        [node("Product", "x w s", "y", "mine")], [value("x", [3, 64])], [U8("w", [10, 2, 16]), tensor("s", [20])], "MatMulNBits", "3x10", 640, 3 * 640,
        [function("Product", "mine", ["x", "w", "s"], ["y"], [node("MatMulNBits", "x w s", "y", MS, K=64, N=10, bits=4, block_size=32)])]),
    "BiasSplitGelu": ([node("BiasSplitGelu", "x b", "y", MS)], [value("x", [1, 7, 8])], [tensor("b", [8])], "BiasSplitGelu", "1x7x4", 8, 0),
    "QAttention": ([node("QAttention", "x w b s s - z z", "y", MS, num_heads=2)], [value("x", [1, 5, 16], UINT8)],
                   [tensor("w", [16, 48], INT8), tensor("b", [48]), tensor("s", []), U8("z")], "QAttention", "1x5x16", 16 * 48 + 48, 5 * 768 + 2 * 25 * 16),
    "attention with a buffer for its past": (
        [node("Attention", "x w - - p - n", "y q", MS, num_heads=2, past_present_share_buffer=1)], [value("x", [1, 1, 16]), value("p", [2, 1, 2, 1024, 8])],
        [tensor("w", [16, 48]), tensor("n", [1], INT32, [5])], "Attention", "1x1x16", 768, 768 + 2 * 6 * 16),
    "a name that a function uses for a scale": (
        [node("Dynamic", "x", "q", "mine"), node("Scaled", "q w", "y", "mine")], [value("x", [2, 4])], [tensor("w", [4])], "Mul", "2x4", 4, 0,
        [function("Dynamic", "mine", ["x"], ["f"], [node("DynamicQuantizeLinear", "x", "q s z"), node("Cast", "q", "f", to=FLOAT)]),
         function("Scaled", "mine", ["a", "s"], ["y"], [node("Mul", "a s", "y")])]),
    "tables of sines": ([node("RotaryEmbedding", "x p c c", "y", MS)], [value("x", [1, 7, 64]), value("p", [1, 7], INT64)], [tensor("c", [4096, 32])],
                        "RotaryEmbedding", "1x7x64", 0, 0),
    "NGramRepeatBlock": ([node("NGramRepeatBlock", "i s", "t", MS, ngram_size=2), node("MatMul", "t w", "y")], [value("i", [1, 4], INT64), value("s", [1, 1000])],
                         [tensor("w", [1000, 2])], "MatMul", "1x2", 2000, 2000),
    "a mask that is cut": ([node("Slice", "m a b", "c"), node("Cast", "c", "d", to=9), node("Where", "d x x", "y")], [value("x", [1, 1, 4, 4])],
                           [U8("m", [1, 1, 64, 64]), tensor("a", [4], INT64, [0, 0, 0, 0]), tensor("b", [4], INT64, [1, 1, 4, 4])], "Where", "1x1x4x4", 0, 0),
    "a pool that rounds up": ([node("MaxPool", "x", "p", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1), node("Conv", "p w", "y")], [value("x", [1, 3, 2, 2])],
                              [tensor("w", [8, 3, 1, 1])], "Conv", "1x8x1x1", 24, 24),
    "trees": ([node("TreeEnsembleRegressor", "x", "y", ML, n_targets=2)], [value("x", [6, 3])], [], "TreeEnsembleRegressor", "6x2", 0, 0),
    "classes of trees": ([node("TreeEnsembleClassifier", "x", "l y", ML, classlabels_int64s=[0, 1, 2])], [value("x", [6, 3])], [], "TreeEnsembleClassifier", "6", 0, 0),
    "linear classifier": ([node("LinearClassifier", "x", "l y", ML, coefficients=[1.0] * 6, intercepts=[0.5, 1.5], classlabels_ints=[0, 1])], [value("x", [6, 3])], [],
                          "LinearClassifier", "6", 8, 36),
    "labels and categories": ([node("LabelEncoder", "x", "e", ML, keys_int64s=[1], values_floats=[1.0]), node("Scaler", "e", "s", ML), node("OneHotEncoder", "s", "y", ML, cats_int64s=[1, 2, 3])],
                              [value("x", [6, 3], INT64)], [], "OneHotEncoder", "6x3x3", 0, 0),
    "features": ([node("ArrayFeatureExtractor", "x i", "a", ML), node("FeatureVectorizer", "a x", "y", ML)], [value("x", [6, 3])], [tensor("i", [2], INT64, [0, 2])],
                 "FeatureVectorizer", "6x5", 0, 0),
    "cut of an old opset": ([node("Crop", "x", "y", border=[1, 2, 1, 2])], [value("x", [1, 3, 10, 10])], [], "Crop", "1x3x6x8", 0, 0),
    "Upsample of an old opset": ([node("Upsample", "x", "y", scales=[1.0, 1.0, 2.0, 3.0])], [value("x", [1, 3, 5, 5])], [], "Upsample", "1x3x10x15", 0, 0, (), 7),
    "a cast of an old opset": ([node("Cast", "x", "y", to="INT64")], [value("x", [2, 3])], [], "Cast", "2x3", 0, 0, (), 5),
    "pools of regions": ([node("MaxRoiPool", "x r", "y", pooled_shape=[2, 2])], [value("x", [1, 3, 8, 8]), value("r", [5, 5])], [], "MaxRoiPool", "5x3x2x2", 0, 0),
    "Multinomial": ([node("Multinomial", "x", "y", sample_size=4)], [value("x", [2, 9])], [], "Multinomial", "2x4", 0, 0),
}


class Operators(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def layers(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)
        done = run_here("inspect", name, "--layers", "nodes", "--format", "json", "--quiet", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["layers"]

    def test_tflite(self):
        for name, (code, inputs, options, shape, *outputs) in TFLITE.items():
            with self.subTest(name):
                net, places, given = Tflite(), [], []
                for one in inputs:
                    if isinstance(one, X):
                        places.append(net.tensor(one, name=f"x{len(places)}"))
                        given.append(places[-1])
                    elif isinstance(one, W):
                        places.append(net.tensor(one, weights=True))
                    elif isinstance(one, S):
                        places.append(net.tensor([], INT32, values=[int(one)]))
                    elif isinstance(one, P):
                        places.append(net.tensor([len(one), 2], INT32, values=[number for pair in one for number in pair]))
                    else:
                        places.append(net.tensor([len(one)], INT32, values=list(one)))
                # The file says nothing of the outputs, so that their sizes must follow.
                made = [net.tensor([1], name=f"y{at}", signature=[-1]) for at in range(outputs[0] if outputs else 1)]
                net.operator(code, places, made, options)
                net.end(given, made)
                (layer,) = self.layers("net.tflite", net.file())
                self.assertEqual(layer["output"], shape)

    def test_onnx(self):
        for name, (nodes, inputs, tensors, kind, shape, params, macs, *more) in ONNX.items():
            with self.subTest(name):
                functions = more[0] if more else ()
                layers = self.layers("net.onnx", onnx(nodes, inputs, ["y"], tensors, functions, more[1] if len(more) > 1 else 17, [MS, ML, "mine"]))
                self.assertIn(shape, [layer["output"] for layer in layers if layer["operator"] == kind])
                self.assertEqual(sum(layer["params"] for layer in layers), params)
                self.assertEqual(sum(layer["macs"] for layer in layers), macs)

    def test_bits_that_are_taken_apart_have_no_number_of_params(self):
        unpack = [node("BitShift", "w s", "u", direction="RIGHT"), node("Cast", "u", "f", to=FLOAT)]
        product = [node("MatMul", "x f", "y")]
        tensors = [tensor("w", [8, 16], INT32), tensor("s", [1], INT32, [4])]
        whole = function("Product", "mine", ["x", "w", "s"], ["y"], unpack + product)
        half = function("Unpack", "mine", ["w", "s"], ["f"], unpack)
        for nodes, functions in [(unpack + product, ()), ([node("Product", "x w s", "y", "mine")], [whole]), ([node("Unpack", "w s", "f", "mine")] + product, [half])]:
            with open(os.path.join(self.folder, "net.onnx"), "wb") as file:
                file.write(onnx(nodes, [value("x", [2, 8])], ["y"], tensors, functions, domains=["mine"]))
            done = run_here("inspect", "net.onnx", "--format", "json", cwd=self.folder)
            (model,) = json.loads(done.stdout)["models"]
            self.assertEqual((model["params"], model["flops"]), (None, 2 * 2 * 8 * 16))
            self.assertIn(b"how many weights w packs is not known", done.stderr)

    def test_the_list_has_each_of_them_with_its_definition(self):
        rows = json.loads(run_here("list", "operators", "--format", "json").stdout)["operators"]
        self.assertGreater(len(rows), 400)
        by_name = {(row["format"], row["domain"] or "", row["name"]): row["macs"] for row in rows}
        self.assertEqual(len(by_name), len(rows))
        self.assertEqual(by_name[("ONNX", "", "Conv")], "elements(output) x elements(weight) / output channels")
        self.assertEqual(by_name[("TFLite", "", "RESHAPE")], "0")


if __name__ == "__main__":
    unittest.main()
