#include "compiler/codegen/translate/function_emitter.h"

#include <llvm/IR/MDBuilder.h>

#include <algorithm>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;

const std::vector<FunctionEmitter::Dispatch>& FunctionEmitter::dispatchTable() {
  static const std::vector<Dispatch> table = [] {
    enum Place : bool { Plain = false, Located = true };
    uint32_t families = 0;
#define FAMILY(id, trap) ++families;
#include "compiler/wasm/families.def"
#undef FAMILY
    std::vector<Dispatch> rows(families, Dispatch{nullptr, false});
#define EMITTER(family, place) \
  rows[static_cast<size_t>(wasm::Family::family)] = {&FunctionEmitter::family, Place::place};
#include "compiler/codegen/translate/emitters.def"
#undef EMITTER
    return rows;
  }();
  return table;
}

FunctionEmitter::FunctionEmitter(ModuleEmitter& module, uint32_t functionIndex)
    : module_(module),
      abi_(module.abi()),
      plan_(module.plan()),
      functionIndex_(functionIndex),
      type_(module.source().functionType(functionIndex)),
      function_(module.function(functionIndex)),
      builder_(module.context()),
      entry_(module.context()),
      memoryBases_(module.source().memories.size()),
      hints_(wasm::hintsOf(module.source(), functionIndex)) {
  uint64_t end = type_.params.size();
  for (const wasm::LocalRun& run : source().functions[functionIndex].locals) {
    localRunEnds_.push_back(end += run.count);
  }
}

void FunctionEmitter::emit() {
  subprogram_ = module_.createSubprogram(function_, functionIndex_);
  context_ = function_->getArg(0);
  context_->setName("ctx");
  BasicBlock* entry = newBlock("entry");
  builder_.SetInsertPoint(entry);
  BasicBlock* body = newBlock("body");
  entry_.SetInsertPoint(builder_.CreateBr(body));
  builder_.SetInsertPoint(body);
  emitBody();
}

// Locals are made when they are first used: six bytes of a module can declare 50,000.
llvm::AllocaInst* FunctionEmitter::local(uint32_t index) {
  llvm::AllocaInst*& slot = locals_[index];
  if (slot == nullptr) {
    bool isParam = index < type_.params.size();
    llvm::Type* type = this->type(isParam ? type_.params[index] : declaredLocalType(index));
    slot = entry_.CreateAlloca(type);
    Value* initial = isParam ? static_cast<Value*>(function_->getArg(index + 1))
                             : llvm::Constant::getNullValue(type);
    entry_.CreateStore(initial, slot);
  }
  return slot;
}

wasm::ValueType FunctionEmitter::declaredLocalType(uint32_t index) const {
  auto run = std::ranges::upper_bound(localRunEnds_, index);
  CHECK(run != localRunEnds_.end());
  return source().functions[functionIndex_].locals[run - localRunEnds_.begin()].type;
}

void FunctionEmitter::emitBody() {
  Frame frame{FrameKind::Function, 0, detachedBlock("return"), {}, nullptr, {}, nullptr, {}};
  frame.labelPhis = makePhis(frame.label, type_.results);
  frame.end = frame.label;
  frame.endPhis = frame.labelPhis;
  frames_.push_back(std::move(frame));

  wasm::InstructionReader reader(source(), source().functions[functionIndex_].body);
  Inst inst;
  while (!reader.atEnd()) {
    CHECK(reader.next(inst).ok());
    if (isDead_ && skipDeadCode(inst)) continue;
    const Dispatch& row = dispatchTable()[static_cast<size_t>(wasm::opcodeInfo(inst.op).family)];
    CHECK(row.method != nullptr);
    setLocation(inst, row.isLocated);
    (this->*row.method)(inst);
  }
  CHECK(frames_.empty());
}

FunctionEmitter::Nesting FunctionEmitter::nestingOf(wasm::Op op) {
  const wasm::OpcodeInfo& info = wasm::opcodeInfo(op);
  bool opens = info.immediate == wasm::ImmediateShape::blockType ||
               info.immediate == wasm::ImmediateShape::tryTable;
  if (opens) return Nesting::Opens;
  switch (info.family) {
    case wasm::Family::elseArm:
    case wasm::Family::legacyCatch:
    case wasm::Family::legacyCatchAll:
      return Nesting::Divides;
    case wasm::Family::end:
    case wasm::Family::legacyDelegate:
      return Nesting::Closes;
    default:
      return Nesting::None;
  }
}

// True when `inst` is dead and has been dealt with; false for what ends the part of the structured
// instruction in which code died.
bool FunctionEmitter::skipDeadCode(const Inst& inst) {
  Nesting nesting = nestingOf(inst.op);
  if (nesting == Nesting::Opens) ++deadDepth_;
  bool endsPart = nesting == Nesting::Divides || nesting == Nesting::Closes;
  if (endsPart && deadDepth_ == 0) return false;
  if (nesting == Nesting::Closes) --deadDepth_;
  return true;
}

void FunctionEmitter::setLocation(const Inst& inst, bool isLocated) {
  builder_.SetCurrentDebugLocation(
      isLocated ? llvm::DILocation::get(module_.context(), inst.offset, 0, subprogram_) : nullptr);
}

Value* FunctionEmitter::pop() {
  CHECK(!stack_.empty());
  Value* value = stack_.back();
  stack_.pop_back();
  return value;
}

FunctionEmitter::Values FunctionEmitter::popMany(size_t count) {
  CHECK(stack_.size() >= count);
  Values values(stack_.end() - count, stack_.end());
  stack_.resize(stack_.size() - count);
  return values;
}

// The comparison that `value` is, from before it was widened to i32; null where it is none.
// Conditions take it as it was, which spares the optimiser every second instruction of a branch.
Value* FunctionEmitter::comparisonIn(Value* value) {
  auto* widened = llvm::dyn_cast<llvm::ZExtInst>(value);
  bool isComparison = widened != nullptr && widened->getSrcTy()->isIntegerTy(1);
  return isComparison ? widened->getOperand(0) : nullptr;
}

Value* FunctionEmitter::popCondition() {
  Value* value = pop();
  Value* comparison = comparisonIn(value);
  return comparison != nullptr ? comparison : builder_.CreateIsNotNull(value);
}

BasicBlock* FunctionEmitter::newBlock(const char* name) {
  return BasicBlock::Create(module_.context(), name, function_);
}

// A block that is put in place when, and if, it is reached.
BasicBlock* FunctionEmitter::detachedBlock(const char* name) {
  return BasicBlock::Create(module_.context(), name);
}

void FunctionEmitter::startBlock(BasicBlock* block) {
  if (block->getParent() == nullptr) function_->insert(function_->end(), block);
  builder_.SetInsertPoint(block);
}

llvm::MDNode* FunctionEmitter::unlikely() {
  return llvm::MDBuilder(module_.context()).createUnlikelyBranchWeights();
}

void FunctionEmitter::trapIf(Value* condition, abi::TrapCode code) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isZero()) return;
  BasicBlock* trap = newBlock("trap");
  BasicBlock* next = newBlock("");
  builder_.CreateCondBr(condition, trap, next, unlikely());
  builder_.SetInsertPoint(trap);
  trapNow(code);
  builder_.SetInsertPoint(next);
}

void FunctionEmitter::trapNow(abi::TrapCode code) { abi_.createTrap(builder_, code); }

}  // namespace codegen
