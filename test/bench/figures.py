"""Means and maxima of the measurements."""

import math
from collections.abc import Iterable

from columns import NATIVE

GROUPS = {"kernels": ("kernel",), "real programs": ("real",), "all": ("kernel", "real")}


def geomean(values: Iterable[float]) -> float:
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def ratio(row: dict, key: str, base: str = NATIVE) -> float | None:
    """A column's time over another's; None if either was not measured."""
    times = row["times"]
    if key not in times or base not in times:
        return None
    return times[key]["seconds"] / times[base]["seconds"]


def best_ratio(row: dict, keys: Iterable[str], base: str = NATIVE) -> float | None:
    """The smallest of several columns'."""
    return min(
        (value for key in keys if (value := ratio(row, key, base)) is not None), default=None
    )


def ratios(
    results: dict, keys: Iterable[str], group: str = "all", base: str = NATIVE
) -> list[float]:
    """What `keys` have in each program of a group; of several keys the best."""
    keys = list(keys)
    rows = [row for row in results["programs"] if row["group"] in GROUPS[group]]
    return [value for row in rows if (value := best_ratio(row, keys, base)) is not None]


def variants(results: dict) -> dict[str, list[str]]:
    """Engine -> its columns: with scalar wasm, and with SIMD if there is that."""
    keys = [column["key"] for column in results["columns"] if column["key"] != NATIVE]
    engines: dict[str, list[str]] = {}
    for key in keys:
        engines.setdefault(key.removesuffix("-simd"), []).append(key)
    return engines


def worst(results: dict, keys: Iterable[str]) -> tuple[float, str]:
    """The largest ratio of the better of these columns, and whose it is."""
    keys = list(keys)
    found = ((best_ratio(row, keys), row["name"]) for row in results["programs"])
    return max(
        ((value, name) for value, name in found if value is not None), default=(math.nan, "")
    )
