// What a process does before it runs a guest, and after it.
#pragma once

#include <string>

namespace program {

// Opens /dev/null for standard streams that are closed, so that no file that is opened later has
// their descriptors, which the guest reads and writes.
void occupyStandardStreams();

// Ignores the signals for a write to a closed pipe or beyond the limit of file sizes. They must not
// end the process: the write fails with an errno, which the guest receives.
void ignoreWriteSignals();

// Writes what standard output has buffered. Returns `status`, or kFailure with a message of the
// program `name` if that fails.
int finishOutput(int status, const std::string& name);

// Ends the process with this exit code, and destroys nothing: the kernel frees all that a process
// has, in less time. Standard output must have been written.
[[noreturn]] void leave(int status);

}  // namespace program
