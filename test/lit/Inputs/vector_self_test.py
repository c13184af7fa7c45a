"""vector_self_test.py [--deterministic] [--scalars]: prints a module that tests every vector
instruction, or every scalar numeric instruction instead. Its exports are:

    first_difference  returns the number of the first instruction whose result for constant operands
                      differs from the result for the same operands read from memory, or -1. A
                      comment in the module gives the number of each instruction.
    hash              returns a hash of all results that must be the same on any machine

Sign and payload of NaNs, and the results of relaxed instructions, may depend on the machine and are
not hashed, unless the module is made with `--deterministic`.
"""

import argparse
import random
import struct

import opcodes

CASES = 6  # for each instruction
F32_NAN, F64_NAN = 0x7FC00000, 0x7FF8000000000000

F32 = [
    0.0,
    -0.0,
    1.5,
    -2.5,
    0.5,
    -0.5,
    8388609.0,
    1e-45,
    2147483520.0,
    2147483648.0,
    -2147483904.0,
    4294967296.0,
    3e38,
    float("inf"),
    float("-inf"),
    127.6,
]
F32_BITS = [F32_NAN, F32_NAN | 1 << 31, 0x7FA00001, 0xFF800005]
F64 = [
    0.0,
    -0.0,
    2.5,
    -1.5,
    0.5,
    4503599627370497.5,
    5e-324,
    2147483647.5,
    -2147483649.0,
    4294967295.9,
    1e300,
    1e-300,
    float("inf"),
    float("-inf"),
    3.1,
]
F64_BITS = [F64_NAN, F64_NAN | 1 << 63, 0x7FF4000000000001, 0xFFF0000000000005]
I32 = [0, 1, 3, 7, 8, 31, 33, 64, 0x80, 0x7FFF, 0x80000000, 0xFFFFFFFF]
I64 = [0, 1, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0x123456789ABCDEF0, 0xFFFFFFFFFFFFFFFF]
EDGES = {
    8: [0, 1, 0x7F, 0x80, 0xFF],
    16: [0, 1, 0x7FFF, 0x8000, 0xFFFF, 0xFF, 0x100],
    32: [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF],
    64: I64,
}
# How struct.pack writes the lanes of a vector, by the bits of a lane.
FORMATS = {8: "16B", 16: "8H", 32: "4I", 64: "2Q"}

# Families whose NaN results the specification leaves open.
NAN_MAKERS = {
    f"simdF{name}"
    for name in (
        "add",
        "sub",
        "mul",
        "div",
        "sqrt",
        "min",
        "max",
        "ceil",
        "floor",
        "trunc",
        "nearest",
    )
}
NAN_MAKERS |= {
    "simdDemoteZero",
    "simdPromoteLow",
    "relaxedMadd",
    "relaxedNmadd",
    "relaxedMin",
    "relaxedMax",
}
NAN_MAKERS |= {
    "fadd",
    "fsub",
    "fmul",
    "fdiv",
    "fsqrt",
    "fmin",
    "fmax",
    "fceil",
    "ffloor",
    "ftrunc",
    "fnearest",
    "demote",
    "promote",
}
SPLATS = {"i": "i32x4", "l": "i64x2", "f": "f32x4", "d": "f64x2"}


def bits_of(form, value):
    return struct.unpack(
        "<" + form.upper().translate(str.maketrans("FD", "IQ")), struct.pack("<" + form, value)
    )[0]


