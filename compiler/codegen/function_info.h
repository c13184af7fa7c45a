// What is known of a function only after its code is made.
#pragma once

#include <cstdint>

#include "runtime/base/bytes.h"

namespace codegen {

struct FunctionInfo {
  uint32_t codeSize = 0;
  uint32_t wasmOffset = 0;  // where the rows begin
  base::Bytes rows;         // as abi::OffsetRows has them
};

}  // namespace codegen
