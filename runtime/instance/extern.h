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

// The type of an external value (the specification's external types), with canonical type ids. Of
// the members, only those of the kind are used.
struct ExternType {
  abi::ExternKind kind = abi::ExternKind::Function;
  uint32_t typeId = 0;  // of a function or a tag
  abi::TableType table{};
  abi::MemoryType memory{};
  abi::GlobalType global{};
};

// Return the type of an import or an export of `module`, which holds the ids in it.
ExternType typeOf(const Module& module, const abi::Import& import);
ExternType typeOf(const Module& module, const abi::Export& entry);
// Returns the type of a value other than a HostFunction, which has no id. The minimum of a table or
// a memory is its current size.
ExternType typeOf(const Extern& value);

// Return a type, or that of a value or of an import of `module`, as text for messages: "function
// [i32] -> []", "memory (min 1, max 2)", "table (min 0) of funcref", "global mutable i32", "tag
// [i32] -> []".
std::string describe(const ExternType& type);
std::string describe(const Extern& value);
inline std::string describe(const Module& module, const abi::Import& import) {
  return describe(typeOf(module, import));
}

// Returns whether the type of `value` matches the type of `import`, a row of `module` (core
// specification, section "Matching: External Types"). The minimum of a table or a memory is its
// current size.
bool matches(const Module& module, const abi::Import& import, const Extern& value);
// Fails unless it does, with a message that has both types.
base::Result<void> checkMatches(const Module& module, const abi::Import& import,
                                const Extern& value);
// Returns the names of an import for messages, as "module.name".
std::string importName(const abi::Import& import);

}  // namespace runtime
