#include "compiler/codegen/translate/thunks.h"

#include <fmt/format.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/MDBuilder.h>

namespace codegen {

using llvm::BasicBlock;
using llvm::Function;
using llvm::IRBuilder;
using llvm::Value;

namespace {

constexpr const char* kLibcallNames[] = {
#define LIBCALL(name) #name,
#include "runtime/abi/libcalls.def"
#undef LIBCALL
};

// The maximal number of parameters and results of a thunk that is optimized. The compile time of a
// thunk grows with the square of this number.
constexpr size_t kMaxOptimized = 64;

// LLVM's verifier demands that an `optnone` function is `noinline` and not `optsize`.
void neverOptimize(Function& function) {
  function.removeFnAttr(llvm::Attribute::OptimizeForSize);
  function.addFnAttr(llvm::Attribute::OptimizeNone);
  function.addFnAttr(llvm::Attribute::NoInline);
}

void optimizeUnlessLong(Function& thunk, const wasm::FuncType& type) {
  if (type.params.size() + type.results.size() > kMaxOptimized) neverOptimize(thunk);
}

Value* slot(IRBuilder<>& builder, Value* slots, size_t index) {
  return AbiLowering::at(builder, slots, index * sizeof(abi::Slot));
}

}  // namespace

Function* ThunkEmitter::create(llvm::FunctionType* type, const std::string& name) {
  Function* function =
      Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module_.module());
  function->setVisibility(llvm::GlobalValue::HiddenVisibility);
  function->setDSOLocal(true);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->setUWTableKind(llvm::UWTableKind::Async);
  module_.addTargetAttributes(*function);
  return function;
}

Function* ThunkEmitter::entryThunk(const wasm::FuncType& type, uint32_t typeIndex) {
  llvm::Type* pointer = llvm::PointerType::get(module_.context(), 0);
  llvm::Type* nothing = llvm::Type::getVoidTy(module_.context());
  Function* thunk = create(llvm::FunctionType::get(nothing, {pointer, pointer, pointer}, false),
                           fmt::format("wasm2obj.enter[{}]", typeIndex));
  optimizeUnlessLong(*thunk, type);
  IRBuilder<> builder(BasicBlock::Create(module_.context(), "entry", thunk));
  Value* slots = thunk->getArg(2);

  llvm::SmallVector<Value*> args{thunk->getArg(0)};
  for (size_t i = 0; i < type.params.size(); ++i) {
    args.push_back(builder.CreateLoad(abi_.type(type.params[i]), slot(builder, slots, i)));
  }
  llvm::CallInst* call = builder.CreateCall(abi_.functionType(type), thunk->getArg(1), args);
  AbiLowering::markCall(*call, Entry::Fast);

  size_t count = type.results.size();
  if (count == 1) {
    builder.CreateStore(call, slots);
  } else if (!AbiLowering::resultsInMemory(type)) {
    for (unsigned i = 0; i < count; ++i) {
      builder.CreateStore(builder.CreateExtractValue(call, i), slot(builder, slots, i));
    }
  } else {
    Value* state =
        abi_.loadInvariant(builder, pointer, thunk->getArg(0), offsetof(abi::ContextHeader, state));
    Value* buffer = abi_.loadInvariant(builder, pointer, state, offsetof(abi::ExecState, results));
    builder.CreateMemCpy(slots, llvm::Align(16), buffer, llvm::Align(16),
                         count * sizeof(abi::Slot));
  }
  builder.CreateRetVoid();
  return thunk;
}

void ThunkEmitter::trapIf(IRBuilder<>& builder, Value* condition, abi::TrapCode code) {
  Function* function = builder.GetInsertBlock()->getParent();
  BasicBlock* trap = BasicBlock::Create(module_.context(), "trap", function);
  BasicBlock* next = BasicBlock::Create(module_.context(), "", function);
  builder.CreateCondBr(condition, trap, next,
                       llvm::MDBuilder(module_.context()).createUnlikelyBranchWeights());
  builder.SetInsertPoint(trap);
  abi_.createTrap(builder, code);
  builder.SetInsertPoint(next);
}

