// The unwind tables (.eh_frame): found through their header segment, and walked once so that the
// unwinder, which checks nothing, cannot run off their end.
#pragma once

#include "loader/elf/elf_headers.h"

namespace loader {

// The address of the tables, or 0 when there are none. Errors: a record that reaches outside its
// segment, a frame without its common record, tables without an end.
base::Result<uint64_t> findEhFrame(base::ByteView file, const ElfHeaders& headers);

}  // namespace loader
