#include "compiler/codegen/translate/builder/constant_table_globals.h"

#include <fmt/format.h>
#include <llvm/IR/Constants.h>

#include <bit>

namespace codegen {
namespace {

using llvm::Constant;
using llvm::GlobalVariable;

// Hidden: the linker resolves references, and no dynamic symbol is needed.
GlobalVariable* declare(ModuleBuilder& module, uint32_t table, llvm::Type* element,
                        const char* what) {
  std::string name = fmt::format("wasm2obj.table[{}].{}", table, what);
  if (GlobalVariable* known = module.module().getNamedGlobal(name)) return known;
  llvm::Type* type = llvm::ArrayType::get(element, constantElementCount(module, table));
  auto* constant = new GlobalVariable(module.module(), type, true,
                                      llvm::GlobalValue::ExternalLinkage, nullptr, name);
  constant->setVisibility(llvm::GlobalValue::HiddenVisibility);
  return constant;
}

// Types of functions without an own fast entry are not among the callees (ConstantTables::group),
// so their null pointers are never called.
Constant* codeOf(ModuleBuilder& module, uint32_t function) {
  bool isOwn = function != ConstantTables::kNull && !module.source().functions[function].isImport;
  if (isOwn && module.entryOf(function) == Entry::Fast) return module.function(function);
  return llvm::ConstantPointerNull::get(llvm::PointerType::get(module.context(), 0));
}

void define(ModuleBuilder& module, uint32_t table, const ConstantTables::Table& fixed) {
  GlobalVariable* types = elementTypes(module, table);
  size_t count = constantElementCount(module, table);
  std::vector<uint32_t> typeOfElement = fixed.types;
  typeOfElement.resize(count, ConstantTables::kNull);
  types->setInitializer(llvm::ConstantDataArray::get(module.context(), typeOfElement));
  std::vector<Constant*> entries;
  for (uint32_t function : fixed.functions) entries.push_back(codeOf(module, function));
  entries.resize(count, codeOf(module, ConstantTables::kNull));
  GlobalVariable* code = elementCode(module, table);
  code->setInitializer(
      llvm::ConstantArray::get(llvm::cast<llvm::ArrayType>(code->getValueType()), entries));
}

}  // namespace

size_t constantElementCount(const ModuleBuilder& module, uint32_t table) {
  return std::bit_ceil(module.plan().constantTables().find(table)->functions.size());
}

GlobalVariable* elementTypes(ModuleBuilder& module, uint32_t table) {
  return declare(module, table, llvm::Type::getInt32Ty(module.context()), "types");
}

GlobalVariable* elementCode(ModuleBuilder& module, uint32_t table) {
  return declare(module, table, llvm::PointerType::get(module.context(), 0), "code");
}

void defineConstantTables(ModuleBuilder& module) {
  for (uint32_t i = 0; i < module.source().tables.size(); ++i) {
    const ConstantTables::Table* fixed = module.plan().constantTables().find(i);
    if (fixed != nullptr && !fixed->callees.empty()) define(module, i, *fixed);
  }
}

}  // namespace codegen
