// A part of a program that has its own fmt, and uses what libwasmrt uses of it.
#include <cstdio>
#include <string>

const std::string kText = fmt::format("{:>8} {} {:.3f}\n", 1, "two", 3.0);
const int kPrinted = std::fputs(kText.c_str(), stderr);
