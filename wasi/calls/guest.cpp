#include "wasi/calls/guest.h"

#include <cstring>
#include <limits>

#include "wasi/calls/wire.h"

namespace wasi {
namespace {

// The lead bytes of UTF-8: how many bytes follow, and what the first of those may be.
struct Lead {
  uint8_t first;
  uint8_t last;
  uint8_t following;
  uint8_t secondFirst;
  uint8_t secondLast;
};
constexpr Lead kLeads[] = {
    {0xc2, 0xdf, 1, 0x80, 0xbf}, {0xe0, 0xe0, 2, 0xa0, 0xbf}, {0xe1, 0xec, 2, 0x80, 0xbf},
    {0xed, 0xed, 2, 0x80, 0x9f}, {0xee, 0xef, 2, 0x80, 0xbf}, {0xf0, 0xf0, 3, 0x90, 0xbf},
    {0xf1, 0xf3, 3, 0x80, 0xbf}, {0xf4, 0xf4, 3, 0x80, 0x8f},
};

const Lead* findLead(uint8_t byte) {
  for (const Lead& lead : kLeads) {
    if (byte >= lead.first && byte <= lead.last) return &lead;
  }
  return nullptr;
}

}  // namespace

bool isUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    auto at = [&](size_t k) { return static_cast<uint8_t>(text[k]); };
    if (at(i) < 0x80) {
      ++i;
      continue;
    }
    const Lead* lead = findLead(at(i));
    if (lead == nullptr || text.size() - i <= lead->following) return false;
    for (size_t k = 1; k <= lead->following; ++k) {
      uint8_t low = k == 1 ? lead->secondFirst : 0x80;
      uint8_t high = k == 1 ? lead->secondLast : 0xbf;
      if (at(i + k) < low || at(i + k) > high) return false;
    }
    i += 1 + lead->following;
  }
  return true;
}

Errno Guest::readPath(Address address, uint32_t size, PathText& out) const {
  const uint8_t* from = bytes(address, size);
  if (from == nullptr) return Errno::Fault;
  if (size > kMaxPath) return Errno::NameTooLong;
  std::memcpy(out.text_, from, size);
  out.text_[size] = '\0';
  out.size_ = size;
  if (std::memchr(out.text_, '\0', size) != nullptr) return Errno::Inval;
  return isUtf8(out.view()) ? Errno::Success : Errno::Ilseq;
}

Errno Guest::readIovecs(Address address, uint32_t count, IovecList& out) const {
  const uint8_t* array = bytes(address, uint64_t{count} * sizeof(Iovec));
  if (array == nullptr) return Errno::Fault;
  for (uint32_t i = 0; i < count && out.count < IovecList::kMax; ++i) {
    auto entry = base::loadUnaligned<Iovec>(array + uint64_t{i} * sizeof(Iovec));
    uint8_t* buffer = bytes(entry.buffer, entry.size);
    if (buffer == nullptr) return Errno::Fault;
    if (entry.size != 0) out.buffers[out.count++] = {buffer, entry.size};
  }
  return Errno::Success;
}

Errno Guest::writeString(std::string_view string, uint64_t slot, uint64_t at) const {
  constexpr uint64_t kMaxAddress = std::numeric_limits<Address>::max();
  if (slot > kMaxAddress || at > kMaxAddress) return Errno::Fault;
  uint8_t* to = bytes(static_cast<Address>(at), string.size() + 1);
  if (to == nullptr) return Errno::Fault;
  WASI_TRY(write(static_cast<Address>(slot), static_cast<Address>(at)));
  std::memcpy(to, string.data(), string.size());
  to[string.size()] = '\0';
  return Errno::Success;
}

}  // namespace wasi
