#include "runtime/unwind/call_sites.h"

namespace runtime {

std::optional<uint64_t> landingPadAt(TableReader data, uint64_t functionStart, uint64_t pc) {
  uint8_t padBaseEncoding = data.byte();
  uint64_t padBase = functionStart;
  if (padBaseEncoding != kPointerOmitted) padBase = data.pointer(padBaseEncoding);
  if (data.byte() != kPointerOmitted) data.uleb();  // the distance to the types
  uint8_t encoding = data.byte();
  TableReader sites = data.take(data.uleb());
  while (!sites.atEnd()) {
    uint64_t start = sites.pointer(encoding);
    uint64_t length = sites.pointer(encoding);
    uint64_t pad = sites.pointer(encoding);
    sites.uleb();  // the action
    if (sites.failed()) break;
    if (pc - functionStart - start < length) return pad == 0 ? 0 : padBase + pad;
  }
  if (sites.failed()) return std::nullopt;
  return 0;
}

}  // namespace runtime
