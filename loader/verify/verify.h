// The verification of an artifact before any of it becomes executable. It checks, in this order,
// the ELF headers, the note (version, architecture, sizes), the checksum, the CPU features, the
// layout of the segments, the dynamic section, the unwind tables and the descriptor.
//
// It protects against damaged and mismatched files. The machine code is not checked, so that an
// artifact must come from a trusted compiler.
#pragma once

#include "loader/elf/artifact_note.h"
#include "loader/elf/dynamic_table.h"
#include "loader/verify/variants.h"

namespace loader {

// The parts of a verified file that loading uses. It has copies of them and does not refer to the
// file.
struct VerifiedArtifact {
  ElfHeaders headers;
  DynamicTable dynamic;
  LocatedNote note;
  // The code for the CPUs that it was compiled for, in the order of the file.
  std::vector<Variant> variants;
  size_t chosen = 0;     // the index of that for this machine; of the first for Host::Any
  uint64_t ehFrame = 0;  // the virtual address of the unwind tables, or 0 if there are none
};

// Where the artifact is to run: on this machine, or anywhere.
enum class Host : uint8_t { This, Any };

// Verifies an artifact. `file` is the whole file; its address must be a multiple of 16. Errors
// contain the field, its value, the expected value and the remedy, and have no `where`.
// Thread-safe.
base::Result<VerifiedArtifact> verifyArtifact(base::ByteView file, Host host = Host::This);

}  // namespace loader
