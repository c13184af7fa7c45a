#include "compiler/codegen/plan/constant_tables.h"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/codegen/plan/const_expr.h"
#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

// The limit of the elements of all constant tables together. A few bytes of a module can declare a
// huge table, whose constants would make the artifact large.
constexpr uint64_t kMaxElements = 1 << 16;

// The instructions that can change the elements or the size of a table.
constexpr std::array kTableWrites{wasm::Op::TableSet, wasm::Op::TableInit, wasm::Op::TableCopy,
                                  wasm::Op::TableGrow, wasm::Op::TableFill};

// Scans all bodies. Which table an instruction names is not examined: one such instruction makes
// all tables of the module non-constant.
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

// All instructions in kTableWrites belong to one of two features. The validator has recorded
// whether the module uses those, which avoids the scan for most modules.
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

// Returns whether the elements that an active segment sets follow from the module alone, and the
// segment cannot trap.
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

// Adds the tables that may be constant, with null elements. Others can access an exported table,
// and elements with an initial value are not null.
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

// Applies an active segment, in the order of the module as instantiation does. Removes the table if
// its elements are not known.
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

// Computes the types and callees of a table whose functions are known.
void ConstantTables::group(Table& table, const std::vector<bool>& makesTailCalls) const {
  std::set<uint32_t> withOthers;  // types of imports and of functions that make tail calls
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
