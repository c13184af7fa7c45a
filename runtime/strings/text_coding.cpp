// The builtins of wasm:text-encoder and wasm:text-decoder.
#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/strings/builtins.h"
#include "runtime/strings/operands.h"
#include "runtime/strings/transcode.h"

namespace strings {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The longest strings take less than 4 GiB in UTF-8.
static_assert(uint64_t{kMaxLength} * 3 <= UINT32_MAX);

}  // namespace

uint32_t measureStringAsUtf8(Caller* caller, ExternRef string) {
  std::optional<Units> units = checkUnits(caller, string);
  return units ? static_cast<uint32_t>(utf8SizeOf(*units)) : 0;
}

uint32_t encodeStringIntoUtf8Array(Caller* caller, ExternRef string, ByteArray array,
                                   uint32_t begin) {
  std::optional<Units> units = checkUnits(caller, string);
  if (!units) return 0;
  auto size = static_cast<uint32_t>(utf8SizeOf(*units));
  if (!checkRange(caller, array.object, begin, uint64_t{begin} + size)) return 0;
  toUtf8(*units, array.elements() + begin);
  return size;
}

ByteArrayResult encodeStringToUtf8Array(Caller* caller, ExternRef string) {
  std::optional<Units> units = checkUnits(caller, string);
  if (!units) return {};
  auto size = static_cast<uint32_t>(utf8SizeOf(*units));
  ByteArray array{runtime::newArray(storeOf(caller), byteArrayType(), size)};
  if (array.object == nullptr) {
    trap(caller, abi::TrapCode::AllocationFailure);
    return {};
  }
  toUtf8(*units, array.elements());
  return {array.object};
}

StringResult decodeStringFromUtf8Array(Caller* caller, ByteArray array, uint32_t begin,
                                       uint32_t end) {
  if (!checkRange(caller, array.object, begin, end)) return {};
  std::string_view text(reinterpret_cast<const char*>(array.elements() + begin), end - begin);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return checkAllocated(caller, newString(storeOf(caller), text));
}

}  // namespace strings
