// The properties of a function that are known only after code emission, for the descriptor.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"

namespace codegen {

// The size of a function's code, and the map from its code addresses to offsets in the wasm file.
// The members other than `codeSize` are those of abi::OffsetRows, which describes their encoding.
struct FunctionInfo {
  uint32_t codeSize = 0;    // in bytes
  uint32_t wasmOffset = 0;  // byte offset in the wasm file of the function's code section entry
  base::Bytes rows;         // pairs of ULEB128 and SLEB128
  std::vector<abi::InlinedCall> inlined;  // outer calls before those inside of them
};

}  // namespace codegen
