"""Shapes of straight-line code: long computations, memory accesses, calls."""

from encode import (
    F64,
    FUNCREF,
    I32,
    I64,
    Module,
    bytes_of,
    get,
    i32,
    i64,
    op,
    put,
    signed,
    tee,
    unsigned,
)
from shape import shape
from shapes_control import add, one, store


def float64(value):
    return op("f64.const", bytes(6) + bytes_of(value % 128, 0x40))


@shape
def chain_of_sums(count):
    return one(
        get(0)
        + b"".join(i32(i * 77 + 1) + op("i32.xor") + get(1) + op("i32.add") for i in range(count))
    )


@shape
def chain_of_squares(count):
    square = get(0) + get(0) + op("i32.mul") + get(0) + op("i32.add") + put(0)
    return one(square * count + get(0))


@shape
def chain_of_long_squares(count):
    square = get(0) + get(0) + op("i64.mul") + get(0) + op("i64.add") + put(0)
    return one(square * count + get(0), params=(I64,), results=(I64,))


@shape
def chain_of_doublings(count):
    return one((get(0) + get(0) + op("i32.add") + put(0)) * count + get(0))


@shape
def chain_of_rotations(count):
    return one(
        get(0) + b"".join(i32(i) + op("i32.rotl") + get(1) + op("i32.sub") for i in range(count))
    )


@shape
def chain_of_divisions(count):
    return one(get(0) + (get(1) + op("i32.div_u") + get(0) + op("i32.rem_s")) * count)


@shape
def chain_of_divisions_by_constants(count):
    return one(
        get(0)
        + b"".join(i32(i + 3) + op("i32.div_s") + get(1) + op("i32.add") for i in range(count))
    )


@shape
def chain_of_shifts(count):
    return one(
        get(0) + (get(1) + op("i32.shl") + get(1) + op("i32.shr_u") + get(0) + op("i32.or")) * count
    )


@shape
def chain_of_comparisons(count):
    return one(get(0) + (get(1) + op("i32.lt_s") + get(0) + op("i32.ge_u")) * count)


@shape
def chain_of_conversions(count):
    return one(
        get(0)
        + (
            op("f64.convert_i32_s")
            + op("i32.trunc_sat_f64_u")
            + op("i64.extend_i32_s")
            + op("i32.wrap_i64")
        )
        * count
    )


@shape
def chain_of_trapping_conversions(count):
    return one(get(0) + (op("f64.convert_i32_s") + op("i32.trunc_f64_u")) * count)


@shape
def chain_of_floats(count):
    return one(
        get(0)
        + b"".join(float64(i) + op("f64.mul") + get(0) + op("f64.add") for i in range(count)),
        params=(F64,),
        results=(F64,),
    )


@shape
def chain_of_float_extremes(count):
    return one(
        get(0)
        + (
            get(1)
            + op("f64.min")
            + get(0)
            + op("f64.max")
            + op("f64.nearest")
            + get(1)
            + op("f64.copysign")
        )
        * count,
        params=(F64, F64),
        results=(F64,),
    )


@shape
def wide_sums(count):
    pushes = b"".join(get(0) + i32(i) + op("i32.mul") for i in range(count))
    return one(pushes + op("i32.add") * (count - 1))


@shape
def constants(count):
    return one(
        b"".join(i64(i * 0x123456789AB) + put(1) for i in range(count)) + get(1),
        params=(I64, I64),
        results=(I64,),
    )


@shape
def drops(count):
    return one((get(0) + op("drop")) * count + get(0))


@shape
def locals_that_are_all_used(count):
    sets = b"".join(get(0) + i32(i) + op("i32.add") + put(2 + i) for i in range(count))
    sums = b"".join(get(2 + i) + op("i32.mul") for i in range(count))
    return one(sets + get(0) + sums, local_types=[(count, I32)])


@shape
def locals_each_of_its_own_run(count):
    return one(
        b"".join(get(2 + i) + op("drop") for i in range(count)) + get(0),
        local_types=[(1, I32 if i % 2 else I64) for i in range(count)],
    )


@shape
def locals_across_calls(count):
    module = Module()
    callee = module.import_function("callee", (I32,), (I32,))
    body = b"".join(get(0) + op("call", callee) + put(1 + i) for i in range(count))
    body += get(0) + b"".join(get(1 + i) + op("i32.xor") for i in range(count))
    module.function((I32,), (I32,), body, [(count, I32)], export="f")
    return module.encode()


