#include "runtime/unwind/table_reader.h"

#include <cstring>

namespace runtime {

// Sets `shift` to the number of bits that were read.
uint64_t TableReader::leb(uint8_t& lastByte, unsigned& shift) {
  uint64_t value = 0;
  shift = 0;
  do {
    lastByte = byte();
    if (shift >= 64) fail();
    if (failed_) return 0;
    value |= uint64_t{lastByte & 0x7fu} << shift;
    shift += 7;
  } while ((lastByte & 0x80) != 0);
  return value;
}

uint64_t TableReader::uleb() {
  uint8_t lastByte;
  unsigned shift;
  return leb(lastByte, shift);
}

int64_t TableReader::sleb() {
  uint8_t lastByte;
  unsigned shift;
  uint64_t value = leb(lastByte, shift);
  bool isNegative = (lastByte & 0x40) != 0 && !failed_;
  if (isNegative && shift < 64) value |= ~uint64_t{0} << shift;
  return static_cast<int64_t>(value);
}

std::string_view TableReader::string() {
  const void* end = at_ == end_ ? nullptr : std::memchr(at_, 0, static_cast<size_t>(end_ - at_));
  if (end == nullptr) {
    fail();
    return {};
  }
  const auto* begin = reinterpret_cast<const char*>(at_);
  std::string_view text(begin, static_cast<size_t>(static_cast<const char*>(end) - begin));
  at_ += text.size() + 1;
  return text;
}

uint64_t TableReader::pointer(uint8_t encoding) {
  auto here = reinterpret_cast<uint64_t>(at_);
  uint64_t value = 0;
  switch (encoding & kPointerFormat) {
    case 0x00:  // an address
    case 0x04:
    case 0x0c:
      value = fixed<uint64_t>();
      break;
    case 0x01:
      value = uleb();
      break;
    case 0x02:
      value = fixed<uint16_t>();
      break;
    case kPointerUnsigned32:
      value = fixed<uint32_t>();
      break;
    case 0x09:
      value = static_cast<uint64_t>(sleb());
      break;
    case 0x0a:
      value = static_cast<uint64_t>(int64_t{fixed<int16_t>()});
      break;
    case 0x0b:
      value = static_cast<uint64_t>(int64_t{fixed<int32_t>()});
      break;
    default:
      fail();
  }
  uint8_t base = encoding & static_cast<uint8_t>(~kPointerFormat);
  if (base != 0 && base != kPointerPcRelative) fail();
  if (failed_ || value == 0) return 0;
  return base == kPointerPcRelative ? here + value : value;
}

TableReader TableReader::take(uint64_t size) {
  if (size > static_cast<size_t>(end_ - at_)) fail();
  TableReader part = *this;
  if (failed_) return part;
  at_ += size;
  part.end_ = at_;
  return part;
}

}  // namespace runtime
