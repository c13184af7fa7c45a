// The ELF header and the program headers of an artifact (ELF gABI). They are read and checked
// before all other parts of the file, so that these can rely on ranges, order and alignment.
// Whether this host can run the module is checked in verify.h.
#pragma once

#include <elf.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/abi/vmctx.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace loader {

// The program headers by their purpose. A "load" is a PT_LOAD segment. Every file range is within
// the file, and every address is below 2^40. Dynamic section, note, relro and unwind tables are in
// the file content of a load.
struct ElfHeaders {
  abi::Arch arch;
  uint64_t sectionTableOffset = 0;  // in the file, in bytes
  uint64_t sectionTableSize = 0;    // in bytes
  // The loads by ascending address, which equals the file offset. There is at least one, none
  // overlap, and no two of them share a page of 4 KiB.
  std::vector<Elf64_Phdr> loads;
  Elf64_Phdr dynamic;
  Elf64_Phdr note;
  std::optional<Elf64_Phdr> relro;
  std::optional<Elf64_Phdr> ehFrameHeader;

  // Returns the load whose file content contains [address, address + size), or null. It is valid as
  // long as this object. The numbers may be any.
  const Elf64_Phdr* loadOf(uint64_t address, uint64_t size) const;
  // Returns the file offset of the end of the last load's content.
  uint64_t loadedFileEnd() const;
};

// Reads the headers of an artifact. Fails if the file is not an ELF file, is truncated, or has
// properties that no artifact has. Errors have no `where`, as the caller has the file's name.
base::Result<ElfHeaders> readElfHeaders(base::ByteView file);

// Returns whether [offset, offset + size) is within [0, limit). Does not overflow for any numbers.
constexpr bool inRange(uint64_t offset, uint64_t size, uint64_t limit) {
  return size <= limit && offset <= limit - size;
}

}  // namespace loader
