// The note that makes an ELF file an artifact, and the checksum it records. Shared by the side that
// seals a file and the side that believes it.
#pragma once

#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

struct LocatedNote {
  uint64_t offset = 0;  // of the ArtifactNote in the file
  abi::ArtifactNote note;
};

// The one note of owner "wasm2obj". Errors: there is none, or it is malformed.
base::Result<LocatedNote> findNote(base::ByteView file, const ElfHeaders& headers);

// As ArtifactNote::checksum tells. `note.coveredSize` must lie inside the file.
uint64_t computeChecksum(base::ByteView file, const ElfHeaders& headers, const LocatedNote& note);

}  // namespace loader
