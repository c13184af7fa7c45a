#include "compiler/wasm/text/print/print.h"

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/text/print/print_code.h"
#include "compiler/wasm/text/print/print_custom.h"
#include "compiler/wasm/text/print/print_types.h"

namespace wasm {
namespace {

// Returns the index space of the items of this kind.
IndexSpace spaceOf(ExternKind kind) {
  constexpr IndexSpace kSpaceOfKind[] = {IndexSpace::Function, IndexSpace::Table,
                                         IndexSpace::Memory, IndexSpace::Global, IndexSpace::Tag};
  return kSpaceOfKind[static_cast<size_t>(kind)];
}

// Prints the fields of a module in the order of the binary format, so that parsing the text gives
// the same indices. Custom sections come last, since all functions must have been printed before
// them.
class ModulePrinter {
 public:
  ModulePrinter(const Module& module, size_t maxSize)
      : module_(module), to_{module, PrintNames(module), TextOutput(maxSize)} {}

  base::Result<std::string> print() {
    out().add("(module");
    if (std::string_view name = to_.names.module(); !name.empty()) {
      out().add(' ');
      out().identifier(name);
    }
    printTypes(to_);
    for (const Import& import : module_.imports) {
      printImport(import);
      TRY(checkSize());
    }
    TRY(printDefinitions());
    for (const Export& item : module_.exports) printExport(item);
    printStart();
    for (uint32_t i = 0; i < module_.elements.size(); ++i) TRY(printElements(i));
    for (uint32_t i = module_.importedFunctions; i < module_.functions.size(); ++i) {
      TRY(printFunction(i));
      TRY(checkSize());
    }
    for (uint32_t i = 0; i < module_.data.size(); ++i) TRY(printData(i));
    printCustomSections(to_);
    out().add("\n)\n");
    TRY(checkSize());
    return out().take();
  }

 private:
  TextOutput& out() { return to_.out; }

  // Fails if the text is too long. Called at the end and after items with a type use: signatures
  // that are printed many times can be far longer than the module.
  base::Result<void> checkSize() const {
    if (to_.out.isCut()) return base::Error{module_.fileName, kTextTooLong};
    return {};
  }

  // Prints the start of a field, such as "(memory $m (;0;)", on a new line or after other text.
  void openField(IndexSpace space, uint32_t index) {
    out().newLine(1);
    open(space, index);
  }
  void open(IndexSpace space, uint32_t index) {
    out().add('(');
    out().add(indexSpaceKeyword(space));
    out().add(' ');
    printDefinedIndex(to_, space, index);
  }

  // Prints a field such as `(import "m" "n" (func $f (;0;) (type 0)))`.
  void printImport(const Import& import) {
    out().newLine(1);
    out().add("(import ");
    out().name(import.module);
    out().add(' ');
    out().name(import.name);
    out().add(' ');
    open(spaceOf(import.kind), import.index);
    printImportType(import);
    out().add("))");
  }

  // Prints the type after the index. printTypeUse() begins with a blank, the others do not.
  void printImportType(const Import& import) {
    const uint32_t index = import.index;
    switch (import.kind) {
      case ExternKind::Function:
        return printTypeUse(to_, module_.functions[index].typeIndex, to_.names.locals(index));
      case ExternKind::Table:
        out().add(' ');
        return printTableType(to_, module_.tables[index].type);
      case ExternKind::Memory:
        out().add(' ');
        return printMemoryType(to_, module_.memories[index].type);
      case ExternKind::Global:
        out().add(' ');
        return printGlobalType(to_, module_.globals[index].type);
      case ExternKind::Tag:
        return printTypeUse(to_, module_.tags[index].typeIndex, {});
    }
  }

