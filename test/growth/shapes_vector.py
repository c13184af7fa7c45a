"""Shapes of straight-line code with vector instructions."""

from encode import I32, V128, bytes_of, get, i32, op, put
from shape import shape
from shapes_control import one


@shape
def vector_shuffles(count):
    lanes = bytes((i * 7 + 3) % 32 for i in range(16))
    body = get(0) + (get(1) + op("i8x16.shuffle", lanes)) * count
    return one(body, params=(V128, V128), results=(V128,))


@shape
def vector_arithmetic(count):
    body = (
        get(0)
        + (
            get(1)
            + op("i16x8.mul")
            + get(0)
            + op("i8x16.add_sat_u")
            + op("i8x16.popcnt")
            + get(1)
            + op("f32x4.pmin")
        )
        * count
    )
    return one(body, params=(V128, V128), results=(V128,))


@shape
def vector_lanes(count):
    body = b"".join(
        get(0)
        + get(0)
        + op("i32x4.extract_lane", bytes_of(i % 4))
        + i32(i)
        + op("i32.add")
        + op("i32x4.replace_lane", bytes_of((i + 1) % 4))
        + put(0)
        for i in range(count)
    )
    return one(body + get(0), params=(V128,), results=(V128,))


@shape
def vector_accesses(count):
    body = b"".join(
        get(0)
        + get(1)
        + op("v128.load", 4, i * 16)
        + get(1)
        + op("v128.load8_splat", 0, i)
        + op("i8x16.add")
        + op("v128.store", 4, i * 16)
        for i in range(count)
    )
    return one(body + get(0))


@shape
def vector_selections(count):
    body = (
        get(0)
        + (get(1) + get(0) + op("v128.bitselect") + op("v128.not") + get(1) + op("i8x16.swizzle"))
        * count
    )
    return one(body, params=(V128, V128), results=(V128,))


@shape
def vector_products(count):
    body = (
        get(0)
        + (
            get(1)
            + op("i64x2.mul")
            + get(0)
            + op("i16x8.q15mulr_sat_s")
            + get(1)
            + op("i32x4.dot_i16x8_s")
            + get(1)
            + op("i16x8.extmul_high_i8x16_u")
        )
        * count
    )
    return one(body, params=(V128, V128), results=(V128,))


@shape
def vector_conversions(count):
    body = (
        get(0)
        + (
            op("i32x4.trunc_sat_f32x4_u")
            + op("f32x4.convert_i32x4_u")
            + op("f64x2.promote_low_f32x4")
            + op("i32x4.trunc_sat_f64x2_u_zero")
        )
        * count
    )
    return one(body, params=(V128,), results=(V128,))


@shape
def vector_tests(count):
    body = (
        get(0)
        + op("i8x16.bitmask")
        + get(0)
        + op("i64x2.all_true")
        + op("i32.add")
        + get(0)
        + op("v128.any_true")
        + op("i32.xor")
        + op("drop")
    ) * count
    return one(body + get(0), params=(V128,), results=(V128,))


@shape
def vector_lanes_in_memory(count):
    body = b"".join(
        get(0)
        + get(0)
        + get(1)
        + op("v128.load8_lane", 0, i, bytes_of(i % 16))
        + op("v128.store16_lane", 0, i, bytes_of(i % 8))
        for i in range(count)
    )
    return one(body + get(0), params=(I32, V128), results=(I32,))
