// Fuzzes the reader of the section dylink.0, which nobody has checked before it is used: it is
// refused, or all that it gives is in it.
#include "runtime/base/check.h"
#include "runtime/dylink/dylink_section.h"

namespace {

bool isPowerOfTwo(uint32_t number) { return number != 0 && (number & (number - 1)) == 0; }

void checkTexts(const std::vector<std::string_view>& texts, base::ByteView bytes) {
  CHECK(texts.size() <= bytes.size());
  for (std::string_view text : texts) {
    base::ByteView part = base::asBytes(text);
    if (part.empty()) continue;
    CHECK(part.data() >= bytes.data() && part.data() + part.size() <= bytes.data() + bytes.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::ByteView bytes(data, size);
  auto section = runtime::readDylinkSection(bytes);
  if (!section) {
    CHECK(!section.error().message.empty());
    return 0;
  }
  CHECK(isPowerOfTwo(section->memoryAlignment) && isPowerOfTwo(section->tableAlignment));
  checkTexts(section->needed, bytes);
  checkTexts(section->weakImports, bytes);
  return 0;
}
