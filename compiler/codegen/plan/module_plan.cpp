#include "compiler/codegen/plan/module_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

// In slots_: the function has no FuncRef.
constexpr uint32_t kNoSlot = 0xffffffff;

// The bytes of function bodies per partition. Large partitions let the inliner see more callees;
// small partitions keep many cores busy, and keep the memory small that LLVM needs for one
// partition.
constexpr uint32_t kPartBytes = 64 << 10;

// The bytes that are added for each function: LLVM's objects for an empty function take as much
// memory as those for a body of this size.
constexpr uint32_t kPerFunction = 64;

// Marks each function that `ref.func` in `range` names.
void collectRefFuncs(const wasm::Module& module, wasm::CodeRange range, std::vector<bool>& marked) {
  wasm::InstructionReader reader(module, range);
  wasm::Instruction instruction;
  while (!reader.atEnd()) {
    CHECK(reader.next(instruction).ok());
    if (instruction.op == wasm::Op::RefFunc) marked[instruction.index] = true;
  }
}

bool hasTailCall(const wasm::Module& module, wasm::CodeRange body) {
  wasm::InstructionReader reader(module, body);
  wasm::Instruction instruction;
  while (!reader.atEnd()) {
    CHECK(reader.next(instruction).ok());
    if (wasm::opcodeInfo(instruction.op).feature == wasm::Feature::tailCall) return true;
  }
  return false;
}

}  // namespace

// The order of the steps matters: constant tables depend on makesTailCalls_, and the counts on
// funcRefs_.
ModulePlan::ModulePlan(const wasm::ValidModule& module)
    : module_(*module), objectLayouts_(module), storedFunctions_(module, objectLayouts_) {
  findFuncRefs();
  findTailCalls(module.requiredFeatures());
  usesExceptions_ = module.requiredFeatures().use(wasm::Feature::exceptions) ||
                    module.requiredFeatures().use(wasm::Feature::legacyExceptions);
  bool hasTailCalls = std::ranges::find(makesTailCalls_, true) != makesTailCalls_.end();
  canHaveSegmentBase_ = !module_.memories.empty() && !hasTailCalls;
  constantTables_.emplace(module, makesTailCalls_);
  findSharedGlobals();
  nameFunctions();
  partition();
  counts_.types = module_.types.size();
  counts_.importedFunctions = module_.importedFunctions;
  counts_.memories = module_.memories.size();
  counts_.tables = module_.tables.size();
  counts_.importedGlobals = module_.importedGlobals;
  counts_.globals = module_.globals.size() - module_.importedGlobals;
  counts_.funcRefs = funcRefs_.size();
  counts_.tags = module_.tags.size();
  layout_ = abi::layoutContext(counts_);
}

std::optional<uint32_t> ModulePlan::funcRefSlot(uint32_t functionIndex) const {
  uint32_t slot = slots_[functionIndex];
  return slot == kNoSlot ? std::nullopt : std::optional(slot);
}

bool ModulePlan::hasHeadroom() const {
  return std::ranges::all_of(module_.memories, [](const auto& memory) {
    const wasm::MemoryType& type = memory.type;
    return !type.limits.is64 && type.pageSizeLog2 == wasm::kDefaultPageSizeLog2 &&
           type.limits.min < abi::kMaxPages32;
  });
}

bool ModulePlan::hasSharedMemory() const {
  return std::ranges::any_of(module_.memories,
                             [](const auto& memory) { return memory.type.limits.isShared; });
}

// Validation demands that a function named by `ref.func` in a body also occurs outside of bodies
// (the context's `refs`), so only exports, segments and initializers are searched. The start
// function is called by the runtime, through its FuncRef.
void ModulePlan::findFuncRefs() {
  std::vector<bool> marked(module_.functions.size());
  for (const wasm::Export& item : module_.exports) {
    if (item.kind == wasm::ExternKind::Function) marked[item.index] = true;
  }
  for (const wasm::ElementSegment& segment : module_.elements) {
    for (uint32_t index : segment.functions) marked[index] = true;
    for (wasm::CodeRange range : segment.expressions) collectRefFuncs(module_, range, marked);
  }
  for (const wasm::Global& global : module_.globals) collectRefFuncs(module_, global.init, marked);
  for (const wasm::Table& table : module_.tables) collectRefFuncs(module_, table.init, marked);
  if (module_.start) marked[*module_.start] = true;

  slots_.assign(module_.functions.size(), kNoSlot);
  for (uint32_t index = 0; index < marked.size(); ++index) {
    if (!marked[index]) continue;
    slots_[index] = funcRefs_.size();
    funcRefs_.push_back(index);
  }
}

// Bodies are scanned from the first use of a tail call on, whose offset the validator has recorded.
// Modules without tail calls are not scanned at all.
void ModulePlan::findTailCalls(const wasm::RequiredFeatures& features) {
  makesTailCalls_.resize(module_.functions.size());
  std::optional<wasm::FeatureUse> first = features.use(wasm::Feature::tailCall);
  if (!first) return;
  for (uint32_t i = module_.importedFunctions; i < module_.functions.size(); ++i) {
    wasm::CodeRange body = module_.functions[i].body;
    makesTailCalls_[i] = first->offset < body.end && hasTailCall(module_, body);
  }
}

void ModulePlan::findSharedGlobals() {
  for (const wasm::Global& global : module_.globals) isSharedGlobal_.push_back(global.isImport);
  for (const wasm::Export& item : module_.exports) {
    if (item.kind == wasm::ExternKind::Global) isSharedGlobal_[item.index] = true;
  }
}

// The name section comes after the exports, so that its names take precedence. Names need not be
// unique, symbols must be: a repeated one gets the function's index, and underscores if that is
// taken too. The loop ends, since each step makes the symbol longer.
void ModulePlan::nameFunctions() {
  names_.resize(module_.functions.size());
  for (const wasm::Export& item : module_.exports) {
    if (item.kind == wasm::ExternKind::Function) names_[item.index] = item.name;
  }
  for (const auto& [index, name] : module_.names.functions) {
    if (index < names_.size() && !name.empty()) names_[index] = name;
  }

  std::unordered_set<std::string> used;
  symbols_.reserve(names_.size());
  for (uint32_t index = 0; index < names_.size(); ++index) {
    const std::string& name = names_[index];
    bool usable = !name.empty() && name.find('\0') == std::string::npos;
    std::string symbol =
        usable ? fmt::format("wasm.{}", name) : fmt::format("wasm.func[{}]", index);
    std::replace(symbol.begin(), symbol.end(), '@', '.');  // ELF's mark of a symbol version
    if (!used.insert(symbol).second) {
      symbol = fmt::format("{}[{}]", symbol, index);
      while (!used.insert(symbol).second) symbol += '_';
    }
    symbols_.push_back(std::move(symbol));
  }
}

// Greedy: a partition ends with the function that makes it full, so a large function may exceed the
// size.
void ModulePlan::partition() {
  uint32_t first = module_.importedFunctions;
  uint32_t count = module_.functions.size();
  for (uint32_t begin = first, end = first; begin < count; begin = end) {
    uint32_t bytes = 0;
    while (end < count && bytes < kPartBytes) {
      wasm::CodeRange body = module_.functions[end++].body;
      bytes += body.end - body.begin + kPerFunction;
    }
    partitions_.push_back({begin, end});
  }
}

}  // namespace codegen
