// Errors for people to read: invalid input, a failed system call, an artifact that is refused.
#pragma once

#include <string>

#include "runtime/base/expected.h"
#include "runtime/base/utf8.h"

namespace base {

// The description of one problem.
struct Error {
  std::string where;    // the place in the input ("a.wasm:0x1f", "x.so", "--dir"), or empty
  std::string message;  // what was found, and what was expected

  // Returns "where: message", or the message alone, without control characters.
  std::string text() const {
    return printable(where.empty() ? message : where + ": " + message, LineBreaks::Kept);
  }
};

// A value, or an Error that describes why there is none.
template <class T>
using Result = Expected<T, Error>;

}  // namespace base
