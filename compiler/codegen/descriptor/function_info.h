// What is known of a function only after its code is made.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"

namespace codegen {

struct FunctionInfo {
  uint32_t codeSize = 0;
  uint32_t wasmOffset =
      0;  // of its entry in the code section; these are as abi::OffsetRows has them
  base::Bytes rows;
  std::vector<abi::InlinedCall> inlined;
};

}  // namespace codegen
