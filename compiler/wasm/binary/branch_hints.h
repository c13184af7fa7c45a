// Reads and writes the custom section "metadata.code.branch_hint" (the branch hinting proposal).
#pragma once

#include <span>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/module.h"

namespace wasm {

inline constexpr std::string_view kBranchHintSection = "metadata.code.branch_hint";

// Returns whether the instruction can have a hint: `if` and `br_if` can.
bool takesBranchHint(const Instruction& instruction);

// Returns the hints of a module whose sections have all been read, sorted by function and offset.
// Returns none if there is no such section or if it is malformed, which is not an error: the
// section is then kept like any custom section with an unknown name.
std::vector<BranchHint> readBranchHints(const Module& module);

// Returns the hints of one function, a part of Module::branchHints.
std::span<const BranchHint> hintsOf(const Module& module, uint32_t function);

// Returns the contents of the section. `hints` must be sorted by function and offset; their offsets
// are relative to the start of the function's locals, as in the binary format.
base::Bytes writeBranchHints(std::span<const BranchHint> hints);

}  // namespace wasm
