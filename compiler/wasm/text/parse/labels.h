// The labels in scope at a place in a function, by name and by depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/wasm/text/parse/identifier_map.h"

namespace wasm {

class Labels {
 public:
  void clear();
  // `name` is empty for a label without.
  void push(std::string_view name);
  void pop();
  // The name of the innermost.
  std::string_view innermost() const { return stack_.back().name; }
  // How many labels stand between here and the innermost of that name.
  std::optional<uint32_t> depth(std::string_view name) const;

 private:
  struct Label {
    std::string_view name;
    uint32_t shadowed;  // where in the stack the outer label of the same name is, or kAbsent
  };

  std::vector<Label> stack_;
  IdentifierMap positions_;  // in the stack
};

}  // namespace wasm
