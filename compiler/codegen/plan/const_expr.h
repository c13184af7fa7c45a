// The decoder of constant expressions (section 3.4.13 of the core specification): initial values of
// globals and tables, offsets and elements of segments.
#pragma once

#include <optional>
#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/abi/module_descriptor.h"

namespace codegen {

// Returns the instructions of the expression in `range` without its `end`, in the form of the
// descriptor. Requires that the expression is valid and that const_ops.def has a row with a step
// for each instruction, which checkTranslated ensures. An empty range has no steps.
std::vector<abi::ConstStep> constSteps(const wasm::Module& module, wasm::CodeRange range);

// Returns the value of an expression that is a single integer constant, and nothing for all others,
// also if they have a constant value. An i32 is sign-extended. Requires that the expression is the
// offset of a segment or otherwise of type i32 or i64.
std::optional<uint64_t> constantInteger(const wasm::Module& module, wasm::CodeRange range);

}  // namespace codegen