class Values:
    """The operands of each type, and their addresses in memory."""

    def __init__(self):
        source = random.Random(4)
        choose = source.choice
        pools = [(bits, EDGES[bits]) for bits in EDGES]
        pools += [(bits, [source.getrandbits(bits) for _ in range(64)]) for bits in EDGES]
        pools += [(32, [bits_of("f", value) for value in F32] + F32_BITS)] * 3
        pools += [(64, [bits_of("d", value) for value in F64] + F64_BITS)] * 3
        vectors = [
            struct.pack("<" + FORMATS[bits], *(choose(pool) for _ in range(128 // bits)))
            for bits, pool in pools
            for _ in range(2)
        ]
        f32 = [bits_of("f", value) for value in F32] + F32_BITS
        f64 = [bits_of("d", value) for value in F64] + F64_BITS
        self.of = {
            "v": vectors,
            "i": [struct.pack("<I", value) for value in I32],
            "l": [struct.pack("<Q", value) for value in I64],
            "f": [struct.pack("<I", value) for value in f32],
            "d": [struct.pack("<Q", value) for value in f64],
        }
        self.data, self.addresses = b"", {}
        for letter, values in self.of.items():
            for i, value in enumerate(values):
                self.addresses[letter, i] = len(self.data)
                self.data += value.ljust(16, b"\0")

    def constant(self, letter, i):
        value = self.of[letter][i]
        if letter == "v":
            return f"(v128.const i8x16 {' '.join(map(str, value))})"
        number = int.from_bytes(value, "little")
        return {
            "i": f"(i32.const {number})",
            "l": f"(i64.const {number})",
            "f": f"(f32.reinterpret_i32 (i32.const {number}))",
            "d": f"(f64.reinterpret_i64 (i64.const {number}))",
        }[letter]

    def loaded(self, letter, i):
        return f"({opcodes.TYPES[letter]}.load (i32.const {self.addresses[letter, i]}))"


VALUES = Values()


def operand_choices(op):
    """Returns, for each case, an index into the values of each operand."""
    choose = random.Random(op.text)
    return [
        [
            choose.randrange(len(VALUES.of["v" if letter == "a" else letter]))
            for letter in op.operands
        ]
        for _ in range(CASES)
    ]


def result(op, choice, known):
    """Returns the instruction with these operands, as an expression of type v128."""
    operands = []
    for letter, i in zip(op.operands, choice):
        if letter == "a":
            operands.append(f"(i32.const {VALUES.addresses['v', i]})")
        else:
            operands.append((VALUES.constant if known else VALUES.loaded)(letter, i))
    if not op.results:  # a store, to memory that holds nothing else
        address = f"(i32.const {len(VALUES.data)})"
        return (
            f"(block (result v128) (v128.store {address} (v128.const i64x2 0 0)) "
            f"{op.expression([address, operands[1]])} (v128.load {address}))"
        )
    value = op.expression(operands)
    return f"({SPLATS[op.results]}.splat {value})" if op.results in SPLATS else value


def check(op, is_deterministic):
    """Yields the body of a function that returns whether any case differs, and adds the results to
    the hash."""
    is_hashed = is_deterministic or op.feature != "relaxedSimd"
    lanes = SPLATS.get(op.results, op.text[:5])
    clean = "" if is_deterministic or op.family not in NAN_MAKERS else f"call $clean_{lanes}"
    for choice in operand_choices(op):
        for local, known in (("$folded", True), ("$computed", False)):
            value = result(op, choice, known)
            yield f"(local.set {local} {f'({clean} {value})' if clean else value})"
        yield (
            "(local.set $difference (v128.or (local.get $difference) "
            "(v128.xor (local.get $folded) (local.get $computed))))"
        )
        if is_hashed:
            yield "(call $add_to_hash (local.get $computed))"
    yield "(v128.any_true (local.get $difference))"


PROLOGUE = """
  (global $hash (mut v128) (v128.const i64x2 0 0))
  (func $add_to_hash (param v128)
    (global.set $hash (i32x4.add (local.get 0)
      (i32x4.mul (global.get $hash)
        (v128.const i32x4 0x9e3779b1 0x85ebca6b 0xc2b2ae35 0x27d4eb2f)))))
  (func $clean_f32x4 (param v128) (result v128)
    (v128.bitselect (v128.const f32x4 nan nan nan nan) (local.get 0)
      (f32x4.ne (local.get 0) (local.get 0))))
  (func $clean_f64x2 (param v128) (result v128)
    (v128.bitselect (v128.const f64x2 nan nan) (local.get 0)
      (f64x2.ne (local.get 0) (local.get 0))))"""


def escaped(data):
    return "".join(f"\\{byte:02x}" for byte in data)


def module(ops, is_deterministic):
    yield f'(module\n  (memory 1)\n  (data (i32.const 0) "{escaped(VALUES.data)}")'
    yield PROLOGUE
    for number, op in enumerate(ops):
        yield f"  ;; {number}: {op.text}"
        yield (
            f"  (func $check_{number} (result i32) "
            "(local $folded v128) (local $computed v128) (local $difference v128)"
        )
        yield from (f"    {line}" for line in check(op, is_deterministic))
        yield "  )"
    yield '  (func (export "first_difference") (result i32)'
    for number in range(len(ops)):
        yield f"    (if (call $check_{number}) (then (return (i32.const {number}))))"
    yield "    (i32.const -1))"
    yield '  (func (export "hash") (result i64)'
    yield "    (global.set $hash (v128.const i64x2 0 0))"
    yield from (f"    (drop (call $check_{number}))" for number in range(len(ops)))
    yield (
        "    (i64.xor (i64x2.extract_lane 0 (global.get $hash)) "
        "(i64.rotl (i64x2.extract_lane 1 (global.get $hash)) (i64.const 32))))"
    )
    yield ")"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deterministic", action="store_true")
    parser.add_argument("--scalars", action="store_true")
    options = parser.parse_args()
    ops = opcodes.scalar_opcodes() if options.scalars else opcodes.vector_opcodes()
    print("\n".join(module(ops, options.deterministic)))


if __name__ == "__main__":
    main()
