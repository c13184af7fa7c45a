// The functions of the C header for memories, tables, globals and tags, which are inline, and the
// construction of instances.
#pragma once

#include <string>

#include "compiler/c_interface/c_interface.h"

namespace c_interface {

// Returns the struct of what the program gives as imports, and the functions that make objects for
// it; empty if it gives nothing but functions.
std::string importsText(const Interface& interface, const wasm::Module& module);
// Returns the functions that make instances.
std::string constructorsText(const Interface& interface, uint64_t hash);
// Returns the functions of an exported object.
std::string objectText(const Interface& interface, const wasm::Module& module,
                       const ExportedObject& object);

}  // namespace c_interface