@shape
def stores(count):
    return one(b"".join(get(0) + get(1) + op("i32.store", 2, i * 4) for i in range(count)) + get(0))


@shape
def stores_of_bytes(count):
    return one(b"".join(get(0) + get(1) + op("i32.store8", 0, i) for i in range(count)) + get(0))


@shape
def stores_to_constant_places(count):
    return one(b"".join(store(i32(i * 8), i32(i)) for i in range(count)) + get(0))


@shape
def loads_that_are_added(count):
    return one(
        get(0) + b"".join(get(1) + op("i32.load", 2, i * 4) + op("i32.add") for i in range(count))
    )


@shape
def loads_that_are_dropped(count):
    return one(
        b"".join(get(1) + op("i32.load", 2, i * 4) + op("drop") for i in range(count)) + get(0)
    )


@shape
def loads_in_a_chain(count):
    return one(get(0) + b"".join(op("i32.load", 2, i) for i in range(count)))


@shape
def accesses_with_many_bases(count):
    move = (
        get(2 + i) + get(2 + (i * 7 + 3) % count) + op("i32.load", 2, 8) + op("i32.store", 2, 4)
        for i in range(count)
    )
    return one(b"".join(move) + get(0), local_types=[(count, I32)])


@shape
def copies_of_words(count):
    return one(
        b"".join(
            get(0) + get(1) + op("i32.load", 2, i * 4) + op("i32.store", 2, i * 4)
            for i in range(count)
        )
        + get(0)
    )


@shape
def updates_in_place(count):
    return one(
        b"".join(
            get(0)
            + get(0)
            + op("i32.load", 2, i * 4 % 4096)
            + i32(i)
            + op("i32.add")
            + op("i32.store", 2, i * 4 % 4096)
            for i in range(count)
        )
        + get(0)
    )


@shape
def bulk_operations(count):
    return one(
        (
            get(0)
            + get(1)
            + i32(16)
            + op("memory.copy", 0, 0)
            + get(0)
            + i32(0)
            + i32(9)
            + op("memory.fill", 0)
        )
        * count
        + get(0)
    )


@shape
def memory_sizes(count):
    return one(get(0) + (op("memory.size", 0) + op("i32.add")) * count)


@shape
def memory_grows(count):
    return one((i32(0) + op("memory.grow", 0) + put(0)) * count + get(0))


def caller(module, body, count_of_functions=1, **keywords):
    for i in range(count_of_functions):
        module.function((I32, I32), (I32,), body(i), export=f"f{i}", **keywords)
    return module.encode()


@shape
def calls_of_imports(count):
    module = Module()
    callee = module.import_function("callee", (I32,), (I32,))
    return caller(module, lambda _: get(0) + op("call", callee) * count)


@shape
def calls_of_one_function(count):
    module = Module()
    callee = module.function((I32,), (I32,), get(0) + i32(3) + op("i32.mul"))
    return caller(module, lambda _: get(0) + op("call", callee) * count)


@shape
def calls_through_a_table(count):
    module = Module()
    module.table(4)
    kind = module.type((I32,), (I32,))
    return caller(module, lambda _: get(0) + (get(1) + op("call_indirect", kind, 0)) * count)


