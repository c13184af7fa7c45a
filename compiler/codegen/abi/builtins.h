// The rows of builtins.def as constants: the functions of the runtime that compiled code calls.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/abi/vmctx.h"

namespace codegen {

// The type of a parameter or of the result of a builtin.
enum class BuiltinType : uint8_t { Void, I32, I64, Pointer };

// A row of builtins.def.
struct Builtin {
  static constexpr size_t kMaxParams = 5;

  uint64_t offset;  // of the pointer in abi::Builtins, in bytes
  size_t paramCount = 0;
  std::array<BuiltinType, kMaxParams> params{};  // those after the context
  BuiltinType result = BuiltinType::Void;

  // Decodes `signature`, in the notation of builtins.def, at compile time. A signature that is not
  // well-formed does not compile.
  consteval Builtin(uint64_t at, std::string_view signature) : offset(at) {
    size_t colon = signature.find(':');
    if (colon == signature.npos) throw "builtins.def: no colon in a signature";
    for (char letter : signature.substr(0, colon)) params.at(paramCount++) = decode(letter);
    if (colon + 1 < signature.size()) result = decode(signature.at(colon + 1));
  }

 private:
  static consteval BuiltinType decode(char letter) {
    switch (letter) {
      case 'i':
        return BuiltinType::I32;
      case 'l':
        return BuiltinType::I64;
      case 'p':
        return BuiltinType::Pointer;
      default:
        throw "builtins.def: unknown letter in a signature";
    }
  }
};

// A constant for each row, by its id.
namespace builtins {
#define BUILTIN(id, signature) inline constexpr Builtin id{offsetof(abi::Builtins, id), signature};
#include "runtime/abi/builtins.def"
#undef BUILTIN
}  // namespace builtins

}  // namespace codegen
