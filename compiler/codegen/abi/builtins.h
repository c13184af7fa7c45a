// The rows of builtins.def as constants: the functions of the runtime that compiled code calls.
#pragma once

#include <string_view>

#include "runtime/abi/vmctx.h"

namespace codegen {

// The place of a builtin's pointer, and its signature as in builtins.def.
struct Builtin {
  uint64_t offset;  // in abi::Builtins, in bytes
  std::string_view signature;
};

// A constant for each row, by its id.
namespace builtins {
#define BUILTIN(id, signature) inline constexpr Builtin id{offsetof(abi::Builtins, id), signature};
#include "runtime/abi/builtins.def"
#undef BUILTIN
}  // namespace builtins

}  // namespace codegen
