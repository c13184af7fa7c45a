// The ELF headers of an artifact: read and checked before anything else of the file is believed.
// What comes out is in range, in order and free of overlap; whether the module fits this host is
// for verify.h.
#pragma once

#include <elf.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/abi/vmctx.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace loader {

// Program headers by what they are for. Every file range lies inside the file, every address range
// below 2^40 and (but for `loads` themselves) inside one of the loads.
struct ElfHeaders {
  abi::Arch arch;
  uint64_t sectionTableOffset = 0;
  uint64_t sectionTableSize = 0;
  // By ascending address, which is their offset in the file; on pages of their own.
  std::vector<Elf64_Phdr> loads;
  Elf64_Phdr dynamic;
  Elf64_Phdr note;
  std::optional<Elf64_Phdr> relro;
  std::optional<Elf64_Phdr> ehFrameHeader;

  // The load whose file content holds [address, address + size), or null.
  const Elf64_Phdr* loadOf(uint64_t address, uint64_t size) const;
  // End of the last load's file content.
  uint64_t loadedFileEnd() const;
};

// Errors have no `where`: the caller knows the file's name.
base::Result<ElfHeaders> readElfHeaders(base::ByteView file);

// True when [offset, offset + size) lies inside [0, limit); safe for any numbers.
constexpr bool inRange(uint64_t offset, uint64_t size, uint64_t limit) {
  return size <= limit && offset <= limit - size;
}

}  // namespace loader
