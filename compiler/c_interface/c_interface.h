// The interface that an object file of a module has for programs in C: a function of C for each
// exported function, and for each function that the program must define.
//
//   (func (export "add") (param i32 i32) (result i32))
//     int32_t lib_add(lib_instance*, int32_t, int32_t);
//     wasm2obj_error_t* lib_try_add(lib_instance*, int32_t, int32_t, int32_t* result);
//   (import "env" "log" (func (param i32)))
//     void lib_env_log(lib_instance*, int32_t);   which the program defines
//
// The parameters are those of WebAssembly, behind the instance. A single result is returned; more
// are stored through pointers, which are the last parameters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace c_interface {

// A function of C.
struct Function {
  std::string symbol;
  std::string trySymbol;  // of an export: the function that returns errors; else empty
  wasm::FuncType type;    // numbers and vectors only
  uint32_t row;           // in wasm::Module::exports or wasm::Module::imports
};

// The functions of a module.
struct Interface {
  std::string name;  // begins all symbols
  std::vector<Function> exports;
  std::vector<Function> imports;
  std::vector<uint32_t> omitted;  // rows of exported functions whose types have references
};

// Returns the symbol of the abi::LinkedModule of a module with this name.
inline std::string moduleSymbol(const std::string& name) { return name + "_module"; }

// Returns the interface of a valid module. `name` must be an identifier of C. Symbols that would be
// equal get numbers. Imports from WASI and of the string builtins are not the program's. Returns an
// error for other imports that are no functions or whose types have references.
base::Result<Interface> interfaceOf(const wasm::Module& module, const std::string& name);

// Returns `text` with an underscore for each byte that cannot be in an identifier of C, and before
// a digit at the beginning.
std::string identifier(std::string_view text);

// Returns the text of the header for C, which C++ accepts too. `source` is the name of the module's
// file.
std::string headerText(const Interface& interface, const wasm::Module& module,
                       const std::string& source);
// Returns the text of a header for C++ with a class for instances. It includes the other one, whose
// file name is `cHeader`.
std::string cppHeaderText(const Interface& interface, const wasm::Module& module,
                          const std::string& source, const std::string& cHeader);

}  // namespace c_interface
