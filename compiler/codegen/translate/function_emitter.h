// Translates one function body to LLVM IR. Instructions are dispatched by family (emitters.def) to
// the method of the same name; the methods are in emit_*.cpp, by kind. Dead code is skipped: what
// follows a branch is read, never translated.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>

#include <optional>
#include <span>
#include <vector>

#include "compiler/codegen/abi/builtins.h"
#include "compiler/codegen/lowering/lowering.h"
#include "compiler/codegen/lowering/vector_parts.h"
#include "compiler/codegen/translate/module_emitter.h"
#include "compiler/wasm/instruction.h"

namespace codegen {

class FunctionEmitter {
 public:
  FunctionEmitter(ModuleEmitter& module, uint32_t functionIndex);
  void emit();

 private:
  using Values = llvm::SmallVector<llvm::Value*, 4>;
  using Inst = wasm::Instruction;
  using Method = void (FunctionEmitter::*)(const Inst&);

  enum class FrameKind : uint8_t { Function, Block, Loop, If };

  // A structured instruction that is open. Values travel to its label and to its end through phis.
  struct Frame {
    FrameKind kind;
    size_t height;            // of the operand stack below its parameters
    llvm::BasicBlock* label;  // where a branch to it goes
    std::vector<llvm::PHINode*> labelPhis;
    llvm::BasicBlock* end;  // what follows it; a loop has none of its own
    std::vector<llvm::PHINode*> endPhis;
    llvm::BasicBlock* elseArm;  // of an `if` before its `else`
    Values params;              // of an `if`, for its else arm
  };

  struct BlockSignature {
    wasm::ValueTypes params;
    wasm::ValueTypes results;
  };

  // What an instruction is to the structured instructions around it.
  enum class Nesting : uint8_t { None, Opens, Divides, Closes };

  // A function to be called.
  struct Callee {
    llvm::Value* code;
    llvm::Value* context;
    Entry entry;
  };

  struct LanePair {
    llvm::Value* left;
    llvm::Value* right;
  };

  // The lowerings of float_*.h and vector_*.h.
  using UnaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*);
  using BinaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*, llvm::Value*);

  struct Dispatch {
    Method method;
    bool isLocated;
  };
  static const std::vector<Dispatch>& dispatchTable();

