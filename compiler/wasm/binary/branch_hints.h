// The reader and the writer of the custom section "metadata.code.branch_hint" (branch hinting
// proposal).
#pragma once

#include <span>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/module.h"

namespace wasm {

// The name of the section.
inline constexpr std::string_view kBranchHintSection = "metadata.code.branch_hint";

// Returns whether the proposal allows a hint for the instruction: only `if` and `br_if` take one.
bool takesBranchHint(const Instruction& instruction);

// Returns the hints of a module whose sections have all been read, sorted by function and offset.
// The offsets are in Module::bytes. Returns none if there is no such section or if it is malformed,
// which is not an error: the section is then kept like any custom section with an unknown name.
std::vector<BranchHint> readBranchHints(const Module& module);

// Returns the hints of one function, a part of Module::branchHints. Takes logarithmic time.
std::span<const BranchHint> hintsOf(const Module& module, uint32_t function);

// Returns the contents of the section, without its name. Requires that `hints` are sorted by
// function and offset; their offsets are in bytes from the start of the function's locals, as in
// the binary format.
base::Bytes writeBranchHints(std::span<const BranchHint> hints);

}  // namespace wasm
