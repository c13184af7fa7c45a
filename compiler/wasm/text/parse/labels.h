// The labels that are in scope while a function is parsed (section 6.5.1). Inner labels shadow
// outer ones with the same name.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/wasm/text/parse/identifier_map.h"

namespace wasm {

// A stack of labels with a map from names to positions in it, so that lookup takes constant time at
// any depth of nesting. Names are not copied and must outlive the labels.
class Labels {
 public:
  // Enter and leave a block. `name` is empty for a label without a name. pop() requires a label.
  void push(std::string_view name);
  void pop();
  // Returns the name of the innermost label, or an empty one. Requires a label.
  std::string_view innermost() const { return stack_.back().name; }
  // Returns the label index of the innermost label of that name: the number of labels inside of it.
  // Returns nothing if there is none.
  std::optional<uint32_t> depth(std::string_view name) const;

 private:
  struct Label {
    std::string_view name;
    uint32_t shadowed;  // the position in the stack of the next outer label of the name, or kAbsent
  };

  std::vector<Label> stack_;
  IdentifierMap positions_;  // in the stack
};

}  // namespace wasm
