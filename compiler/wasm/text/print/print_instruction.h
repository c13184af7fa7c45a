// One instruction as text: its keyword, and its immediates by their shape.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/text/print/print_types.h"

namespace wasm {

// What the instructions of one body may name beside the module's items.
class BodyScope {
 public:
  explicit BodyScope(const NameMap& locals) : locals_(locals) {}

  // Structured instructions, outermost first; an empty name means none.
  void push(std::string_view label);
  void pop();
  uint32_t depth() const { return static_cast<uint32_t>(labels_.size()); }

  std::string_view local(uint32_t index) const;
  // The name that means this label here: an inner one of the same name hides it.
  std::string_view label(uint32_t index) const;

 private:
  const NameMap& locals_;
  std::vector<std::string_view> labels_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> places_;  // in labels_, by name
};

// "i32.load offset=8". `ownLabel` is what a structured instruction is called.
void printInstruction(Printing& to, const BodyScope& scope, std::string_view ownLabel,
                      const Instruction& instruction);

}  // namespace wasm
