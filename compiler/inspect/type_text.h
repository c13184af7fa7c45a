// The types of a descriptor in the notation of the text format.
#pragma once

#include <string>

#include "runtime/abi/module_descriptor.h"

namespace inspect {

// Return the text of a type whose indices are those of the module: "func (param i32) (result i32)",
// "table 1 10 funcref", "memory 1 4", "global (mut i32)", "tag (param i32)".
std::string functionText(const abi::ModuleDescriptor& module, uint32_t typeIndex);
std::string tagText(const abi::ModuleDescriptor& module, uint32_t typeIndex);
std::string tableText(const abi::TableType& type);
std::string memoryText(const abi::MemoryType& type);
std::string globalText(const abi::GlobalType& type);
std::string importText(const abi::ModuleDescriptor& module, const abi::Import& import);
// Returns the text of the type of an export.
std::string exportText(const abi::ModuleDescriptor& module, const abi::Export& entry);

}  // namespace inspect
