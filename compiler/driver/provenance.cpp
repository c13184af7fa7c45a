#include "compiler/driver/provenance.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/SHA256.h>

#include <algorithm>
#include <iterator>

#include "compiler/driver/version.h"

namespace driver {

abi::Provenance provenanceOf(base::ByteView module) {
  abi::Provenance provenance{};
  llvm::ArrayRef<uint8_t> bytes(module.data(), module.size());
  std::ranges::copy(llvm::SHA256::hash(bytes), provenance.sourceId);
  std::ranges::copy(kVersionNumbers, provenance.version);
  return provenance;
}

}  // namespace driver
