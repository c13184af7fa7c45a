// What can be imported and exported (the specification's external values), and what fits where.
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

// Borrowed from its store, except a host function, which is a value.
using Extern = std::variant<HostFunction, Func, Table*, Memory*, Global*, Tag*>;

// "function [i32] -> []", "memory (min 1, max 2)", "table (min 0) of funcref", "global mutable
// i32", "tag [i32] -> []".
std::string describe(const Extern& value);
std::string describe(const Module& module, const abi::Import& import);

// Whether the import accepts the value: whether the value's present type matches the import's
// (section 3.3.10).
bool matches(const Module& module, const abi::Import& import, const Extern& value);

}  // namespace runtime
