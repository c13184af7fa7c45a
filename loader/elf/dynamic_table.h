// What the dynamic section says: one exported symbol, relative relocations, and nothing that would
// have to be searched, run or resolved.
#pragma once

#include "loader/elf/elf_headers.h"

namespace loader {

// Address ranges, each inside the content of one load.
struct DynamicTable {
  uint64_t relocations = 0;
  uint64_t relocationsSize = 0;
  uint64_t symbols = 0;
  uint64_t strings = 0;
  uint64_t stringsSize = 0;
  uint64_t gnuHash = 0;
};

// Refuses every entry that is not on the list of harmless ones, by its name.
base::Result<DynamicTable> readDynamicTable(base::ByteView file, const ElfHeaders& headers);

// The address of the one exported symbol, which must be `wasm2obj_module`; its value lies in the
// content of a load.
base::Result<uint64_t> findDescriptor(base::ByteView file, const ElfHeaders& headers);

// Every relocation is relative, and both its place (in a writable load) and its target lie inside
// the loaded segments.
base::Result<void> checkRelocations(base::ByteView file, const ElfHeaders& headers,
                                    const DynamicTable& table);

}  // namespace loader
