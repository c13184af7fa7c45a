"""Shapes of control: blocks, branches, loops, and what they leave in locals and on the stack."""

from encode import (
    EMPTY,
    I32,
    I64,
    Module,
    block,
    bytes_of,
    get,
    i32,
    if_,
    loop,
    nest,
    op,
    put,
    signed,
    tee,
    unsigned,
)
from shape import shape

KIND_I32 = bytes_of(I32)


def one(body, params=(I32, I32), results=(I32,), local_types=()):
    """Returns a module of one exported function."""
    module = Module()
    module.function(params, results, body, local_types, export="f")
    return module.encode()


def add(local, value):
    return get(local) + i32(value) + op("i32.add") + put(local)


def store(address, value):
    return address + value + op("i32.store", 2, 0)


def count_down(local, body):
    """Returns a loop that decrements a local until it is zero."""
    return loop(body + get(local) + i32(1) + op("i32.sub") + tee(local) + op("br_if", 0))


def table_of(count, labels, selector=get(0)):
    """Returns nested blocks, in the innermost of which a br_table selects one; code i follows block
    i."""
    return (
        selector
        + op("br_table")
        + unsigned(len(labels) - 1)
        + b"".join(unsigned(label) for label in labels)
        if count
        else b""
    )


def switch(count, case, labels=None):
    labels = range(count) if labels is None else labels
    return nest(
        count, table_of(count, list(labels)), lambda i: (op("block", EMPTY), op("end") + case(i))
    )


@shape
def blocks_nested(count):
    return one(nest(count, op("nop"), lambda _: (op("block", EMPTY), op("end"))) + get(0))


@shape
def blocks_with_values(count):
    return one(
        nest(
            count,
            get(0),
            lambda i: (
                op("block", KIND_I32),
                get(1) + op("br_if", 0) + i32(i) + op("i32.add") + op("end"),
            ),
        )
    )


@shape
def blocks_with_branches(count):
    leave = [get(0) + i32(i) + op("i32.eq") + op("br_if", i) for i in range(count)]
    return one(
        nest(count, b"".join(leave), lambda i: (op("block", EMPTY), op("end") + add(1, i))) + get(1)
    )


@shape
def blocks_in_a_chain(count):
    return one(
        b"".join(
            block(get(0) + i32(i) + op("i32.eq") + op("br_if", 0) + add(1, i)) for i in range(count)
        )
        + get(1)
    )


@shape
def branches_to_one_block(count):
    return one(
        block(
            b"".join(
                get(0) + i32(i) + op("i32.eq") + op("br_if", 0) + add(1, i) for i in range(count)
            )
        )
        + get(1)
    )


@shape
def branches_with_values(count):
    tests = (
        i32(i) + get(0) + i32(i) + op("i32.eq") + op("br_if", 0) + op("drop") for i in range(count)
    )
    return one(block(b"".join(tests) + i32(7), KIND_I32))


@shape
def returns(count):
    return one(
        b"".join(
            if_(get(0) + i32(i) + op("i32.eq"), i32(i * 3) + op("return")) for i in range(count)
        )
        + i32(0)
    )


@shape
def ifs_in_a_chain(count):
    return one(
        b"".join(if_(get(0) + i32(i) + op("i32.and"), store(get(1), i32(i))) for i in range(count))
        + get(1)
    )


@shape
def ifs_that_write_one_local(count):
    return one(
        b"".join(if_(get(0) + i32(i) + op("i32.and"), add(1, i)) for i in range(count)) + get(1)
    )


@shape
def ifs_that_each_write_a_local(count):
    sets = (if_(get(0) + i32(i) + op("i32.and"), i32(i) + put(2 + i)) for i in range(count))
    sums = (get(2 + i) + op("i32.add") for i in range(count))
    return one(b"".join(sets) + get(0) + b"".join(sums), local_types=[(count, I32)])


