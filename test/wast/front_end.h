// The front end of the script runner: reads and validates the modules of a script, and
// distinguishes malformed modules from invalid ones, as assertions demand.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "compiler/wasm/validate/validate.h"
#include "runtime/base/bytes.h"
#include "test/wast/script.h"

namespace wast {

// A valid module in the binary format, and the bytes that it refers to. Moving it keeps the bytes
// in place.
struct CheckedModule {
  base::Bytes bytes;
  wasm::ValidModule valid;
};

// The stage that rejected a module: the grammar of the text or binary format, or validation.
enum class RejectedAs : uint8_t { Malformed, Invalid };

// The reason why a module was rejected.
struct Rejection {
  RejectedAs kind;
  base::Error error;
};

// Reads and validates a module. `script` is the text of the whole script in the file `fileName`,
// which contains a module of the form Text. Positions in errors refer to it. A module in the text
// format is encoded, and the result has the binary format.
std::variant<CheckedModule, Rejection> checkModule(const std::string& fileName,
                                                   std::string_view script, const Module& module);

}  // namespace wast
