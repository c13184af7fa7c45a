"""Results as a picture: the engines' geometric means, and below them our time in each program."""

import math
from html import escape

import figures

WIDTH = 960
MARGIN = 16
LABEL = 210  # room for an engine's name
BAR, GAP = 18, 6
PLOT = 180  # height of the programs' part
NAMES = 120  # and of the names below it
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 14px; font-weight: 600; }
.ours { fill: #0969da; } .other { fill: #8c959f; } .slower { fill: #bc4c00; }
.rule { stroke: #1f2328; stroke-dasharray: 4 3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .rule { stroke: #e6edf3; }
  .ours { fill: #4493f8; } .other { fill: #6e7681; } .slower { fill: #db6d28; }
}
"""


def text(x: float, y: float, content: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(content)}</text>'


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{max(height, 0):.1f}" rx="1"/>'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="rule" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def engine_means(results: dict) -> list[tuple[str, str, float]]:
    """(key, title, mean of its better column), the fastest first."""
    titles = {column["key"]: column["title"] for column in results["columns"]}
    means = [
        (key, titles[key], figures.geomean(figures.ratios(results, keys)))
        for key, keys in figures.variants(results).items()
        if key in titles
    ]
    return sorted((mean for mean in means if not math.isnan(mean[2])), key=lambda mean: mean[2])


def draw_engines(means: list[tuple[str, str, float]], top: float) -> list[str]:
    room = WIDTH - LABEL - 2 * MARGIN - 40
    scale = room / max([1.2, *(mean for _, _, mean in means)])
    left = MARGIN + LABEL
    drawn = []
    for number, (key, title, mean) in enumerate(means):
        y = top + number * (BAR + GAP)
        middle = y + BAR / 2 + 4
        drawn += [
            text(left - 8, middle, title, 'text-anchor="end"'),
            bar(left, y, mean * scale, BAR, "ours" if key.startswith("ours") else "other"),
            text(left + mean * scale + 5, middle, f"{mean:.2f}"),
        ]
    bottom = top + len(means) * (BAR + GAP)
    return [*drawn, rule(left + scale, top - 4, left + scale, bottom)]


def draw_programs(ratios: list[tuple[float, str]], top: float) -> list[str]:
    left, bottom = MARGIN + 30, top + PLOT
    step = (WIDTH - MARGIN - left) / len(ratios)
    scale = PLOT / max(1.3, ratios[-1][0])
    drawn = []
    for number, (value, name) in enumerate(ratios):
        x, middle = left + number * step, left + (number + 0.5) * step
        drawn += [
            bar(
                x + 1,
                bottom - value * scale,
                step - 2,
                value * scale,
                "slower" if value > 1.05 else "ours",
            ),
            text(
                middle + 4,
                bottom + 6,
                name,
                f'text-anchor="end" transform="rotate(-90 {middle + 4:.1f} {bottom + 6:.1f})"',
            ),
        ]
    for value in (0.5, 1.0):
        y = bottom - value * scale
        drawn += [
            text(left - 6, y + 4, f"{value}", 'text-anchor="end"'),
            rule(left, y, WIDTH - MARGIN, y),
        ]
    return drawn


def draw(results: dict) -> str:
    means = engine_means(results)
    ours = figures.variants(results).get("ours", [])
    measured = ((figures.best_ratio(row, ours), row["name"]) for row in results["programs"])
    ratios = sorted((value, name) for value, name in measured if value is not None)
    engines_top = MARGIN + 26
    programs_top = engines_top + len(means) * (BAR + GAP) + 44
    height = programs_top + PLOT + NAMES + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}"><style>{STYLE}</style>',
        text(
            MARGIN,
            MARGIN + 6,
            f"Time / native clang -O3, geometric mean of {len(ratios)} programs "
            "(less is better)",
            'class="title"',
        ),
        *draw_engines(means, engines_top),
    ]
    if ratios:
        parts += [
            text(
                MARGIN,
                programs_top - 14,
                "wasm2obj's time / native clang -O3, each program",
                'class="title"',
            ),
            *draw_programs(ratios, programs_top),
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
