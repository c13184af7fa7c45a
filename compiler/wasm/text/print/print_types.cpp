#include "compiler/wasm/text/print/print_types.h"

namespace wasm {
namespace {

constexpr uint32_t kFieldDepth = 1;  // of the fields of a module

// Prints parameters or locals one after the other. `separator` is printed before the first opening
// parenthesis, and a blank before the others.
class TypeList {
 public:
  TypeList(Printing& to, std::string_view separator, std::string_view keyword, const NameMap& names)
      : to_(to), separator_(separator), keyword_(keyword), names_(names) {}

  // A parameter or local with a name needs parentheses of its own (section 6.4.6).
  void add(uint32_t index, ValueType type) {
    auto name = names_.find(index);
    bool isNamed = name != names_.end();
    if (isNamed) finish();
    if (!isOpen_) {
      to_.out.add(separator_);
      to_.out.add('(');
      to_.out.add(keyword_);
      separator_ = " ";
      isOpen_ = true;
    }
    to_.out.add(' ');
    if (isNamed) {
      to_.out.identifier(name->second);
      to_.out.add(' ');
    }
    printValueType(to_, type);
    if (isNamed) finish();
  }

  // Closes the parentheses of types without a name. Must be called at the end.
  void finish() {
    if (isOpen_) to_.out.add(')');
    isOpen_ = false;
  }

