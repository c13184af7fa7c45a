#!/usr/bin/env python3
"""run.py BUILD_DIR [--junit FILE] [TEST...]: runs containers with the handler of a build.

The tests are those of crun_test.py, and those of containerd and podman if these are installed. They
need root, and run in a mount namespace. Each TEST is the name of a class, or of one of its
tests, as RunTest.test_trap. Tells loudly what cannot be tested here.
"""

import argparse
import sys
import time
import unittest
from pathlib import Path
from xml.etree import ElementTree

import containerd_test
import crun_test
import node
import podman_test


TESTS = {
    "RunTest": crun_test.RunTest,
    "RunningTest": crun_test.RunningTest,
    "RefusalTest": crun_test.RefusalTest,
    "ContainerdTest": containerd_test.ContainerdTest,
    "PodmanTest": podman_test.PodmanTest,
}


class Report(unittest.TextTestResult):
    """Collects the outcomes as JUnit XML."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.suite = ElementTree.Element("testsuite", name="containers")
        self.case = None
        self.begin = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.case = self.add_case(test)
        self.begin = time.monotonic()

    def stopTest(self, test):
        self.case.set("time", f"{time.monotonic() - self.begin:.2f}")
        self.case = None
        super().stopTest(test)

    def add_case(self, test):
        return ElementTree.SubElement(self.suite, "testcase", name=test.id())

    def add(self, test, outcome, message):
        # What happens to a whole class has no test.
        case = self.add_case(test) if self.case is None else self.case
        ElementTree.SubElement(case, outcome, message=message)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.add(test, "failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        self.add(test, "error", str(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.add(test, "skipped", reason)


def skip_all(reason, junit):
    print(f"NO CONTAINERS WERE RUN: {reason}")
    suite = ElementTree.Element("testsuite", name="containers")
    case = ElementTree.SubElement(suite, "testcase", name="containers")
    ElementTree.SubElement(case, "skipped", message=reason)
    if junit:
        ElementTree.ElementTree(suite).write(junit)


def test_named(name):
    case, _, test = name.partition(".")
    if case not in TESTS:
        sys.exit(f"run.py: there is no '{case}'; there are {', '.join(TESTS)}")
    if test:
        return TESTS[case](test)
    return unittest.defaultTestLoader.loadTestsFromTestCase(TESTS[case])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--junit")
    parser.add_argument("tests", nargs="*")
    options = parser.parse_intermixed_args()
    if reason := node.why_not():
        skip_all(reason, options.junit)
        return 0
    node.enter()
    try:
        machine = node.Node(options.build.resolve())
    except node.NoContainers as reason:
        skip_all(str(reason), options.junit)
        return 0
    for case in TESTS.values():
        case.node = machine
    names = options.tests or list(TESTS)
    suite = unittest.TestSuite(test_named(name) for name in names)
    runner = unittest.TextTestRunner(
        stream=sys.stdout, verbosity=2, resultclass=Report, failfast=False
    )
    result = runner.run(suite)
    if options.junit:
        ElementTree.ElementTree(result.suite).write(options.junit)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
