// The dynamic section of an artifact (ELF gABI, "Dynamic Section"). It contains one exported symbol
// and relative relocations, but no dependencies, initializers or symbols to resolve.
#pragma once

#include "loader/elf/elf_headers.h"

namespace loader {

// The virtual addresses and the sizes in bytes of the tables that the dynamic section refers to.
// The tables of relocations, symbols and strings are in the file content of one load each.
struct DynamicTable {
  uint64_t relocations = 0;
  uint64_t relocationsSize = 0;
  uint64_t symbols = 0;
  uint64_t strings = 0;
  uint64_t stringsSize = 0;
  uint64_t gnuHash = 0;
};

// Returns the tables. Fails if there is an entry with a tag that is not known to be harmless, or a
// table is not in a load. `headers` must be those of `file`, here and below. Errors have no
// `where`.
base::Result<DynamicTable> readDynamicTable(base::ByteView file, const ElfHeaders& headers);

// Returns the virtual address of the symbol abi::kDescriptorSymbol. Fails if it is not the only
// exported symbol, if its size is less than that of a ModuleDescriptor, or if it is not in the file
// content of a load.
base::Result<uint64_t> findDescriptor(base::ByteView file, const ElfHeaders& headers);

// Fails unless every relocation is relative, its place is aligned and in a writable load, and its
// target is not beyond the last load.
base::Result<void> checkRelocations(base::ByteView file, const ElfHeaders& headers,
                                    const DynamicTable& table);

}  // namespace loader
