// The rows of builtins.def as constants: where a builtin's pointer lies, and its signature.
#pragma once

#include <string_view>

#include "runtime/abi/vmctx.h"

namespace codegen {

struct Builtin {
  uint64_t offset;  // in abi::Builtins
  std::string_view signature;
};

namespace builtins {
#define BUILTIN(id, signature) inline constexpr Builtin id{offsetof(abi::Builtins, id), signature};
#include "runtime/abi/builtins.def"
#undef BUILTIN
}  // namespace builtins

}  // namespace codegen
