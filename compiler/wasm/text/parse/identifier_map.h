// A hash map from identifiers to numbers that can be cleared in constant time. It is cleared for
// each function, also after one with very many locals or labels, for which clearing a standard map
// would take time in each later function.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wasm {

// The map does not copy its keys, which must outlive their entries. Names cannot be removed one by
// one.
class IdentifierMap {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // Returns the number of `name`, or kAbsent.
  uint32_t find(std::string_view name) const;
  // Returns a reference to the number of `name`, which is inserted with kAbsent if it is new. The
  // reference is valid until the next call of at() or insert().
  uint32_t& at(std::string_view name);
  // Inserts `name`. Returns false and changes nothing if it has a number already.
  bool insert(std::string_view name, uint32_t value);
  // Removes all names in constant time. The memory is kept for later names.
  void clear();

 private:
  struct Slot {
    std::string_view name;
    uint32_t generation = 0;
    uint32_t value = kAbsent;
  };

  // Returns the index of the slot that holds `name`, or of the free one where it would be inserted.
  size_t position(std::string_view name) const;
  void grow();

  std::vector<Slot> slots_;  // the size is a power of two; at least half of them are free
  size_t used_ = 0;
  uint32_t generation_ = 1;  // changed by clear(); slots of other generations are free
};

}  // namespace wasm
