#!/usr/bin/env python3
"""run.py BUILD_DIR [--junit FILE] [TEST...]: runs containers with the handler of a build.

The tests are those of crun_test.py, and of containerd_test.py if containerd is installed. They
need root, and run in a mount namespace. Each TEST is the name of a class, or of one of its
tests, as RunTest.test_trap. Tells loudly if there is something that cannot be tested here.
"""

import argparse
import sys
import time
import unittest
from pathlib import Path
from xml.etree import ElementTree

import crun_test
import node


class Report(unittest.TextTestResult):
    """Collects the outcomes as JUnit XML."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.suite = ElementTree.Element("testsuite", name="containers")
        self.case = None
        self.begin = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.case = ElementTree.SubElement(self.suite, "testcase", name=test.id())
        self.begin = time.monotonic()

    def stopTest(self, test):
        self.case.set("time", f"{time.monotonic() - self.begin:.2f}")
        super().stopTest(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        ElementTree.SubElement(self.case, "failure", message=str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        ElementTree.SubElement(self.case, "error", message=str(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        ElementTree.SubElement(self.case, "skipped", message=reason)


def skip_all(reason, junit):
    print(f"NO CONTAINERS WERE RUN: {reason}")
    suite = ElementTree.Element("testsuite", name="containers")
    case = ElementTree.SubElement(suite, "testcase", name="containers")
    ElementTree.SubElement(case, "skipped", message=reason)
    if junit:
        ElementTree.ElementTree(suite).write(junit)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--junit")
    parser.add_argument("tests", nargs="*")
    options = parser.parse_args()
    if reason := node.why_not():
        skip_all(reason, options.junit)
        return 0
    node.enter()
    crun_test.ContainerTest.node = node.Node(options.build.resolve())
    loader = unittest.defaultTestLoader
    modules = [crun_test]
    if options.tests:
        suite = loader.loadTestsFromNames(options.tests, crun_test)
    else:
        suite = unittest.TestSuite(loader.loadTestsFromModule(module) for module in modules)
    runner = unittest.TextTestRunner(
        stream=sys.stdout, verbosity=2, resultclass=Report, failfast=False
    )
    result = runner.run(suite)
    if options.junit:
        ElementTree.ElementTree(result.suite).write(options.junit)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