#define EMITTER(family, place) void family(const Inst& inst);
#include "compiler/codegen/translate/emitters.def"
#undef EMITTER

  // function_emitter.cpp
  void emitBody();
  static Nesting nestingOf(wasm::Op op);
  bool skipDeadCode(const Inst& inst);
  llvm::AllocaInst* local(uint32_t index);
  wasm::ValueType declaredLocalType(uint32_t index) const;
  void setLocation(const Inst& inst, bool isLocated);
  void push(llvm::Value* value) { stack_.push_back(value); }
  llvm::Value* pop();
  Values popMany(size_t count);
  static llvm::Value* comparisonIn(llvm::Value* value);
  llvm::Value* popCondition();
  const wasm::Module& source() const { return module_.source(); }
  llvm::Type* type(wasm::ValueType type) const { return abi_.type(type); }

  // trap sites
  void trapIf(llvm::Value* condition, abi::TrapCode code);
  void trapNow(abi::TrapCode code);
  llvm::BasicBlock* newBlock(const char* name);
  llvm::BasicBlock* detachedBlock(const char* name);
  void startBlock(llvm::BasicBlock* block);
  llvm::MDNode* unlikely();

  // emit_control.cpp
  BlockSignature signatureOf(const wasm::BlockType& type) const;
  std::vector<llvm::PHINode*> makePhis(llvm::BasicBlock* block, const wasm::ValueTypes& types);
  Frame& frameAt(uint32_t depth) { return frames_[frames_.size() - 1 - depth]; }
  void addIncoming(const std::vector<llvm::PHINode*>& phis);
  void jumpTo(llvm::BasicBlock* block, const std::vector<llvm::PHINode*>& phis);
  void branchIf(llvm::Value* condition, uint32_t label, llvm::MDNode* weights = nullptr);
  llvm::MDNode* hintedWeights(const Inst& branch);
  void die();
  void endElseless(Frame& frame);
  void resumeAtEnd(Frame& frame);
  void emitReturn();

  // emit_call.cpp
  Callee ownCallee(uint32_t functionIndex);
  Callee calleeAt(llvm::Value* entries, Entry entry);
  llvm::Value* importedEntries(uint32_t functionIndex);
  llvm::Value* tableCallee(const Inst& inst);
  void callConstantElement(const Inst& inst, const ConstantTables::Callees& callees);
  void trapInConstantTable(uint32_t table, llvm::Value* element);
  llvm::Value* constantElementType(uint32_t table, llvm::Value* element);
  llvm::Value* checkedConstantElement(uint32_t table, llvm::Value* element);
  llvm::Value* popCalleeReference();
  llvm::CallInst* createCall(const wasm::FuncType& type, const Callee& callee, Values args);
  void emitCall(const wasm::FuncType& type, const Callee& callee);
  void emitReturnCall(const wasm::FuncType& type, const Callee& callee, const Values& args);
  void returnCallThrough(const wasm::FuncType& type, llvm::Value* entries,
                         std::optional<uint32_t> referenceType);
  Callee crossIfForeign(uint32_t typeIndex, const Callee& callee);
  llvm::Value* execState();
  llvm::Value* callBuiltin(const Builtin& builtin, llvm::ArrayRef<llvm::Value*> args);
  void callTrappingBuiltin(const Builtin& builtin, llvm::ArrayRef<llvm::Value*> args,
                           abi::TrapCode code);
  llvm::Value* constantIndex(uint32_t index) { return builder_.getInt32(index); }

  // address.cpp
  llvm::Value* memoryBase(uint32_t memory);
  llvm::Value* memoryByteSize(uint32_t memory);
  bool isChecked(uint32_t memory) const;
  bool isClamped(uint32_t memory) const;
  llvm::Value* isBeyond(uint32_t memory, llvm::Value* wide, uint64_t offset, uint64_t reach);
  llvm::Value* effectiveAddress(uint32_t memory, llvm::Value* index, uint64_t offset,
                                uint32_t accessBytes);
  llvm::Value* checkedRange(uint32_t memory, llvm::Value* begin, llvm::Value* length);
  llvm::Value* isBeyondRange(uint32_t memory, llvm::Value* begin, llvm::Value* length);
  llvm::Value* opaque(llvm::Value* value);
  llvm::Value* widen(llvm::Value* index);
  llvm::Value* narrowTo(llvm::Value* wide, const wasm::Limits& limits);

  // emit_table_global.cpp
  llvm::Value* tableDef(uint32_t table);
  llvm::Value* tableElement(uint32_t table, llvm::Value* index, abi::TrapCode outOfBounds);
  llvm::Value* elementField(llvm::Value* element, llvm::Type* type, uint64_t offset);
  bool isFunctionTable(uint32_t table) const;
  llvm::Value* globalAddress(uint32_t global);
  llvm::Value* funcRef(uint32_t functionIndex);
  const wasm::Limits& tableLimits(uint32_t table) const;
  llvm::Value* tableField(llvm::Value* def, llvm::Type* type, uint64_t offset);
  llvm::Value* tableSizeOf(llvm::Value* def);

  // emit_integer.cpp, emit_float.cpp, emit_convert.cpp
  void compareIntegers(llvm::CmpInst::Predicate predicate);
  void compareFloats(llvm::CmpInst::Predicate predicate);
  void unaryIntrinsic(llvm::Intrinsic::ID id);
  void binaryIntrinsic(llvm::Intrinsic::ID id);
  void unaryFloat(UnaryLowering operation);
  void binaryFloat(BinaryLowering operation);
  void countZeros(llvm::Intrinsic::ID id);
  void binary(llvm::Instruction::BinaryOps operation);
  void divide(llvm::Instruction::BinaryOps operation, bool canOverflow);
  void shift(llvm::Instruction::BinaryOps operation);
  void rotate(llvm::Intrinsic::ID funnelShift);
  void convert(const Inst& inst, llvm::Instruction::CastOps cast);
  void truncateChecked(const Inst& inst, bool isSigned);
  void truncateSaturating(const Inst& inst, bool isSigned);
  llvm::Type* resultType(const Inst& inst) const;

  // emit_memory.cpp
  static uint32_t accessBytes(const Inst& inst);
  llvm::Value* loadAs(llvm::Type* type, const Inst& inst, llvm::Value* index);
  void storeTo(llvm::Value* address, llvm::Value* value, const Inst& inst);
  void markAccess(llvm::Value* address, uint32_t bytes);

  // emit_wide.cpp
  llvm::Value* popWide();
  void pushWide(llvm::Value* value);
  void wideSum(llvm::Instruction::BinaryOps operation);
  void wideProduct(llvm::Instruction::CastOps extend);

  // emit_simd_*.cpp. On the operand stack, in locals and in calls a v128 is <2 x i64>.
  Lowering lowering() { return {builder_, module_.target(), module_.options().isDeterministic}; }
  llvm::FixedVectorType* lanes(wasm::LaneShape shape);
  llvm::FixedVectorType* lanesOf(const Inst& inst);  // as its keyword divides them
  llvm::Value* popLanes(llvm::FixedVectorType* type);
  void pushLanes(llvm::Value* vector);  // of any lanes
  LanePair popLanePair(llvm::FixedVectorType* type);
  void combineLanes(llvm::FixedVectorType* type, BinaryLowering combine);
  llvm::FixedVectorType* bytes();  // 16 lanes of 8 bits
  llvm::Value* popLane(llvm::FixedVectorType* lanes);
  llvm::Value* loadLane(const Inst& inst);
  llvm::Value* loadHalves(const Inst& inst);

  // emit_simd_compare.cpp, emit_simd_integer.cpp
  void compareIntegerLanes(const Inst& inst, llvm::CmpInst::Predicate predicate);
  void combineLanes(const Inst& inst, llvm::Instruction::BinaryOps operation);
  void combineLanes(const Inst& inst, llvm::Intrinsic::ID id);
  void shiftBy(const Inst& inst, llvm::Instruction::BinaryOps operation);
  void narrowLanes(const Inst& inst, bool isSigned);
  void extendLanes(const Inst& inst, llvm::Instruction::CastOps extension, Half half);
  void multiplyExtended(const Inst& inst, llvm::Instruction::CastOps extension, Half half);

  // emit_simd_float.cpp, emit_simd_convert.cpp
  void compareFloatLanes(const Inst& inst, llvm::CmpInst::Predicate predicate);
  void unaryFloatLanes(const Inst& inst, UnaryLowering operation);
  void multiplyAddLanes(const Inst& inst, bool isNegated);
  void convertLanes(wasm::LaneShape from, UnaryLowering conversion);

  ModuleEmitter& module_;
  const AbiLowering& abi_;
  const ModulePlan& plan_;
  const uint32_t functionIndex_;
  const wasm::FuncType& type_;
  llvm::Function* function_;
  llvm::IRBuilder<> builder_;
  llvm::IRBuilder<> entry_;  // in the entry block: locals, and invariants of the function
  llvm::DISubprogram* subprogram_ = nullptr;
  llvm::Value* context_ = nullptr;
  llvm::DenseMap<uint32_t, llvm::AllocaInst*> locals_;  // by index; made when first needed
  std::vector<uint64_t> localRunEnds_;  // of the function's runs of locals: index behind the last
  std::vector<llvm::Value*> memoryBases_;  // by memory; loaded when first needed
  llvm::AllocaInst* crossing_ = nullptr;   // an abi::Crossing; made when first needed
  std::vector<llvm::Value*> stack_;
  std::vector<Frame> frames_;
  std::span<const wasm::BranchHint> hints_;  // those ahead
  bool isDead_ = false;
  uint32_t deadDepth_ = 0;  // structured instructions opened in dead code
};

}  // namespace codegen
