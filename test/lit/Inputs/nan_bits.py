"""Prints a script that asserts that each NaN made by a float instruction is the positive canonical
one: from operands read at run time, from a constant and such operands, and from constants alone."""

# For each type: the integer type of the same size, the number of lanes of a vector, and NaNs, of
# which the canonical one is first.
FORMATS = {
    "f32": ("i32", 4, [0x7FC00000, 0xFFC00000, 0x7FC12345, 0x7FA00001, 0xFF800005]),
    "f64": (
        "i64",
        2,
        [0x7FF8 << 48, 0xFFF8 << 48, 0x7FF8 << 48 | 0x12345, 0x7FF4 << 48 | 1, 0xFFF0 << 48 | 5],
    ),
}
NUMBERS = ["0", "-0", "1", "-1", "2.5", "inf"]
UNARY = ["sqrt", "ceil", "floor", "trunc", "nearest"]
BINARY = ["add", "sub", "mul", "div", "min", "max"]
VECTOR_BINARY = BINARY + ["relaxed_min", "relaxed_max"]
TERNARY = ["relaxed_madd", "relaxed_nmadd"]
# Operations on numbers whose result is a NaN.
INVALID = [
    ("sqrt", "-1"),
    ("sqrt", "-inf"),
    ("add", "inf", "-inf"),
    ("sub", "inf", "inf"),
    ("mul", "-0", "inf"),
    ("div", "0", "-0"),
    ("div", "-inf", "inf"),
    ("relaxed_madd", "0", "inf", "1"),
    ("relaxed_nmadd", "1", "inf", "inf"),
]


class Scalars:
    """Returns the instructions on scalars of a type, and operands as text."""

    def __init__(self, type_name):
        self.prefix, (self.bits_type, _, self.nans) = type_name, FORMATS[type_name]
        self.param, self.result = type_name, self.bits_type
        self.unary, self.binary, self.ternary = UNARY, BINARY, []

    def constant(self, operand):
        if isinstance(operand, str):
            return f"({self.prefix}.const {operand})"
        return f"({self.prefix}.reinterpret_{self.bits_type} ({self.bits_type}.const {operand}))"

    def argument(self, operand):
        sign, payload = operand_parts(self.prefix, operand)
        return f"({self.prefix}.const {sign}{payload})"

    def shown(self, value):
        return f"({self.bits_type}.reinterpret_{self.prefix} {value})"

    def expected(self):
        return f"({self.bits_type}.const {self.nans[0]})"


class Lanes(Scalars):
    """Returns the instructions on vectors of that type, and operands with equal lanes."""

    def __init__(self, type_name):
        super().__init__(type_name)
        self.count = FORMATS[type_name][1]
        self.shape = f"{type_name}x{self.count}"
        self.bits_shape = f"{self.bits_type}x{self.count}"
        self.prefix, self.param, self.result = self.shape, "v128", "v128"
        self.binary, self.ternary = VECTOR_BINARY, TERNARY

    def constant(self, operand):
        shape = self.shape if isinstance(operand, str) else self.bits_shape
        return f"(v128.const {shape} {' '.join([str(operand)] * self.count)})"

    argument = constant

    def shown(self, value):
        return value

    def expected(self):
        return self.constant(self.nans[0])


def operand_parts(type_name, operand):
    if isinstance(operand, str):
        return "", operand
    width, fraction = {"f32": (32, 23), "f64": (64, 52)}[type_name]
    return "-" if operand >> width - 1 else "", f"nan:{operand & (1 << fraction) - 1:#x}"


def operand_lists(lanes):
    """Yields pairs of an operation and operands for which the result is a NaN."""
    for nan in lanes.nans:
        yield from ((operation, [nan]) for operation in lanes.unary)
        for number in NUMBERS:
            for operation in lanes.binary:
                yield operation, [nan, number]
                yield operation, [number, nan]
            for operation in lanes.ternary:
                for operands in [nan, number, "1"], ["1", number, nan], [number, nan, "0"]:
                    yield operation, operands
    supported = lanes.unary + lanes.binary + lanes.ternary
    yield from ((name, list(operands)) for name, *operands in INVALID if name in supported)


class Script:
    """Yields functions, each with an assertion about its result."""

    def __init__(self):
        self.functions, self.assertions = {}, []

    def check(self, lanes, operation, operands, known):
        """`known` lists the operands that are constants in the function."""
        params = [f"(param {lanes.param})" for is_known in known if not is_known]
        places = iter(range(len(operands)))
        values = [
            lanes.constant(operand) if is_known else f"(local.get {next(places)})"
            for operand, is_known in zip(operands, known)
        ]
        body = lanes.shown(f"({lanes.prefix}.{operation} {' '.join(values)})")
        text = f"{' '.join(params)} (result {lanes.result}) {body}"
        name = self.functions.setdefault(text, f"f{len(self.functions)}")
        arguments = [
            lanes.argument(operand) for operand, is_known in zip(operands, known) if not is_known
        ]
        self.assertions.append(
            f'(assert_return (invoke "{name}" {" ".join(arguments)}) {lanes.expected()})'
        )

    def lines(self):
        yield "(module"
        for text, name in self.functions.items():
            yield f'  (func (export "{name}") {text})'
        yield ")"
        yield from self.assertions


def main():
    script = Script()
    for lanes in (make(name) for name in FORMATS for make in (Scalars, Lanes)):
        for operation, operands in operand_lists(lanes):
            count = len(operands)
            script.check(lanes, operation, operands, [False] * count)
            script.check(lanes, operation, operands, [True] * count)
            for i in range(count if count > 1 else 0):
                script.check(lanes, operation, operands, [j == i for j in range(count)])
    print("\n".join(script.lines()))


main()
