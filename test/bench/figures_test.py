#!/usr/bin/env python3
"""Tests of figures.py, report.py and measure.py."""

import unittest

import figures
import report
from measure import Samples, rotations


def row(name, group, **seconds):
    return {
        "name": name,
        "group": group,
        "times": {
            key.replace("_", "-"): {"seconds": value, "spread": 0.1}
            for key, value in seconds.items()
        },
    }


RESULTS = {
    "columns": [{"key": key, "title": key.upper()} for key in ("native", "ours", "ours-simd")],
    "programs": [
        row("small", "kernel", native=2.0, ours=1.0, ours_simd=4.0),
        row("large", "real", native=1.0, ours=8.0),
        row("broken", "real", ours=8.0),
    ],
}


class FiguresTest(unittest.TestCase):
    def test_geomean_of_a_half_and_eight_is_two(self):
        self.assertAlmostEqual(figures.geomean([0.5, 8]), 2)

    def test_ratio_is_none_without_the_base(self):
        self.assertEqual(
            [figures.ratio(each, "ours") for each in RESULTS["programs"]], [0.5, 8, None]
        )

    def test_the_best_of_several_columns_counts(self):
        self.assertEqual(figures.ratios(RESULTS, ["ours-simd"]), [2])
        self.assertEqual(figures.ratios(RESULTS, ["ours-simd", "ours"]), [0.5, 8])
        self.assertEqual(figures.ratios(RESULTS, ["ours-simd", "ours"], "kernels"), [0.5])

    def test_a_round_takes_each_column_once_and_begins_with_another(self):
        self.assertEqual(
            list(rotations("abc", 4)), [list("abc"), list("bca"), list("cab"), list("abc")]
        )

    def test_samples(self):
        samples = Samples([2.0, 1.0, 4.0])
        self.assertEqual((samples.minimum, samples.median, samples.spread), (1, 2, 3))


class ReportTest(unittest.TestCase):
    def test_times_are_beside_native_ones_and_what_was_not_measured_is_empty(self):
        self.assertEqual(
            report.times_table(RESULTS)[2:],
            ["| small | 2000.0 | 10 % | 0.50 | 2.00 |", "| large | 1000.0 | 10 % | 8.00 |  |"],
        )

    def test_means_are_by_group_and_of_the_better_column(self):
        self.assertEqual(
            report.means_table(RESULTS)[2:],
            [
                "| OURS | 0.50 | 8.00 | 2.00 |  | 8.00 large |",
                "| OURS-SIMD | 2.00 |  | 2.00 |  | 2.00 small |",
                "| **OURS, the better** | 0.50 | 8.00 | 2.00 |  | 8.00 large |",
            ],
        )


if __name__ == "__main__":
    unittest.main()
