// The descriptor, checked as a whole: every reference in range, every index of its space, every
// count in agreement. Afterwards the runtime may follow it without checks of its own.
#pragma once

#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

// `note` has been checked against `file`; note.descriptorOffset lies in a load. Errors name the
// part of the descriptor.
base::Result<void> verifyDescriptor(base::ByteView file, const ElfHeaders& headers,
                                    const abi::ArtifactNote& note);

}  // namespace loader
