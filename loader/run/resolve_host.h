// The resolution of names of hosts by the system. It is not in executables: a static C library
// needs shared ones for it.
#pragma once

#include "loader/program/listener.h"

namespace run {

// Accepts names and numeric addresses.
program::ResolveHost resolveHost;

}  // namespace run
