"""The results of others.py as Markdown."""

import statistics
from collections.abc import Callable

from figures import geomean
from report import head, line

ALL, USUAL = "all", ""  # as in others.py
NOISE = 0.03  # of times; smaller differences are not shown
SHOWN = 0.001  # of instructions; smaller differences are shown as 1


def ratio(result: dict, left_out: str) -> float:
    """Instructions without a pass over those with it; 1 where it changes nothing."""
    counts = result["instructions"]
    return counts.get(left_out, counts[USUAL]) / counts[USUAL]


def time_ratio(result: dict, left_out: str) -> float | None:
    """The same of times; None where they were not measured. It is the median of the rounds' ratios,
    since the two runs of a round are close in time: a machine may be fast in one round and slow in
    another."""
    if "samples" not in result:
        return None
    usual = result["samples"][USUAL]
    seconds = result["samples"].get(left_out, usual)
    return statistics.median(one / other for one, other in zip(seconds, usual))


def brief(result: dict) -> str:
    """A row, printed while the suite runs."""
    if "instructions" not in result:
        return ", ".join(result["changed"])
    changed = [f"{name} {ratio(result, name):.3f}" for name in result["changed"]]
    return f"{result['instructions'][USUAL] / 1e6:.0f} M instructions; " + ", ".join(changed)


def cell(result: dict, left_out: str) -> str:
    if left_out not in result["changed"]:
        return ""
    text = f"{ratio(result, left_out):.3f}"
    time = time_ratio(result, left_out)
    return f"{text} ({time:.2f})" if time and abs(time - 1) > NOISE else text


def extreme(results: list[dict], name: str, choose: Callable) -> str:
    value, program = choose((ratio(result, name), result["name"]) for result in results)
    return f"{value:.3f} {program}" if abs(value - 1) > SHOWN else ""


def compile_cost(results: list[dict], name: str) -> str:
    """Processor time of compiling programs over that without the pass."""
    timed = [result["compiling"] for result in results if "compiling" in result]
    usual = sum(min(samples[USUAL]) for samples in timed)
    return f"{usual / sum(min(samples[name]) for samples in timed):.3f}" if timed else ""


def pass_row(results: list[dict], name: str) -> str:
    changed = [result for result in results if name in result["changed"]]
    times = [value for result in results if (value := time_ratio(result, name)) is not None]
    moved = sum(abs(ratio(result, name) - 1) > SHOWN for result in changed)
    return line(
        [
            name if name == ALL else f"`{name}`",
            str(len(changed)),
            str(moved),
            f"{geomean(ratio(result, name) for result in results):.4f}",
            f"{geomean(times):.3f}" if times else "",
            extreme(results, name, max),
            extreme(results, name, min),
            compile_cost(results, name),
        ]
    )


def passes_table(results: list[dict], passes: list[str]) -> list[str]:
    titles = [
        "left out",
        "changes",
        "counts differ",
        "instructions",
        "time",
        "most gained",
        "most lost",
        "compiling",
    ]
    return [*head(titles), *(pass_row(results, name) for name in (*passes, ALL))]


def programs_table(results: list[dict], passes: list[str]) -> list[str]:
    """Of passes that change something."""
    used = [name for name in passes if any(name in result["changed"] for result in results)]
    lines = head(["program", "10^6 instructions", *(f"`{name}`" for name in used), "all"])
    return [
        *lines,
        *(
            line(
                [
                    result["name"],
                    f"{result['instructions'][USUAL] / 1e6:.0f}",
                    *(cell(result, name) for name in (*used, ALL)),
                ]
            )
            for result in results
        ),
    ]


def sources_table(results: list[dict]) -> list[str]:
    return [
        *head(["program", "what it is", "from", "KiB"]),
        *(
            line(
                [
                    result["name"],
                    result["kind"],
                    f"`{result['source']}`",
                    f"{result['size'] / 1024:.0f}",
                ]
            )
            for result in results
        ),
    ]


def table(results: list[dict], passes: list[str]) -> str:
    return "\n".join(passes_table(results, passes)) + "\n" if results else ""


def times(results: list[dict]) -> str:
    """The tables of times."""
    timed = sum("samples" in result for result in results)
    if not timed:
        return "Times were not measured."
    return (
        f"Times, of {timed} programs, are processor time: the median of the ratios of interleaved "
        f"runs on {results[0]['cpu']}."
    )


def compile_times(results: list[dict]) -> str:
    """The column of compile times."""
    timed = [result["compiling"] for result in results if "compiling" in result]
    runs = min((len(samples[USUAL]) for samples in timed), default=0)
    return (
        "*Compiling*: processor time of compiling with the pass over that without it, the sum of "
        f"the {len(timed)} programs of which that was measured; runs of each: {runs}."
    )


def document(results: list[dict], passes: list[str]) -> str:
    last = max(results, key=lambda result: result["date"])
    counters = ", ".join(sorted({result["counter"] for result in results}))
    return "\n".join(
        [
            "# What each pass is worth outside the suite\n",
            f"Made by `./dev bench others --publish` from what `./dev bench others` measured until "
            f"{last['date']}: {len(results)} programs of others, for which no pass was made, with "
            f"all optional passes, without each, and without any. "
            f"Compiled with `--cpu={last['target']}`; "
            f"instructions counted by {counters}. {times(results)}\n",
            "All ratios are without the pass / with it: above 1 the pass pays.\n",
            "## Passes\n",
            "*Changes*: programs whose machine code it changes; *counts differ*: those of them "
            f"whose instruction count it changes by more than {SHOWN:.1%}. Geometric means are of "
            f"all programs. {compile_times(results)}\n",
            "\n".join(passes_table(results, passes)) + "\n",
            "## Programs\n",
            f"Instructions, and in parentheses time where it differs by more than {NOISE:.0%}; "
            "empty where the machine code is the same.\n",
            "\n".join(programs_table(results, passes)) + "\n",
            "## Where they come from\n",
            "\n".join(sources_table(results)) + "\n",
        ]
    )
