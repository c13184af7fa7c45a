"""The kernels: programs of a screenful each, written for this suite from the definitions of what they
compute."""

from suite import HERE, Program


def kernel(name: str, expected: str, *smoke: str) -> Program:
    """`smoke`: sizes for a test, which wants to be quick."""
    return Program(name=name, group="kernel", sources=(HERE / "kernels" / f"{name}.c",),
                   expected=expected, flags=("-std=gnu11",),
                   smoke_flags=tuple(f"-D{size}" for size in smoke))


KERNELS = [
    kernel("gemm", "201688363", "N=24"),
]
