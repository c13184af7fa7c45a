#include "compiler/codegen/descriptor/c_functions.h"

#include <fmt/format.h>
#include <llvm/IR/IRBuilder.h>

#include <algorithm>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/abi/value_type.h"
#include "runtime/abi/linked_module.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Function;
using llvm::IRBuilder;
using llvm::Type;
using llvm::Value;

bool hasReferences(const wasm::FuncType& type) {
  auto isReference = [](wasm::ValueType value) { return value.isRef(); };
  return std::ranges::any_of(type.params, isReference) ||
         std::ranges::any_of(type.results, isReference);
}

class CFunctionEmitter {
 public:
  explicit CFunctionEmitter(ModuleBuilder& module)
      : module_(module), abi_(module.abi()), pointer_(llvm::PointerType::get(context(), 0)) {}

  void emitExport(const c_interface::Function& function);
  // Returns LinkedImport::code.
  llvm::Constant* emitImport(const c_interface::Function& function);

 private:
  llvm::LLVMContext& context() { return module_.context(); }
  // The types of the parameters: the instance, those of the function, and pointers to results.
  llvm::SmallVector<Type*> parameterTypes(const wasm::FuncType& type, bool hasPointers);
  Function* create(Type* result, llvm::ArrayRef<Type*> parameters, const std::string& name);
  // Declares a function of libwasmrt or of the program.
  llvm::FunctionCallee declare(Type* result, llvm::ArrayRef<Type*> parameters,
                               const std::string& name);
  // Returns a new wasm2obj_ref_t* for the word of a reference.
  Value* makeReference(IRBuilder<>& builder, Value* instance, Value* word, wasm::ValueType type);
  // Returns the word, and deletes the wasm2obj_ref_t*.
  Value* takeReference(IRBuilder<>& builder, Value* instance, Value* ref, uint64_t row,
                       size_t result);
  void deleteReferences(IRBuilder<>& builder, llvm::ArrayRef<Value*> references);
  void callForResults(IRBuilder<>& builder, const c_interface::Function& function, Value* binding,
                      llvm::SmallVector<Value*> args, llvm::ArrayRef<Value*> references);
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
      declare(pointer_, {pointer_, builder.getInt64Ty(), pointer_},
              hasReferences(type) ? "wasm2obj_linked_call_with_refs" : "wasm2obj_linked_call");
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

Value* CFunctionEmitter::makeReference(IRBuilder<>& builder, Value* instance, Value* word,
                                       wasm::ValueType type) {
  bool isFunction = valueType(module_.source(), type).kind == abi::ValueKind::FuncRef;
  return builder.CreateCall(
      declare(pointer_, {pointer_, pointer_, builder.getInt32Ty()}, "wasm2obj_linked_argument"),
      {instance, word, builder.getInt32(isFunction)});
}

Value* CFunctionEmitter::takeReference(IRBuilder<>& builder, Value* instance, Value* ref,
                                       uint64_t row, size_t result) {
  llvm::FunctionCallee take =
      declare(pointer_, {pointer_, builder.getInt64Ty(), builder.getInt64Ty(), pointer_},
              "wasm2obj_linked_result");
  return builder.CreateCall(take, {instance, builder.getInt64(row), builder.getInt64(result), ref});
}

void CFunctionEmitter::deleteReferences(IRBuilder<>& builder, llvm::ArrayRef<Value*> references) {
  for (Value* reference : references) {
    builder.CreateCall(declare(builder.getVoidTy(), {pointer_}, "wasm2obj_ref_delete"), reference);
  }
}

// The program's function may call the guest, which uses the buffer of results. So the results go
// from an array of its own to ExecState::results.
void CFunctionEmitter::callForResults(IRBuilder<>& builder, const c_interface::Function& function,
                                      Value* binding, llvm::SmallVector<Value*> args,
                                      llvm::ArrayRef<Value*> references) {
  const wasm::ValueTypes& types = function.type.results;
  auto* own = builder.CreateAlloca(
      llvm::ArrayType::get(builder.getInt8Ty(), types.size() * sizeof(abi::Slot)));
  own->setAlignment(llvm::Align(alignof(abi::Slot)));
  builder.CreateMemSet(own, builder.getInt8(0), types.size() * sizeof(abi::Slot),
                       llvm::Align(alignof(abi::Slot)));
  for (size_t i = 0; i < types.size(); ++i) args.push_back(slot(builder, own, i));
  builder.CreateCall(
      declare(builder.getVoidTy(), parameterTypes(function.type, true), function.symbol), args);
  deleteReferences(builder, references);
  for (size_t i = 0; i < types.size(); ++i) {
    if (!types[i].isRef()) continue;
    Value* place = slot(builder, own, i);
    Value* ref = builder.CreateLoad(pointer_, place);
    builder.CreateStore(takeReference(builder, args[0], ref, function.row, i), place);
  }
  Value* state = builder.CreateLoad(
      pointer_, AbiLowering::at(builder, binding, offsetof(abi::HostBinding, state)));
  Value* results = builder.CreateLoad(
      pointer_, AbiLowering::at(builder, state, offsetof(abi::ExecState, results)));
  builder.CreateMemCpy(results, llvm::Align(alignof(abi::Slot)), own,
                       llvm::Align(alignof(abi::Slot)), types.size() * sizeof(abi::Slot));
  builder.CreateRetVoid();
}

// The function of a HostBinding: calls the program's with the binding's `env`, the instance.
llvm::Constant* CFunctionEmitter::emitImport(const c_interface::Function& function) {
  const wasm::FuncType& type = function.type;
  bool isReturned = type.results.size() == 1;
  Type* result = isReturned ? abi_.type(type.results.front()) : Type::getVoidTy(context());
  Function* code =
      create(result, parameterTypes(type, false), fmt::format("wasm2obj.import[{}]", function.row));
  code->setVisibility(Function::HiddenVisibility);
  IRBuilder<> builder(BasicBlock::Create(context(), "entry", code));
  Value* instance = builder.CreateLoad(
      pointer_, AbiLowering::at(builder, code->getArg(0), offsetof(abi::HostBinding, env)));
  llvm::SmallVector<Value*> args{instance};
  llvm::SmallVector<Value*> references;
  for (size_t i = 0; i < type.params.size(); ++i) {
    args.push_back(code->getArg(static_cast<unsigned>(1 + i)));
    if (!type.params[i].isRef()) continue;
    args.back() = makeReference(builder, instance, args.back(), type.params[i]);
    references.push_back(args.back());
  }
  if (!isReturned && !type.results.empty()) {
    callForResults(builder, function, code->getArg(0), args, references);
    return code;
  }
  Value* returned =
      builder.CreateCall(declare(result, parameterTypes(type, false), function.symbol), args);
  deleteReferences(builder, references);
  if (isReturned && type.results.front().isRef()) {
    returned = takeReference(builder, instance, returned, function.row, 0);
  }
  isReturned ? builder.CreateRet(returned) : builder.CreateRetVoid();
  return code;
}

}  // namespace

