"""Shapes of references, tables and segments in code."""

from encode import (
    EMPTY,
    EXTERNREF,
    FUNCREF,
    FUNCTION,
    GLOBAL,
    I32,
    Module,
    block,
    bytes_of,
    get,
    i32,
    op,
    put,
    unsigned,
)
from shape import shape

TABLE_SIZE = 4


def with_table(body, kind=FUNCREF, segments=0):
    module = Module()
    module.table(TABLE_SIZE, kind)
    function = module.function((I32, I32), (I32,), body + get(0), export="f")
    for _ in range(segments):
        module.elements.append(b"\x01\x00" + unsigned(1) + unsigned(function))  # passive
    return module.encode()


@shape
def table_gets(count):
    return with_table((get(0) + op("table.get", 0) + op("ref.is_null") + put(0)) * count)


@shape
def table_sets(count):
    return with_table(
        (get(0) + op("ref.null", bytes_of(EXTERNREF)) + op("table.set", 0)) * count, EXTERNREF
    )


@shape
def table_grows(count):
    return with_table(
        (op("ref.null", bytes_of(FUNCREF)) + get(0) + op("table.grow", 0) + put(0)) * count
    )


@shape
def table_fills_and_copies(count):
    fill = get(0) + op("ref.null", bytes_of(FUNCREF)) + get(1) + op("table.fill", 0)
    return with_table((fill + get(0) + get(1) + get(0) + op("table.copy", 0, 0)) * count)


@shape
def segments_each_used_once(count):
    body = b"".join(
        get(0) + get(1) + get(0) + op("table.init", i, 0) + op("elem.drop", i) for i in range(count)
    )
    return with_table(body, segments=count)


@shape
def functions_referred_to(count):
    return with_table(
        (op("ref.func", 0) + op("ref.is_null") + get(0) + op("i32.add") + put(0)) * count
    )


@shape
def branches_on_null(count):
    branch = get(2) + op("br_on_null", 0) + op("drop")
    module = Module()
    module.function((I32, I32, FUNCREF), (I32,), block(branch * count, EMPTY) + get(0), export="f")
    return module.encode()


@shape
def references_called(count):
    module = Module()
    kind = module.type((I32,), (I32,))
    reference = bytes_of(0x63) + unsigned(kind)  # (ref null kind)
    module.types.append(
        b"\x60" + unsigned(2) + bytes_of(I32) + reference + unsigned(1) + bytes_of(I32)
    )
    module.functions.append(unsigned(len(module.types) - 1))
    code = unsigned(0) + get(0) + (get(1) + op("call_ref", kind)) * count + op("end")
    module.code.append(unsigned(len(code)) + code)
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def exported_globals_that_are_set(count):
    module = Module()
    module.export("g", GLOBAL, module.add_global(I32, i32(0)))
    body = (get(0) + op("global.set", 0) + op("global.get", 0) + put(0)) * count
    module.function((I32,), (I32,), body + get(0), export="f")
    return module.encode()


@shape
def tail_calls(count):
    module = Module()
    for i in range(count):
        module.function(
            (I32,), (I32,), get(0) + i32(i) + op("i32.add") + op("return_call", (i * 7 + 1) % count)
        )
    module.export("f", FUNCTION, 0)
    return module.encode()
