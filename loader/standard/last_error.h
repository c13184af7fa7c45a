// The reason why a function of wasm.h has failed, which its result cannot tell.
#pragma once

#include <string>

#include "runtime/base/result.h"

namespace standard {

// Sets what wasm2obj_last_error() returns in this thread.
void setLastError(std::string text);
inline void setLastError(const base::Error& error) { setLastError(error.text()); }

// The text of an error for a null pointer in place of an object.
inline constexpr char kNull[] = "an argument is null";

}  // namespace standard
