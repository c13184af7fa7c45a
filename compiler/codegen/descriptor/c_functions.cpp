#include "compiler/codegen/descriptor/c_functions.h"

#include <fmt/format.h>
#include <llvm/IR/IRBuilder.h>

#include <algorithm>

#include "compiler/codegen/abi/abi_lowering.h"
#include "runtime/abi/linked_module.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Function;
using llvm::IRBuilder;
using llvm::Type;
using llvm::Value;

class CFunctionEmitter {
 public:
  explicit CFunctionEmitter(ModuleBuilder& module)
      : module_(module), abi_(module.abi()), pointer_(llvm::PointerType::get(context(), 0)) {}

  void emitExport(const c_interface::Function& function);
  // Returns the abi::LinkedImport.
  llvm::Constant* emitImport(const c_interface::Function& function);

 private:
  llvm::LLVMContext& context() { return module_.context(); }
  // The types of the parameters: the instance, those of the function, and pointers to results.
  llvm::SmallVector<Type*> parameterTypes(const wasm::FuncType& type, bool hasPointers);
  Function* create(Type* result, llvm::ArrayRef<Type*> parameters, const std::string& name);
  // Declares a function of libwasmrt or of the program.
  llvm::FunctionCallee declare(Type* result, llvm::ArrayRef<Type*> parameters,
                               const std::string& name);
  Function* emitTryFunction(const c_interface::Function& function);
  Value* slot(IRBuilder<>& builder, Value* slots, size_t index) {
    return AbiLowering::at(builder, slots, index * sizeof(abi::Slot));
  }

  ModuleBuilder& module_;
  const AbiLowering& abi_;
  Type* pointer_;
};

llvm::SmallVector<Type*> CFunctionEmitter::parameterTypes(const wasm::FuncType& type,
                                                          bool hasPointers) {
  llvm::SmallVector<Type*> types{pointer_};
  for (wasm::ValueType value : type.params) types.push_back(abi_.type(value));
  if (hasPointers) types.append(type.results.size(), pointer_);
  return types;
}

// The unwind tables let the program's handler of errors leave by an exception.
Function* CFunctionEmitter::create(Type* result, llvm::ArrayRef<Type*> parameters,
                                   const std::string& name) {
  auto* type = llvm::FunctionType::get(result, parameters, false);
  Function* function = Function::Create(type, Function::ExternalLinkage, name, module_.module());
  function->setUWTableKind(llvm::UWTableKind::Default);
  function->setSection(".text");
  return function;
}

llvm::FunctionCallee CFunctionEmitter::declare(Type* result, llvm::ArrayRef<Type*> parameters,
                                               const std::string& name) {
  return module_.module().getOrInsertFunction(name,
                                              llvm::FunctionType::get(result, parameters, false));
}

// wasm2obj_error_t* try(instance, parameters..., pointers to results...)
Function* CFunctionEmitter::emitTryFunction(const c_interface::Function& function) {
  const wasm::FuncType& type = function.type;
  Function* code = create(pointer_, parameterTypes(type, true), function.trySymbol);
  IRBuilder<> builder(BasicBlock::Create(context(), "entry", code));
  size_t count = std::max({type.params.size(), type.results.size(), size_t{1}});
  auto* slots =
      builder.CreateAlloca(llvm::ArrayType::get(builder.getInt8Ty(), count * sizeof(abi::Slot)));
  slots->setAlignment(llvm::Align(alignof(abi::Slot)));
  for (size_t i = 0; i < type.params.size(); ++i) {
    builder.CreateStore(code->getArg(static_cast<unsigned>(1 + i)), slot(builder, slots, i));
  }
  llvm::FunctionCallee call =
      declare(pointer_, {pointer_, builder.getInt64Ty(), pointer_}, "wasm2obj_linked_call");
  Value* error = builder.CreateCall(call, {code->getArg(0), builder.getInt64(function.row), slots});
  BasicBlock* done = BasicBlock::Create(context(), "done", code);
  BasicBlock* end = BasicBlock::Create(context(), "end", code);
  builder.CreateCondBr(builder.CreateIsNull(error), done, end);
  builder.SetInsertPoint(done);
  for (size_t i = 0; i < type.results.size(); ++i) {
    Value* result = builder.CreateLoad(abi_.type(type.results[i]), slot(builder, slots, i));
    builder.CreateStore(result, code->getArg(static_cast<unsigned>(1 + type.params.size() + i)));
  }
  builder.CreateBr(end);
  builder.SetInsertPoint(end);
  builder.CreateRet(error);
  return code;
}

