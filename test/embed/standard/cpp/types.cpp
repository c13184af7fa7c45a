// Types: their parts, their copies and their conversions.
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::ExternKind;
using wasm::ExternType;
using wasm::FuncType;
using wasm::GlobalType;
using wasm::Limits;
using wasm::MemoryType;
using wasm::Mutability;
using wasm::Name;
using wasm::own;
using wasm::ownvec;
using wasm::TableType;
using wasm::TagType;
using wasm::ValKind;
using wasm::ValType;

void testValTypes() {
  EXPECT(wasm::is_num(ValKind::F64) && !wasm::is_num(ValKind::FUNCREF));
  EXPECT(wasm::is_ref(ValKind::EXTERNREF) && !wasm::is_ref(ValKind::I32));
  for (ValKind kind : {ValKind::I32, ValKind::I64, ValKind::F32, ValKind::F64, ValKind::EXTERNREF,
                       ValKind::FUNCREF}) {
    auto type = ValType::make(kind);
    EXPECT(type->kind() == kind && type->copy()->kind() == kind);
    EXPECT(type->is_num() == wasm::is_num(kind) && type->is_ref() == wasm::is_ref(kind));
  }
  auto vector = ValType::make(static_cast<ValKind>(WASM_V128));
  EXPECT(vector->is_num() && vector->kind() == static_cast<ValKind>(WASM_V128));
  EXPECT(ValType::make(static_cast<ValKind>(77)) == nullptr);
}

own<FuncType> makeFuncType() {
  return FuncType::make(ownvec<ValType>::make(ValType::make(ValKind::I32)),
                        ownvec<ValType>::make(ValType::make(ValKind::F32)));
}

void expectParts(const FuncType* type) {
  EXPECT(type->params().size() == 1 && type->params()[0]->kind() == ValKind::I32);
  EXPECT(type->results().size() == 1 && type->results()[0]->kind() == ValKind::F32);
}

void testParts() {
  auto func = makeFuncType();
  expectParts(func.get());
  expectParts(func->copy().get());
  EXPECT(FuncType::make()->params().size() == 0);
  EXPECT(FuncType::make(ownvec<ValType>::make_uninitialized(1)) == nullptr);

  auto global = GlobalType::make(ValType::make(ValKind::I64), Mutability::VAR)->copy();
  EXPECT(global->content()->kind() == ValKind::I64 && global->mutability() == Mutability::VAR);
  auto constant = GlobalType::make(ValType::make(ValKind::I64), Mutability::CONST);
  EXPECT(constant->mutability() == Mutability::CONST);

  auto table = TableType::make(ValType::make(ValKind::FUNCREF), Limits(1, 7))->copy();
  EXPECT(table->element()->kind() == ValKind::FUNCREF);
  EXPECT(table->limits().min == 1 && table->limits().max == 7);
  auto memory = MemoryType::make(Limits(3))->copy();
  EXPECT(memory->limits().min == 3 && memory->limits().max == 0xffffffff);

  auto tag = TagType::make(makeFuncType())->copy();
  expectParts(tag->functype());
  EXPECT(TagType::make(nullptr) == nullptr);
}

// Returns how many conversions of a type are not null, and of the same type as constant.
int countConversions(ExternType* type) {
  const ExternType* constant = type;
  EXPECT(constant->func() == type->func() && constant->global() == type->global());
  EXPECT(constant->table() == type->table() && constant->memory() == type->memory());
  EXPECT(constant->tag() == type->tag());
  return (type->func() != nullptr) + (type->global() != nullptr) + (type->table() != nullptr) +
         (type->memory() != nullptr) + (type->tag() != nullptr);
}

void testConversions() {
  own<ExternType> func = makeFuncType();
  EXPECT(func->kind() == ExternKind::FUNC && countConversions(func.get()) == 1);
  expectParts(func->func());
  own<ExternType> copy = func->copy();
  expectParts(copy->func());
  own<ExternType> global = GlobalType::make(ValType::make(ValKind::I32), Mutability::CONST);
  EXPECT(global->kind() == ExternKind::GLOBAL && countConversions(global.get()) == 1);
  EXPECT(global->global()->content()->kind() == ValKind::I32);
  own<ExternType> table = TableType::make(ValType::make(ValKind::EXTERNREF), Limits(0));
  EXPECT(table->kind() == ExternKind::TABLE && countConversions(table.get()) == 1);
  own<ExternType> memory = MemoryType::make(Limits(0));
  EXPECT(memory->kind() == ExternKind::MEMORY && countConversions(memory.get()) == 1);
  own<ExternType> tag = TagType::make(FuncType::make());
  EXPECT(tag->kind() == ExternKind::TAG && countConversions(tag.get()) == 1);
}

void testNames() {
  auto module = Name::make(std::string("module")), name = Name::make(std::string("name"));
  auto import = wasm::ImportType::make(std::move(module), std::move(name), makeFuncType());
  EXPECT(!module && !name);
  auto copied = import->copy();
  import.reset();
  EXPECT(isText(copied->module(), "module") && isText(copied->name(), "name"));
  expectParts(copied->type()->func());
  auto entry = wasm::ExportType::make(Name::make(), makeFuncType())->copy();
  EXPECT(isText(entry->name(), "") && entry->type()->kind() == ExternKind::FUNC);
  EXPECT(wasm::ExportType::make(Name::make(std::string("x")), nullptr) == nullptr);
}

}  // namespace

void testTypes() {
  testValTypes();
  testParts();
  testConversions();
  testNames();
}
