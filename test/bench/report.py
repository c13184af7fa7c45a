"""Results as Markdown that is legible as text."""

import math
import platform
import re
from pathlib import Path

import figures
from build import CLANG, run
from columns import MARCH, NATIVE


def machine() -> dict:
    """The date, the machine and the compiler of the results."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "cpu": model[1] if model else platform.processor(),
        "machine": platform.machine(),
        "compiler": run([CLANG, "--version"]).splitlines()[0],
    }


def number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.2f}"


def brief(row: dict) -> str:
    """A row, printed while the suite runs."""
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
            lines.append(
                line(
                    [
                        row["name"],
                        f"{native['seconds'] * 1e3:.1f}",
                        f"{native['spread'] * 100:.0f} %",
                        *(number(figures.ratio(row, key)) for key in keys),
                    ]
                )
            )
    return lines


def mean_cells(results: dict, keys: list[str]) -> list[str]:
    means = [figures.geomean(figures.ratios(results, keys, group)) for group in figures.GROUPS]
    march = figures.geomean(figures.ratios(results, keys, base=MARCH))
    value, name = figures.worst(results, keys)
    return [*map(number, (*means, march)), f"{number(value)} {name}"]


def means_table(results: dict) -> list[str]:
    """Each column, and of each engine the better of its two columns in each program."""
    title = titles(results)
    lines = head(["geometric means", *figures.GROUPS, "all, / `-march=native`", "slowest"])
    for engine, keys in figures.variants(results).items():
        lines += [line([title[key], *mean_cells(results, [key])]) for key in keys]
        if len(keys) > 1:
            lines.append(line([f"**{title[engine]}, the better**", *mean_cells(results, keys)]))
    return lines


def size_cells(row: dict) -> list[str]:
    made, times = row["compiling"], row["times"]
    return [
        row["name"],
        f"{made['seconds']:.2f}",
        number(made["seconds"] / made["seconds_without"]),
        f"{made['peak_kib'] / 1024:.0f}",
        f"{made['text'] / 1024:.0f}",
        f"{made['own_text'] / 1024:.1f}",
        number(made["own_text"] / made["native_own_text"]),
        f"{times['ours']['peak_kib'] / 1024:.1f}",
        f"{times[NATIVE]['peak_kib'] / 1024:.1f}",
    ]


def sizes_table(results: dict) -> list[str]:
    rows = [row for row in results["programs"] if "compiling" in row]
    if not rows:
        return []
    made = [row["compiling"] for row in rows]
    lines = head(
        [
            "program",
            "compiling, s",
            "/ without passes",
            "its memory, MiB",
            "code, KiB",
            "its own, KiB",
            "/ native's",
            "memory, MiB",
            "native's, MiB",
        ]
    )
    lines += [line(size_cells(row)) for row in rows]
    passes = figures.geomean(each["seconds"] / each["seconds_without"] for each in made)
    own = figures.geomean(each["own_text"] / each["native_own_text"] for each in made)
    lines.append(line(["geometric mean", "", number(passes), "", "", "", number(own), "", ""]))
    total = {key: sum(each[key] for each in made) for key in made[0]}
    lines.append(
        line(
            [
                "together",
                f"{total['seconds']:.2f}",
                number(total["seconds"] / total["seconds_without"]),
                "",
                f"{total['text'] / 1024:.0f}",
                f"{total['own_text'] / 1024:.1f}",
                number(total["own_text"] / total["native_own_text"]),
                "",
                "",
            ]
        )
    )
    return lines


def table(results: dict) -> str:
    parts = [means_table(results), times_table(results), sizes_table(results)]
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def document(results: dict, passes: str) -> str:
    """All tables with their explanations."""
    compared = "Times are processor time over native `clang -O3`'s; less is better."
    parts = [
        "# Benchmark results\n",
        f"Made by `./dev bench --publish` from what `./dev bench` measured on {results['date']}; "
        f"[how fast it is](performance.md) tells how and what it means. {results['cpu']}, "
        f"{results['compiler']}; minimum of {results['rounds']} interleaved runs.\n",
        f"## Means\n\n{compared} *The better*: of scalar and SIMD wasm, for each program.\n",
        "\n".join(means_table(results)) + "\n",
        f"## Programs\n\n{compared} *Spread*: how much longer the slowest native run took.\n",
        "\n".join(times_table(results)) + "\n",
    ]
    if sizes := sizes_table(results):
        parts += [
            "## Compiling and size\n\nOf scalar wasm, with one thread. *Without passes*: with all "
            "optional ones left out. *Its own*: of the functions that the program's own object "
            "files define, so without the C library.\n",
            "\n".join(sizes) + "\n",
        ]
    if passes:
        parts += [
            "## What each pass is worth\n\nTime without it / with it, geometric mean of all "
            "programs, and of the most affected ones.\n",
            passes,
        ]
    return "\n".join(parts)
