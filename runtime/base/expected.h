// Errors as values: Expected<T, E> is either a T or an E that describes why there is none, as
// std::expected of C++23. The macros TRY and TRY_ASSIGN return an error to the caller.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace base {

// The operations of TRY on a result type R: isOk(result) and error(result). Specialized below for
// Expected; a header that defines an error code, of which one value is success, specializes it for
// the code.
template <class R>
struct TryTraits;

// Returns `error`. CHECKs that an error code does not mean success.
template <class E>
E&& checkedError(E&& error) {
  using Traits = TryTraits<std::remove_cvref_t<E>>;
  if constexpr (requires { Traits::isOk(error); }) CHECK(!Traits::isOk(error));
  return std::forward<E>(error);
}

// A value or an error. Implicitly constructed from a T, from an E, and from a type that converts to
// E but not to T.
template <class T, class E>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Expected(E error) : state_(std::in_place_index<1>, checkedError(std::move(error))) {}
  template <class G>
  requires(!std::is_same_v<std::remove_cvref_t<G>, Expected>) &&
      (!std::is_same_v<std::remove_cvref_t<G>, E>)&&(!std::is_convertible_v<G, T>)&&(
          std::is_convertible_v<G, E>)Expected(G&& error)
      : state_(std::in_place_index<1>, std::forward<G>(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Return the value. CHECK that there is one.
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

  // Return the error. CHECK that there is one.
  const E& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  E&& error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, E> state_;
};

// Success or an error. The default constructor makes a success.
template <class E>
class [[nodiscard]] Expected<void, E> {
 public:
  // Not defaulted: a constructor that is constexpr lets the compiler set all bytes of an error to 0
  // that is not there, which takes as long as the rest of a short function.
  Expected() {}
  Expected(E error) : error_(checkedError(std::move(error))) {}
  template <class G>
  requires(!std::is_same_v<std::remove_cvref_t<G>, Expected>) &&
      (!std::is_same_v<std::remove_cvref_t<G>, E>)&&(std::is_convertible_v<G, E>)Expected(G&& error)
      : error_(std::forward<G>(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  // Return the error. CHECK that there is one.
  const E& error() const& {
    CHECK(!ok());
    return *error_;
  }
  E&& error() && {
    CHECK(!ok());
    return *std::move(error_);
  }

 private:
  std::optional<E> error_;
};

// TRY of an Expected returns the error that it contains.
template <class T, class E>
struct TryTraits<Expected<T, E>> {
  static bool isOk(const Expected<T, E>& result) { return result.ok(); }
  static E&& error(Expected<T, E>& result) { return std::move(result).error(); }
};

}  // namespace base

// Joins two tokens after macros in them have been expanded.
#define BASE_CONCAT_(a, b) a##b
#define BASE_CONCAT(a, b) BASE_CONCAT_(a, b)

// TRY(expr): evaluates an Expected or an error code. If it is an error, the enclosing function
// returns the error, so its return type must be constructible from it.
#define TRY(expr)                                                            \
  do {                                                                       \
    auto try_result = (expr);                                                \
    using TryTraits_ = ::base::TryTraits<decltype(try_result)>;              \
    if (!TryTraits_::isOk(try_result)) return TryTraits_::error(try_result); \
  } while (false)

// TRY_ASSIGN(auto x, expr): evaluates an Expected. Moves its value into a declaration or an
// assignment, or returns its error from the enclosing function. Expands to several statements, so
// it cannot be the body of an `if` without braces.
#define TRY_ASSIGN(target, expr) TRY_ASSIGN_(target, expr, BASE_CONCAT(try_result_, __LINE__))
#define TRY_ASSIGN_(target, expr, name)      \
  auto name = (expr);                        \
  if (!name) return std::move(name).error(); \
  target = std::move(name).value()
