// Constant tables: tables of functions whose elements are known at compile time, since only the
// module itself can access them and only its active element segments write to them. The function
// pointers of a C program are such a table. Calls through them can be devirtualized.
//
// A call through a constant table reads nothing of the instance but its context: the code addresses
// and types of the elements are constants in the artifact, and the size is an immediate. If only
// one element has the type of the call, it becomes a direct call of that function.
//
// If a module imports a table, none of its tables is constant: instantiation may trap halfway
// through the segments, and the functions that are already in the imported table can then be called
// while other tables are not filled yet.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/wasm/validate/validate.h"

namespace codegen {

// The constant tables of one module. Immutable after construction, so threads can share it.
class ConstantTables {
 public:
  // The function and the type of a null element. No index is as large.
  static constexpr uint32_t kNull = 0xffffffff;

  // The elements of one table whose functions have the same type.
  struct Callees {
    uint32_t type;     // as in Table::types
    uint32_t count;    // of the elements; at least 1
    uint32_t element;  // the index of the first one
  };

  // The contents of one constant table after instantiation.
  struct Table {
    std::vector<uint32_t> functions;  // by element; kNull where null
    std::vector<uint32_t> types;      // by element: canonical type index; kNull where null
    // By type; only types all of whose elements are called like functions of this module, with the
    // own context and by a fast entry.
    std::map<uint32_t, Callees> callees;
  };

  // `makesTailCalls` is by function index. The code of such functions is a tail entry, which
  // ordinary calls cannot use. The module must outlive the object; `makesTailCalls` is not kept.
  ConstantTables(const wasm::ValidModule& module, const std::vector<bool>& makesTailCalls);

  // Returns the contents of a table, or null if it is not constant. The object owns them.
  const Table* find(uint32_t table) const;

  // Returns the elements that a `call_indirect` with type `typeIndex` through the table may call,
  // or null if the call must read the table: if the table is not constant, the type is not final (a
  // function of a subtype matches as well), no element has the type, or one of those that have it
  // is an import or makes tail calls.
  const Callees* calleesOf(uint32_t table, uint32_t typeIndex) const;

 private:
  void addTables();
  void fill(const wasm::ElementSegment& segment);
  void group(Table& table, const std::vector<bool>& makesTailCalls) const;

  const wasm::ValidModule& module_;
  std::map<uint32_t, Table> tables_;
};

}  // namespace codegen
