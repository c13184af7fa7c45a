// The printer of single instructions: the keyword, and the immediates according to their
// ImmediateShape.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/text/print/print_types.h"

namespace wasm {

// The names of locals and labels that are in scope in a function body. The names must outlive it.
class BodyScope {
 public:
  explicit BodyScope(const NameMap& locals) : locals_(locals) {}

  // Enter and leave a structured instruction. An empty label means that it has no name. pop()
  // requires a label.
  void push(std::string_view label);
  void pop();
  // Returns the number of structured instructions around the current position.
  uint32_t depth() const { return static_cast<uint32_t>(labels_.size()); }

  // Returns the name of a local; empty if it has none.
  std::string_view local(uint32_t index) const;
  // Returns the name of the label with this index, counted from the innermost; empty if it has
  // none, does not exist, or is shadowed by an inner label with the same name.
  std::string_view label(uint32_t index) const;

 private:
  const NameMap& locals_;
  std::vector<std::string_view> labels_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> places_;  // in labels_, by name
};

// Prints an instruction such as "i32.load offset=8". `ownLabel` is the name of the label of a
// structured instruction, or empty. Indices need not be valid.
void printInstruction(Printing& to, const BodyScope& scope, std::string_view ownLabel,
                      const Instruction& instruction);

}  // namespace wasm
