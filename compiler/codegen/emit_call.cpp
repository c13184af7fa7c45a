// Calls: direct, imported, indirect, and into the runtime.
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;

Value* FunctionEmitter::execState() {
  return abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                            offsetof(abi::ContextHeader, state));
}

// Pops the arguments, calls, pushes the results.
void FunctionEmitter::emitCall(const wasm::FuncType& type, Value* callee, Value* context) {
  Values args = popMany(type.params.size());
  args.insert(args.begin(), context);
  llvm::CallInst* call = builder_.CreateCall(abi_.functionType(type), callee, args);
  AbiLowering::markCall(*call);

  size_t count = type.results.size();
  if (count == 1) {
    push(call);
  } else if (!AbiLowering::resultsInMemory(type)) {
    for (unsigned i = 0; i < count; ++i) push(builder_.CreateExtractValue(call, i));
  } else {
    Value* buffer = abi_.loadInvariant(builder_, builder_.getPtrTy(), execState(),
                                       offsetof(abi::ExecState, results));
    for (size_t i = 0; i < count; ++i) {
      Value* slot = AbiLowering::at(builder_, buffer, i * sizeof(abi::Slot));
      push(builder_.CreateLoad(this->type(type.results[i]), slot));
    }
  }
}

void FunctionEmitter::call(const Inst& inst) {
  const wasm::FuncType& type = source().functionType(inst.index);
  if (inst.index >= source().importedFunctions) {
    emitCall(type, module_.function(inst.index), context_);
    return;
  }
  uint64_t import = plan_.layout().importedFunctions + inst.index * sizeof(abi::ImportedFunction);
  Value* entry = abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                                    import + offsetof(abi::ImportedFunction, fastEntry));
  Value* context = abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                                      import + offsetof(abi::ImportedFunction, context));
  emitCall(type, entry, context);
}

// One compare decides: a null element has a type id that no function has. Only when it fails is
// told which of the two it was.
void FunctionEmitter::callIndirect(const Inst& inst) {
  Value* element = tableElement(inst.index2, pop(), abi::TrapCode::UndefinedElement);
  auto field = [&](llvm::Type* type, uint64_t offset) {
    Value* at = AbiLowering::at(builder_, element, offset);
    return abi_.inScope(builder_.CreateLoad(type, at), Scope::Tables);
  };
  Value* actual = field(builder_.getInt32Ty(), offsetof(abi::FuncElement, typeId));
  Value* expected = abi_.loadInvariant(builder_, builder_.getInt32Ty(), context_,
                                       plan_.layout().typeIds + inst.index * sizeof(uint32_t));
  BasicBlock* mismatch = newBlock("mismatch");
  BasicBlock* match = newBlock("match");
  builder_.CreateCondBr(builder_.CreateICmpEQ(actual, expected), match, mismatch,
                        llvm::MDBuilder(module_.context()).createLikelyBranchWeights());
  startBlock(mismatch);
  trapIf(builder_.CreateICmpEQ(actual, builder_.getInt32(abi::kNullTypeId)),
         abi::TrapCode::UninitializedElement);
  trapNow(abi::TrapCode::IndirectCallTypeMismatch);
  startBlock(match);
  Value* entry = field(builder_.getPtrTy(), offsetof(abi::FuncElement, fastEntry));
  Value* context = field(builder_.getPtrTy(), offsetof(abi::FuncElement, context));
  emitCall(source().types[inst.index].func, entry, context);
}

Value* FunctionEmitter::callBuiltin(const Builtin& builtin, llvm::ArrayRef<Value*> args) {
  Value* table = abi_.loadInvariant(builder_, builder_.getPtrTy(), execState(),
                                    offsetof(abi::ExecState, builtins));
  Value* function = abi_.loadInvariant(builder_, builder_.getPtrTy(), table, builtin.offset);
  Values all{context_};
  all.append(args.begin(), args.end());
  return builder_.CreateCall(abi_.builtinType(builtin.signature), function, all);
}

// For builtins that say with a trap code whether they did it; all their failures are `code`.
void FunctionEmitter::callTrappingBuiltin(const Builtin& builtin, llvm::ArrayRef<Value*> args,
                                          abi::TrapCode code) {
  trapIf(builder_.CreateIsNotNull(callBuiltin(builtin, args)), code);
}

}  // namespace codegen