  // Prints tables, memories, tags and globals that are not imported.
  base::Result<void> printDefinitions() {
    for (uint32_t i = module_.importedTables; i < module_.tables.size(); ++i) {
      const Table& table = module_.tables[i];
      openField(IndexSpace::Table, i);
      out().add(' ');
      printTableType(to_, table.type);
      if (!table.init.empty()) out().add(' ');
      TRY(printExpression(to_, table.init));
      out().add(')');
    }
    for (uint32_t i = module_.importedMemories; i < module_.memories.size(); ++i) {
      openField(IndexSpace::Memory, i);
      out().add(' ');
      printMemoryType(to_, module_.memories[i].type);
      out().add(')');
    }
    for (uint32_t i = module_.importedTags; i < module_.tags.size(); ++i) {
      openField(IndexSpace::Tag, i);
      printTypeUse(to_, module_.tags[i].typeIndex, {});
      out().add(')');
    }
    for (uint32_t i = module_.importedGlobals; i < module_.globals.size(); ++i) {
      const Global& global = module_.globals[i];
      openField(IndexSpace::Global, i);
      out().add(' ');
      printGlobalType(to_, global.type);
      out().add(' ');
      TRY(printExpression(to_, global.init));
      out().add(')');
    }
    return {};
  }

  void printExport(const Export& item) {
    IndexSpace space = spaceOf(item.kind);
    out().newLine(1);
    out().add("(export ");
    out().name(item.name);
    out().add(" (");
    out().add(indexSpaceKeyword(space));
    out().add(' ');
    printIndex(to_, space, item.index);
    out().add("))");
  }

  void printStart() {
    if (!module_.start) return;
    out().newLine(1);
    out().add("(start ");
    printIndex(to_, IndexSpace::Function, *module_.start);
    out().add(')');
  }

  // Prints an element segment. An empty one of another type than (ref func) is printed with its
  // type, as it is encoded.
  base::Result<void> printElements(uint32_t index) {
    const ElementSegment& segment = module_.elements[index];
    openField(IndexSpace::Element, index);
    // A passive segment has neither a keyword nor a table with an offset.
    if (segment.mode == SegmentMode::Declared) out().add(" declare");
    if (segment.mode == SegmentMode::Active) {
      TRY(printSegmentPlace(IndexSpace::Table, segment.table, segment.tableOffset));
    }
    out().add(' ');
    bool hasExpressions = !segment.expressions.empty() || segment.type != kElementFunction;
    if (hasExpressions) {
      printValueType(to_, segment.type);
    } else {
      out().add("func");
    }
    for (uint32_t function : segment.functions) {
      out().add(' ');
      printIndex(to_, IndexSpace::Function, function);
    }
    for (CodeRange expression : segment.expressions) {
      out().add(' ');
      TRY(printOperand(to_, expression, "item"));
    }
    out().add(')');
    return {};
  }

  // Prints the table or memory and the offset of a segment: " (table 1) (i32.const 0)". Index 0 is
  // the default and is omitted.
  base::Result<void> printSegmentPlace(IndexSpace space, uint32_t index, CodeRange offset) {
    if (index != 0) {
      out().add(" (");
      out().add(indexSpaceKeyword(space));
      out().add(' ');
      printIndex(to_, space, index);
      out().add(')');
    }
    out().add(' ');
    return printOperand(to_, offset, "offset");
  }

  // Prints the type use and the locals with their names, and the body on lines of its own.
  base::Result<void> printFunction(uint32_t index) {
    const Function& function = module_.functions[index];
    const NameMap& names = to_.names.locals(index);
    openField(IndexSpace::Function, index);
    printTypeUse(to_, function.typeIndex, names);
    if (!function.locals.empty()) {
      out().newLine(2);
      printLocals(to_, function.locals, countParams(function), names);
    }
    TRY(printBody(to_, index));
    out().newLine(1);
    out().add(')');
    return {};
  }

  // Returns 0 if the type index is out of bounds, since the module need not be valid.
  uint32_t countParams(const Function& function) const {
    if (function.typeIndex >= module_.types.size()) return 0;
    return static_cast<uint32_t>(module_.types[function.typeIndex].func.params.size());
  }

  base::Result<void> printData(uint32_t index) {
    const DataSegment& segment = module_.data[index];
    openField(IndexSpace::Data, index);
    if (segment.mode == SegmentMode::Active) {
      TRY(printSegmentPlace(IndexSpace::Memory, segment.memory, segment.memoryOffset));
    }
    out().add(' ');
    out().bytes(base::asText(segment.bytes));
    out().add(')');
    return {};
  }

  const Module& module_;
  Printing to_;
};

}  // namespace

base::Result<std::string> printModule(const Module& module, size_t maxSize) {
  return ModulePrinter(module, maxSize).print();
}

}  // namespace wasm
