// The decisions about a module that precede code generation and depend on nothing but the module:
// the layout of the context, the functions with a FuncRef, the functions that make tail calls,
// symbol names, and the division into partitions. Does not depend on LLVM.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/plan/constant_tables.h"
#include "compiler/codegen/plan/object_layouts.h"
#include "compiler/codegen/plan/stored_functions.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/abi/vmctx.h"

namespace codegen {

// The functions [begin, end) of the function index space, which are compiled independently of other
// partitions. None of them is an import.
struct Partition {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// The plan of one module. Immutable after construction, so threads can share it. References that
// member functions return are valid as long as the plan. "Own" functions and globals are those that
// are not imports.
class ModulePlan {
 public:
  // Decodes all function bodies that may contain tail calls or table instructions. The module must
  // outlive the plan.
  explicit ModulePlan(const wasm::ValidModule& module);

  const wasm::Module& module() const { return module_; }
  const abi::ContextCounts& counts() const { return counts_; }
  const abi::ContextLayout& layout() const { return layout_; }

  // Returns the ELF symbol of a function's code. It is unique in the module and begins with
  // "wasm.", so that it differs from all C functions: a guest may have a function named "memcpy".
  const std::string& symbol(uint32_t functionIndex) const { return symbols_[functionIndex]; }

  // Returns the name of a function for messages and backtraces: that of the name section, else that
  // of an export, else an empty string.
  const std::string& displayName(uint32_t functionIndex) const { return names_[functionIndex]; }

  // Returns the indices of the functions with a FuncRef in the context, in the order of the
  // FuncRefs there.
  const std::vector<uint32_t>& funcRefs() const { return funcRefs_; }
  // Returns the position of a function in funcRefs(), or nothing if it has no FuncRef: such a
  // function can only be called by name from the module itself.
  std::optional<uint32_t> funcRefSlot(uint32_t functionIndex) const;

  // Returns whether the body of a function has a `return_call`, `return_call_indirect` or
  // `return_call_ref`. Its code is then a tail entry, else a fast entry (see Entry). Imports make
  // none.
  bool makesTailCalls(uint32_t functionIndex) const { return makesTailCalls_[functionIndex]; }

  // Returns whether code may use the segment base: there is a memory that it can point to, and no
  // function makes tail calls. A tail call into another instance could not restore the base.
  bool canHaveSegmentBase() const { return canHaveSegmentBase_; }

  // Returns whether the module throws or catches exceptions. If not, exceptions of others only pass
  // through its frames, which needs nothing of the code.
  bool usesExceptions() const { return usesExceptions_; }

  // Returns the tables whose elements are known at compile time.
  const ConstantTables& constantTables() const { return *constantTables_; }

  // Returns the layouts of the objects of the module's types.
  const ObjectLayouts& objectLayouts() const { return objectLayouts_; }

  // Returns the functions that calls through fields of structs are likely to call.
  const StoredFunctions& storedFunctions() const { return storedFunctions_; }

  // Returns whether all memories have 32-bit addresses, the default page size and a minimum of less
  // than 65,536 pages. Own memories then never grow beyond 65,535 pages, so an address in the last
  // page below 2^32 always traps. Imported memories may have 65,536; the descriptor's kHeadroom
  // refuses those.
  bool hasHeadroom() const;

  // Returns whether other threads may access a memory.
  bool hasSharedMemory() const;

  // Returns whether other modules or the host can read the global: it is imported or exported. Its
  // value must be exact after a trap.
  bool isSharedGlobal(uint32_t index) const { return isSharedGlobal_[index]; }

  // Returns the partitions, which cover all own functions in order. They depend only on the module,
  // not on the number of threads, so that the output is reproducible.
  const std::vector<Partition>& partitions() const { return partitions_; }

 private:
  void findFuncRefs();
  void findTailCalls(const wasm::RequiredFeatures& features);
  void findSharedGlobals();
  void nameFunctions();
  void partition();

  const wasm::Module& module_;
  abi::ContextCounts counts_{};
  abi::ContextLayout layout_{};
  std::vector<std::string> names_;
  std::vector<std::string> symbols_;
  std::vector<uint32_t> funcRefs_;
  std::vector<uint32_t> slots_;       // by function index; kNoSlot where none
  std::vector<bool> makesTailCalls_;  // by function index
  std::vector<bool> isSharedGlobal_;  // by global index
  bool canHaveSegmentBase_ = false;
  bool usesExceptions_ = false;
  std::optional<ConstantTables> constantTables_;
  ObjectLayouts objectLayouts_;
  StoredFunctions storedFunctions_;
  std::vector<Partition> partitions_;
};

}  // namespace codegen
