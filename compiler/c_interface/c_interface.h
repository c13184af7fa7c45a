// The interface that an object file of a module has for programs in C.
//
//   (func (export "add") (param i32 i32) (result i32))
//     int32_t lib_add(lib_instance*, int32_t, int32_t);
//     wasm2obj_error_t* lib_try_add(lib_instance*, int32_t, int32_t, int32_t* result);
//   (import "env" "log" (func (param i32)))
//     void lib_env_log(lib_instance*, int32_t);   which the program defines
//   (global (export "count") (mut i32))
//     int32_t lib_get_count(lib_instance*);
//     void lib_set_count(lib_instance*, int32_t);
//     wasm2obj_global_t* lib_handle_count(lib_instance*);
//   (import "env" "memory" (memory 1))
//     wasm2obj_memory_t* env_memory;   in the struct lib_imports
//     wasm2obj_error_t* lib_make_env_memory(wasm2obj_store_t*, wasm2obj_memory_t**);
//
// The parameters are those of WebAssembly, behind the instance. A single result is returned; more
// are stored through pointers, which are the last parameters. The functions of exported and
// imported functions are code of the object file; those of other objects are inline functions of
// the header.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/c_interface/names.h"
#include "compiler/c_interface/options.h"
#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace c_interface {

// A function of C for an exported or imported function.
struct Function {
  std::string symbol;
  std::string trySymbol;  // of an export: the function that returns errors; else empty
  wasm::FuncType type;
  uint32_t row;             // in wasm::Module::exports or wasm::Module::imports
  bool isRepeated = false;  // an import with the symbol of an earlier row, of the same name
};

// An exported memory, table, global or tag. Members are empty if there is no such function.
struct ExportedObject {
  uint32_t row;        // in wasm::Module::exports
  std::string handle;  // returns the wasm2obj_..._t*
  std::string data;    // of a memory: returns its address
  std::string get;     // of a global: returns its value
  std::string set;     // of a mutable global
};

// An imported memory, table, global or tag, which the program gives.
struct ImportedObject {
  uint32_t row;  // in wasm::Module::imports; the first of those with the same names
  std::vector<uint32_t> rows;
  std::string field;  // of the struct of imports
  std::string make;   // a function that makes such an object
};

// Imports from one module that come from an instance, which the program gives.
struct FromInstance {
  std::string module;
  std::vector<uint32_t> rows;
  std::string field;
};

// The names of a module in C.
struct Interface {
  std::string name;  // begins all symbols
  std::vector<Function> exports;
  std::vector<Function> imports;
  std::vector<ExportedObject> exportedObjects;
  std::vector<ImportedObject> importedObjects;
  std::vector<FromInstance> fromInstances;

  // Returns whether the program must give more than functions.
  bool hasGiven() const { return !importedObjects.empty() || !fromInstances.empty(); }
  // Returns the number of imports that the program provides, as functions or otherwise.
  size_t importCount() const;
};

// Returns the symbol of the abi::LinkedModule of a module with this name.
inline std::string moduleSymbol(const std::string& name) { return name + "_module"; }

// Returns the interface of a valid module. Symbols that would be equal get numbers: first come the
// names that every header has, then exported functions and memories, all other functions of
// exports, and imports. Imports from WASI and of the string builtins are not the program's. Fails
// if one name is imported as functions of different types, or if there are no imports from one of
// the modules that the options name.
base::Result<Interface> interfaceOf(const wasm::Module& module, const Options& options);

// Returns the text of the header for C, which C++ accepts too. `source` is the name of the module's
// file.
std::string headerText(const Interface& interface, const wasm::Module& module,
                       const std::string& source);
// Returns the text of a header for C++ with a class for instances. It includes the other one, whose
// file name is `cHeader`.
std::string cppHeaderText(const Interface& interface, const wasm::Module& module,
                          const std::string& source, const std::string& cHeader);
// Returns a number that tells the header of another interface from that of this one.
uint64_t hashOf(const Interface& interface, const wasm::Module& module);

}  // namespace c_interface
