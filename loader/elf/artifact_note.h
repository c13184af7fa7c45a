// The ELF note of an artifact and the checksum that it contains. Sealing and verification share
// them.
#pragma once

#include <vector>

#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

// The code for one CPU.
struct Variant {
  abi::CpuNeeds cpu;
  uint64_t descriptorOffset;  // virtual address of its ModuleDescriptor
};

// The contents of the note, and their place.
struct LocatedNote {
  uint64_t offset = 0;           // of the ArtifactNote in the file, in bytes
  abi::ArtifactNote note;        // a copy
  std::vector<Variant> further;  // the variants besides that of the note
};

// Returns the notes with the owner "wasm2obj", of which the first must be an ArtifactNote and all
// others are VariantNotes. Fails if there is none, or if the range, type or size of one is wrong.
// `headers` must be those of `file`. Errors have no `where`.
base::Result<LocatedNote> findNote(base::ByteView file, const ElfHeaders& headers);

// Returns the checksum of `file` as ArtifactNote::checksum defines it. Requires that
// `note.note.coveredSize` does not exceed the size of the file.
uint64_t computeChecksum(base::ByteView file, const ElfHeaders& headers, const LocatedNote& note);

}  // namespace loader
