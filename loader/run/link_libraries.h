// The linking of position-independent libraries. It is not in executables, which have none.
#pragma once

#include "loader/program/program.h"

namespace run {

program::LinkLibraries linkLibraries;

}  // namespace run
