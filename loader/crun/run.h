// The program of a container, in its process: all that crun sets up has been set up.
#pragma once

#include <optional>

#include "loader/crun/prepare.h"

namespace crun {

// Runs the program at `path` with these arguments and the environment of this process, and ends
// the process with its exit code:
//   - the compiled module `prepared`, if the file at `path` is the one that it was compiled from;
//   - a compiled module at `path`;
//   - any other program, by execv(), as a pod may have native programs besides modules.
// The guest is given the container's root directory, or the directories of WASM2OBJ_OPTIONS
// instead.
[[noreturn]] void runProgram(std::optional<Prepared> prepared, const char* path,
                             char* const argv[]);

}  // namespace crun
