// Tables of functions whose elements are known when the module is compiled: nobody but the module
// can write to them, and it does so in its segments only. A C program's function pointers are such
// a table.
//
// A call through one needs nothing of the instance but its context: the elements' code and types
// are constants of the artifact, and the size is a number. Where only one element has the type, the
// call is one of that function.
//
// The segments of a module that imports a table may stop halfway, with its functions in that table
// already; so it has none of these.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/wasm/validate/validate.h"

namespace codegen {

class ConstantTables {
 public:
  // Of an element: that of no function, and what is no type index of the module.
  static constexpr uint32_t kNull = 0xffffffff;

  // The elements of one type.
  struct Callees {
    uint32_t type;     // as in Table::types
    uint32_t count;    // how many elements
    uint32_t element;  // one of them
  };

  struct Table {
    std::vector<uint32_t> functions;      // by element; kNull where null
    std::vector<uint32_t> types;          // by element: equal where the types are; kNull where null
    std::map<uint32_t, Callees> callees;  // by type
  };

  // `makesTailCalls` by function index: their own entry is not the one that ordinary calls use.
  ConstantTables(const wasm::ValidModule& module, const std::vector<bool>& makesTailCalls);

  // Null where the table is none of these.
  const Table* find(uint32_t table) const;

  // What a call of `typeIndex` through the table may reach, if all of that are own functions with
  // the module's context and this very type.
  const Callees* calleesOf(uint32_t table, uint32_t typeIndex) const;

 private:
  void addTables();
  void fill(const wasm::ElementSegment& segment);
  void group(Table& table, const std::vector<bool>& makesTailCalls) const;

  const wasm::ValidModule& module_;
  std::map<uint32_t, Table> tables_;
};

}  // namespace codegen
