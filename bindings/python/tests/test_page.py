"""The examples of docs/python.md."""

import doctest
import os
import tempfile
import unittest

from guests import ROOT
from page import compile_guests


class Page(unittest.TestCase):
    def test_examples(self):
        page = ROOT / "docs/python.md"
        with tempfile.TemporaryDirectory() as folder:
            compile_guests(page, folder, os.environ["WASM2OBJ_BIN"])
            os.chdir(folder)
            outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
            os.chdir(ROOT)
        self.assertEqual(outcome.failed, 0)
        self.assertGreater(outcome.attempted, 20)


if __name__ == "__main__":
    unittest.main()
