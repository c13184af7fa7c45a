// The custom section "metadata.code.branch_hint" (the branch hinting proposal), both ways.
#pragma once

#include <span>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/module.h"

namespace wasm {

inline constexpr std::string_view kBranchHintSection = "metadata.code.branch_hint";

// Whether a hint may stand before the instruction.
bool takesBranchHint(const Instruction& instruction);

// The module's hints, once all of its sections are read. None if there is no such section, or if it
// is malformed: then it says nothing, and is kept as any other custom section is.
std::vector<BranchHint> readBranchHints(const Module& module);

// Those of one function.
std::span<const BranchHint> hintsOf(const Module& module, uint32_t function);

// The contents of the section. `hints` are in order; their offsets count from where the function's
// locals begin.
base::Bytes writeBranchHints(std::span<const BranchHint> hints);

}  // namespace wasm
