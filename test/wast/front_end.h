// Reads and validates the modules of a script, as assertions about malformed and invalid modules
// need it, and to run them.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "compiler/wasm/validate/validate.h"
#include "runtime/base/bytes.h"
#include "test/wast/script.h"

namespace wast {

// A valid module in the binary format, and the bytes that it refers to.
struct CheckedModule {
  base::Bytes bytes;
  wasm::ValidModule valid;
};

// The stage that rejected a module.
enum class RejectedAs : uint8_t { Malformed, Invalid };

// Why a module was rejected.
struct Rejection {
  RejectedAs kind;
  base::Error error;
};

// Reads and validates a module. `script` is the text of the whole script in the file `fileName`, in
// which a module in the text format is.
std::variant<CheckedModule, Rejection> checkModule(const std::string& fileName,
                                                   std::string_view script, const Module& module);

}  // namespace wast
