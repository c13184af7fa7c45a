#include "compiler/wasm/text/parse/labels.h"

#include <utility>

namespace wasm {

void Labels::push(std::string_view name) {
  uint32_t position = static_cast<uint32_t>(stack_.size());
  // The shadowed position is kept on the stack and restored by pop(). A name that is no longer in
  // scope remains in the map with kAbsent.
  uint32_t shadowed = IdentifierMap::kAbsent;
  if (!name.empty()) shadowed = std::exchange(positions_.at(name), position);
  stack_.push_back({name, shadowed});
}

void Labels::pop() {
  const Label& label = stack_.back();
  if (!label.name.empty()) positions_.at(label.name) = label.shadowed;
  stack_.pop_back();
}

std::optional<uint32_t> Labels::depth(std::string_view name) const {
  uint32_t position = positions_.find(name);
  if (position == IdentifierMap::kAbsent) return std::nullopt;
  return static_cast<uint32_t>(stack_.size()) - 1 - position;
}

}  // namespace wasm
