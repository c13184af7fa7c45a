// Bounds-checked access to the memory of a guest, the only one that the calls of WASI use. An
// access is allowed if all of its bytes lie inside the memory, and fails with Errno::Fault
// otherwise. Computations with the guest's numbers do not overflow, and no size that the guest
// chooses determines the size of an allocation.
#pragma once

#include <sys/uio.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>

#include "runtime/base/bytes.h"
#include "runtime/instance/host_func.h"
#include "wasi/types/errno.h"
#include "wasi/types/wire.h"

namespace wasi {

// A pointer of the guest: an offset in bytes from the start of its memory, not checked.
using Address = uint32_t;

// A copy of a path from guest memory, with a NUL at its end. A copy is needed because system calls
// require the NUL, and because the memory may change between the check of the path and its use.
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

// The buffers of one vectored read or write, as readv(2) and writev(2) take them. Contains the
// guest's buffers in order, without the empty ones, and at most kMax of them. The pointers are
// valid until guest code runs again. Most calls have few buffers, which need no allocation.
struct IovecList {
  static constexpr uint32_t kMax = 1024;  // IOV_MAX of Linux; more buffers are EINVAL

  IovecList() = default;
  IovecList(const IovecList&) = delete;
  IovecList& operator=(const IovecList&) = delete;

  iovec* buffers = few_;
  uint32_t count = 0;

 private:
  friend class Guest;
  static constexpr uint32_t kFew = 16;

  // Makes room for `wanted` buffers, of which kMax are taken, in an empty list.
  void reserve(uint32_t wanted) {
    if (wanted <= kFew) return;
    many_ = std::make_unique<iovec[]>(std::min(wanted, kMax));
    buffers = many_.get();
  }

  iovec few_[kFew];
  std::unique_ptr<iovec[]> many_;
};

// A view of a guest's memory. Does not own it, and is valid until guest code runs again, which may
// grow the memory; so each call makes a new one.
class Guest {
 public:
  // Every access to an empty view, that of an instance without a memory, fails. If there is a
  // caller, its call then traps, since an errno would not tell what the module lacks.
  explicit Guest(runtime::MemoryView memory, runtime::Caller* caller = nullptr)
      : memory_(memory), caller_(caller) {}

  // Returns a pointer to the bytes [address, address + size), or null if one of them is outside.
  // The end of the memory is a valid address for size 0.
  uint8_t* bytes(Address address, uint64_t size) const {
    // The order of the comparisons keeps the difference from wrapping around.
    bool inside = size <= memory_.size && address <= memory_.size - size;
    if (!inside && memory_.base == nullptr) trapWithoutMemory();
    return inside ? memory_.base + address : nullptr;
  }
  // Returns Success if the bytes [address, address + size) are inside, else Fault.
  Errno check(Address address, uint64_t size) const {
    return bytes(address, size) != nullptr ? Errno::Success : Errno::Fault;
  }
  // Returns Success if a T can be written to `address`, else Fault. Calls test the addresses of
  // their results by this before they do something that cannot be undone, such as opening a file.
  template <class T>
  Errno checkOut(Address address) const {
    return check(address, sizeof(T));
  }

  // Copy a T from or to guest memory. `address` need not be aligned. Fail with Fault if a byte of
  // it is not inside.
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

  // Copies a path of `size` bytes to `out`. Fails with Fault, NameTooLong if it is longer than
  // kMaxPath, Inval if it contains a NUL, Ilseq if it is not UTF-8.
  Errno readPath(Address address, uint32_t size, PathText& out) const;

  // Reads an array of `count` Iovec to `out`, which must be empty. Fails with Fault if the array or
  // a buffer is not inside; an empty buffer must have a valid address, too. Buffers after the first
  // kMax are neither taken nor checked.
  Errno readIovecs(Address address, uint32_t count, IovecList& out) const;

  // Writes strings for args_get and environ_get: their addresses to an array at `pointers`, and the
  // strings with their NULs, one after another, to `buffer`. Fails with Fault, after which some
  // strings may be written.
  template <class Strings>
  Errno writeStrings(const Strings& strings, Address pointers, Address buffer) const {
    // 64 bits, so that a sum beyond the 32 bits of an address is noticed.
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
  // Writes the string to `at` and its address to `slot`.
  Errno writeString(std::string_view string, uint64_t slot, uint64_t at) const;

  void trapWithoutMemory() const;

  runtime::MemoryView memory_;
  runtime::Caller* caller_;
};

}  // namespace wasi
