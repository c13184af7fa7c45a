// The search for the function type of a type use without a type index, by its signature (section
// 6.4.15).
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/wasm/types.h"

namespace wasm {

// An index of the function types of a module by their signature.
class FunctionTypes {
 public:
  // `types` must outlive this object. Types may be appended to it, but not changed.
  explicit FunctionTypes(std::vector<SubType>& types) : types_(types) {}

  // Returns the index of the first type with this signature that is final, has no supertype and is
  // alone in its recursive group. If there is none, appends one, with this offset in Module::bytes.
  // All types that the text defines must have been added before, since new types come after them.
  uint32_t indexOf(const FuncType& signature, uint32_t offset);

 private:
  void note(uint32_t index);

  std::vector<SubType>& types_;
  std::unordered_map<std::string, uint32_t> indices_;  // by encoded signature
  uint32_t noted_ = 0;                                 // the number of types that are in indices_
};

}  // namespace wasm
