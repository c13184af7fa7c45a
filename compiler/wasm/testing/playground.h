// A module with one of everything, in which tests put a function.
#pragma once

#include <string>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace wasm {

// Types of the playground by their indices.
inline constexpr uint8_t kVoidFunc = 0;    // [] -> []
inline constexpr uint8_t kI32Func = 1;     // [i32] -> [i32]
inline constexpr uint8_t kPairFunc = 2;    // [] -> [i32 i64]
inline constexpr uint8_t kStructType = 3;  // open; { mut i32, i8, f64 }
inline constexpr uint8_t kArrayType = 4;   // (array (mut i16))
inline constexpr uint8_t kConstArray = 5;  // (array (ref func)): neither mutable nor defaultable
inline constexpr uint8_t kSubStruct = 6;   // a final subtype of kStructType: { mut i32, i8, f64 }
inline constexpr uint8_t kFuncArray = 7;   // (array (mut funcref))
inline constexpr uint8_t kLoopFunc = 8;    // [i64] -> [i32]

// Functions 0, 1 and 2 have types 0, 1 and 2; 1 may be named by ref.func, 2 may not.
// Memory 0 is 32-bit, 1 is 64-bit. Table 0 holds funcref, 1 externref, 2 funcref indexed by i64.
// Globals: 0 is i32, 1 is a mutable i64. Tags: 0 [], 1 [i32].
// Element segments: 0 passive functions, 1 passive externref. Data segments: 0 passive.

ModuleBuilder playground();

// Validates a function of this type with `code` (without its end). Empty if it is valid, else the
// message.
std::string validateCode(const ValueTypes& params, const ValueTypes& results, base::ByteView code,
                         const std::vector<LocalRun>& locals = {});
inline std::string validateCode(const ValueTypes& params, const ValueTypes& results,
                                std::initializer_list<uint8_t> code,
                                const std::vector<LocalRun>& locals = {}) {
  return validateCode(params, results, base::ByteView(code.begin(), code.size()), locals);
}

// Reads and validates; empty if valid, else the error with its place, in a file "a.wasm".
std::string validateBytes(const base::Bytes& bytes);

// A row of a table of such checks.
struct CodeCase {
  const char* what;
  ValueTypes params;
  ValueTypes results;
  base::Bytes code;
  std::string message;  // empty: valid
};

}  // namespace wasm
