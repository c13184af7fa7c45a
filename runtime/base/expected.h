// Errors as values, as C++23's std::expected has them: Expected<T, E> is either a T or the E that
// says why there is none. TRY and TRY_ASSIGN return the error to the caller.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace base {

// What TRY needs of a type R. Specialised for a plain error code, of which one value is success.
template <class R>
struct TryTraits;

// Returns `error`; a code that means success is no error.
template <class E>
E&& checkedError(E&& error) {
  using Traits = TryTraits<std::remove_cvref_t<E>>;
  if constexpr (requires { Traits::isOk(error); }) CHECK(!Traits::isOk(error));
  return std::forward<E>(error);
}

// Converts from a T, from an E, and from whatever converts to E. value() and error() CHECK that
// there is one.
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

  // Return the value. There must be one.
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

  // Return the error. There must be one.
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

// Default-constructed it is success.
template <class E>
class [[nodiscard]] Expected<void, E> {
 public:
  Expected() = default;
  Expected(E error) : error_(checkedError(std::move(error))) {}
  template <class G>
  requires(!std::is_same_v<std::remove_cvref_t<G>, Expected>) &&
      (!std::is_same_v<std::remove_cvref_t<G>, E>)&&(std::is_convertible_v<G, E>)Expected(G&& error)
      : error_(std::forward<G>(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  // Return the error. There must be one.
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

// An Expected returns its own error.
template <class T, class E>
struct TryTraits<Expected<T, E>> {
  static bool isOk(const Expected<T, E>& result) { return result.ok(); }
  static E&& error(Expected<T, E>& result) { return std::move(result).error(); }
};

}  // namespace base

// Joins two tokens after macros in them have been expanded.
#define BASE_CONCAT_(a, b) a##b
#define BASE_CONCAT(a, b) BASE_CONCAT_(a, b)

// TRY(expr): evaluates an Expected or an error code; returns its error if it has one.
#define TRY(expr)                                                            \
  do {                                                                       \
    auto try_result = (expr);                                                \
    using TryTraits_ = ::base::TryTraits<decltype(try_result)>;              \
    if (!TryTraits_::isOk(try_result)) return TryTraits_::error(try_result); \
  } while (false)

// TRY_ASSIGN(auto x, expr): evaluates an Expected; binds its value or returns its error.
#define TRY_ASSIGN(target, expr) TRY_ASSIGN_(target, expr, BASE_CONCAT(try_result_, __LINE__))
#define TRY_ASSIGN_(target, expr, name)      \
  auto name = (expr);                        \
  if (!name) return std::move(name).error(); \
  target = std::move(name).value()
