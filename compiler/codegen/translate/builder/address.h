// Addresses in linear memories. address.cpp is the only place that forms one.
//
// A memory with 32-bit addresses lies in a reservation that an index (32 bits) plus a static offset
// (32 bits) cannot leave, so that the hardware does the check. Explicit checks compare against the
// current size: for 64-bit addresses, for pages of one byte (which end where the hardware's do
// not), and on request (Options::bounds).
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/wasm/types.h"

namespace codegen {

struct FunctionBuilder;

// Whether accesses to the memory are checked by code. If not, the access itself traps.
bool isChecked(const FunctionBuilder& f, uint32_t memory);

// Returns a pointer to `accessBytes` bytes at index + offset, where `index` is an i32 or i64
// operand and `offset` the static one. Where checks are explicit, code traps first; where not, the
// pointer may be one that traps when it is used.
llvm::Value* effectiveAddress(FunctionBuilder& f, uint32_t memory, llvm::Value* index,
                              uint64_t offset, uint32_t accessBytes);

// Returns a pointer to the bytes [begin, begin + length), both i64, for bulk instructions, which
// trap before they write anything (section 4.4.7).
llvm::Value* checkedRange(FunctionBuilder& f, uint32_t memory, llvm::Value* begin,
                          llvm::Value* length);

// Returns the memory's current size in bytes, as i64.
llvm::Value* memoryByteSize(FunctionBuilder& f, uint32_t memory);

// Index operands, of memories and tables, as i64; and an i64 as an operand of the limits' index
// type.
llvm::Value* widenIndex(FunctionBuilder& f, llvm::Value* index);
llvm::Value* narrowIndex(FunctionBuilder& f, llvm::Value* wide, const wasm::Limits& limits);

// Returns the same value as one of which LLVM knows nothing that a check has told, so that a second
// check of it stays, for the CPU that speculates past the first (Options::spectre).
llvm::Value* unknownCopy(FunctionBuilder& f, llvm::Value* value);

}  // namespace codegen
