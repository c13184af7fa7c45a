// libwasmrt for C++20: results that are a value or an error, and owners of objects of the C
// interface. A part of wasm2obj.hh.
#ifndef WASM2OBJ_RESULT_HH
#define WASM2OBJ_RESULT_HH

#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <wasm2obj.hpp>

namespace wasm2obj {

// A value or an Error, like std::expected<T, Error> of C++23. value() throws the Error if there is
// no value.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Error error) : content_(std::move(error)) {}

  bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return throwIfNone(), std::get<0>(content_); }
  const T& value() const& { return throwIfNone(), std::get<0>(content_); }
  T&& value() && { return throwIfNone(), std::get<0>(std::move(content_)); }
  T value_or(T other) const& { return has_value() ? std::get<0>(content_) : std::move(other); }
  T& operator*() & { return *std::get_if<0>(&content_); }
  const T& operator*() const& { return *std::get_if<0>(&content_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&content_)); }
  T* operator->() { return std::get_if<0>(&content_); }
  const T* operator->() const { return std::get_if<0>(&content_); }
  // Requires that there is no value.
  const Error& error() const { return *std::get_if<1>(&content_); }

 private:
  void throwIfNone() const {
    if (!has_value()) throw Error(std::get<1>(content_));
  }
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  // Takes the error over; null means success.
  explicit Result(wasm2obj_error_t* error) {
    if (error != nullptr) error_.emplace(error);
  }

  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }
  void value() const {
    if (error_) throw Error(*error_);
  }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

namespace detail {

// Owns an object of the C interface.
template <class T, void (*Delete)(T*)>
struct Deleter {
  void operator()(T* object) const { Delete(object); }
};
template <class T, void (*Delete)(T*)>
using Owned = std::unique_ptr<T, Deleter<T, Delete>>;

}  // namespace detail

}  // namespace wasm2obj

#endif
