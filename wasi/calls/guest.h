// The guest's memory, checked: the only way WASI reads or writes it. Guest pointers are 32 bits
// wide and mean nothing until an access is found to lie inside the memory as a whole; nothing here
// wraps, and nothing allocates by a size the guest chose. A bad pointer is Errno::Fault.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "runtime/base/bytes.h"
#include "runtime/instance/host_func.h"
#include "wasi/types/errno.h"
#include "wasi/types/wire.h"

namespace wasi {

// A pointer into the guest, unchecked.
using Address = uint32_t;

// A guest's path, copied out (the guest may change its memory meanwhile) and NUL-terminated.
class PathText {
 public:
  PathText() { text_[0] = '\0'; }
  std::string_view view() const { return {text_, size_}; }
  const char* c_str() const { return text_; }

 private:
  friend class Guest;
  uint32_t size_ = 0;
  char text_[kMaxPath + 1];
};

// The buffers of one vectored read or write, ready for readv and writev. No more than kMax are
// taken: what remains is a short read or write. Empty buffers are left out.
struct IovecList {
  static constexpr uint32_t kMax = 1024;  // Linux's IOV_MAX
  iovec buffers[kMax];
  uint32_t count = 0;
};

// A view of the memory; made anew for each call, as the memory may have grown.
class Guest {
 public:
  explicit Guest(runtime::MemoryView memory) : memory_(memory) {}

  // The bytes [address, address + size); null when any of them is outside.
  uint8_t* bytes(Address address, uint64_t size) const {
    bool inside = size <= memory_.size && address <= memory_.size - size;
    return inside ? memory_.base + address : nullptr;
  }
  Errno check(Address address, uint64_t size) const {
    return bytes(address, size) != nullptr ? Errno::Success : Errno::Fault;
  }
  // Whether a T can be written there: asked before a call does what cannot be undone.
  template <class T>
  Errno checkOut(Address address) const {
    return check(address, sizeof(T));
  }

  // Copy a T from or to guest memory. Fault if it is not inside.
  template <class T>
  Errno read(Address address, T& out) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const uint8_t* from = bytes(address, sizeof(T));
    if (from == nullptr) return Errno::Fault;
    out = base::loadUnaligned<T>(from);
    return Errno::Success;
  }
  template <class T>
  Errno write(Address address, const T& value) const {
    static_assert(std::is_trivially_copyable_v<T>);
    uint8_t* to = bytes(address, sizeof(T));
    if (to == nullptr) return Errno::Fault;
    base::storeUnaligned(to, value);
    return Errno::Success;
  }

  // A path: Inval when it holds a NUL, Ilseq when it is not UTF-8, NameTooLong past kMaxPath.
  Errno readPath(Address address, uint32_t size, PathText& out) const;

  // An array of `count` Iovec, each of which must lie inside.
  Errno readIovecs(Address address, uint32_t count, IovecList& out) const;

  // A list of strings as args_get and environ_get want it: pointers at `pointers`, the strings
  // with their NULs one after another from `buffer` on.
  template <class Strings>
  Errno writeStrings(const Strings& strings, Address pointers, Address buffer) const {
    uint64_t slot = pointers;
    uint64_t at = buffer;
    for (const auto& string : strings) {
      TRY(writeString(string, slot, at));
      slot += sizeof(Address);
      at += string.size() + 1;
    }
    return Errno::Success;
  }

 private:
  Errno writeString(std::string_view string, uint64_t slot, uint64_t at) const;

  runtime::MemoryView memory_;
};

}  // namespace wasi
