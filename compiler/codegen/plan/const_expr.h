// Constant expressions (section 3.4.14), read into the descriptor's steps.
#pragma once

#include <optional>
#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/abi/module_descriptor.h"

namespace codegen {

std::vector<abi::ConstStep> constSteps(const wasm::Module& module, wasm::CodeRange range);

// The value of an expression that is a single integer constant.
std::optional<uint64_t> constantInteger(const wasm::Module& module, wasm::CodeRange range);

}  // namespace codegen
