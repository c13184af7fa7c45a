// The unwind tables of an artifact (.eh_frame; DWARF call frame information as the Linux Standard
// Base defines it).
#pragma once

#include "loader/elf/elf_headers.h"

namespace loader {

// Returns the virtual address of .eh_frame, or 0 if there is none. Walks through the records once,
// as the unwinder does not check them: fails if a record (CIE or FDE) exceeds its segment, if an
// FDE does not refer to the CIE before it, or if the tables have no terminator. The contents of
// records are not checked. `headers` must be those of `file`. Errors have no `where`.
base::Result<uint64_t> findEhFrame(base::ByteView file, const ElfHeaders& headers);

}  // namespace loader
