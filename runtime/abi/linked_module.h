// A compiled module that a linker has made a part of a program, as opposed to an artifact, which
// the loader maps. Its object file defines one symbol, that of this struct.
#pragma once

#include "runtime/abi/module_descriptor.h"

namespace abi {

// The symbol of the module in an executable that wasm2obj makes.
inline constexpr char kProgramSymbol[] = "wasm2obj_program";
// The symbol of the options that it gives to its guest (loader/exe).
inline constexpr char kProgramOptionsSymbol[] = "wasm2obj_program_options";

// Where an import comes from that is the program's: a function of it, or one of the pointers that
// it gives when it makes an instance: an object, or an instance that exports the import's name.
enum class LinkedImportKind : uint64_t { Function, Object, Instance };

// An import that the program provides.
struct LinkedImport {
  uint64_t row;  // in ModuleDescriptor::imports
  LinkedImportKind kind;
  // Function: called like the function of a HostBinding, whose `env` is the instance.
  void* code;
  uint64_t given;  // Object, Instance: the number of the pointer
};

// The addresses of the module's parts. The descriptor has no table of library calls
// (ModuleDescriptor::libcalls), since the linker resolves them.
struct LinkedModule {
  const ModuleDescriptor* descriptor;
  const uint8_t* codeBegin;  // all code of the module, and nothing else, is in [codeBegin, codeEnd)
  const uint8_t* codeEnd;
  const LinkedImport* imports;
  uint64_t importCount;
  // A hash of the interface for C, which the header has too; 0 without one.
  uint64_t interfaceHash;
  // The same module, compiled for another CPU, with the same memory image; null if there is none.
  const LinkedModule* next;
};

}  // namespace abi
