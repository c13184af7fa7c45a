// What can be imported and exported: the specification's external values.
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

// The store owns what is referred to; a host function is held by value.
using Extern = std::variant<HostFunction, Func, Table*, Memory*, Global*, Tag*>;

// Return the type as text: "function [i32] -> []", "memory (min 1, max 2)", "table (min 0) of
// funcref", "global mutable i32", "tag [i32] -> []".
std::string describe(const Extern& value);
std::string describe(const Module& module, const abi::Import& import);

// Returns whether the present type of `value` matches the type of `import` (section 3.3.10).
bool matches(const Module& module, const abi::Import& import, const Extern& value);

}  // namespace runtime