// R export(instance, parameters...): calls the other function, and passes an error to libwasmrt.
// If that returns, the result is zero.
void CFunctionEmitter::emitExport(const c_interface::Function& function) {
  const wasm::FuncType& type = function.type;
  Function* attempt = emitTryFunction(function);
  bool isReturned = type.results.size() == 1;
  Type* result = isReturned ? abi_.type(type.results.front()) : Type::getVoidTy(context());
  Function* code = create(result, parameterTypes(type, !isReturned), function.symbol);
  IRBuilder<> builder(BasicBlock::Create(context(), "entry", code));
  llvm::SmallVector<Value*> args;
  for (llvm::Argument& arg : code->args()) args.push_back(&arg);
  Value* returned = nullptr;
  if (isReturned) {
    returned = builder.CreateAlloca(result);
    builder.CreateStore(llvm::Constant::getNullValue(result), returned);
    args.push_back(returned);
  }
  Value* error = builder.CreateCall(attempt, args);
  BasicBlock* failed = BasicBlock::Create(context(), "failed", code);
  BasicBlock* end = BasicBlock::Create(context(), "end", code);
  builder.CreateCondBr(builder.CreateIsNull(error), end, failed);
  builder.SetInsertPoint(failed);
  builder.CreateCall(declare(builder.getVoidTy(), {pointer_, pointer_}, "wasm2obj_linked_failed"),
                     {code->getArg(0), error});
  builder.CreateBr(end);
  builder.SetInsertPoint(end);
  if (isReturned) {
    builder.CreateRet(builder.CreateLoad(result, returned));
  } else {
    builder.CreateRetVoid();
  }
}

// The function of a HostBinding: calls the program's with the binding's `env`, the instance.
// Several results go from an array to ExecState::results.
llvm::Constant* CFunctionEmitter::emitImport(const c_interface::Function& function) {
  const wasm::FuncType& type = function.type;
  bool isReturned = type.results.size() == 1;
  Type* result = isReturned ? abi_.type(type.results.front()) : Type::getVoidTy(context());
  llvm::FunctionCallee program =
      declare(result, parameterTypes(type, !isReturned), function.symbol);
  Function* code =
      create(result, parameterTypes(type, false), fmt::format("wasm2obj.import[{}]", function.row));
  code->setVisibility(Function::HiddenVisibility);
  IRBuilder<> builder(BasicBlock::Create(context(), "entry", code));
  auto member = [&](uint64_t offset) {
    return builder.CreateLoad(pointer_, AbiLowering::at(builder, code->getArg(0), offset));
  };
  llvm::SmallVector<Value*> args{member(offsetof(abi::HostBinding, env))};
  for (size_t i = 0; i < type.params.size(); ++i) {
    args.push_back(code->getArg(static_cast<unsigned>(1 + i)));
  }
  if (!isReturned && !type.results.empty()) {
    // The program's function may call the guest, which uses the buffer of results.
    auto* own = builder.CreateAlloca(
        llvm::ArrayType::get(builder.getInt8Ty(), type.results.size() * sizeof(abi::Slot)));
    own->setAlignment(llvm::Align(alignof(abi::Slot)));
    for (size_t i = 0; i < type.results.size(); ++i) args.push_back(slot(builder, own, i));
    builder.CreateCall(program, args);
    Value* state = member(offsetof(abi::HostBinding, state));
    Value* results = builder.CreateLoad(
        pointer_, AbiLowering::at(builder, state, offsetof(abi::ExecState, results)));
    builder.CreateMemCpy(results, llvm::Align(alignof(abi::Slot)), own,
                         llvm::Align(alignof(abi::Slot)), type.results.size() * sizeof(abi::Slot));
    builder.CreateRetVoid();
  } else {
    Value* returned = builder.CreateCall(program, args);
    isReturned ? builder.CreateRet(returned) : builder.CreateRetVoid();
  }
  return llvm::ConstantStruct::getAnon({builder.getInt64(function.row), code});
}

}  // namespace

llvm::Constant* emitCFunctions(ModuleBuilder& module, const c_interface::Interface& interface) {
  CFunctionEmitter emitter(module);
  for (const c_interface::Function& function : interface.exports) emitter.emitExport(function);
  std::vector<llvm::Constant*> imports;
  for (const c_interface::Function& function : interface.imports) {
    imports.push_back(emitter.emitImport(function));
  }
  if (imports.empty()) {
    return llvm::ConstantPointerNull::get(llvm::PointerType::get(module.context(), 0));
  }
  auto* type = llvm::ArrayType::get(imports.front()->getType(), imports.size());
  auto* table =
      new llvm::GlobalVariable(module.module(), type, true, llvm::GlobalValue::InternalLinkage,
                               llvm::ConstantArray::get(type, imports));
  return table;
}

}  // namespace codegen