@shape
def if_else_in_a_chain(count):
    return one(
        b"".join(
            if_(get(0) + i32(i) + op("i32.and"), add(1, i), add(0, i + 1)) for i in range(count)
        )
        + get(1)
    )


@shape
def ifs_nested(count):
    return one(
        nest(
            count,
            add(1, 1),
            lambda i: (get(0) + i32(i) + op("i32.gt_u") + op("if", EMPTY), op("end") + add(1, i)),
        )
        + get(1)
    )


@shape
def ifs_nested_with_values(count):
    return one(
        nest(
            count, get(1), lambda i: (get(0) + op("if", KIND_I32), op("else") + i32(i) + op("end"))
        )
    )


@shape
def ifs_nested_in_else(count):
    return one(
        nest(
            count,
            i32(0),
            lambda i: (
                get(0) + i32(i) + op("i32.eq") + op("if", KIND_I32) + i32(i * 7) + op("else"),
                op("end"),
            ),
        )
    )


@shape
def selects(count):
    return one(
        get(0)
        + b"".join(get(1) + get(0) + i32(i) + op("i32.gt_s") + op("select") for i in range(count))
    )


@shape
def br_table_to_blocks(count):
    return one(switch(count, lambda i: add(0, i)) + get(0))


@shape
def br_table_that_stores(count):
    return one(
        block(switch(count, lambda i: store(get(1), i32(i)) + op("br", count - 1 - i))) + get(0)
    )


@shape
def br_table_of_constants(count):
    return one(switch(count, lambda i: i32(i * i) + op("return")) + get(0))


@shape
def br_table_to_one_block(count):
    return one(block(table_of(1, [0] * count)) + get(0))


@shape
def br_table_to_two_blocks(count):
    return one(
        block(block(table_of(1, [i * i % 3 % 2 for i in range(count)])) + add(1, 1)) + get(1)
    )


@shape
def br_table_with_values(count):
    labels = table_of(1, [i % 2 for i in range(count)], get(1) + get(0))
    return one(block(block(labels, KIND_I32) + get(0) + op("i32.add"), KIND_I32))


@shape
def br_table_in_a_loop(count):
    case = switch(
        count,
        lambda i: add(0, i)
        + get(1)
        + i32(1)
        + op("i32.sub")
        + tee(1)
        + op("br_if", count - 1 - i)
        + get(0)
        + op("return"),
    )
    return one(loop(case) + get(0))


@shape
def br_table_with_locals(count):
    case = switch(count, lambda i: add(2 + i % 64, i) + op("br", count - 1 - i))
    return one(
        loop(block(case) + get(1) + i32(1) + op("i32.sub") + tee(1) + op("br_if", 0))
        + b"".join(get(2 + i) + op("i32.add") if i else get(2) for i in range(64)),
        local_types=[(64, I32)],
    )


@shape
def br_tables_in_a_chain(count):
    few = block(block(block(table_of(1, [0, 1, 2, 1, 0])) + add(1, 3)) + add(1, 5))
    return one(few * count + get(1))


def step(pointer, operand=get(1)):
    return store(get(pointer), operand) + get(pointer) + i32(4) + op("i32.add") + tee(pointer)


@shape
def loops_in_a_chain(count):
    return one(loop(step(0) + get(1) + op("i32.lt_u") + op("br_if", 0)) * count + get(0))


@shape
def loops_that_load(count):
    body = get(2) + get(0) + op("i32.load", 2, 0) + op("i32.add") + put(2)
    body += get(0) + i32(4) + op("i32.add") + tee(0) + get(1) + op("i32.lt_u") + op("br_if", 0)
    return one(loop(body) * count + get(2), local_types=[(1, I32)])


@shape
def loops_to_a_sentinel(count):
    body = get(0) + i32(1) + op("i32.add") + tee(0) + op("i32.load8_u", 0, 0) + op("br_if", 0)
    return one(loop(body) * count + get(0))


