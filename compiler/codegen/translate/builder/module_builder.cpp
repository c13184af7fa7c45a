#include "compiler/codegen/translate/builder/module_builder.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/passes/addressing/gs_relative_addressing.h"
#include "compiler/codegen/passes/analysis/linear_address.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"
#include "compiler/codegen/passes/pass.h"
#include "compiler/codegen/passes/scalar/prevent_store_narrowing.h"

namespace codegen {

ModuleBuilder::ModuleBuilder(const ModulePlan& plan, const Target& target, const Options& options,
                             llvm::LLVMContext& context)
    : plan_(plan),
      target_(target),
      options_(options),
      abi_(context, options.optLevel != OptLevel::O0),
      module_(std::make_unique<llvm::Module>("wasm", context)),
      debug_(*module_),
      functions_(plan.module().functions.size()),
      crossInstanceThunks_(plan.module().types.size()) {
  std::unique_ptr<llvm::TargetMachine> machine = target.makeMachine();
  module_->setTargetTriple(machine->getTargetTriple());
  module_->setDataLayout(machine->createDataLayout());
  module_->setPICLevel(llvm::PICLevel::BigPIC);
  module_->setUwtable(llvm::UWTableKind::Async);
  module_->addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  module_->addModuleFlag(llvm::Module::Warning, "Dwarf Version", 5);
  // The file has a fixed name, so that the output does not depend on the path of the input.
  debugFile_ = debug_.createFile("module.wasm", "");
  debug_.createCompileUnit(llvm::DISourceLanguageName(llvm::dwarf::DW_LANG_C), debugFile_,
                           "wasm2obj", true, "", 0, "",
                           llvm::DICompileUnit::DebugEmissionKind::LineTablesOnly);
  debugType_ = debug_.createSubroutineType(debug_.getOrCreateTypeArray({}));
}

std::unique_ptr<llvm::Module> ModuleBuilder::take() {
  debug_.finalize();
  return std::move(module_);
}

llvm::Function* ModuleBuilder::function(uint32_t functionIndex) {
  llvm::Function*& function = functions_[functionIndex];
  if (function == nullptr) {
    function = llvm::Function::Create(abi_.functionType(source().functionType(functionIndex)),
                                      llvm::GlobalValue::ExternalLinkage,
                                      plan_.symbol(functionIndex), *module_);
    abi_.addFunctionAttributes(*function, entryOf(functionIndex));
    addReferenceFacts(*function, source().functionType(functionIndex));
    if (!plan_.usesExceptions()) function->addFnAttr(llvm::Attribute::NoUnwind);
    if (reliesOnHeadroom()) function->addFnAttr(kHeadroomAttribute);
    if (needsSegmentBase()) function->addFnAttr(kSegmentBaseAttribute);
    if (plan_.hasSharedMemory()) function->addFnAttr(kSharedMemoryAttribute);
    addTargetAttributes(*function);
  }
  return function;
}

// If the callee were inlined, backtraces would attribute its instructions to the caller.
void ModuleBuilder::defineFastCaller(llvm::Function& caller, llvm::Function& callee) const {
  abi_.addFunctionAttributes(caller, Entry::Fast);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(caller.getContext(), "entry", &caller));
  llvm::SmallVector<llvm::Value*> args;
  for (llvm::Argument& arg : caller.args()) args.push_back(&arg);
  llvm::CallInst* call = ir.CreateCall(&callee, args);
  AbiLowering::markCall(*call, Entry::Tail);
  call->addFnAttr(llvm::Attribute::NoInline);
  if (call->getType()->isVoidTy()) {
    ir.CreateRetVoid();
  } else {
    ir.CreateRet(call);
  }
}

