"""Shapes of what is outside of bodies: functions, types, imports, exports, segments, names."""

from encode import (
    EXTERNREF,
    F32,
    F64,
    FUNCTION,
    GLOBAL,
    I32,
    I64,
    Module,
    get,
    i32,
    if_,
    name,
    op,
    put,
    unsigned,
)
from shape import shape

NUMBERS = (I32, I64, F32, F64)


def digits(number, base, length):
    out = []
    for _ in range(length):
        number, digit = divmod(number, base)
        out.append(digit)
    return out


@shape
def small_functions(count):
    module = Module()
    for i in range(count):
        module.function((I32,), (I32,), get(0) + i32(i) + op("i32.add"))
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def exported_functions(count):
    module = Module()
    for i in range(count):
        module.function((I32,), (I32,), get(0) + i32(i) + op("i32.add"), export=f"f{i}")
    return module.encode()


@shape
def functions_that_call_the_next(count):
    module = Module()
    for i in range(count):
        body = get(0) + i32(i) + op("i32.add")
        module.function((I32,), (I32,), body + (op("call", i + 1) if i + 1 < count else b""))
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def functions_that_call_all_before(count):
    module = Module()
    side = max(2, int(count**0.5))
    for i in range(side):
        module.function(
            (I32,),
            (I32,),
            get(0) + b"".join(op("call", j) for j in range(i)) + i32(i) + op("i32.xor"),
        )
    module.export("f", FUNCTION, side - 1)
    return module.encode()


@shape
def functions_that_call_two(count):
    """A call tree whose code would double with each function that is inlined."""
    module = Module()
    for i in range(count):
        body = get(0) + i32(i) + op("i32.add")
        if i:
            body = (
                get(0)
                + op("call", i - 1)
                + get(0)
                + i32(i)
                + op("i32.add")
                + op("call", i - 1)
                + op("i32.add")
            )
        module.function((I32,), (I32,), body)
    module.export("f", FUNCTION, count - 1)
    return module.encode()


@shape
def functions_that_call_each_other(count):
    module = Module()
    for i in range(count):
        body = if_(
            get(0), get(0) + i32(1) + op("i32.sub") + op("call", (i * 7 + 1) % count) + put(0)
        ) + get(0)
        module.function((I32,), (I32,), body)
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def functions_of_many_types(count):
    module = Module()
    for i in range(count):
        params = [NUMBERS[digit] for digit in digits(i, 4, 8)] + [I32]
        module.function(params, (I32,), get(8), export=f"f{i}")
    return module.encode()


@shape
def unused_types(count):
    module = Module()
    for i in range(count):
        module.type([NUMBERS[digit] for digit in digits(i, 4, 8)], (I32,))
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def types_for_calls_through_a_table(count):
    module = Module()
    module.table(1)
    kinds = [module.type([NUMBERS[digit] for digit in digits(i, 4, 6)], ()) for i in range(count)]
    zeros = {
        I32: i32(0),
        I64: op("i64.const", b"\x00"),
        F32: op("f32.const", bytes(4)),
        F64: op("f64.const", bytes(8)),
    }
    for i, kind in enumerate(kinds):
        body = b"".join(zeros[NUMBERS[digit]] for digit in digits(i, 4, 6)) + i32(0)
        module.function((), (), body + op("call_indirect", kind, 0))
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def types_with_many_parameters(count):
    module = Module()
    for i in range(max(1, count // 100)):
        module.function(
            [NUMBERS[digit] for digit in digits(i, 4, 8)] + [I32] * 400,
            (),
            op("nop"),
            export=f"f{i}",
        )
    return module.encode()


@shape
def imported_functions(count):
    module = Module()
    for i in range(count):
        module.import_function(f"i{i}", (I32,), (I32,))
    module.function((I32,), (I32,), get(0) + op("call", count // 2), export="f")
    return module.encode()


@shape
def imports_that_are_all_called(count):
    module = Module()
    for i in range(count):
        module.import_function(f"i{i}", (I32,), (I32,))
    module.function(
        (I32,), (I32,), get(0) + b"".join(op("call", i) for i in range(count)), export="f"
    )
    return module.encode()


@shape
def imports_of_many_types(count):
    module = Module()
    for i in range(count):
        module.import_function(f"i{i}", [NUMBERS[digit] for digit in digits(i, 4, 8)], ())
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def unused_globals(count):
    module = Module()
    for i in range(count):
        module.add_global(I64, op("i64.const", unsigned(0)))
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def exported_globals(count):
    module = Module()
    for i in range(count):
        module.export(f"g{i}", GLOBAL, module.add_global(I32, i32(i)))
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def exports_of_one_function(count):
    module = Module()
    function = module.function((), (), op("nop"))
    for i in range(count):
        module.export(f"e{i}", FUNCTION, function)
    return module.encode()


@shape
def exports_with_long_names(count):
    module = Module()
    function = module.function((), (), op("nop"))
    for i in range(max(1, count // 50)):
        module.export("long" * 100 + str(i), FUNCTION, function)
    return module.encode()


@shape
def tables(count):
    module = Module()
    for i in range(count):
        module.table(i % 7, EXTERNREF if i % 2 else 0x70)
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def elements_in_one_segment(count):
    module = Module()
    module.table(count)
    first = module.function((I32,), (I32,), get(0))
    second = module.function((), (), op("nop"), export="f")
    module.element(0, [first, second] * (count // 2))
    return module.encode()


@shape
def elements_in_many_segments(count):
    module = Module()
    module.table(count)
    function = module.function((), (), op("nop"), export="f")
    for i in range(count):
        module.element(i, [function])
    return module.encode()


@shape
def data_in_one_segment(count):
    module = Module(pages=200)
    module.segment(0, bytes(i * i % 251 for i in range(count)))
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def data_in_many_segments(count):
    module = Module(pages=200)
    for i in range(count):
        module.segment(i * 9, b"abc")
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def data_far_apart(count):
    module = Module(pages=4000)
    for i in range(count):
        module.segment(i * 4096 * 7 % (4000 * 65536), b"abc")
    module.function((), (), op("nop"), export="f")
    return module.encode()


@shape
def function_names(count):
    module = Module()
    for i in range(count):
        module.function((), (), op("nop"))
    module.export("f", FUNCTION, 0)
    names = b"".join(unsigned(i) + name("same") for i in range(count))
    content = unsigned(count) + names
    custom = name("name") + b"\x01" + unsigned(len(content)) + content
    return module.encode() + b"\x00" + unsigned(len(custom)) + custom


@shape
def custom_sections(count):
    module = Module()
    module.function((), (), op("nop"), export="f")
    return module.encode() + (b"\x00\x05\x02ab12") * count
