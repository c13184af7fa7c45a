// Addresses in linear memories, read back from LLVM IR: base + zext(index) + constant.
//
// address.cpp forms them, and LLVM's passes move their constants about. An index is the 32-bit
// operand of a wasm access; its effective address is the zero-extended index plus the constant.
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// How far the guard before a memory reaches, and how much the memories of functions with
// kHeadroomAttribute lack to 4 GiB: an access whose index is less than this below zero, or whose
// address is less than this below 2^32, traps.
inline constexpr int64_t kHeadroom = int64_t{1} << 16;

// On a function: all of its memories have 32-bit addresses and never more than 65,535 pages.
inline constexpr const char* kHeadroomAttribute = "wasm-headroom";

// Whether `value` is the base of a memory: a word of the context that never changes.
bool isMemoryBase(const llvm::Value* value);

// An access to a linear memory by way of an IndexedPointer.
struct LinearAccess {
  llvm::Instruction* instruction;  // a load or a store
  uint64_t offset;                 // its effective address less its index
  int64_t below = 0;               // how far its index is below that of the pointer

  bool isStore() const { return llvm::isa<llvm::StoreInst>(instruction); }
};

// A pointer base + zext(index), with what is done with it.
struct IndexedPointer {
  llvm::GetElementPtrInst* pointer;
  llvm::Value* index;
  llvm::SmallVector<LinearAccess, 2> accesses;
  bool escapes;  // has uses that are neither `accesses` nor constant distances from it

  // Whether each use is an access without offset: where the index is beyond the memory, all of them
  // trap, however the index is represented.
  bool hasNoOffsets() const;
};

// `pointer` taken apart, if that is what it is.
std::optional<IndexedPointer> matchIndexedPointer(llvm::GetElementPtrInst& pointer);

}  // namespace codegen
