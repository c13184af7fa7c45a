"""The litmus tests: small programs whose threads race, with the outcomes that the memory model of
the threads proposal forbids.

A statement of a thread is text of WebAssembly. In it, `$x` and `$y` are addresses of this round,
and all bytes there are zero before. `reg(n, value)` keeps a value as the register rn of the round.
A condition is text over `(r0)`, `(r1)` and so on, and over the bytes that the round has left.
"""

from dataclasses import dataclass


@dataclass
class Litmus:
    """A test. Each thread is a list of statements. `forbidden` is a condition, an i32."""

    name: str
    threads: list
    forbidden: str


def reg(number, value):
    return f"(i32.store offset={32 + 4 * number} (local.get $x) {value})"


def set_to(place, value):
    return f"(i32.store (local.get ${place}) (i32.const {value}))"


def atomic_set(place, value):
    return f"(i32.atomic.store (local.get ${place}) (i32.const {value}))"


def get(place):
    return f"(i32.load (local.get ${place}))"


def atomic_get(place):
    return f"(i32.atomic.load (local.get ${place}))"


def equal(number, value):
    return f"(i32.eq (r{number}) (i32.const {value}))"


def both(*conditions):
    text = conditions[0]
    for condition in conditions[1:]:
        text = f"(i32.and {text} {condition})"
    return text


def differs_from_all(value, numbers):
    return both(*(f"(i32.ne {value} (i32.const {number}))" for number in numbers))


def every_other(first):
    """A loop that stores to each second word, from the word `first` on, of eight words. Whatever
    becomes of it must not touch the words between."""
    return f"""
      (local.set $i (i32.const {first}))
      (loop $next
        (i32.store (i32.add (local.get $x) (i32.shl (local.get $i) (i32.const 2))) (i32.const 7))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2)))
                               (i32.const 8))))"""


FENCE = "(atomic.fence)"

