// Whether an executable can start threads. There are two runtimes of executables, since the C
// library's code for threads would be a tenth of each executable.
#pragma once

#include "loader/program/program.h"

namespace exe {

extern program::RunThreads* const kRunThreads;

}  // namespace exe