// It is not inlined, since its frame is what it is for.
llvm::Function* ModuleBuilder::fastCaller(uint32_t functionIndex) {
  llvm::Function*& caller = fastCallers_[functionIndex];
  if (caller != nullptr) return caller;
  llvm::Function* callee = function(functionIndex);
  caller = llvm::Function::Create(callee->getFunctionType(), llvm::GlobalValue::InternalLinkage,
                                  fmt::format("wasm2obj.caller[{}]", functionIndex), *module_);
  defineFastCaller(*caller, *callee);
  caller->setVisibility(llvm::GlobalValue::DefaultVisibility);
  caller->addFnAttr(llvm::Attribute::NoInline);
  addTargetAttributes(*caller);
  return caller;
}

// All passes that rely on the headroom test kHeadroomAttribute, so that disabling iv-widening
// removes the requirement as a whole.
bool ModuleBuilder::reliesOnHeadroom() const {
  return plan_.hasHeadroom() && options_.optLevel != OptLevel::O0 &&
         !options_.disabledPasses.contains(Pass::IvWidening);
}

// A translation unit that is compiled without optimization does not use the base, even if others of
// the same module do. It preserves the base, like all code.
bool ModuleBuilder::needsSegmentBase() const {
  return target_.hasFastSegmentBase() && plan_.canHaveSegmentBase() &&
         options_.optLevel != OptLevel::O0 &&
         !options_.disabledPasses.contains(Pass::GsRelativeAddressing);
}

llvm::Function* ModuleBuilder::newObject() { return declareNewObject(*module_); }

llvm::Function* ModuleBuilder::newArray() { return declareNewArray(*module_); }

llvm::Function* ModuleBuilder::storeReference() { return declareStoreReference(*module_); }

llvm::Function* ModuleBuilder::throwException() { return declareThrow(*module_); }

llvm::Function* ModuleBuilder::personality() {
  constexpr const char* kName = "wasm2obj.personality";
  if (llvm::Function* known = module_->getFunction(kName)) return known;
  auto* type = llvm::FunctionType::get(llvm::Type::getInt32Ty(context()), false);
  auto* function =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, kName, *module_);
  if (options_.isLinked()) {
    function->setVisibility(llvm::GlobalValue::HiddenVisibility);
  } else {
    module_->appendModuleInlineAsm(fmt::format(".set {}, 0", kName));
  }
  return function;
}

llvm::Function* ModuleBuilder::crossInstanceThunk(uint32_t typeIndex) {
  llvm::Function*& thunk = crossInstanceThunks_[typeIndex];
  if (thunk == nullptr) {
    thunk = llvm::Function::Create(abi_.functionType(source().types[typeIndex].func),
                                   llvm::GlobalValue::ExternalLinkage,
                                   fmt::format("wasm2obj.cross[{}]", typeIndex), *module_);
    abi_.addFunctionAttributes(*thunk, Entry::Fast);
    addTargetAttributes(*thunk);
  }
  return thunk;
}

std::vector<uint32_t> ModuleBuilder::crossInstanceTypes() const {
  std::vector<uint32_t> types;
  for (uint32_t i = 0; i < crossInstanceThunks_.size(); ++i) {
    if (crossInstanceThunks_[i] != nullptr) types.push_back(i);
  }
  return types;
}

llvm::DISubprogram* ModuleBuilder::createSubprogram(llvm::Function* function,
                                                    uint32_t functionIndex) {
  uint32_t line = source().functions[functionIndex].offset;
  llvm::DISubprogram* subprogram =
      debug_.createFunction(debugFile_, function->getName(), "", debugFile_, line, debugType_, line,
                            llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition);
  function->setSubprogram(subprogram);
  return subprogram;
}

void ModuleBuilder::addTargetAttributes(llvm::Function& function) const {
  function.addFnAttr("target-cpu", target_.cpu());
  if (!target_.features().empty()) function.addFnAttr("target-features", target_.features());
  if (options_.optLevel == OptLevel::Os) function.addFnAttr(llvm::Attribute::OptimizeForSize);
}

}  // namespace codegen
