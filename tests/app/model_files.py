"""Writes model files byte by byte, without their libraries: ONNX (protocol buffers) and TFLite (FlatBuffers)."""

import struct

FLOAT, UINT8, INT8, INT32, INT64, BOOL, FLOAT16 = 1, 2, 3, 6, 7, 9, 10
SIZES = {FLOAT: 4, UINT8: 1, INT8: 1, INT32: 4, INT64: 8, BOOL: 1, FLOAT16: 2}


def elements(shape):
    product = 1
    for size in shape:
        product *= size
    return product


# Protocol buffers: a message is the bytes of its fields.


def varint(number):
    number &= (1 << 64) - 1
    result = b""
    while number >= 0x80:
        result += bytes([number & 0x7F | 0x80])
        number >>= 7
    return result + bytes([number])


def whole(field, number):
    return varint(field << 3) + varint(number)


def real(field, number):
    return varint(field << 3 | 5) + struct.pack("<f", number)


def message(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(name, shape, kind=FLOAT, values=None):
    """A tensor of zeros, or of these whole numbers."""
    data = bytes(max(0, elements(shape) * SIZES[kind]))
    if values is not None:
        data = b"".join(number.to_bytes(SIZES[kind], "little", signed=kind != UINT8) for number in values)
    dims = b"".join(whole(1, size) for size in shape)
    return dims + whole(2, kind) + (message(8, name) if name else b"") + message(9, data)


def external(name, shape, location, offset=None, kind=FLOAT):
    entries = [("location", location)] + ([("offset", str(offset))] if offset is not None else [])
    return (b"".join(whole(1, size) for size in shape) + whole(2, kind) + message(8, name)
            + b"".join(message(13, message(1, key) + message(2, value)) for key, value in entries) + whole(14, 1))


class Graph(bytes):
    """The bytes of a graph, to be told from those of a tensor."""


def attribute(name, value):
    head = message(1, name)
    if isinstance(value, Graph):
        return head + message(6, value) + whole(20, 5)
    if isinstance(value, bytes):
        return head + message(5, value) + whole(20, 4)
    if isinstance(value, str):
        return head + message(4, value) + whole(20, 3)
    if isinstance(value, float):
        return head + real(2, value) + whole(20, 1)
    if isinstance(value, list) and value and isinstance(value[0], float):
        return head + b"".join(real(7, one) for one in value) + whole(20, 6)
    if isinstance(value, list):
        return head + b"".join(whole(8, one) for one in value) + whole(20, 7)
    return head + whole(3, value) + whole(20, 2)


def node(kind, inputs, outputs, domain="", name="", **attributes):
    """One node; inputs and outputs are names with blanks between them, and "-" is one that is left out."""
    names = lambda text: ["" if one == "-" else one for one in text.split()]
    return (b"".join(message(1, one) for one in names(inputs)) + b"".join(message(2, one) for one in names(outputs))
            + (message(3, name) if name else b"") + message(4, kind)
            + b"".join(message(5, attribute(key, value)) for key, value in attributes.items())
            + (message(7, domain) if domain else b""))


def value(name, shape, kind=FLOAT):
    """An input or output: sizes are numbers, names, or None for no name. The shape None is not known."""
    def dimension(size):
        if size is None:
            return b""
        return message(2, size) if isinstance(size, str) else whole(1, size)

    inner = whole(1, kind)
    if shape is not None:
        inner += message(2, b"".join(message(1, dimension(size)) for size in shape))
    return message(1, name) + message(2, message(1, inner))


def graph(nodes, inputs=(), outputs=(), tensors=(), name="g"):
    return Graph(b"".join(message(1, one) for one in nodes) + message(2, name)
                 + b"".join(message(5, one) for one in tensors) + b"".join(message(11, one) for one in inputs)
                 + b"".join(message(12, value(one, None)) for one in outputs))


def function(name, domain, inputs, outputs, nodes, opset=17):
    return (message(1, name) + b"".join(message(4, one) for one in inputs) + b"".join(message(5, one) for one in outputs)
            + b"".join(message(7, one) for one in nodes) + message(9, whole(2, opset)) + message(10, domain))


def onnx(nodes, inputs=(), outputs=(), tensors=(), functions=(), opset=17, domains=()):
    imports = message(8, whole(2, opset)) + b"".join(message(8, message(1, one) + whole(2, 1)) for one in domains)
    return (whole(1, 8) + message(7, graph(nodes, inputs, outputs, tensors)) + imports
            + b"".join(message(25, one) for one in functions))


# FlatBuffers: tables refer forward to what they are made of.


class Table(dict):
    """Fields by their numbers: ("b", int8), ("i", int32), ("L", uint64), or what it refers to."""


class Builder:
    def __init__(self):
        self.bytes = bytearray()

    def pad(self, size):
        self.bytes += bytes(-len(self.bytes) % size)

    def table(self, fields):
        """Writes the vtable and the table, then what the fields refer to; returns the table's place."""
        places, size = {}, 4
        for number, one in sorted(fields.items()):
            width = struct.calcsize("<" + one[0]) if isinstance(one, tuple) else 4
            size += -size % width
            places[number] = size
            size += width
        count = max(fields, default=-1) + 1
        self.pad(8)
        vtable = len(self.bytes)
        self.bytes += struct.pack("<HH", 4 + 2 * count, size)
        self.bytes += b"".join(struct.pack("<H", places.get(number, 0)) for number in range(count))
        self.pad(8)
        at = len(self.bytes)
        self.bytes += struct.pack("<i", at - vtable) + bytes(size - 4)
        for number, one in sorted(fields.items()):
            if isinstance(one, tuple):
                struct.pack_into("<" + one[0], self.bytes, at + places[number], one[1])
        for number, one in sorted(fields.items()):
            if not isinstance(one, tuple):
                self.refer(at + places[number], self.thing(one))
        return at

    def refer(self, place, target):
        struct.pack_into("<I", self.bytes, place, target - place)

    def thing(self, one):
        if isinstance(one, Table):
            return self.table(one)
        self.pad(4 if not isinstance(one, bytes) else 16)
        if isinstance(one, (bytes, str)):
            content = one.encode() if isinstance(one, str) else one
            if isinstance(one, bytes):
                self.bytes += bytes(12)  # so that the data begins at a multiple of 16
            at = len(self.bytes)
            self.bytes += struct.pack("<I", len(content)) + content + b"\0"
            return at
        at = len(self.bytes)
        self.bytes += struct.pack("<I", len(one))
        if one and isinstance(one[0], Table):
            places = [len(self.bytes) + 4 * index for index in range(len(one))]
            self.bytes += bytes(4 * len(one))
            for place, table in zip(places, one):
                self.refer(place, self.table(table))
        else:
            self.bytes += b"".join(struct.pack("<i", number) for number in one)
        return at


TFLITE_TYPES = {FLOAT: 0, FLOAT16: 1, INT32: 2, UINT8: 3, INT64: 4, BOOL: 6, INT8: 9}


class Tflite:
    """One subgraph after the other: tensors, then operators, then what goes in and out."""

    def __init__(self):
        self.codes, self.buffers, self.graphs = [], [Table()], []
        self.begin()

    def begin(self):
        self.tensors, self.operators = [], []

    def tensor(self, shape, kind=FLOAT, name="", values=None, weights=False, signature=None, variable=False):
        fields = Table({0: list(shape), 1: ("b", TFLITE_TYPES[kind]), 3: name or f"t{len(self.tensors)}"})
        if weights or values is not None:
            data = bytes(elements(shape) * SIZES[kind])
            if values is not None:
                data = b"".join(one.to_bytes(SIZES[kind], "little", signed=True) for one in values)
            fields[2] = ("I", len(self.buffers))
            self.buffers.append(Table({0: data}))
        if signature:
            fields[7] = list(signature)
        if variable:
            fields[5] = ("b", 1)
        self.tensors.append(fields)
        return len(self.tensors) - 1

    def operator(self, code, inputs, outputs, options=None, custom=None):
        key = (code, custom)
        if key not in self.codes:
            self.codes.append(key)
        fields = Table({0: ("I", self.codes.index(key)), 1: list(inputs), 2: list(outputs)})
        if options is not None:
            fields[3] = ("B", 1)
            fields[4] = Table(options)
        self.operators.append(fields)

    def end(self, inputs, outputs, name="main"):
        self.graphs.append(Table({0: self.tensors, 1: list(inputs), 2: list(outputs), 3: self.operators, 4: name}))
        self.begin()

    def file(self):
        codes = []
        for code, custom in self.codes:
            fields = Table({0: ("b", min(code, 127)), 3: ("i", code)})
            if custom:
                fields[1] = custom
            codes.append(fields)
        builder = Builder()
        builder.bytes += bytes(4) + b"TFL3"
        root = builder.table(Table({0: ("I", 3), 1: codes, 2: self.graphs, 4: self.buffers}))
        struct.pack_into("<I", builder.bytes, 0, root)
        return bytes(builder.bytes)
