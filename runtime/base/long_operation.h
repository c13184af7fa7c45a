// Operations on many bytes that the host can end: copying gigabytes takes seconds. For functions
// that compiled code calls, and only for these: the frames between the guest and the operation are
// discarded then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace base {

// The bytes that an operation handles before the host may end the guest.
inline constexpr size_t kPieceBytes = 1 << 20;

// What operations call between their pieces, if it is not null. It does not return if the guest
// must end. The runtime sets it in threads that run guests.
using OnPiece = void (*)();
inline constinit thread_local OnPiece onPiece __attribute__((tls_model("initial-exec"))) = nullptr;

// Calls the thread's function. For operations that are not in this file.
inline void endPiece() {
  if (onPiece != nullptr) onPiece();
}

// Like std::fill_n.
template <class Element>
void fillElements(Element* first, uint64_t count, const Element& value) {
  constexpr uint64_t kPiece = kPieceBytes / sizeof(Element);
  while (count > kPiece) {
    first = std::fill_n(first, kPiece, value);
    count -= kPiece;
    endPiece();
  }
  std::fill_n(first, count, value);
}

namespace detail {

// Moves the first bytes first, which must not overwrite bytes that follow.
inline void moveForwards(uint8_t* to, const uint8_t* from, size_t size) {
  while (size > kPieceBytes) {
    std::memmove(to, from, kPieceBytes);
    to += kPieceBytes;
    from += kPieceBytes;
    size -= kPieceBytes;
    endPiece();
  }
  std::memmove(to, from, size);
}

// Moves the last bytes first.
inline void moveBackwards(uint8_t* to, const uint8_t* from, size_t size) {
  while (size > kPieceBytes) {
    size -= kPieceBytes;
    std::memmove(to + size, from + size, kPieceBytes);
    endPiece();
  }
  std::memmove(to, from, size);
}

}  // namespace detail

// Like memmove(3).
inline void* moveBytes(void* to, const void* from, size_t size) {
  if (size <= kPieceBytes) return std::memmove(to, from, size);
  auto target = static_cast<uint8_t*>(to);
  auto source = static_cast<const uint8_t*>(from);
  // Bytes of the source must not be overwritten before they have been moved.
  bool overwritesEnd = reinterpret_cast<uintptr_t>(to) - reinterpret_cast<uintptr_t>(from) < size;
  overwritesEnd ? detail::moveBackwards(target, source, size)
                : detail::moveForwards(target, source, size);
  return to;
}

// Like memset(3).
inline void* setBytes(void* to, int value, size_t size) {
  auto target = static_cast<uint8_t*>(to);
  while (size > kPieceBytes) {
    std::memset(target, value, kPieceBytes);
    target += kPieceBytes;
    size -= kPieceBytes;
    endPiece();
  }
  std::memset(target, value, size);
  return to;
}

}  // namespace base