void ThunkEmitter::stopIf(IRBuilder<>& builder, Value* condition, Value* binding, Value* state) {
  Function* function = builder.GetInsertBlock()->getParent();
  BasicBlock* stop = BasicBlock::Create(module_.context(), "stop", function);
  BasicBlock* next = BasicBlock::Create(module_.context(), "", function);
  BasicBlock* raise = BasicBlock::Create(module_.context(), "throw", function);
  builder.CreateCondBr(condition, stop, next,
                       llvm::MDBuilder(module_.context()).createUnlikelyBranchWeights());
  builder.SetInsertPoint(stop);
  Value* exception = builder.CreateLoad(
      builder.getPtrTy(),
      AbiLowering::at(builder, state, offsetof(abi::ExecState, pendingException)));
  trapIf(builder, builder.CreateIsNull(exception), abi::TrapCode::Host);
  builder.CreateBr(raise);
  builder.SetInsertPoint(raise);
  builder.CreateCall(module_.throwException(), {binding, exception});
  builder.CreateUnreachable();
  builder.SetInsertPoint(next);
}

Function* ThunkEmitter::hostThunk(const wasm::FuncType& type, uint32_t typeIndex) {
  Function* thunk = create(abi_.functionType(type), fmt::format("wasm2obj.host[{}]", typeIndex));
  abi_.addFunctionAttributes(*thunk, Entry::Fast);
  optimizeUnlessLong(*thunk, type);
  IRBuilder<> builder(BasicBlock::Create(module_.context(), "entry", thunk));
  Value* binding = thunk->getArg(0);
  Value* state =
      abi_.loadInvariant(builder, builder.getPtrTy(), binding, offsetof(abi::HostBinding, state));

  // The host's own functions do not probe the stack, so the room for them is checked here.
  Value* limit = builder.CreateLoad(
      builder.getPtrTy(), AbiLowering::at(builder, state, offsetof(abi::ExecState, stackLimit)));
  Value* frame = builder.CreateIntrinsic(llvm::Intrinsic::frameaddress, {builder.getPtrTy()},
                                         {builder.getInt32(0)});
  // The difference is compared as signed: the frame may be below the limit.
  Value* room = builder.CreateSub(builder.CreatePtrToInt(frame, builder.getInt64Ty()),
                                  builder.CreatePtrToInt(limit, builder.getInt64Ty()));
  trapIf(builder, builder.CreateICmpSLT(room, builder.getInt64(abi::kHostStack)),
         abi::TrapCode::CallStackExhausted);

  Value* function = abi_.loadInvariant(builder, builder.getPtrTy(), binding,
                                       offsetof(abi::HostBinding, function));
  llvm::SmallVector<Value*> args;
  for (llvm::Argument& arg : thunk->args()) args.push_back(&arg);
  llvm::CallInst* call = builder.CreateCall(abi_.hostFunctionType(type), function, args);
  Value* pending = builder.CreateLoad(
      builder.getInt32Ty(),
      AbiLowering::at(builder, state, offsetof(abi::ExecState, hostTrapPending)));
  stopIf(builder, builder.CreateIsNotNull(pending), binding, state);

  if (type.results.size() == 1) {
    builder.CreateRet(call);
  } else if (type.results.empty() || AbiLowering::resultsInMemory(type)) {
    builder.CreateRetVoid();
  } else {
    Value* buffer =
        abi_.loadInvariant(builder, builder.getPtrTy(), state, offsetof(abi::ExecState, results));
    llvm::SmallVector<Value*> results;
    for (size_t i = 0; i < type.results.size(); ++i) {
      results.push_back(builder.CreateLoad(abi_.type(type.results[i]), slot(builder, buffer, i)));
    }
    builder.CreateAggregateRet(results.data(), results.size());
  }
  return thunk;
}

Value* ThunkEmitter::swapSegment(IRBuilder<>& builder, Value* header, Value* base) {
  Value* state =
      abi_.loadInvariant(builder, builder.getPtrTy(), header, offsetof(abi::ContextHeader, state));
  return abi_.callBuiltin(builder, state, builtins::swapSegment, {header, base});
}

