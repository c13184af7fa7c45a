// The verification of a module descriptor: every reference is in range, every index is valid in its
// index space, and all counts agree. Afterwards the runtime follows it without bounds checks.
#pragma once

#include "loader/elf/artifact_note.h"
#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

// Verifies the descriptor of a variant of the code in `file`. `headers` and `note` must be those of
// `file` and have been checked; the address of `file` must be a multiple of 16. Errors contain the
// part of the descriptor that is invalid, and have no `where`.
base::Result<void> verifyDescriptor(base::ByteView file, const ElfHeaders& headers,
                                    const abi::ArtifactNote& note, const Variant& variant);

// Verifies the descriptor at the start of `region`, the section .wasm2obj.descriptor of an object
// file or of an executable, whose address must be a multiple of 16. References to code and to the
// memory image are not checked, and must not be followed. Errors are likewise.
base::Result<void> verifyLinkedDescriptor(base::ByteView region, abi::Arch arch);

}  // namespace loader
