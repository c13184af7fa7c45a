#!/usr/bin/env python3
"""Tests of linked_module.py, wasm_imports.py and others_report.py."""

import base64
import unittest

import others_report
from linked_module import Linked, wasm_of
from others_rows import ROWS
from wasm_imports import Import, imported_functions

# (module (import "env" "copy" (func (param i32 i32 i32) (result i32)))
#   (import "env" "memory" (memory 1 2)) (import "env" "log" (func (param f64))))
MODULE = (
    b"\0asm\1\0\0\0"
    b"\1\x0c\2"
    b"\x60\3\x7f\x7f\x7f\1\x7f"
    b"\x60\1\x7c\0"
    b"\2\x25\3"
    b"\3env\4copy\0\0"
    b"\3env\6memory\2\1\1\2"
    b"\3env\3log\0\1"
)
IMPORTS = [
    Import("env", "copy", ("i32", "i32", "i32"), ("i32",)),
    Import("env", "log", ("f64",), ()),
]

RESULTS = [
    {
        "name": "one",
        "changed": ["a", "all"],
        "instructions": {"": 1000, "a": 1200, "all": 1100},
        "compiling": {"": [2.0, 3.0], "a": [1.0], "b": [2.0], "all": [1.0]},
        "samples": {"": [1.0, 2.0, 4.0], "a": [3.0, 3.0, 1.0], "all": [1.0, 2.0, 4.0]},
    },
    {
        "name": "two",
        "changed": [],
        "instructions": {"": 500},
        "compiling": {"": [2.0], "a": [3.0], "b": [2.0], "all": [1.0]},
    },
]


class ModulesTest(unittest.TestCase):
    def test_reads_imported_functions(self):
        self.assertEqual(imported_functions(MODULE), IMPORTS)

    def test_finds_encoded_modules(self):
        self.assertEqual(wasm_of(b"x='" + base64.b64encode(MODULE) + b"'"), MODULE)
        self.assertEqual(wasm_of(MODULE), MODULE)

    def test_stubs_return_nothing_but_copies(self):
        text = Linked("", copies=("env.copy",))._stub_module(IMPORTS)
        self.assertIn("(memory.copy (local.get 0) (local.get 1) (local.get 2)) (local.get 0)", text)
        self.assertIn('(func (export "log") (param f64) (result ) )', text)

    def test_rows_have_names_of_their_own(self):
        self.assertEqual(len({row.name for row in ROWS}), len(ROWS))


class ReportTest(unittest.TestCase):
    def test_ratios(self):
        self.assertEqual(others_report.ratio(RESULTS[0], "a"), 1.2)
        self.assertEqual(others_report.ratio(RESULTS[1], "a"), 1)
        self.assertEqual(others_report.time_ratio(RESULTS[0], "a"), 1.5)
        self.assertIsNone(others_report.time_ratio(RESULTS[1], "a"))

    def test_cells(self):
        self.assertEqual(others_report.cell(RESULTS[0], "a"), "1.200 (1.50)")
        self.assertEqual(others_report.cell(RESULTS[0], "all"), "1.100")
        self.assertEqual(others_report.cell(RESULTS[1], "a"), "")

    def test_compile_cost_is_of_the_fastest(self):
        self.assertEqual(others_report.compile_cost(RESULTS, "a"), "1.000")
        self.assertEqual(others_report.compile_cost(RESULTS, "all"), "2.000")


if __name__ == "__main__":
    unittest.main()
