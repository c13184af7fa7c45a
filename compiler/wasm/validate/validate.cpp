#include "compiler/wasm/validate/validate.h"

#include <fmt/format.h>

#include <unordered_set>

#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/validate/check_types.h"
#include "compiler/wasm/validate/code_validator.h"

namespace wasm {
namespace {

// The largest size of a table with 32-bit indices, in elements (section 3.2.16).
constexpr uint64_t kMaxTable32 = UINT32_MAX;

// Validates the parts of a module (section 3.5) in an order in which each refers only to earlier
// ones. Errors are found in this order, which need not be that of the input.
class ModuleValidator {
 public:
  explicit ModuleValidator(ModuleContext& context)
      : context_(context), module_(context.module), code_(context) {}

  base::Result<void> check() {
    TRY(checkTypes(context_));
    TRY(checkFunctions());
    TRY(checkGlobalTypes());
    TRY(checkTables());
    TRY(checkMemories());
    TRY(checkTags());
    TRY(checkGlobals());
    TRY(checkImports());
    TRY(checkExports());
    TRY(checkStart());
    TRY(checkElements());
    TRY(checkData());
    return checkBodies();
  }

 private:
  // Constant expressions and exports name functions, so their types are checked first.
  base::Result<void> checkFunctions() {
    context_.referable.resize(module_.functions.size());
    for (const Function& function : module_.functions) {
      TRY(checkFunctionType(function.typeIndex, function.offset));
    }
    return {};
  }

  base::Result<void> checkFunctionType(uint32_t index, uint32_t offset) {
    if (index >= module_.types.size()) return error(offset, fmt::format("unknown type {}", index));
    if (module_.types[index].kind == CompositeKind::Func) return {};
    return error(offset, fmt::format("type {} is not a function type", index));
  }

  // A table without an initial value is filled with null references, so its type must be nullable.
  // Initial values may read only imported globals, since the specification validates tables in a
  // context that has no others (section 3.5.13).
  base::Result<void> checkTables() {
    for (const Table& table : module_.tables) {
      const ValueType& element = table.type.element;
      // A funcref table needs no feature beyond WebAssembly 1.0.
      if (element != kFuncRef) TRY(context_.checkType(element, table.offset));
      TRY(checkLimits(table.type.limits, table.type.limits.is64 ? UINT64_MAX : kMaxTable32,
                      table.offset, "table"));
      if (!table.init.empty()) {
        note(Feature::typedReferences, table.offset, "table with an initial value");
        TRY(code_.checkConstant(table.init, element, module_.importedGlobals));
      } else if (!table.isImport && !element.nullable) {
        return error(table.offset, fmt::format("type mismatch: table of {} expects an initial "
                                               "value",
                                               text(element)));
      }
    }
    if (module_.tables.size() > 1) {
      note(Feature::referenceTypes, module_.tables[1].offset, "second table");
    }
    return {};
  }

  // The custom page sizes proposal allows only pages of 1 and of 65,536 bytes. A shared memory must
  // have a maximum (threads proposal).
  base::Result<void> checkMemories() {
    for (const Memory& memory : module_.memories) {
      const Limits& limits = memory.type.limits;
      uint32_t pageSizeLog2 = memory.type.pageSizeLog2;
      if (pageSizeLog2 != kDefaultPageSizeLog2) {
        note(Feature::customPageSizes, memory.offset, "page size");
        if (pageSizeLog2 != 0) {
          return error(memory.offset, fmt::format("invalid custom page size 2^{}, expected 1 or "
                                                  "65536",
                                                  pageSizeLog2));
        }
      }
      TRY(checkLimits(limits, maxPages(memory.type), memory.offset, "memory"));
      if (limits.isShared) {
        note(Feature::threads, memory.offset, "shared memory");
        if (!limits.max) return error(memory.offset, "shared memory must have maximum");
      }
    }
    if (module_.memories.size() > 1) {
      note(Feature::multiMemory, module_.memories[1].offset, "second memory");
    }
    return {};
  }

