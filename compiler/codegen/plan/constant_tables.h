// Tables of functions whose elements are known when the module is compiled: nobody but the module
// can write to them, and it does so in its segments only. A C program's function pointers are such
// a table.
//
// A call through one needs nothing of the instance but its context: the elements' code and types
// are constants of the artifact, and the size is a number. If only one element has the type, the
// call is a direct call of that function.
//
// If a module imports a table, instantiation may fail halfway through the segments, with functions
// in that table already. None of the module's tables is constant then.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/wasm/validate/validate.h"

namespace codegen {

class ConstantTables {
 public:
  // The function and the type of a null element; no index is that large.
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

  // `makesTailCalls` by function index: the own entry of such functions is not the one that
  // ordinary calls use. The module must outlive this.
  ConstantTables(const wasm::ValidModule& module, const std::vector<bool>& makesTailCalls);

  // Returns null if the table is none of these. The pointer is valid as long as this.
  const Table* find(uint32_t table) const;

  // Returns the elements that a call of `typeIndex` through the table may reach, if all of these
  // are own functions with the module's context and exactly this type; else null.
  const Callees* calleesOf(uint32_t table, uint32_t typeIndex) const;

 private:
  void addTables();
  void fill(const wasm::ElementSegment& segment);
  void group(Table& table, const std::vector<bool>& makesTailCalls) const;

  const wasm::ValidModule& module_;
  std::map<uint32_t, Table> tables_;
};

}  // namespace codegen
