#include "compiler/codegen/descriptor/blob.h"

#include <algorithm>

namespace codegen {

void Blob::sortFixups() {
  std::sort(fixups_.begin(), fixups_.end(),
            [](const Fixup& a, const Fixup& b) { return a.offset < b.offset; });
}

void Blob::setArray(uint32_t field, uint32_t target, uint32_t count) {
  static_assert(sizeof(abi::Array<char>) == 8 && offsetof(abi::Array<char>, count) == 4);
  write<int32_t>(field, static_cast<int32_t>(target) - static_cast<int32_t>(field));
  write<uint32_t>(field + offsetof(abi::Array<char>, count), count);
}

}  // namespace codegen