  // Returns the largest size of a memory in pages (section 3.2.15): the whole address space or, for
  // pages of one byte, the largest number of that width, since the size itself must be
  // representable.
  static uint64_t maxPages(const MemoryType& type) {
    if (type.pageSizeLog2 == 0) return type.limits.is64 ? UINT64_MAX : UINT32_MAX;
    return uint64_t{1} << ((type.limits.is64 ? 64 : 32) - type.pageSizeLog2);
  }

  // Checks that limits are in order and not above `bound` (section 3.2.12). `what` names the table
  // or memory in messages.
  base::Result<void> checkLimits(const Limits& limits, uint64_t bound, uint32_t offset,
                                 std::string_view what) {
    if (limits.is64) note(Feature::memory64, offset, "64-bit index type");
    uint64_t largest = limits.max.value_or(limits.min);
    if (limits.min > largest) {
      return error(offset, fmt::format("size minimum must not be greater than maximum: {} of {} "
                                       "to {}",
                                       what, limits.min, largest));
    }
    if (largest <= bound) return {};
    return error(offset, fmt::format("{} size must be at most {}, found {}", what, bound, largest));
  }

  // The type of an exception tag has no results.
  base::Result<void> checkTags() {
    for (const Tag& tag : module_.tags) {
      note(Feature::exceptions, tag.offset, "tag");
      TRY(checkFunctionType(tag.typeIndex, tag.offset));
      if (!module_.types[tag.typeIndex].func.results.empty()) {
        return error(tag.offset, "non-empty tag result type");
      }
    }
    return {};
  }

  // Must come before all expressions, which may read imported globals.
  base::Result<void> checkGlobalTypes() {
    for (const Global& global : module_.globals) {
      TRY(context_.checkType(global.type.value, global.offset));
    }
    return {};
  }

  // A global may read only those before it.
  base::Result<void> checkGlobals() {
    for (uint32_t i = 0; i < module_.globals.size(); ++i) {
      const Global& global = module_.globals[i];
      if (!global.isImport) TRY(code_.checkConstant(global.init, global.type.value, i));
    }
    return {};
  }

  // The types of imports are checked with their index spaces; here only the features are recorded.
  base::Result<void> checkImports() {
    for (const Import& import : module_.imports) {
      if (import.kind == ExternKind::Global) noteMutable(import.index, import.offset);
    }
    return {};
  }

  // Export names must be unique (section 3.5.13). An exported function is referable.
  base::Result<void> checkExports() {
    std::unordered_set<std::string_view> names;
    for (const Export& item : module_.exports) {
      if (item.index >= spaceSize(item.kind)) {
        return error(item.offset, fmt::format("unknown {} {}", kindName(item.kind), item.index));
      }
      if (!names.insert(item.name).second) {
        return error(item.offset, fmt::format("duplicate export name \"{}\"", item.name));
      }
      if (item.kind == ExternKind::Function) context_.referable[item.index] = true;
      if (item.kind == ExternKind::Global) noteMutable(item.index, item.offset);
    }
    return {};
  }

  size_t spaceSize(ExternKind kind) const {
    switch (kind) {
      case ExternKind::Function:
        return module_.functions.size();
      case ExternKind::Table:
        return module_.tables.size();
      case ExternKind::Memory:
        return module_.memories.size();
      case ExternKind::Global:
        return module_.globals.size();
      case ExternKind::Tag:
        return module_.tags.size();
    }
    return 0;
  }

  static std::string_view kindName(ExternKind kind) {
    constexpr std::string_view kNames[] = {"function", "table", "memory", "global", "tag"};
    return kNames[static_cast<size_t>(kind)];
  }

  // The start function has no parameters and no results (section 3.5.10).
  base::Result<void> checkStart() {
    if (!module_.start) return {};
    if (*module_.start >= module_.functions.size()) {
      return error(module_.startOffset, fmt::format("unknown function {}", *module_.start));
    }
    const FuncType& type = module_.functionType(*module_.start);
    if (type.params.empty() && type.results.empty()) return {};
    return error(module_.startOffset,
                 fmt::format("start function must have type [] -> [], found {}", text(type)));
  }

