// The functions that stand for allocations, for stores of references to objects, and for throwing
// exceptions, until the last passes replace their calls by code. They are declared only.
#pragma once

#include <llvm/IR/Instruction.h>
#include <llvm/IR/Module.h>

namespace codegen {

// ptr wasm2obj.new(ptr context, i32 type word, i64 size in bytes, i64 traced words): a struct or an
// exception, whose type word the code stores itself. Of its words, those in `traced`, and all
// beyond the 64th, are null until they are stored to; all other bytes are undefined.
inline constexpr char kNewObject[] = "wasm2obj.new";
// ptr wasm2obj.new_array(ptr context, i32 type word, i32 length, i64 size in bytes, i1 isTraced,
// ptr fill): an array, whose header the code stores itself. If `isTraced`, all elements are
// references and equal to `fill` until they are stored to; otherwise they are undefined.
inline constexpr char kNewArray[] = "wasm2obj.new_array";
// void wasm2obj.store(ptr context, ptr address, ptr reference): a store with the write barrier.
inline constexpr char kStoreReference[] = "wasm2obj.store";
// void wasm2obj.throw(ptr context, ptr exception): unwinds to the innermost handler; does not
// return.
inline constexpr char kThrow[] = "wasm2obj.throw";

// Returns whether an instruction is a call or an invoke of the function with this name.
bool isCallOf(const llvm::Instruction& instruction, const char* name);

// Returns whether a collection may happen in an instruction.
bool mayCollect(const llvm::Instruction& instruction);

// Returns the declaration in `module`, which is added if it is missing.
//
// kNewObject and kNewArray have the attributes of malloc, so that LLVM removes unused objects. A
// collection is not visible to the code, so no memory that LLVM knows is accessed: objects whose
// addresses are in registers or on the stack do not move, and the addresses of others are updated
// wherever they are loaded from.
llvm::Function* declareNewObject(llvm::Module& module);
llvm::Function* declareNewArray(llvm::Module& module);
// kStoreReference writes the reference and nothing else.
llvm::Function* declareStoreReference(llvm::Module& module);
// kThrow may read all memory, which handlers see.
llvm::Function* declareThrow(llvm::Module& module);

}  // namespace codegen
