#!/usr/bin/env python3
"""The layering check finds each sort of offence, in a small tree made for it."""

import tempfile
import unittest
from pathlib import Path

from check import Rules, check

RULES = """
layer low:  |
layer high: low other/one.h | llvm
layer other: |
public low: open.h
third llvm: llvm/
third gtest: gtest/
single llvm
tests gtest
apart high/program
"""


class CheckTest(unittest.TestCase):
    def problems(self, files, rules=RULES):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            present = {"low/open.h": "", "low/closed.h": "", "other/one.h": "", "other/two.h": ""}
            for path, text in {**present, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return check(root, Rules(rules))

    def assert_problem(self, wanted, files, rules=RULES):
        problems = self.problems(files, rules)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(wanted, problems[0])

    def test_accepts_what_the_graph_allows(self):
        self.assertEqual([], self.problems({
            "high/a.cpp": '#include <vector>\n#include "low/open.h"\n#include "other/one.h"\n',
            "high/b.cpp": '#include "llvm/IR/Module.h"\n#include "high/c.h"\n',
            "high/c.h": "",
            "low/a_test.cpp": '#include <gtest/gtest.h>\n#include "low/closed.h"\n'}))

    def test_layers(self):
        self.assert_problem("low must not know high",
                            {"low/a.cpp": '#include "high/c.h"\n', "high/c.h": ""})
        self.assert_problem("high must not know other", {"high/a.h": '#include "other/two.h"\n'})
        self.assert_problem("not a public header", {"high/a.h": '#include "low/closed.h"\n'})

    def test_spelling(self):
        self.assert_problem("no such file", {"high/a.cpp": '#include "low/none.h"\n'})
        self.assert_problem("not spelled from the root", {"low/a.cpp": '#include "open.h"\n'})

    def test_leaves_alone_what_is_apart(self):
        self.assertEqual([], self.problems({"high/program/a.c": '#include "b.h"\n'}))
        self.assert_problem("not spelled from the root", {"high/programs.c": '#include "b.h"\n'})

    def test_third_parties(self):
        self.assert_problem("low must not know llvm", {"low/a.h": "#include <llvm/ADT/APInt.h>\n"})
        self.assert_problem("high must not know gtest", {"high/a.cpp": "#include <gtest/gtest.h>\n"})
        self.assert_problem("more than one file", {"high/a.cpp": "#include <llvm/A.h>\n",
                                                   "high/b.cpp": "#include <llvm/B.h>\n"})

    def test_cycle(self):
        self.assert_problem("a -> b -> a", {}, "layer a: b |\nlayer b: a |\n")

    def test_length(self):
        self.assert_problem("601 lines", {"low/a.cpp": "\n" * 601})
        self.assertEqual([], self.problems({"low/a.def": "\n" * 601, "low/b.cpp": "\n" * 600}))


if __name__ == "__main__":
    unittest.main()
