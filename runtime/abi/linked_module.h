// A compiled module that a linker has made a part of a program, as opposed to an artifact, which
// the loader maps. Its object file defines one symbol, that of this struct.
#pragma once

#include "runtime/abi/module_descriptor.h"

namespace abi {

// The symbol of the module in an executable that wasm2obj makes.
inline constexpr char kProgramSymbol[] = "wasm2obj_program";
// The symbol of the options that it gives to its guest (loader/exe).
inline constexpr char kProgramOptionsSymbol[] = "wasm2obj_program_options";

// A function of the program that the module imports.
struct LinkedImport {
  uint64_t row;  // in ModuleDescriptor::imports
  // Called like the function of a HostBinding, whose `env` is a pointer that the program gives to
  // the instance.
  void* code;
};

// The addresses of the module's parts. The descriptor has no table of library calls
// (ModuleDescriptor::libcalls), since the linker resolves them.
struct LinkedModule {
  const ModuleDescriptor* descriptor;
  const uint8_t* codeBegin;  // all code of the module, and nothing else, is in [codeBegin, codeEnd)
  const uint8_t* codeEnd;
  const LinkedImport* imports;
  uint64_t importCount;
};

}  // namespace abi
