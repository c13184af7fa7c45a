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

}  // namespace program
