"""Results as text: Markdown that is legible as it is."""

import math
import platform
import re
from pathlib import Path

import figures
from build import CLANG, run
from columns import NATIVE


def machine() -> dict:
    """Where these results come from."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {"cpu": model[1] if model else platform.processor(), "machine": platform.machine(),
            "compiler": run([CLANG, "--version"]).splitlines()[0]}


def number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.2f}"


def brief(row: dict) -> str:
    """A row for someone who waits."""
    times = row["times"]
    if NATIVE not in times:
        return "not measured"
    told = [f"{times[NATIVE]['seconds'] * 1e3:.1f} ms"]
    told += [f"{key} {number(figures.ratio(row, key))}" for key in times if key != NATIVE]
    return ", ".join(told)


def line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def head(cells: list[str]) -> list[str]:
    return [line(cells), "|" + "---|" * len(cells)]


def keys_of(results: dict) -> list[str]:
    """The columns to show as ratios, in their order."""
    return [column["key"] for column in results["columns"] if column["key"] != NATIVE]


def titles(results: dict) -> dict[str, str]:
    return {column["key"]: column["title"] for column in results["columns"]}


def times_table(results: dict) -> list[str]:
    keys, title = keys_of(results), titles(results)
    lines = head(["program", "native, ms", "spread", *(title[key] for key in keys)])
    for row in results["programs"]:
        native = row["times"].get(NATIVE)
        if native:
            lines.append(line([row["name"], f"{native['seconds'] * 1e3:.1f}",
                               f"{native['spread'] * 100:.0f} %",
                               *(number(figures.ratio(row, key)) for key in keys)]))
    return lines


def means_table(results: dict) -> list[str]:
    title = titles(results)
    lines = head(["geometric mean of time / native", *figures.GROUPS])
    for key in keys_of(results):
        lines.append(line([title[key], *(number(figures.geomean(figures.ratios(results, [key], group)))
                                         for group in figures.GROUPS)]))
    return lines


def table(results: dict) -> str:
    return "\n".join([*means_table(results), "", *times_table(results)]) + "\n"
