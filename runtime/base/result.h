// The errors that are told to a person: bad input, a failed system call, a refused artifact.
#pragma once

#include <string>

#include "runtime/base/expected.h"

namespace base {

// One problem. `where` names the place in the input ("a.wasm:0x1f", "x.so", "--dir"), or is empty;
// `message` says what was found and what was expected.
struct Error {
  std::string where;
  std::string message;

  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

template <class T>
using Result = Expected<T, Error>;

}  // namespace base