@shape
def calls_with_many_parameters(count):
    module = Module()
    many = 200
    callee = module.import_function("callee", (I32,) * many, (I32,))
    calls = get(0) * many + op("call", callee) + put(1)
    return caller(module, lambda _: calls * max(1, count // many) + get(1))


@shape
def calls_with_many_results(count):
    module = Module()
    many = 100
    callee = module.import_function("callee", (), (I32,) * many)
    calls = op("call", callee) + op("i32.add") * (many - 1) + put(1)
    return caller(module, lambda _: calls * max(1, count // many) + get(1))


@shape
def globals_that_are_all_used(count):
    module = Module()
    for i in range(count):
        module.add_global(I32, i32(i))
    body = b"".join(
        op("global.get", i) + get(0) + op("i32.add") + op("global.set", i) for i in range(count)
    )
    return caller(module, lambda _: body + get(0))


@shape
def globals_in_a_loop(count):
    module = Module()
    for i in range(count):
        module.add_global(I32, i32(i))
    body = b"".join(
        op("global.get", i) + get(0) + op("i32.xor") + op("global.set", i) for i in range(count)
    )
    turn = (
        op("loop", bytes_of(0x40))
        + body
        + get(0)
        + i32(1)
        + op("i32.sub")
        + tee(0)
        + op("br_if", 0)
    )
    return caller(module, lambda _: turn + op("end") + get(0))


@shape
def one_global(count):
    module = Module()
    module.add_global(I32, i32(0))
    return caller(
        module,
        lambda _: (op("global.get", 0) + i32(3) + op("i32.add") + op("global.set", 0)) * count
        + get(0),
    )


@shape
def table_accesses(count):
    module = Module()
    module.table(4)
    body = (get(0) + get(1) + op("table.get", 0) + op("table.set", 0)) * count
    return caller(module, lambda _: body + op("table.size", 0))


@shape
def references(count):
    body = (
        op("ref.null", bytes_of(FUNCREF)) + op("ref.is_null") + get(0) + op("i32.add") + put(0)
    ) * count
    return one(body + get(0))


@shape
def updates_of_locals(count):
    return one(
        b"".join(add(i % 2, i) + get(0) + get(1) + op("i32.mul") + put(i % 2) for i in range(count))
        + get(0)
    )


@shape
def sign_extensions(count):
    return one(
        get(0)
        + (
            op("i32.extend8_s")
            + get(1)
            + op("i32.add")
            + op("i32.extend16_s")
            + op("i32.clz")
            + op("i32.popcnt")
        )
        * count
    )


@shape
def huge_constants(count):
    return one(
        b"".join(
            op("i64.const", signed(-(1 << 63) + i)) + get(0) + op("i64.xor") + put(0)
            for i in range(count)
        )
        + get(0),
        params=(I64,),
        results=(I64,),
    )


@shape
def chain_of_trapping_long_conversions(count):
    return one(
        get(0) + (op("f32.convert_i64_u") + op("i64.trunc_f32_s")) * count,
        params=(I64,),
        results=(I64,),
    )


@shape
def chain_of_long_remainders(count):
    return one(
        get(0) + (get(1) + op("i64.rem_s") + get(1) + op("i64.div_s")) * count,
        params=(I64, I64),
        results=(I64,),
    )


@shape
def chain_of_long_shifts(count):
    return one(
        get(0)
        + (get(1) + op("i64.rotl") + get(0) + op("i64.shr_s") + get(1) + op("i64.sub")) * count,
        params=(I64, I64),
        results=(I64,),
    )


@shape
def chain_of_roots(count):
    return one(
        get(0)
        + (
            op("f64.sqrt")
            + op("f64.ceil")
            + get(1)
            + op("f64.div")
            + op("f32.demote_f64")
            + op("f64.promote_f32")
        )
        * count,
        params=(F64, F64),
        results=(F64,),
    )


@shape
def passive_data_used_once(count):
    module = Module()
    body = b"".join(
        get(0) + get(0) + get(0) + op("memory.init", i, 0) + op("data.drop", i)
        for i in range(count)
    )
    module.function((I32,), (I32,), body + get(0), export="f")
    module.data = [b"\x01\x03abc"] * count
    module.counts_data = True
    return module.encode()


@shape
def accesses_of_a_long_memory(count):
    module = Module(pages=0)
    module.memories = [b"\x04" + unsigned(1)]
    body = b"".join(
        get(0) + get(0) + op("i64.load", 3, i * 4) + op("i64.store", 3, i * 8) for i in range(count)
    )
    module.function((I64,), (I64,), body + get(0), export="f")
    return module.encode()


@shape
def accesses_of_many_memories(count):
    module = Module(pages=0)
    module.memories = [b"\x00" + unsigned(0)] * min(count, 100)
    body = b"".join(
        get(0) + get(0) + op("i32.load", 0x42, i % len(module.memories), i) + op("i32.store", 2, i)
        for i in range(count)
    )
    module.function((I32,), (I32,), body + get(0), export="f")
    return module.encode()


@shape
def carries(count):
    """Sums of numbers with more than one word."""
    add_words = (
        get(0)
        + get(1)
        + op("i64.add")
        + tee(2)
        + get(0)
        + op("i64.lt_u")
        + op("i64.extend_i32_u")
        + get(1)
        + op("i64.add")
        + put(1)
        + get(2)
        + put(0)
    )
    return one(
        add_words * count + get(1), params=(I64, I64), results=(I64,), local_types=[(1, I64)]
    )


@shape
def borrows(count):
    take = (
        get(0)
        + get(1)
        + op("i64.sub")
        + get(0)
        + get(1)
        + op("i64.lt_u")
        + op("i64.extend_i32_u")
        + op("i64.sub")
        + put(0)
    )
    return one(take * count + get(0), params=(I64, I64), results=(I64,))
