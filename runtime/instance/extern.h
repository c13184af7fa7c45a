// The values that can be imported and exported (the specification's external addresses), and the
// matching of their types with the types of imports.
#pragma once

#include <string>
#include <variant>

#include "runtime/instance/func.h"
#include "runtime/instance/global.h"
#include "runtime/instance/host_func.h"
#include "runtime/instance/memory.h"
#include "runtime/instance/table.h"
#include "runtime/instance/tag.h"

namespace runtime {

class Module;

// An external value. The store owns the object that it refers to; a host function is held by value
// and belongs to no store.
using Extern = std::variant<HostFunction, Func, Table*, Memory*, Global*, Tag*>;

// Return the type of a value, or of an import of `module`, as text for messages: "function [i32] ->
// []", "memory (min 1, max 2)", "table (min 0) of funcref", "global mutable i32", "tag [i32] ->
// []".
std::string describe(const Extern& value);
std::string describe(const Module& module, const abi::Import& import);

// Returns whether the type of `value` matches the type of `import`, a row of `module` (core
// specification, section "Matching: External Types"). The minimum of a table or a memory is its
// current size.
bool matches(const Module& module, const abi::Import& import, const Extern& value);

}  // namespace runtime
