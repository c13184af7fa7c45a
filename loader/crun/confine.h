// The confinement of the compiler, which reads modules of anyone on behalf of root.
#pragma once

namespace crun {

// The limits of time for a compilation: by the clock, and of all its threads together.
inline constexpr int kCompilerSeconds = 300;
inline constexpr int kCompilerCpuSeconds = 600;

// Gives up the rights of this process, which is about to execute the compiler: it can read
// programs, libraries and what the kernel tells about the CPU, and write to descriptors that it has
// already. It has no network, cannot create or affect processes, and can gain no rights by
// executing a program. Memory, time and file sizes are limited. Descriptors above the standard
// streams are closed by exec(), unless that is changed. Root becomes the user "nobody".
//
// Returns whether all of that has been done. Only the restriction to certain files is left out if
// the kernel cannot do it (Landlock, Linux 5.13).
bool enterConfinement();

}  // namespace crun
