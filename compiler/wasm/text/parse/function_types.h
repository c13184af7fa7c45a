// Finds the type that an inline signature stands for (section 6.4.8: the abbreviation of type
// uses).
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/wasm/types.h"

namespace wasm {

class FunctionTypes {
 public:
  explicit FunctionTypes(std::vector<SubType>& types) : types_(types) {}

  // The first type that is just this signature: final, without supertype, alone in its group. It is
  // appended if there is none; then its offset is `offset`. All explicit types must be there.
  uint32_t indexOf(const FuncType& signature, uint32_t offset);

 private:
  void note(uint32_t index);

  std::vector<SubType>& types_;
  std::unordered_map<std::string, uint32_t> indices_;  // by encoded signature
  uint32_t noted_ = 0;                                 // that many types are in indices_
};

}  // namespace wasm
