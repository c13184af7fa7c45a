// Errors as values. Result<T> is either a T or an Error: bad input, a failed system call, a refused
// artifact. TRY unwraps a Result or returns its error to the caller.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace base {

// One problem, told to a person. `where` names the place in the input ("a.wasm:0x1f", "x.so",
// "--dir"), or is empty; `message` says what was found and what was expected.
struct Error {
  std::string where;
  std::string message;

  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

// A Result without a value: default-constructed it is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  const Error& error() const& {
    CHECK(!ok_);
    return error_;
  }
  Error&& error() && {
    CHECK(!ok_);
    return std::move(error_);
  }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace base

#define BASE_CONCAT_(a, b) a##b
#define BASE_CONCAT(a, b) BASE_CONCAT_(a, b)

// TRY(expr): evaluates a Result<void>; returns its error.
#define TRY(expr)                                \
  do {                                           \
    if (auto try_result = (expr); !try_result) { \
      return std::move(try_result).error();      \
    }                                            \
  } while (false)

// TRY_ASSIGN(auto x, expr): evaluates a Result<T>; binds its value or returns its error.
#define TRY_ASSIGN(target, expr) TRY_ASSIGN_(target, expr, BASE_CONCAT(try_result_, __LINE__))
#define TRY_ASSIGN_(target, expr, name)      \
  auto name = (expr);                        \
  if (!name) return std::move(name).error(); \
  target = std::move(name).value()
