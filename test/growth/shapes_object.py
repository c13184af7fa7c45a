"""Shapes of objects and exceptions."""

from encode import (
    EMPTY,
    EXNREF,
    I32,
    I64,
    Module,
    block,
    bytes_of,
    get,
    i32,
    i64,
    if_,
    loop,
    nest,
    nullable,
    op,
    put,
    tee,
    unsigned,
)
from shape import shape

ARRAY, INDEX = 2, 3  # locals of functions with an array


def with_struct(code, fields):
    """Returns a module with one struct type. `code` takes its index; local 2 is a reference."""
    module = Module()
    kind = module.struct(fields)
    module.function((I32, I32), (I32,), code(kind) + get(0), [(1, nullable(kind))], export="f")
    return module.encode()


def with_array(code, element=I32):
    """Returns a module with one array type. `code` takes its index; it is local ARRAY's."""
    module = Module()
    kind = module.array(element)
    body = get(0) + op("array.new_default", kind) + put(ARRAY) + code(kind) + get(0)
    module.function((I32, I32), (I32,), body, [(1, nullable(kind)), (1, I32)], export="f")
    return module.encode()


def count_up(body):
    """Returns a loop that counts INDEX from 0 up to local 0."""
    return (
        i32(0)
        + put(INDEX)
        + loop(
            body
            + get(INDEX)
            + i32(1)
            + op("i32.add")
            + tee(INDEX)
            + get(0)
            + op("i32.lt_u")
            + op("br_if", 0)
        )
    )


def double(kind):
    """Returns code that doubles the element at INDEX."""
    value = get(ARRAY) + get(INDEX) + op("array.get", kind)
    return get(ARRAY) + get(INDEX) + value + get(1) + op("i32.add") + op("array.set", kind)


@shape
def structs_created(count):
    new = i64(1) + op("struct.new", 0) + put(2)
    return with_struct(lambda kind: new * count, (I64,))


@shape
def struct_of_many_fields(count):
    count = min(count, 10_000)
    return with_struct(
        lambda kind: op("struct.new_default", kind)
        + put(2)
        + b"".join(get(2) + i64(i) + op("struct.set", kind, i) for i in range(count)),
        (I64,) * count,
    )


@shape
def list_of_references(count):
    module = Module()
    kind = module.struct((nullable(0), I32))
    link = get(2) + get(0) + op("struct.new", kind) + put(2)
    follow = get(2) + op("struct.get", kind, 0) + put(2)
    body = (link * 3 + follow * 2) * count + get(0)
    module.function((I32, I32), (I32,), body, [(1, nullable(kind))], export="f")
    return module.encode()


@shape
def casts_to_subtypes(count):
    depth = 60  # of at most 63
    module = Module()
    module.struct((I32,))
    for i in range(depth):
        module.struct((I32,), i)
    casts = b"".join(
        get(2) + op("ref.test", i * 7 % depth) + get(0) + op("i32.add") + put(0)
        for i in range(count)
    )
    body = op("struct.new_default", depth) + put(2) + casts + get(0)
    module.function((I32, I32), (I32,), body, [(1, nullable(0))], export="f")
    return module.encode()


@shape
def many_types(count):
    module = Module()
    for i in range(count):
        module.struct((I32,) * (i % 7 + 1) + (I64,) * (i % 5))
    body = b"".join(
        op("struct.new_default", i) + op("struct.get", i, 0) + put(0) for i in range(count)
    )
    module.function((I32, I32), (I32,), body + get(0), export="f")
    return module.encode()


@shape
def array_elements(count):
    return with_array(lambda kind: (get(0) + put(INDEX) + double(kind)) * count)


@shape
def loops_over_an_array(count):
    return with_array(lambda kind: count_up(double(kind)) * count)


@shape
def loop_over_many_elements(count):
    return with_array(lambda kind: count_up(double(kind) * count))


@shape
def nested_loops_over_an_array(count):
    again = get(1) + i32(1) + op("i32.sub") + tee(1) + op("br_if", 0) + op("end")
    return with_array(
        lambda kind: nest(count, double(kind), lambda _: (op("loop", EMPTY), double(kind) + again))
    )


@shape
def arrays_created_in_a_loop(count):
    new = get(0) + op("array.new_default", 0) + put(ARRAY)
    return with_array(lambda kind: count_up((double(kind) + new) * count))


@shape
def conditional_arrays(count):
    new = get(0) + op("array.new_default", 0) + put(ARRAY)
    return with_array(
        lambda kind: count_up(if_(get(INDEX) + i32(3) + op("i32.and"), new) * count + double(kind))
    )


@shape
def array_of_many_operands(count):
    count = min(count, 10_000)
    return with_array(lambda kind: get(0) * count + op("array.new_fixed", kind, count) + put(ARRAY))


@shape
def array_bulk(count):
    fill = get(ARRAY) + get(0) + get(1) + get(0) + op("array.fill", 0)
    copy = get(ARRAY) + get(0) + get(ARRAY) + get(1) + get(0) + op("array.copy", 0, 0)
    return with_array(lambda kind: (fill + copy) * count)


def with_tag(code):
    """Returns a module with a function that throws, 0, and one with the code; local 2 is an
    exception."""
    module = Module()
    module.tag((I32,))
    module.function((I32,), (I32,), get(0) + op("throw", 0))
    module.function((I32, I32), (I32,), code + get(0), [(1, EXNREF)], export="f")
    return module.encode()


def try_(body, tag=0):
    """Returns a block with a body, which catches the tag and leaves its argument in local 0."""
    catching = op("try_table", EMPTY, unsigned(1), bytes_of(0), tag, 0)
    return block(catching + body + op("end") + get(1), bytes_of(I32)) + put(0)


CALL = get(0) + op("call", 0) + put(0)


@shape
def throws_caught_here(count):
    return with_tag(try_(get(0) + op("throw", 0)) * count)


@shape
def calls_in_handlers(count):
    return with_tag(try_(CALL) * count)


@shape
def calls_in_one_handler(count):
    return with_tag(try_(CALL * count))


@shape
def nested_handlers(count):
    before = op("block", bytes_of(I32)) + op("try_table", EMPTY, unsigned(1), bytes_of(0), 0, 0)
    after = op("end") + get(1) + op("end") + put(0)
    return with_tag(nest(count, CALL, lambda _: (before, CALL + after)))


@shape
def handlers_of_many_tags(count):
    module = Module()
    for _ in range(count):
        module.tag((I32,))
    module.function((I32,), (I32,), get(0) + op("throw", 0))
    clauses = unsigned(count) + b"".join(bytes_of(0) + unsigned(i) + b"\x00" for i in range(count))
    catching = op("try_table", EMPTY, clauses) + CALL + op("end") + get(1)
    body = block(catching, bytes_of(I32)) + put(0) + get(0)
    module.function((I32, I32), (I32,), body, export="f")
    return module.encode()
