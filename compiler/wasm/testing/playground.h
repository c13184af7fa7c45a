// A module with items of every kind, to which tests add a function.
#pragma once

#include <string>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace wasm {

// The type indices of the module.
inline constexpr uint8_t kVoidFunc = 0;    // [] -> []
inline constexpr uint8_t kI32Func = 1;     // [i32] -> [i32]
inline constexpr uint8_t kPairFunc = 2;    // [] -> [i32 i64]
inline constexpr uint8_t kStructType = 3;  // open; { mut i32, i8, f64 }
inline constexpr uint8_t kArrayType = 4;   // (array (mut i16))
inline constexpr uint8_t kConstArray = 5;  // (array (ref func)): neither mutable nor defaultable
inline constexpr uint8_t kSubStruct = 6;   // a final subtype of kStructType: { mut i32, i8, f64 }
inline constexpr uint8_t kFuncArray = 7;   // (array (mut funcref))
inline constexpr uint8_t kLoopFunc = 8;    // [i64] -> [i32]

// Returns the module. Besides the types above it has:
//
// - functions 0, 1 and 2 of types 0, 1 and 2; function 1 is referable by ref.func, 2 is not;
// - memory 0 with 32-bit and memory 1 with 64-bit addresses;
// - table 0 of funcref, 1 of externref, 2 of funcref with 64-bit addresses;
// - global 0 of type i32, and 1, mutable, of type i64;
// - tag 0 of type [] and 1 of type [i32];
// - passive element segments 0 of functions and 1 of externref;
// - the passive data segment 0.
ModuleBuilder playground();

// Adds a function of this type with `code`, which comes without the final `end`, to the module and
// validates that. Returns the message of the error, or nothing.
std::string validateCode(const ValueTypes& params, const ValueTypes& results, base::ByteView code,
                         const std::vector<LocalRun>& locals = {});
inline std::string validateCode(const ValueTypes& params, const ValueTypes& results,
                                std::initializer_list<uint8_t> code,
                                const std::vector<LocalRun>& locals = {}) {
  return validateCode(params, results, base::ByteView(code.begin(), code.size()), locals);
}

// Reads and validates a module in the file "a.wasm". Returns the error with its position, or
// nothing.
std::string validateBytes(const base::Bytes& bytes);

// A case of a test that calls validateCode.
struct CodeCase {
  const char* what;
  ValueTypes params;
  ValueTypes results;
  base::Bytes code;
  std::string message;  // empty if valid
};

}  // namespace wasm