TESTS = [
    Litmus(
        "message passing",
        [
            [atomic_set("x", 1), atomic_set("y", 1)],
            [reg(0, atomic_get("y")), reg(1, atomic_get("x"))],
        ],
        both(equal(0, 1), equal(1, 0)),
    ),
    Litmus(
        "message passing of a plain value",
        [
            [set_to("x", 1), atomic_set("y", 1)],
            [reg(0, atomic_get("y")), reg(1, get("x"))],
        ],
        both(equal(0, 1), equal(1, 0)),
    ),
    Litmus(
        "message passing by fences",
        [
            [set_to("x", 1), FENCE, atomic_set("y", 1)],
            [reg(0, atomic_get("y")), FENCE, reg(1, get("x"))],
        ],
        both(equal(0, 1), equal(1, 0)),
    ),
    Litmus(
        "store buffering",
        [
            [atomic_set("x", 1), reg(0, atomic_get("y"))],
            [atomic_set("y", 1), reg(1, atomic_get("x"))],
        ],
        both(equal(0, 0), equal(1, 0)),
    ),
    Litmus(
        "store buffering with exchanges",
        [
            [
                "(drop (i32.atomic.rmw.xchg (local.get $x) (i32.const 1)))",
                reg(0, atomic_get("y")),
            ],
            [
                "(drop (i32.atomic.rmw.xchg (local.get $y) (i32.const 1)))",
                reg(1, atomic_get("x")),
            ],
        ],
        both(equal(0, 0), equal(1, 0)),
    ),
    Litmus(
        "load buffering",
        [
            [reg(0, atomic_get("x")), atomic_set("y", 1)],
            [reg(1, atomic_get("y")), atomic_set("x", 1)],
        ],
        both(equal(0, 1), equal(1, 1)),
    ),
    Litmus(
        "no value out of thin air",
        [
            [
                f"(i32.store (local.get $y) (local.tee $i {get('x')}))",
                reg(0, "(local.get $i)"),
            ],
            [
                f"(i32.store (local.get $x) (local.tee $i {get('y')}))",
                reg(1, "(local.get $i)"),
            ],
        ],
        "(i32.or (r0) (r1))",
    ),
    Litmus(
        "independent reads of independent writes",
        [
            [atomic_set("x", 1)],
            [atomic_set("y", 1)],
            [reg(0, atomic_get("x")), reg(1, atomic_get("y"))],
            [reg(2, atomic_get("y")), reg(3, atomic_get("x"))],
        ],
        both(equal(0, 1), equal(1, 0), equal(2, 1), equal(3, 0)),
    ),
    Litmus(
        "two writes each",
        [
            [atomic_set("x", 1), atomic_set("y", 2)],
            [atomic_set("y", 1), atomic_set("x", 2)],
        ],
        both(f"(i32.eq {get('x')} (i32.const 1))", f"(i32.eq {get('y')} (i32.const 1))"),
    ),
    Litmus(
        "coherence",
        [
            [atomic_set("x", 1), atomic_set("x", 2)],
            [reg(0, atomic_get("x")), reg(1, atomic_get("x"))],
        ],
        "(i32.gt_u (r0) (r1))",
    ),
    Litmus(
        "plain words are not torn",
        [
            [set_to("x", 0x11111111)],
            [set_to("x", 0x22222222)],
            [reg(0, get("x"))],
        ],
        differs_from_all("(r0)", [0, 0x11111111, 0x22222222]),
    ),
    Litmus(
        "atomic double words are not torn",
        [
            ["(i64.atomic.store (local.get $x) (i64.const 0x1111111111111111))"],
            ["(i64.atomic.store (local.get $x) (i64.const 0x2222222222222222))"],
            [
                "(local.set $wide (i64.atomic.load (local.get $x)))",
                reg(0, "(i32.wrap_i64 (local.get $wide))"),
                reg(1, "(i32.wrap_i64 (i64.shr_u (local.get $wide) (i64.const 32)))"),
            ],
        ],
        "(i32.ne (r0) (r1))",
    ),
    Litmus(
        "a changed word is stored as a whole",
        [
            [f"(i32.store (local.get $x) (i32.or {get('x')} (i32.const 0x100)))"],
            [set_to("x", 0x22222222)],
        ],
        differs_from_all(get("x"), [0x100, 0x22222222, 0x22222322]),
    ),
    Litmus(
        "neighbouring bytes are stored by themselves",
        [
            ["(i32.store8 (local.get $x) (i32.const 1))"],
            ["(i32.store8 offset=1 (local.get $x) (i32.const 1))"],
        ],
        f"(i32.ne {get('x')} (i32.const 0x101))",
    ),
    Litmus(
        "words between those of a loop are not stored",
        [[every_other(0)], [every_other(1)]],
        " ".join(
            ["(i32.const 0)"]
            + [
                f"(i32.ne (i32.load offset={4 * i} (local.get $x)) (i32.const 7)) (i32.or)"
                for i in range(8)
            ]
        ),
    ),
    Litmus(
        "additions are not lost",
        [["(drop (i32.atomic.rmw.add (local.get $x) (i32.const 1)))"]] * 3,
        f"(i32.ne {get('x')} (i32.const 3))",
    ),
    Litmus(
        "additions to neighbouring bytes",
        [
            ["(drop (i32.atomic.rmw8.add_u (local.get $x) (i32.const 1)))"],
            ["(drop (i32.atomic.rmw8.add_u offset=1 (local.get $x) (i32.const 1)))"],
            ["(drop (i32.atomic.rmw16.add_u offset=2 (local.get $x) (i32.const 0x101)))"],
        ],
        f"(i32.ne {get('x')} (i32.const 0x01010101))",
    ),
    Litmus(
        "one of two exchanges succeeds",
        [
            [
                reg(
                    thread,
                    "(i32.atomic.rmw.cmpxchg (local.get $x) (i32.const 0) (i32.const 5))",
                )
            ]
            for thread in range(2)
        ],
        "(i32.ne (i32.add (r0) (r1)) (i32.const 5))",
    ),
]
