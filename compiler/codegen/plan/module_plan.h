// Everything about a module that is decided before any code is made, from the module alone: the
// context's layout, which functions have a FuncRef and which make tail calls, symbol names, and how
// functions are divided into parts. Knows no LLVM. Does not change once it is made, so that the
// threads of all parts may read it at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/plan/constant_tables.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/abi/vmctx.h"

namespace codegen {

// Own functions [begin, end), in the function index space.
struct Part {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// The plan of one module.
class ModulePlan {
 public:
  // The module must outlive the plan.
  explicit ModulePlan(const wasm::ValidModule& module);

  const wasm::Module& module() const { return module_; }
  const abi::ContextCounts& counts() const { return counts_; }
  const abi::ContextLayout& layout() const { return layout_; }

  // Returns the symbol of a function's code; unique, and never that of a C function: guests are
  // free to call their functions "memcpy".
  const std::string& symbol(uint32_t functionIndex) const { return symbols_[functionIndex]; }

  // Returns the name for people: from the name section, else an export's, else empty.
  const std::string& displayName(uint32_t functionIndex) const { return names_[functionIndex]; }

  // The indices of the functions with a FuncRef in the context, in the order of their slots; and
  // the inverse, which is empty for a function without.
  const std::vector<uint32_t>& funcRefs() const { return funcRefs_; }
  std::optional<uint32_t> funcRefSlot(uint32_t functionIndex) const;

  // Whether a function makes tail calls itself: its own entry is then a tail entry, else a fast
  // one.
  bool makesTailCalls(uint32_t functionIndex) const { return makesTailCalls_[functionIndex]; }

  // Whether all functions leave a segment base as they found it, and there is a memory for it. A
  // tail call into another instance could not put it back.
  bool canHaveSegmentBase() const { return canHaveSegmentBase_; }

  const ConstantTables& constantTables() const { return *constantTables_; }

  // Whether all memories have 32-bit addresses and, where an imported one is not larger from the
  // start, can never have more than 65,535 pages.
  bool hasHeadroom() const;

  // Whether others than this module can see the global's value: it is imported or exported.
  bool isSharedGlobal(uint32_t index) const { return isSharedGlobal_[index]; }

  // Contiguous runs of functions of about the same size. Depends on nothing but the module.
  const std::vector<Part>& parts() const { return parts_; }

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
  std::optional<ConstantTables> constantTables_;
  std::vector<Part> parts_;
};

}  // namespace codegen
