// A hash map from identifiers to numbers that is emptied in constant time: the locals and labels of
// a function need a new one for each function, however many the largest had.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wasm {

class IdentifierMap {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // kAbsent if there is none. Keys are borrowed.
  uint32_t find(std::string_view name) const;
  // What `name` maps to, to be changed; kAbsent at first.
  uint32_t& at(std::string_view name);
  // False if there is one already.
  bool insert(std::string_view name, uint32_t value);
  void clear();

 private:
  struct Slot {
    std::string_view name;
    uint32_t generation = 0;
    uint32_t value = kAbsent;
  };

  // Where `name` is, or would be.
  size_t position(std::string_view name) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two of them, at least half of them free
  size_t used_ = 0;
  uint32_t generation_ = 1;  // slots of other generations are free
};

}  // namespace wasm
