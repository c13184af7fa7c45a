// The ELF note of an artifact and the checksum that it contains. Sealing and verification share
// them.
#pragma once

#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

// The contents of the note, and their place.
struct LocatedNote {
  uint64_t offset = 0;     // of the ArtifactNote in the file, in bytes
  abi::ArtifactNote note;  // a copy
};

// Returns the first note with the owner "wasm2obj". Fails if there is none, or if its range, type
// or size is not that of an ArtifactNote. `headers` must be those of `file`. Errors have no
// `where`.
base::Result<LocatedNote> findNote(base::ByteView file, const ElfHeaders& headers);

// Returns the checksum of `file` as ArtifactNote::checksum defines it. Requires that
// `note.note.coveredSize` does not exceed the size of the file.
uint64_t computeChecksum(base::ByteView file, const ElfHeaders& headers, const LocatedNote& note);

}  // namespace loader
