"""The real programs, built from the sources of Debian's packages."""

from suite import Program

REAL: list[Program] = []
