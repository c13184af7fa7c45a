// Everything that is checked of an artifact before any of it is mapped executable. The checks go
// from the outside in: ELF headers, the note (whose module is it, is it whole, can this host run
// it), checksum, dynamic data, unwind tables, descriptor. Code itself is not read.
#pragma once

#include "loader/elf/artifact_note.h"
#include "loader/elf/dynamic_table.h"

namespace loader {

// What loading needs to know of a file that passed.
struct VerifiedArtifact {
  ElfHeaders headers;
  DynamicTable dynamic;
  LocatedNote note;
  uint64_t ehFrame = 0;  // address of the unwind tables; 0 without
};

// `file` is the whole file, at an address that is a multiple of 16. Errors (without `where`) name
// the field, the artifact's value, the host's value and the cure.
base::Result<VerifiedArtifact> verifyArtifact(base::ByteView file);

}  // namespace loader
