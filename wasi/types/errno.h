// The errors of WASI as values. A handler returns an Errno; a helper with a result returns a
// Fallible<T>. These are the guest's business and never mix with base::Result.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "runtime/base/check.h"

namespace wasi {

// As wide as a call's result.
enum class Errno : uint32_t {
#define ERRNO(id, number, name, host) id = number,
#include "wasi/types/errno.def"
#undef ERRNO
};

// The specification's name ("noent"), or "unknown".
const char* errnoName(Errno error);

// The guest's view of a host errno. Io for those that have no counterpart.
Errno fromHostErrno(int hostErrno);
// Of the present `errno`; call right after the failed system call.
Errno lastError();
// Success for a result of 0 or more, lastError() for a negative one.
inline Errno checkSystemCall(long result) { return result < 0 ? lastError() : Errno::Success; }

template <class T>
class [[nodiscard]] Fallible {
 public:
  Fallible(T value) : value_(std::move(value)) {}
  Fallible(Errno error) : error_(error) { CHECK(error != Errno::Success); }

  bool ok() const { return error_ == Errno::Success; }
  Errno error() const { return error_; }
  T& value() & {
    CHECK(ok());
    return value_;
  }
  T&& value() && {
    CHECK(ok());
    return std::move(value_);
  }

 private:
  static_assert(std::is_default_constructible_v<T>);
  T value_{};
  Errno error_ = Errno::Success;
};

}  // namespace wasi

#define WASI_CONCAT_(a, b) a##b
#define WASI_CONCAT(a, b) WASI_CONCAT_(a, b)

// WASI_TRY(expr): evaluates an Errno; returns it unless it is Success.
#define WASI_TRY(expr)                                                           \
  do {                                                                           \
    if (::wasi::Errno try_errno = (expr); try_errno != ::wasi::Errno::Success) { \
      return try_errno;                                                          \
    }                                                                            \
  } while (false)

// WASI_TRY_ASSIGN(auto x, expr): evaluates a Fallible<T>; binds its value or returns its error.
#define WASI_TRY_ASSIGN(target, expr) \
  WASI_TRY_ASSIGN_(target, expr, WASI_CONCAT(fallible_, __LINE__))
#define WASI_TRY_ASSIGN_(target, expr, name) \
  auto name = (expr);                        \
  if (!name.ok()) return name.error();       \
  target = std::move(name).value()
