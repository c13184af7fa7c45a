// A script's module through the front end: what the assertions about malformed and invalid modules
// ask for, and the way of every module that is run.
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

enum class RejectedAs : uint8_t { Malformed, Invalid };

struct Rejection {
  RejectedAs kind;
  base::Error error;
};

// `script` is the text of the whole script, which `fileName` holds.
std::variant<CheckedModule, Rejection> checkModule(const std::string& fileName,
                                                   std::string_view script, const Module& module);

}  // namespace wast
