#include "compiler/wasm/text/parse/identifier_map.h"

#include <functional>
#include <utility>

namespace wasm {

uint32_t IdentifierMap::find(std::string_view name) const {
  if (used_ == 0) return kAbsent;
  const Slot& slot = slots_[position(name)];
  return slot.generation == generation_ ? slot.value : kAbsent;
}

uint32_t& IdentifierMap::at(std::string_view name) {
  // Keeps at least half of the slots free, so that position() ends.
  if (used_ * 2 >= slots_.size()) grow();
  Slot& slot = slots_[position(name)];
  if (slot.generation != generation_) {
    slot = {name, generation_, kAbsent};
    ++used_;
  }
  return slot.value;
}

bool IdentifierMap::insert(std::string_view name, uint32_t value) {
  uint32_t& place = at(name);
  if (place != kAbsent) return false;
  place = value;
  return true;
}

void IdentifierMap::clear() {
  used_ = 0;
  // After a wrap-around the slots of the first generations would be in use again.
  if (++generation_ == 0) {
    slots_.clear();
    generation_ = 1;
  }
}

// Open addressing with linear probing.
size_t IdentifierMap::position(std::string_view name) const {
  size_t mask = slots_.size() - 1;
  size_t at = std::hash<std::string_view>{}(name)&mask;
  while (slots_[at].generation == generation_ && slots_[at].name != name) at = (at + 1) & mask;
  return at;
}

// Doubles the table and inserts the entries of the current generation.
void IdentifierMap::grow() {
  std::vector<Slot> old = std::exchange(slots_, {});
  slots_.resize(old.empty() ? 16 : old.size() * 2);
  for (const Slot& slot : old) {
    if (slot.generation == generation_) slots_[position(slot.name)] = slot;
  }
}

}  // namespace wasm