  base::Result<void> checkElements() {
    for (const ElementSegment& segment : module_.elements) {
      if (segment.mode == SegmentMode::Active) {
        TRY(checkActiveElements(segment));
      } else {
        bool isDeclared = segment.mode == SegmentMode::Declared;
        note(isDeclared ? Feature::referenceTypes : Feature::bulkMemory, segment.offset,
             isDeclared ? "declared elements" : "passive elements");
      }
      TRY(checkElementValues(segment));
    }
    return {};
  }

  base::Result<void> checkActiveElements(const ElementSegment& segment) {
    if (segment.table >= module_.tables.size()) {
      return error(segment.offset, fmt::format("unknown table {}", segment.table));
    }
    const TableType& table = module_.tables[segment.table].type;
    if (!context_.isKnown(segment.type.heap)) {
      return error(segment.offset, fmt::format("unknown type {}", segment.type.heap.typeIndex()));
    }
    if (!context_.relations.isSubtype(segment.type, table.element)) {
      return error(segment.offset, fmt::format("type mismatch: table of {}, elements of {}",
                                               text(table.element), text(segment.type)));
    }
    return code_.checkConstant(segment.tableOffset, table.limits.indexType(), allGlobals());
  }

  // Functions that occur in a segment of any mode are referable, which is the purpose of declared
  // segments.
  base::Result<void> checkElementValues(const ElementSegment& segment) {
    // Segments of function indices or of funcref are not recorded as uses of typed references,
    // although the element type of the former is (ref func).
    bool isPlain = segment.expressions.empty() || segment.type == kFuncRef;
    if (!isPlain) context_.noteType(segment.type, segment.offset);
    TRY(context_.checkHeapType(segment.type.heap, segment.offset));
    for (uint32_t function : segment.functions) {
      if (function >= module_.functions.size()) {
        return error(segment.offset, fmt::format("unknown function {}", function));
      }
      context_.referable[function] = true;
    }
    for (const CodeRange& expression : segment.expressions) {
      TRY(code_.checkConstant(expression, segment.type, allGlobals()));
    }
    return {};
  }

  // The offset has the index type of the memory (section 3.5.8). Passive segments have none.
  base::Result<void> checkData() {
    for (const DataSegment& segment : module_.data) {
      if (segment.mode != SegmentMode::Active) {
        note(Feature::bulkMemory, segment.offset, "passive data");
        continue;
      }
      if (segment.memory >= module_.memories.size()) {
        return error(segment.offset, fmt::format("unknown memory {}", segment.memory));
      }
      const Limits& limits = module_.memories[segment.memory].type.limits;
      TRY(code_.checkConstant(segment.memoryOffset, limits.indexType(), allGlobals()));
    }
    return {};
  }

  // Comes last, since bodies may name only referable functions, which the other checks collect.
  base::Result<void> checkBodies() {
    for (const Function& function : module_.functions) {
      if (!function.isImport) TRY(code_.checkFunction(function));
    }
    return {};
  }

  uint32_t allGlobals() const { return static_cast<uint32_t>(module_.globals.size()); }

  void noteMutable(uint32_t global, uint32_t offset) {
    if (module_.globals[global].type.isMutable) {
      note(Feature::mutableGlobals, offset, "mutable global");
    }
  }

  void note(Feature feature, uint32_t offset, std::string_view what) {
    context_.features.noteDeclaration(feature, offset, what);
  }

  base::Error error(uint32_t offset, std::string message) const {
    return errorAt(module_, offset, std::move(message));
  }

  ModuleContext& context_;
  const Module& module_;
  CodeValidator code_;
};

}  // namespace

base::Result<ValidModule> validate(Module module) {
  ModuleContext context{module, {}, {}, {}};
  TRY(ModuleValidator(context).check());
  return ValidModule(std::move(module), std::move(context.relations), context.features);
}

}  // namespace wasm
