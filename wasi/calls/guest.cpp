#include "wasi/calls/guest.h"

#include <cstring>
#include <limits>

#include "runtime/base/utf8.h"
#include "wasi/types/wire.h"

namespace wasi {

void Guest::trapWithoutMemory() const {
  if (caller_ == nullptr) return;
  runtime::requestTrap(*caller_,
                       "WASI has no memory to access: the module that calls it exports none as "
                       "\"memory\"");
}

Errno Guest::readPath(Address address, uint32_t size, PathText& out) const {
  const uint8_t* from = bytes(address, size);
  if (from == nullptr) return Errno::Fault;
  if (size > kMaxPath) return Errno::NameTooLong;
  // The checks below examine the copy, not the guest's memory, which may change before the path is
  // used.
  std::memcpy(out.text_, from, size);
  out.text_[size] = '\0';
  out.size_ = size;
  // System calls would take a NUL as the end and use another path than the one that was checked.
  if (std::memchr(out.text_, '\0', size) != nullptr) return Errno::Inval;
  // The specification defines paths as strings of Unicode characters.
  return base::isUtf8(out.view()) ? Errno::Success : Errno::Ilseq;
}

Errno Guest::readIovecs(Address address, uint32_t count, IovecList& out) const {
  // The product needs 35 bits.
  const uint8_t* array = bytes(address, uint64_t{count} * sizeof(Iovec));
  if (array == nullptr) return Errno::Fault;
  out.reserve(count);
  for (uint32_t i = 0; i < count && out.count < IovecList::kMax; ++i) {
    // Each element is read once, so the pair that is checked is the pair that is used.
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
  TRY(write(static_cast<Address>(slot), static_cast<Address>(at)));
  std::memcpy(to, string.data(), string.size());
  to[string.size()] = '\0';
  return Errno::Success;
}

}  // namespace wasi
