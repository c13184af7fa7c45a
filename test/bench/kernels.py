"""The kernels: short programs, written for this suite from the definitions of their
computations."""

from suite import HERE, Program


def kernel(name: str, expected: str, *smoke: str) -> Program:
    """`smoke`: sizes for a fast test."""
    return Program(
        name=name,
        group="kernel",
        sources=(HERE / "kernels" / f"{name}.c",),
        expected=expected,
        flags=("-std=gnu11",),
        smoke_flags=tuple(f"-D{size}" for size in smoke),
    )


KERNELS = [
    kernel("gemm", "393615800", "N=24"),
    kernel("symm", "111550268", "N=24"),
    kernel("syrk", "162937842", "N=24"),
    kernel("syr2k", "166671020", "N=24"),
    kernel("trmm", "73347571.3", "N=24"),
    kernel("two_mm", "7.87169438e+09", "N=24"),
    kernel("three_mm", "6.09403458e+11", "N=24"),
    kernel("cholesky", "580067.647", "N=24"),
    kernel("lu", "1528002.27", "N=24"),
    kernel("ludcmp", "1.36670129", "N=24"),
    kernel("gramschmidt", "208967.899", "N=24"),
    kernel("covariance", "596.265954", "N=24"),
    kernel("correlation", "4668.58401", "N=24"),
    kernel("floyd_warshall", "15581063", "N=24"),
    kernel("nussinov", "288 93132576", "N=24"),
    kernel("doitgen", "85883103.6", "N=12"),
    kernel("gemver", "1617748.13", "N=40", "ROUNDS=2"),
    kernel("gesummv", "0.000146858484", "N=40", "ROUNDS=2"),
    kernel("atax", "891490119", "N=40", "ROUNDS=2"),
    kernel("bicg", "2907253.39", "N=40", "ROUNDS=2"),
    kernel("mvt", "43632955.5", "N=40", "ROUNDS=2"),
    kernel("trisolv", "1.62436748", "N=40", "ROUNDS=2"),
    kernel("durbin", "-1.96135367", "N=40", "ROUNDS=2"),
    kernel("deriche", "1.876e+05", "N=40", "ROUNDS=2"),
    kernel("jacobi_1d", "7902.1453", "N=20", "STEPS=5"),
    kernel("jacobi_2d", "499930.461", "N=20", "STEPS=5"),
    kernel("seidel_2d", "320535.882", "N=20", "STEPS=5"),
    kernel("heat_3d", "524425.758", "N=20", "STEPS=5"),
    kernel("fdtd_2d", "319291.823", "N=20", "STEPS=5"),
    kernel("adi", "193081.638", "N=20", "STEPS=5"),
    kernel("nbody", "-0.1423684", "STEPS=100"),
    kernel("fannkuch", "38 73196", "N=6"),
    kernel("spectral_norm", "1.27422415", "N=40"),
    kernel("mandelbrot", "171968", "N=40"),
    kernel("queens", "365596", "N=6"),
    kernel("sieve", "2265168", "LIMIT=1000"),
    kernel("transpose", "4712228154", "N=64"),
    kernel("quicksort", "2746215948", "N=1000"),
    kernel("hash_table", "128199 23985070", "N=1000", "BITS=17"),
    kernel("fft", "262681.39", "BITS=6", "ROUNDS=1"),
    kernel("binary_trees", "7296344", "DEPTH=6"),
    kernel("life", "91639", "N=32", "STEPS=4"),
    kernel("levenshtein", "1509", "N=50"),
    kernel("base64", "4000000 2999999 1529545220", "N=999"),
    kernel("bytecode", "6134916", "LIMIT=50"),
]
