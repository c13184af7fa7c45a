// Addresses in linear memory, recognized in LLVM IR: base + zext(index) + offset.
//
// Translation forms the addresses (address.cpp); LLVM's passes redistribute their constants. The
// index is the 32-bit operand of the WebAssembly access. The effective address is the zero-extended
// index plus the offset.
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// The size in bytes of the guard before a memory, and of the gap between 4 GiB and the largest
// memory of a function with kHeadroomAttribute. An access traps if its address is in
// [-kHeadroom, 0) or in [2^32 - kHeadroom, 2^32).
inline constexpr int64_t kHeadroom = int64_t{1} << 16;

// Attribute of functions all of whose memories have 32-bit addresses and at most 65,535 pages.
inline constexpr const char* kHeadroomAttribute = "wasm-headroom";

// Returns true if `value` is the base of a memory, that is, an invariant load from the context.
bool isMemoryBase(const llvm::Value* value);

// An access to linear memory through an IndexedPointer.
struct LinearAccess {
  llvm::Instruction* instruction;  // a load or a store
  uint64_t offset;                 // effective address minus index, in bytes
  int64_t below = 0;               // index of the pointer minus index of the access

  bool isStore() const { return llvm::isa<llvm::StoreInst>(instruction); }
};

// A pointer base + zext(index), with its uses.
struct IndexedPointer {
  llvm::GetElementPtrInst* pointer;
  llvm::Value* index;
  llvm::SmallVector<LinearAccess, 2> accesses;
  bool escapes;  // has uses other than accesses and additions of non-negative constants

  // Returns true if each use is an access without offset. All of these trap if the index is out of
  // bounds.
  bool hasNoOffsets() const;
};

// Returns `pointer` with its uses, or nothing if it is not of this form.
std::optional<IndexedPointer> matchIndexedPointer(llvm::GetElementPtrInst& pointer);

}  // namespace codegen
