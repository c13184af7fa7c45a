#include "compiler/wasm/text/parse/function_types.h"

#include "compiler/wasm/binary/encode_types.h"
#include "runtime/base/bytes.h"

namespace wasm {
namespace {

// Returns a key that differs for different signatures. The number of parameters separates them from
// the results.
std::string encoded(const FuncType& signature) {
  base::Bytes out;
  base::appendUleb(out, signature.params.size());
  for (const ValueType& type : signature.params) writeValueType(out, type);
  for (const ValueType& type : signature.results) writeValueType(out, type);
  return std::string(base::asText(out));
}

}  // namespace

uint32_t FunctionTypes::indexOf(const FuncType& signature, uint32_t offset) {
  // Types of the text that have been parsed since the last call.
  while (noted_ < types_.size()) note(noted_++);
  uint32_t index = static_cast<uint32_t>(types_.size());
  auto [place, isNew] = indices_.try_emplace(encoded(signature), index);
  if (!isNew) return place->second;
  types_.push_back({.func = signature, .group = index, .offset = offset});
  ++noted_;
  return index;
}

void FunctionTypes::note(uint32_t index) {
  const SubType& type = types_[index];
  if (type.kind != CompositeKind::Func) return;
  if (!type.isFinal || type.supertype || type.groupSize != 1) return;
  // Keeps the first type of several with the same signature, as the specification demands.
  indices_.try_emplace(encoded(type.func), index);
}

}  // namespace wasm
