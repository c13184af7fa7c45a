#!/usr/bin/env python3
"""Tests of the lint rules, each on a small tree made for it."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import commits
import cpp_text
import kept_artifacts
from check import check
from include_graph import Rules

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


class LintTest(unittest.TestCase):
    """Checks trees given as dictionaries from paths to contents."""

    def problems(self, files, rules=RULES):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            present = {"low/open.h": "", "low/closed.h": "", "other/one.h": "", "other/two.h": ""}
            for path, text in {**present, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return check(root, Rules(rules))

    def assert_accepted(self, files):
        self.assertEqual([], self.problems(files))

    def assert_problem(self, wanted, files, rules=RULES):
        problems = self.problems(files, rules)
        self.assertEqual(1, len(problems), problems)
        self.assertIn(wanted, problems[0])


class IncludeGraphTest(LintTest):
    def test_accepts_what_the_graph_allows(self):
        self.assert_accepted(
            {
                "high/a.cpp": '#include <vector>\n#include "low/open.h"\n#include "other/one.h"\n',
                "high/b.cpp": '#include "llvm/IR/Module.h"\n#include "high/c.h"\n',
                "high/c.h": "",
                "low/a_test.cpp": '#include <gtest/gtest.h>\n#include "low/closed.h"\n',
            }
        )

    def test_layers(self):
        self.assert_problem(
            "low must not know high", {"low/a.cpp": '#include "high/c.h"\n', "high/c.h": ""}
        )
        self.assert_problem("high must not know other", {"high/a.h": '#include "other/two.h"\n'})
        self.assert_problem("not a public header", {"high/a.h": '#include "low/closed.h"\n'})

    def test_spelling(self):
        self.assert_problem("no such file", {"high/a.cpp": '#include "low/none.h"\n'})
        self.assert_problem("not spelled from the root", {"low/a.cpp": '#include "open.h"\n'})

    def test_leaves_alone_what_is_apart(self):
        self.assert_accepted({"high/program/a.c": '#include "b.h"\n'})
        self.assert_problem("not spelled from the root", {"high/programs.c": '#include "b.h"\n'})

    def test_third_parties(self):
        self.assert_problem("low must not know llvm", {"low/a.h": "#include <llvm/ADT/APInt.h>\n"})
        self.assert_problem("high must not know gtest", {"high/a.cpp": "#include <gtest/gtest.h>"})
        self.assert_problem(
            "more than one file",
            {"high/a.cpp": "#include <llvm/A.h>\n", "high/b.cpp": "#include <llvm/B.h>\n"},
        )

    def test_cycle(self):
        self.assert_problem("a -> b -> a", {}, "layer a: b |\nlayer b: a |\n")


class FilesTest(LintTest):
    def test_leaves_out_build_trees_and_hidden_folders(self):
        long = "\n" * 601
        self.assert_accepted({"build/low/a.cpp": long, ".x/a.cpp": long, "low/a.txt": long})
        self.assert_problem("601 lines", {"low/build/a.cpp": long})

    def test_file_length(self):
        self.assert_problem("601 lines", {"low/a.cpp": "\n" * 601})
        self.assert_problem("601 lines", {"low/a.py": "\n" * 601})
        self.assert_accepted({"low/a.def": "\n" * 601, "low/b.cpp": "\n" * 600})

    def test_line_length(self):
        for path in ("low/a.cpp", "low/a.py", "low/a.cmake", "low/CMakeLists.txt", "low/a.mjs"):
            self.assert_problem(f"{path}:2: 101 columns", {path: "\n#" + " a" * 50 + "\n"})
        self.assert_accepted({"low/a.cpp": "//" + " a" * 49 + "\n"})

    def test_lines_that_cannot_be_broken_may_be_longer(self):
        self.assert_accepted(
            {
                "low/a.cpp": f'    "{"x" * 100}"\n',
                "low/b.py": f"# See https://example.org/{'x' * 80}\n",
                "low/c.def": "ROW(" + "a, " * 50 + ")\n",
            }
        )

    def test_folder_size(self):
        sources = {f"low/{name}.cpp": "" for name in range(23)}  # low/ has two headers already
        self.assert_accepted(
            {**sources, "low/a_test.cpp": "", "low/b_testing.h": "", "low/c.md": ""}
        )
        self.assert_problem("low: 26 sources, more than 25", {**sources, "low/one_more.def": ""})


class FunctionLengthTest(LintTest):
    BODY = "  f();\n"

    def test_cpp(self):
        self.assert_problem(
            "low/a.cpp:3: a function of 61 lines",
            {"low/a.cpp": "\n\nvoid a(int b,\n       int c) {\n" + self.BODY * 58 + "}\n"},
        )
        self.assert_accepted({"low/a.cpp": "void a() {\n" + self.BODY * 58 + "}\n"})
        text = 'const char* a = R"((\n' + "b\n" * 58 + '))";\nint c() {\n  return 0;\n}\n'
        self.assert_accepted({"low/a.cpp": text})

    def test_python(self):
        self.assert_problem(
            "low/a.py:1: a function of 61 lines", {"low/a.py": "def a():\n" + "    b()\n" * 60}
        )
        self.assert_accepted({"low/a.py": "def a():\n" + "    b()\n" * 59})

    def test_what_is_no_function_may_be_longer(self):
        for head in (
            "namespace a {",
            "class A {",
            "const int kA[] = {",
            'extern "C" {',
            "enum A {",
        ):
            self.assert_accepted({"low/a.cpp": head + "\n" + "  1,\n" * 80 + "};\n"})


class FunctionSpansTest(unittest.TestCase):
    def assert_spans(self, wanted, text):
        self.assertEqual(wanted, list(cpp_text.function_spans(text.splitlines())))

    def test_members_and_nested_classes(self):
        self.assert_spans(
            [(3, 5), (7, 9)],
            "class A {\n public:\n  A() : b_(1) {\n    b();\n  }\n"
            "  struct B {\n    void c() const override {\n      d();\n    }\n  };\n};\n",
        )

    def test_initializers_and_returned_types(self):
        self.assert_spans([(1, 4)], "A::A(int b)\n    : b_(b),\n      c_(b) {\n}\n")
        self.assert_spans([(1, 3)], "auto a() -> std::vector<int> {\n  return {};\n}\n")
        self.assert_spans([(1, 4)], "template <class T>\nstruct B* a(T b) {\n  return b;\n}\n")

    def test_lambdas_belong_to_their_function(self):
        self.assert_spans([(1, 5)], "void a() {\n  b([] {\n    c();\n  });\n}\n")

    def test_strings_comments_and_macros_are_not_code(self):
        self.assert_spans([(1, 6)], 'TEST(A, B) {\n  a(R"(\n}\n{\n)");\n}\n')
        self.assert_spans([(4, 5)], "/* a() {\n}\n*/\nvoid b() {  // {\n}\n")
        self.assert_spans([(3, 5)], '#define A() \\\n  void b() {\nvoid c() {\n  d("//");\n}\n')


class CommentsTest(LintTest):
    def assert_found(self, declaration, text):
        self.assert_problem(
            f"a public declaration without a comment: {declaration}",
            {"low/a.h": "// A file.\nint first;\n\n" + text},
        )

    def assert_in_order(self, text):
        self.assert_accepted({"low/a.h": "// A file.\nint first;\n\n" + text})

    def test_namespace_scope(self):
        self.assert_found("struct A {", "struct A {\n  int a;\n};\n")
        self.assert_found("int a(int b,", "int a(int b,\n      int c);\n")
        self.assert_found("extern const int a;", "extern const int a;\n")
        self.assert_found("int b(T c) {", "template <class T>\nint b(T c) {\n  return 1;\n}\n")
        self.assert_found("int b();", "// Not about b.\n\nint b();\n")

    def test_comment_above_or_behind(self):
        self.assert_in_order("// A.\nstruct A {\n  int a;\n};\n")
        self.assert_in_order("/* A,\n   of two lines. */\nstruct A {\n  int a;\n};\n")
        self.assert_in_order("// A.\ntemplate <class T>\nint a(T b);\n")
        self.assert_in_order("int a();  // A.\n")

    def test_groups(self):
        self.assert_in_order("// These.\nint a();\nint b();\n// This.\nint c();\n")
        self.assert_found("int a();", "int a();\nint b();\n")  # once
        self.assert_found("int b();", "inline int a() { return 1; }\nint b();\n")
        self.assert_found("int b();", "// These.\nint a();\n\nint b();\n")

    def test_comment_of_the_file(self):
        self.assert_accepted({"low/a.h": "// A file.\n#pragma once\n\nint first();\n"})

    def test_exempt_at_namespace_scope(self):
        self.assert_in_order(
            "class A;\nenum class B : int;\nusing C = int;\nint f() { return 1; }\n"
        )
        self.assert_in_order("bool operator==(A, A);\nstatic_assert(\n    true);\n")

    def test_macros(self):
        self.assert_found("#define A(b) b", "#define A(b) b\n")
        self.assert_in_order("// Comment.\n#define A(b) b\n")
        self.assert_in_order("#define A_(b) b\n")
        self.assert_in_order('#define ROW(a) a\n#include "low/open.h"\n#undef ROW\n')
        self.assert_accepted({"low/a.h": "int a;\n\n#ifndef A_H\n#define A_H\n#endif\n"})

    def test_public_members(self):
        head = "// A class.\nclass A {\n public:\n  void first();\n\n"
        self.assert_found("void b(int c,", head + "  void b(int c,\n         int d);\n};\n")
        self.assert_found("static B b() {", head + "  static B b() {\n    return {};\n  }\n};\n")
        self.assert_in_order(head + "  // Does b.\n  void b();\n  void c();\n};\n")
        self.assert_in_order(head + "  void b();  // Does b.\n};\n")
        self.assert_in_order(head + " private:\n  void b();\n};\n")
        self.assert_found("void b();", head + " private:\n  int c_;\n\n public:\n  void b();\n};\n")

    def test_members_that_need_none(self):
        head = "// A class.\nclass A {\n public:\n  void first();\n\n"
        for member in (
            "A(int b,\n    int c);",
            "explicit A(int b);",
            "virtual ~A();",
            "A& operator=(const A&);",
            "int b() const { return b_; }",
            "void b(int c,\n         int d) override;",
            "llvm::PreservedAnalyses run(llvm::Function& f, llvm::FunctionAnalysisManager&);",
            "int b = c();",
            "std::function<void(int)> b;",
            "A(const A&) = delete;",
            "void b() = delete;",
        ):
            self.assert_in_order(head + f"  {member}\n}};\n")

    def test_nested_classes(self):
        nested = "  struct B {\n    int c;\n\n    void d();\n  };\n};\n"
        head = "// A class.\nclass A {\n public:\n  void first();\n\n"
        self.assert_found("void d();", head + nested)
        self.assert_in_order(head + " private:\n" + nested)

    def test_function_bodies_hold_no_declarations(self):
        self.assert_in_order("// A.\ninline void a() {\n  b();\n\n  C c(1);\n}\n")

    def test_sources_and_programs_are_not_checked(self):
        self.assert_accepted(
            {"low/a.cpp": "int a();\n\nint b();\n", "test/bench/a.h": "int a();\n\nint b();\n"}
        )


class CommitSubjectsTest(unittest.TestCase):
    def test_accepts(self):
        for subject in (
            "Add a pass",
            "Embed the image",
            "Pass the store",
            "Focus on one",
            "Split wasi/, and name its parts",
            "A" * 72,
        ):
            self.assertEqual([], list(commits.problems_of(subject)), subject)

    def test_refuses(self):
        for wanted, subject in (
            ("73 characters", "A" * 73),
            ("capital letter", "add a pass"),
            ("capital letter", "fixup! Add a pass".lower()),
            ("full stop", "Add a pass."),
            ("imperative", "Added a pass"),
            ("imperative", "Adding a pass"),
            ("imperative", "Adds a pass"),
        ):
            self.assertIn(wanted, " ".join(commits.problems_of(subject)))


@unittest.skipUnless(shutil.which("git"), "needs git")
class CommitsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "repository"
        self.root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(
            ["git", "-C", self.root, *identity, *arguments],
            check=True,
            capture_output=True,
            env=environment,
        )

    def commit(self, subject):
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)

    def test_newest_twenty(self):
        self.commit("added first")
        for number in range(19):
            self.commit(f"Add {number}")
        self.assertEqual(2, len(commits.check(self.root)))
        self.commit("Add another")
        self.assertEqual([], commits.check(self.root))

    def test_merges_are_refused(self):
        self.commit("Add a")
        self.git("switch", "--quiet", "-c", "side")
        self.commit("Add b")
        self.git("switch", "--quiet", "main")
        self.commit("Add c")
        self.git("merge", "--quiet", "-m", "Merge side", "side")
        problems = commits.check(self.root)
        self.assertEqual(1, len(problems), problems)
        self.assertIn("a merge", problems[0])

    def test_shallow_repository(self):
        self.commit("added first")
        self.commit("Add second")
        shallow = self.root.parent / "shallow"
        self.git("clone", "--quiet", "--depth=1", f"file://{self.root}", str(shallow))
        self.assertEqual([], commits.check(shallow))

    def test_no_repository(self):
        self.assertEqual([], commits.check(self.root))  # without any commit
        self.assertEqual([], commits.check(self.root.parent))

    def test_folder_of_another_repository(self):
        self.commit("added first")
        (self.root / "inner").mkdir()
        self.assertEqual([], commits.check(self.root / "inner"))

    def test_kept_artifacts_stay(self):
        folder = self.root / "test/lit/artifact/Inputs"
        folder.mkdir(parents=True)
        (folder / "abi-4.so").write_bytes(b"four")
        self.git("add", "--all")
        self.commit("Add the artifact of version 4")
        self.git("mv", str(folder / "abi-4.so"), str(folder / "abi-5.so"))
        (folder / "abi-5.so").write_bytes(b"five, which is something else")
        self.git("add", "--all")
        self.commit("Keep the one of version 5 instead")
        self.assertEqual([], kept_artifacts.check(self.root))
        (folder / "abi-5.so").write_bytes(b"another five")
        problems = kept_artifacts.check(self.root)
        self.assertEqual(1, len(problems), problems)
        self.git("add", "--all")
        self.commit("Make it again")
        problems = kept_artifacts.check(self.root)
        self.assertEqual(1, len(problems), problems)
        self.assertIn("increment kAbiVersion", problems[0])


if __name__ == "__main__":
    unittest.main()
