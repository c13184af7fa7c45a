// Information for the descriptor about a function that is known only after code emission.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"

namespace codegen {

// The members other than `codeSize` are those of abi::OffsetRows.
struct FunctionInfo {
  uint32_t codeSize = 0;    // in bytes
  uint32_t wasmOffset = 0;  // of its entry in the code section
  base::Bytes rows;
  std::vector<abi::InlinedCall> inlined;
};

}  // namespace codegen
