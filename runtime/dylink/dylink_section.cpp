#include "runtime/dylink/dylink_section.h"

#include <fmt/format.h>

namespace runtime {
namespace {

using base::Error;
using base::Result;

enum Subsection : uint32_t { kMemoryInfo = 1, kNeeded = 2, kExportInfo = 3, kImportInfo = 4 };

// Flags of symbols, as in the custom section "linking".
constexpr uint32_t kWeak = 1;
constexpr uint32_t kThreadLocal = 0x100;

// Reads bytes from front to end. Once something is malformed, it is at its end and all that it
// returns is empty.
class Cursor {
 public:
  explicit Cursor(base::ByteView bytes) : bytes_(bytes) {}

  bool isMalformed() const { return isMalformed_; }
  bool atEnd() const { return bytes_.empty(); }

  // Returns an unsigned number in LEB128.
  uint32_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && !bytes_.empty(); shift += 7) {
      uint8_t byte = bytes_.front();
      bytes_ = bytes_.subspan(1);
      value |= uint64_t{byte & 0x7fu} << shift;
      if ((byte & 0x80) == 0 && value <= UINT32_MAX) return static_cast<uint32_t>(value);
    }
    return fail();
  }

  // Returns the bytes that follow their number.
  base::ByteView part() {
    uint32_t size = number();
    if (size > bytes_.size()) size = fail();
    base::ByteView taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }

  std::string_view text() { return base::asText(part()); }

  // Returns the power of two with the exponent that is read.
  uint32_t powerOfTwo() {
    uint32_t exponent = number();
    if (exponent >= 32) exponent = fail();
    return uint32_t{1} << exponent;
  }

 private:
  uint32_t fail() {
    isMalformed_ = true;
    bytes_ = {};
    return 0;
  }

  base::ByteView bytes_;
  bool isMalformed_ = false;
};

void readMemoryInfo(Cursor& in, DylinkSection& section) {
  section.memorySize = in.number();
  section.memoryAlignment = in.powerOfTwo();
  section.tableSize = in.number();
  section.tableAlignment = in.powerOfTwo();
}

Result<void> readExportInfo(Cursor& in) {
  for (uint32_t left = in.number(); left != 0 && !in.isMalformed(); --left) {
    std::string_view name = in.text();
    if ((in.number() & kThreadLocal) != 0)
      return Error{"", fmt::format("exports the thread-local symbol {}, and threads are not "
                                   "supported",
                                   name)};
  }
  return {};
}

void readImportInfo(Cursor& in, DylinkSection& section) {
  for (uint32_t left = in.number(); left != 0 && !in.isMalformed(); --left) {
    in.text();  // the module, which is "env" for all symbols
    std::string_view name = in.text();
    if ((in.number() & kWeak) != 0) section.weakImports.push_back(name);
  }
}

}  // namespace

Result<DylinkSection> readDylinkSection(base::ByteView bytes) {
  DylinkSection section;
  Cursor all(bytes);
  while (!all.atEnd()) {
    uint32_t id = all.number();
    Cursor in(all.part());
    if (id == kMemoryInfo) readMemoryInfo(in, section);
    if (id == kNeeded) {
      for (uint32_t left = in.number(); left != 0 && !in.isMalformed(); --left)
        section.needed.push_back(in.text());
    }
    if (id == kExportInfo) TRY(readExportInfo(in));
    if (id == kImportInfo) readImportInfo(in, section);
    if (in.isMalformed() || all.isMalformed())
      return Error{"", fmt::format("subsection {} of its section dylink.0 is malformed", id)};
  }
  return section;
}

}  // namespace runtime