@shape
def loops_over_two_pointers(count):
    body = get(0) + get(1) + op("i32.load", 2, 0) + op("i32.store", 2, 0) + add(1, 4)
    body += get(0) + i32(4) + op("i32.add") + tee(0) + get(2) + op("i32.ne") + op("br_if", 0)
    return one(loop(body) * count + get(0), local_types=[(1, I32)])


@shape
def loops_with_wide_counters(count):
    body = (
        store(get(0), get(1))
        + add(0, 4)
        + get(2)
        + op("i64.const", signed(1))
        + op("i64.add")
        + tee(2)
    )
    body += get(3) + op("i64.lt_u") + op("br_if", 0)
    return one(loop(body) * count + get(0), local_types=[(2, I64)])


@shape
def loops_that_count_down(count):
    return one(count_down(1, add(0, 3)) * count + get(0))


@shape
def loops_nested(count):
    again = get(1) + i32(1) + op("i32.sub") + tee(1) + op("br_if", 0) + op("end")
    return one(nest(count, add(0, 1), lambda _: (op("loop", EMPTY), again)) + get(0))


@shape
def loops_nested_with_counters(count):
    depth = min(count, 40)
    around = nest(
        depth,
        step(0) + op("drop"),
        lambda i: (
            i32(0) + put(2 + i) + op("loop", EMPTY),
            get(2 + i)
            + i32(1)
            + op("i32.add")
            + tee(2 + i)
            + get(1)
            + op("i32.lt_u")
            + op("br_if", 0)
            + op("end"),
        ),
    )
    return one(around * max(1, count // depth) + get(0), local_types=[(depth, I32)])


@shape
def loops_in_a_loop(count):
    return one(count_down(1, count_down(0, store(get(0), get(1))) * count) + get(0))


@shape
def loops_with_a_value(count):
    body = i32(1) + op("i32.sub") + tee(0) + get(0) + op("br_if", 0)
    kind = unsigned(1)
    module = Module()
    module.type((I32, I32), (I32,))
    module.type((I32,), (I32,))
    chain = get(1) + b"".join(loop(body, kind) for _ in range(count))
    module.function((I32, I32), (I32,), chain, export="f")
    return module.encode()


@shape
def loop_with_many_exits(count):
    leave = b"".join(
        get(0) + i32(i) + op("i32.add") + op("i32.load", 2, i * 4) + op("br_if", 1)
        for i in range(count)
    )
    return one(block(loop(leave + add(0, 4) + op("br", 0))) + get(0))


@shape
def loop_with_a_long_body(count):
    return one(
        loop(
            b"".join(add(1, i) + store(get(0), get(1)) for i in range(count))
            + get(0)
            + i32(4)
            + op("i32.add")
            + tee(0)
            + op("br_if", 0)
        )
        + get(1)
    )


@shape
def loop_over_many_locals(count):
    body = b"".join(
        get(2 + i) + get(2 + (i * 7 + 1) % count) + op("i32.add") + put(2 + i) for i in range(count)
    )
    return one(count_down(0, body) + get(2), local_types=[(count, I32)])


@shape
def loop_over_many_pointers(count):
    body = b"".join(step(2 + i) + op("drop") for i in range(count))
    return one(count_down(0, body) + get(2), local_types=[(count, I32)])


@shape
def continues(count):
    body = b"".join(
        get(0) + i32(i) + op("i32.eq") + get(1) + op("i32.and") + op("br_if", 0) + add(1, i)
        for i in range(count)
    )
    return one(loop(body) + get(1))


@shape
def dead_code(count):
    return one(get(0) + op("return") + (op("i32.add") + op("drop")) * count + op("unreachable"))


@shape
def unreachables(count):
    return one(
        b"".join(if_(get(0) + i32(i) + op("i32.eq"), op("unreachable")) for i in range(count))
        + get(0)
    )
