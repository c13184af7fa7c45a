// Effective addresses in linear memories. address.cpp is the only file that forms such an address,
// so it is the place to look at for the sandbox of memory accesses.
//
// A memory with 32-bit addresses lies in a reservation of address space that an index (32 bits)
// plus a static offset (32 bits) cannot leave. What is not committed is inaccessible (guard pages),
// so that the MMU does the check. Explicit checks compare with the current size. They are used for
// 64-bit addresses, for pages of one byte, which may end within a page of the host, and with
// Bounds::Explicit.
#pragma once

#include <llvm/IR/Instructions.h>

#include "compiler/wasm/types.h"

namespace codegen {

struct FunctionBuilder;

// Returns whether accesses to the memory are checked by code. If not, an access out of bounds
// faults, and the runtime turns the fault into a trap.
bool isChecked(const FunctionBuilder& f, uint32_t memory);

// Returns whether other threads may access the memory.
bool isShared(const FunctionBuilder& f, uint32_t memory);

// Returns a pointer to the `accessBytes` bytes at index + offset, where `index` is an operand of
// the memory's address type and `offset` the static offset of the instruction. With explicit
// checks, a trap with MemoryOutOfBounds is added before; without, an access to the pointer faults
// if it is out of bounds. With Spectre::All and explicit checks, the pointer is also within the
// memory during speculative execution past the check.
llvm::Value* effectiveAddress(FunctionBuilder& f, uint32_t memory, llvm::Value* index,
                              uint64_t offset, uint32_t accessBytes);

// Returns a pointer to the bytes [begin, begin + length), both i64. Always adds a check that traps
// with MemoryOutOfBounds: bulk instructions trap before they write anything (section 4.4.7), and
// have to do so even if the length is zero and `begin` is beyond the end.
llvm::Value* checkedRange(FunctionBuilder& f, uint32_t memory, llvm::Value* begin,
                          llvm::Value* length);

// Returns the memory's current size in bytes, as i64. For a shared memory the load is atomic but
// not ordered: as the memory model has it, a check may see an old size unless the growth happens
// before. LLVM keeps the load behind any atomic instruction that establishes that order.
llvm::LoadInst* memoryByteSize(FunctionBuilder& f, uint32_t memory);

// Returns an index operand of a memory or table, i32 or i64, zero-extended to i64.
llvm::Value* widenIndex(FunctionBuilder& f, llvm::Value* index);

// Returns an i64 truncated to the address type of a memory or table with these limits. -1 stays -1.
llvm::Value* narrowIndex(FunctionBuilder& f, llvm::Value* wide, const wasm::Limits& limits);

// Returns a copy of the value about which LLVM has no information from preceding branches, so that
// it does not remove a second check of it. The second check is for CPUs that speculate past the
// first one (Spectre variant 1; Options::spectre). The copy emits no instruction but possibly a
// move.
llvm::Value* unknownCopy(FunctionBuilder& f, llvm::Value* value);

}  // namespace codegen
