#include "compiler/codegen/plan/constant_tables.h"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/codegen/plan/const_expr.h"
#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

// Of all tables together. What is larger is left to the runtime, lest a few bytes of module become
// a large artifact.
constexpr uint64_t kMaxElements = 1 << 16;

constexpr std::array kTableWrites{wasm::Op::TableSet, wasm::Op::TableInit, wasm::Op::TableCopy,
                                  wasm::Op::TableGrow, wasm::Op::TableFill};

bool writesTables(const wasm::Module& module) {
  wasm::Instruction instruction;
  for (const wasm::Function& function : module.functions) {
    if (function.isImport) continue;
    wasm::InstructionReader reader(module, function.body);
    while (!reader.atEnd()) {
      CHECK(reader.next(instruction).ok());
      if (std::ranges::find(kTableWrites, instruction.op) != std::end(kTableWrites)) return true;
    }
  }
  return false;
}

bool isWritten(const wasm::ValidModule& module) {
  const wasm::RequiredFeatures& features = module.requiredFeatures();
  bool mayBe =
      features.use(wasm::Feature::referenceTypes) || features.use(wasm::Feature::bulkMemory);
  return mayBe && writesTables(*module);
}

std::set<uint32_t> exportedTables(const wasm::Module& module) {
  std::set<uint32_t> tables;
  for (const wasm::Export& item : module.exports) {
    if (item.kind == wasm::ExternKind::Table) tables.insert(item.index);
  }
  return tables;
}

// Whether the elements that it sets show in the module.
bool isKnown(const wasm::Module& module, const wasm::ElementSegment& segment, uint64_t size) {
  std::optional<uint64_t> offset = constantInteger(module, segment.tableOffset);
  return segment.expressions.empty() && offset && *offset <= size &&
         segment.functions.size() <= size - *offset;
}

}  // namespace

ConstantTables::ConstantTables(const wasm::ValidModule& module,
                               const std::vector<bool>& makesTailCalls)
    : module_(module) {
  if (module->importedTables != 0 || module->tables.empty() || isWritten(module)) return;
  addTables();
  for (const wasm::ElementSegment& segment : module->elements) {
    if (segment.mode == wasm::SegmentMode::Active) fill(segment);
  }
  for (auto& [index, table] : tables_) group(table, makesTailCalls);
}

void ConstantTables::addTables() {
  std::set<uint32_t> exported = exportedTables(*module_);
  uint64_t room = kMaxElements;
  for (uint32_t i = 0; i < module_->tables.size(); ++i) {
    const wasm::Table& table = module_->tables[i];
    bool holdsFunctions = table.type.element.heap == wasm::kFuncRef.heap;
    if (!holdsFunctions || !table.init.empty() || exported.contains(i)) continue;
    if (table.type.limits.min > room) continue;
    room -= table.type.limits.min;
    tables_[i].functions.assign(table.type.limits.min, kNull);
  }
}

void ConstantTables::fill(const wasm::ElementSegment& segment) {
  auto found = tables_.find(segment.table);
  if (found == tables_.end()) return;
  std::vector<uint32_t>& functions = found->second.functions;
  if (!isKnown(*module_, segment, functions.size())) {
    tables_.erase(found);
    return;
  }
  std::ranges::copy(segment.functions,
                    functions.begin() + *constantInteger(*module_, segment.tableOffset));
}

void ConstantTables::group(Table& table, const std::vector<bool>& makesTailCalls) const {
  std::set<uint32_t> withOthers;  // types of functions that are not simply called
  for (uint32_t element = 0; element < table.functions.size(); ++element) {
    uint32_t function = table.functions[element];
    if (function == kNull) {
      table.types.push_back(kNull);
      continue;
    }
    uint32_t type = module_.typeRelations().canonical(module_->functions[function].typeIndex);
    table.types.push_back(type);
    table.callees.try_emplace(type, Callees{type, 0, element}).first->second.count += 1;
    if (module_->functions[function].isImport || makesTailCalls[function]) withOthers.insert(type);
  }
  for (uint32_t type : withOthers) table.callees.erase(type);
}

const ConstantTables::Table* ConstantTables::find(uint32_t table) const {
  auto found = tables_.find(table);
  return found == tables_.end() ? nullptr : &found->second;
}

const ConstantTables::Callees* ConstantTables::calleesOf(uint32_t table, uint32_t typeIndex) const {
  const Table* fixed = find(table);
  if (fixed == nullptr || !module_->types[typeIndex].isFinal) return nullptr;
  auto found = fixed->callees.find(module_.typeRelations().canonical(typeIndex));
  return found == fixed->callees.end() ? nullptr : &found->second;
}

}  // namespace codegen
