// The run of a module that imports `wasi.thread-spawn` (wasi-threads). Separate from Program, so
// that executables whose modules start no threads need not contain it.
#pragma once

#include "loader/program/program.h"

namespace program {

// Runs the module: the calling thread is the main one. Returns the exit code of the thread that
// ends the program.
RunThreads runThreads;

}  // namespace program