 private:
  Printing& to_;
  std::string_view separator_;
  std::string_view keyword_;
  const NameMap& names_;
  bool isOpen_ = false;
};

// Prints the address type, which is omitted if it is i32, and the limits (sections 6.4.8 and
// 6.4.9).
void printLimits(Printing& to, const Limits& limits) {
  if (limits.is64) to.out.add("i64 ");
  to.out.natural(limits.min);
  if (limits.max) {
    to.out.add(' ');
    to.out.natural(*limits.max);
  }
  if (limits.isShared) to.out.add(" shared");
}

void printField(Printing& to, const FieldType& field) {
  if (field.isMutable) to.out.add("(mut ");
  if (field.packed == PackedKind::None) {
    printValueType(to, field.type);
  } else {
    to.out.add(field.packed == PackedKind::I8 ? "i8" : "i16");
  }
  if (field.isMutable) to.out.add(')');
}

// Each field has parentheses of its own, so that it can have a name.
void printStruct(Printing& to, uint32_t typeIndex, const SubType& type) {
  to.out.add("(struct");
  for (uint32_t i = 0; i < type.fields.size(); ++i) {
    to.out.add(" (field ");
    if (std::string_view name = to.names.field(typeIndex, i); !name.empty()) {
      to.out.identifier(name);
      to.out.add(' ');
    }
    printField(to, type.fields[i]);
    to.out.add(')');
  }
  to.out.add(')');
}

// Parameters in type definitions may have names in the text, but the name section has none for
// them.
void printComposite(Printing& to, uint32_t typeIndex, const SubType& type) {
  switch (type.kind) {
    case CompositeKind::Func:
      to.out.add("(func");
      printParams(to, type.func.params, {});
      printResults(to, type.func.results);
      return to.out.add(')');
    case CompositeKind::Struct:
      return printStruct(to, typeIndex, type);
    case CompositeKind::Array:
      to.out.add("(array ");
      printField(to, type.fields[0]);
      return to.out.add(')');
  }
}

// Final types without a supertype are abbreviated without `sub` (section 6.4.7).
void printType(Printing& to, uint32_t index, uint32_t depth) {
  const SubType& type = to.module.types[index];
  to.out.newLine(depth);
  to.out.add("(type ");
  printDefinedIndex(to, IndexSpace::Type, index);
  to.out.add(' ');
  bool isSub = !type.isFinal || type.supertype;
  if (isSub) {
    to.out.add(type.isFinal ? "(sub final " : "(sub ");
    if (type.supertype) {
      printIndex(to, IndexSpace::Type, *type.supertype);
      to.out.add(' ');
    }
  }
  printComposite(to, index, type);
  to.out.add(isSub ? "))" : ")");
}

}  // namespace

void printIndex(Printing& to, IndexSpace space, uint32_t index) {
  std::string_view name = to.names.of(space, index);
  if (name.empty()) {
    to.out.natural(index);
  } else {
    to.out.identifier(name);
  }
}

void printDefinedIndex(Printing& to, IndexSpace space, uint32_t index) {
  if (std::string_view name = to.names.of(space, index); !name.empty()) {
    to.out.identifier(name);
    to.out.add(' ');
  }
  to.out.indexComment(index);
}

void printHeapType(Printing& to, HeapType type) {
  if (type.isConcrete()) {
    printIndex(to, IndexSpace::Type, type.typeIndex());
  } else {
    to.out.add(text(type));
  }
}

// Concrete types may have identifiers, which text() does not print.
void printReferenceType(Printing& to, HeapType heap, bool nullable) {
  if (!heap.isConcrete()) return to.out.add(text(ValueType::ref(heap, nullable)));
  to.out.add(nullable ? "(ref null " : "(ref ");
  printHeapType(to, heap);
  to.out.add(')');
}

void printValueType(Printing& to, ValueType type) {
  if (type.isRef()) {
    printReferenceType(to, type.heap, type.nullable);
  } else {
    to.out.add(text(type));
  }
}

void printTableType(Printing& to, const TableType& type) {
  printLimits(to, type.limits);
  to.out.add(' ');
  printValueType(to, type.element);
}

void printMemoryType(Printing& to, const MemoryType& type) {
  printLimits(to, type.limits);
  if (type.pageSizeLog2 == kDefaultPageSizeLog2) return;
  // Both formats refuse exponents of 64 and more when they are read.
  to.out.add(" (pagesize ");
  to.out.natural(uint64_t{1} << type.pageSizeLog2);
  to.out.add(')');
}

void printGlobalType(Printing& to, const GlobalType& type) {
  if (type.isMutable) to.out.add("(mut ");
  printValueType(to, type.value);
  if (type.isMutable) to.out.add(')');
}

void printParams(Printing& to, const ValueTypes& types, const NameMap& names) {
  TypeList list(to, " ", "param", names);
  for (uint32_t i = 0; i < types.size(); ++i) list.add(i, types[i]);
  list.finish();
}

// Runs of the binary format are not visible in the text: the writer makes them as long as possible.
void printLocals(Printing& to, const std::vector<LocalRun>& locals, uint32_t first,
                 const NameMap& names) {
  TypeList list(to, "", "local", names);
  uint32_t index = first;
  for (const LocalRun& run : locals) {
    for (uint32_t i = 0; i < run.count; ++i) list.add(index++, run.type);
  }
  list.finish();
}

void printResults(Printing& to, const ValueTypes& types) {
  if (types.empty()) return;
  to.out.add(" (result");
  for (const ValueType& type : types) {
    to.out.add(' ');
    printValueType(to, type);
  }
  to.out.add(')');
}

void printTypeUse(Printing& to, uint32_t typeIndex, const NameMap& params) {
  to.out.add(" (type ");
  printIndex(to, IndexSpace::Type, typeIndex);
  to.out.add(')');
  const std::vector<SubType>& types = to.module.types;
  bool isFunction = typeIndex < types.size() && types[typeIndex].kind == CompositeKind::Func;
  if (!isFunction) return;
  printParams(to, types[typeIndex].func.params, params);
  printResults(to, types[typeIndex].func.results);
}

// A group of one type is printed without `rec`, as it is encoded by writeModule().
void printTypes(Printing& to) {
  for (uint32_t i = 0; i < to.module.types.size(); ++i) {
    const SubType& type = to.module.types[i];
    bool isGrouped = type.groupSize != 1;
    if (isGrouped && type.group == i) {
      to.out.newLine(kFieldDepth);
      to.out.add("(rec");
    }
    printType(to, i, isGrouped ? kFieldDepth + 1 : kFieldDepth);
    if (isGrouped && i + 1 == type.group + type.groupSize) {
      to.out.newLine(kFieldDepth);
      to.out.add(')');
    }
  }
}

}  // namespace wasm
