// Constant expressions (section 3.4.15), read into the descriptor's steps.
#pragma once

#include <optional>
#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/abi/module_descriptor.h"

namespace codegen {

// The steps of the valid expression in `range`, whose instructions all have a step (const_ops.def).
std::vector<abi::ConstStep> constSteps(const wasm::Module& module, wasm::CodeRange range);

// Returns the value of an expression that is a single integer constant, nothing for all others. An
// i32 is sign-extended.
std::optional<uint64_t> constantInteger(const wasm::Module& module, wasm::CodeRange range);

}  // namespace codegen
