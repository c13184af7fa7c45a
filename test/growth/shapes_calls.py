"""Shapes of functions that are small by themselves, and large once they are inlined."""

from encode import FUNCTION, I32, Module, get, i32, if_, loop, op, put, tee
from shape import shape
from shapes_control import add, store

SIGNATURE = ((I32, I32), (I32,))


def countdown():
    return loop(
        store(get(0), get(1))
        + get(0)
        + i32(4)
        + op("i32.add")
        + tee(0)
        + get(1)
        + op("i32.lt_u")
        + op("br_if", 0)
    ) + get(0)


def callers(callee, calls, count, body):
    """Returns a module of functions that each call one small function many times."""
    module = Module()
    module.function(*SIGNATURE, callee)
    for _ in range(max(1, count // calls)):
        module.function(*SIGNATURE, body * calls + get(0))
    module.export("f", FUNCTION, 1)
    return module.encode()


@shape
def calls_of_a_loop(count):
    return callers(countdown(), 100, count, get(0) + get(1) + op("call", 0) + put(0))


@shape
def calls_of_loops_in_one_function(count):
    return callers(countdown(), count, count, get(0) + get(1) + op("call", 0) + put(0))


@shape
def calls_of_branches(count):
    callee = (
        if_(get(0) + i32(7) + op("i32.eq"), add(1, 3))
        + if_(get(0) + i32(9) + op("i32.gt_s"), add(1, 5))
        + get(1)
    )
    return callers(callee, 100, count, get(0) + get(1) + op("call", 0) + put(0))


@shape
def calls_of_stores(count):
    callee = b"".join(store(get(0) + i32(i * 8) + op("i32.add"), get(1)) for i in range(6)) + get(1)
    return callers(callee, 50, count, get(0) + get(1) + op("call", 0) + put(1))


def chained(count, successors, body=add(0, 1)):
    """Returns a module whose function i calls the functions `successors(i)`."""
    module = Module()
    for i in range(count):
        calls = b"".join(get(0) + get(1) + op("call", j) + put(1) for j in successors(i))
        module.function(*SIGNATURE, body + if_(get(0), calls) + get(1))
    module.export("f", FUNCTION, count - 1)
    return module.encode()


@shape
def functions_in_one_cycle(count):
    return chained(count, lambda i: [(i + 1) % count])


@shape
def functions_in_cycles_of_two(count):
    return chained(count // 2 * 2, lambda i: [i ^ 1])


@shape
def functions_that_call_themselves(count):
    return chained(count, lambda i: [i, i])


@shape
def functions_that_call_five_before(count):
    return chained(count, lambda i: [max(0, i - step) for step in (1, 2, 3, 5, 8)] if i else [])


@shape
def functions_that_call_near_and_far(count):
    return chained(count, lambda i: [(i * 13 + 5) % count, (i + 1) % count, (i * i + 3) % count])


@shape
def functions_with_a_loop_in_a_chain(count):
    return chained(count, lambda i: [i - 1] if i else [], body=countdown() + put(0))


@shape
def good_and_bad_functions_in_turn(count):
    """The functions that take longest are compiled in units of their own. This must not lead to a
    unit for each function."""
    module = Module()
    module.table(4)
    kind = module.type(*SIGNATURE)
    for _ in range(count):
        module.function(
            *SIGNATURE,
            (get(0) + get(1) + get(1) + op("call_indirect", kind, 0) + put(0)) * 4 + get(0)
        )
        module.function(*SIGNATURE, get(0) + (get(1) + op("i32.add") + i32(5) + op("i32.mul")) * 6)
    module.export("f", FUNCTION, 0)
    return module.encode()


@shape
def ordinary_functions(count):
    """Functions like those of most programs: branches, accesses, a loop, a call."""
    module = Module()
    for i in range(count):
        body = b""
        for j in range(6):
            k = (i * 31 + j * 17) % 97
            then = store(get(0), get(1)) + get(1) + i32(k + 1) + op("i32.add") + put(1)
            body += if_(
                get(0) + i32(k) + op("i32.gt_s"), then, get(0) + op("i32.load", 2, k * 8) + put(1)
            )
        body += countdown() + put(0)
        call = get(0) + get(1) + op("call", i * 7 % i) + put(1) if i else b""
        module.function(*SIGNATURE, body + call + get(1))
    module.export("f", FUNCTION, count - 1)
    return module.encode()