llvm::Constant* emitCFunctions(ModuleBuilder& module, const c_interface::Interface& interface) {
  CFunctionEmitter emitter(module);
  for (const c_interface::Function& function : interface.exports) emitter.emitExport(function);
  llvm::IRBuilder<> builder(module.context());
  llvm::Constant* null =
      llvm::ConstantPointerNull::get(llvm::PointerType::get(module.context(), 0));
  std::vector<llvm::Constant*> imports;
  auto add = [&](uint64_t row, abi::LinkedImportKind kind, llvm::Constant* code, uint64_t given) {
    imports.push_back(llvm::ConstantStruct::getAnon({builder.getInt64(row),
                                                     builder.getInt64(static_cast<uint64_t>(kind)),
                                                     code, builder.getInt64(given)}));
  };
  for (const c_interface::Function& function : interface.imports) {
    add(function.row, abi::LinkedImportKind::Function, emitter.emitImport(function), 0);
  }
  uint64_t given = 0;
  for (const c_interface::ImportedObject& object : interface.importedObjects) {
    for (uint32_t row : object.rows) add(row, abi::LinkedImportKind::Object, null, given);
    ++given;
  }
  for (const c_interface::FromInstance& from : interface.fromInstances) {
    for (uint32_t row : from.rows) add(row, abi::LinkedImportKind::Instance, null, given);
    ++given;
  }
  if (imports.empty()) return null;
  auto* type = llvm::ArrayType::get(imports.front()->getType(), imports.size());
  return new llvm::GlobalVariable(module.module(), type, true, llvm::GlobalValue::InternalLinkage,
                                  llvm::ConstantArray::get(type, imports));
}

}  // namespace codegen