// The old base is restored from the value that the builtin returned, not from the caller's context:
// the caller is not a parameter.
Function* ThunkEmitter::crossInstanceThunk(const wasm::FuncType& type, uint32_t typeIndex) {
  Function* thunk = module_.crossInstanceThunk(typeIndex);
  IRBuilder<> builder(BasicBlock::Create(module_.context(), "entry", thunk));
  auto word = [&](Value* from, uint64_t offset) {
    return builder.CreateLoad(builder.getPtrTy(), AbiLowering::at(builder, from, offset));
  };
  Value* crossing = thunk->getArg(0);
  Value* entry = word(crossing, offsetof(abi::CrossInstanceCall, fastEntry));
  Value* context = word(crossing, offsetof(abi::CrossInstanceCall, context));
  Value* needed = abi_.loadInvariant(builder, builder.getPtrTy(), context,
                                     offsetof(abi::ContextHeader, segmentBase));
  Value* before = swapSegment(builder, context, needed);
  llvm::SmallVector<Value*> args;
  for (llvm::Argument& arg : thunk->args()) args.push_back(&arg);
  args[0] = context;
  llvm::CallBase* call;
  if (module_.plan().usesExceptions()) {
    call = callWithPad(builder, thunk, abi_.functionType(type), entry, args,
                       [&] { swapSegment(builder, context, before); });
  } else {
    call = builder.CreateCall(abi_.functionType(type), entry, args);
  }
  AbiLowering::markCall(*call, Entry::Fast);
  swapSegment(builder, context, before);
  if (call->getType()->isVoidTy()) {
    builder.CreateRetVoid();
  } else {
    builder.CreateRet(call);
  }
  return thunk;
}

llvm::InvokeInst* ThunkEmitter::callWithPad(IRBuilder<>& builder, Function* thunk,
                                            llvm::FunctionType* type, Value* callee,
                                            llvm::ArrayRef<Value*> args,
                                            const std::function<void()>& emitCleanup) {
  thunk->setPersonalityFn(module_.personality());
  BasicBlock* next = BasicBlock::Create(module_.context(), "", thunk);
  BasicBlock* pad = BasicBlock::Create(module_.context(), "pad", thunk);
  llvm::InvokeInst* call = builder.CreateInvoke(type, callee, next, pad, args);
  builder.SetInsertPoint(pad);
  llvm::Type* padType = llvm::StructType::get(builder.getPtrTy(), builder.getInt32Ty());
  llvm::LandingPadInst* landing = builder.CreateLandingPad(padType, 0);
  landing->setCleanup(true);
  Value* exception = builder.CreateExtractValue(landing, 0);
  emitCleanup();
  builder.CreateCall(module_.throwException(), {args[0], exception});
  builder.CreateUnreachable();
  builder.SetInsertPoint(next);
  return call;
}

Function* ThunkEmitter::fastThunk(uint32_t functionIndex) {
  Function* body = module_.function(functionIndex);
  Function* thunk =
      create(body->getFunctionType(), fmt::format("wasm2obj.fast[{}]", functionIndex));
  module_.defineFastCaller(*thunk, *body);
  return thunk;
}

llvm::GlobalVariable* ThunkEmitter::libcalls() {
  llvm::Type* pointer = llvm::PointerType::get(module_.context(), 0);
  llvm::ArrayType* type = llvm::ArrayType::get(pointer, std::size(kLibcallNames));
  auto* table =
      new llvm::GlobalVariable(module_.module(), type, false, llvm::GlobalValue::ExternalLinkage,
                               llvm::Constant::getNullValue(type), "wasm2obj.libcalls");
  table->setVisibility(llvm::GlobalValue::HiddenVisibility);
  table->setDSOLocal(true);
  // The loader writes the table before it makes this section read-only. LLVM must not assume that
  // it is zero.
  table->setSection(".data.rel.ro");
  table->setExternallyInitialized(true);
  for (uint32_t i = 0; i < std::size(kLibcallNames); ++i) {
    emitLibcallStub(i, kLibcallNames[i]);
  }
  return table;
}

// Naked assembly, since LLVM recognizes a function called "memcpy" by its name and may replace its
// body, for example by a call of itself.
void ThunkEmitter::emitLibcallStub(uint32_t index, const char* name) {
  llvm::LLVMContext& context = module_.context();
  Function* stub = create(llvm::FunctionType::get(llvm::Type::getVoidTy(context), false), name);
  stub->addFnAttr(llvm::Attribute::Naked);
  neverOptimize(*stub);
  IRBuilder<> builder(BasicBlock::Create(context, "entry", stub));
  uint64_t offset = index * sizeof(void*);
  bool isX86 = module_.target().arch() == abi::Arch::X86_64;
  std::string code = isX86 ? fmt::format("jmpq *wasm2obj.libcalls+{}(%rip)", offset)
                           : fmt::format(
                                 "adrp x16, wasm2obj.libcalls+{0}\n"
                                 "ldr x16, [x16, :lo12:wasm2obj.libcalls+{0}]\n"
                                 "br x16",
                                 offset);
  auto* type = llvm::FunctionType::get(builder.getVoidTy(), false);
  builder.CreateCall(type, llvm::InlineAsm::get(type, code, "", true));
  builder.CreateUnreachable();
}

}  // namespace codegen
