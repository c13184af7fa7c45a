// The custom section "dylink.0" of a position-independent module (tool conventions of WebAssembly,
// "Dynamic Linking"): what it needs to be linked into a program when that is loaded.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace runtime {

// The contents of the section. The texts refer to its bytes.
struct DylinkSection {
  uint32_t memorySize = 0;                    // of its data, in bytes
  uint32_t memoryAlignment = 1;               // in bytes, a power of two
  uint32_t tableSize = 0;                     // of its functions in the table, in elements
  uint32_t tableAlignment = 1;                // in elements, a power of two
  std::vector<std::string_view> needed;       // the names of libraries that must be linked as well
  std::vector<std::string_view> weakImports;  // of "env"; they may be undefined
};

// Reads the section; no bytes give a DylinkSection that needs nothing. Subsections with unknown ids
// are skipped, as the conventions demand. The run-time path is ignored: a module must not choose
// the directories of the host from which libraries are loaded. Fails if the section is malformed,
// or exports a thread-local symbol.
base::Result<DylinkSection> readDylinkSection(base::ByteView bytes);

}  // namespace runtime
