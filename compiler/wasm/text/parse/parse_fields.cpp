#include "compiler/wasm/text/parse/parse_fields.h"

#include <fmt/format.h>

#include "compiler/wasm/text/parse/code_parser.h"
#include "compiler/wasm/text/parse/parse_types.h"

namespace wasm {
namespace {

struct ExternForm {
  std::string_view keyword;
  ExternKind kind;
  IndexSpace space;
};
constexpr ExternForm kExternForms[] = {
    {"func", ExternKind::Function, IndexSpace::Function},
    {"table", ExternKind::Table, IndexSpace::Table},
    {"memory", ExternKind::Memory, IndexSpace::Memory},
    {"global", ExternKind::Global, IndexSpace::Global},
    {"tag", ExternKind::Tag, IndexSpace::Tag},
};

// Takes the head of an external type or index. Fails and returns null if there is none.
const ExternForm* takeExternForm(TextCursor& in) {
  for (const ExternForm& form : kExternForms) {
    if (in.takeList(form.keyword)) return &form;
  }
  in.unexpected("(func, (table, (memory, (global or (tag");
  return nullptr;
}

// Appends an item to an index space. Returns its index.
template <class T>
uint32_t append(std::vector<T>& space, T item) {
  space.push_back(std::move(item));
  return static_cast<uint32_t>(space.size() - 1);
}

// Appends an import and counts it. Its item has been appended to its index space.
void addImport(ParseContext& p, Import import) {
  Module& module = p.module;
  switch (import.kind) {
    case ExternKind::Function:
      ++module.importedFunctions;
      break;
    case ExternKind::Table:
      ++module.importedTables;
      break;
    case ExternKind::Memory:
      ++module.importedMemories;
      break;
    case ExternKind::Global:
      ++module.importedGlobals;
      break;
    case ExternKind::Tag:
      ++module.importedTags;
      break;
  }
  module.imports.push_back(import);
}

// The functions below parse the type of an import after its keyword (section 6.6.11), append an
// item to its index space, and return its index. The names of a function's parameters are recorded
// as names of its locals, like those of a definition.
uint32_t importFunction(ParseContext& p, uint32_t offset) {
  uint32_t index = static_cast<uint32_t>(p.module.functions.size());
  p.takeName(p.names.functions, index);
  p.code->beginFunction(index);
  uint32_t type = expectTypeUse(p, bindLocal);
  p.code->endFunction();
  return append(p.module.functions, {.typeIndex = type, .isImport = true, .offset = offset});
}

uint32_t importTable(ParseContext& p, uint32_t offset) {
  p.takeName(p.names.tables, static_cast<uint32_t>(p.module.tables.size()));
  bool is64 = takeIs64(p);
  return append(p.module.tables, {expectTableType(p, is64), true, {}, offset});
}

uint32_t importMemory(ParseContext& p, uint32_t offset) {
  p.takeName(p.names.memories, static_cast<uint32_t>(p.module.memories.size()));
  bool is64 = takeIs64(p);
  return append(p.module.memories, {expectMemoryType(p, is64), true, offset});
}

uint32_t importGlobal(ParseContext& p, uint32_t offset) {
  p.takeName(p.names.globals, static_cast<uint32_t>(p.module.globals.size()));
  return append(p.module.globals, {expectGlobalType(p), true, {}, offset});
}

uint32_t importTag(ParseContext& p, uint32_t offset) {
  p.takeName(p.names.tags, static_cast<uint32_t>(p.module.tags.size()));
  return append(p.module.tags, {expectTypeUse(p, ignoreParam), true, offset});
}

// Parses the type of an import, such as `(func $f ...)`, and appends an item to its index space.
Import expectImported(ParseContext& p, bool mayHaveName) {
  using Parse = uint32_t (*)(ParseContext&, uint32_t);
  // Sorted as ExternKind.
  constexpr Parse kParsers[] = {importFunction, importTable, importMemory, importGlobal, importTag};
  Import import;
  uint32_t offset = p.markHere();
  const ExternForm* form = takeExternForm(p.in);
  if (form == nullptr) return import;
  if (!mayHaveName && p.in.peek().kind == TokenKind::Identifier) {
    p.in.fail(p.in.peek().offset, "identifier not allowed: the type is that of several imports");
  }
  import.kind = form->kind;
  import.index = kParsers[static_cast<size_t>(form->kind)](p, offset);
  p.in.expectClose();
  return import;
}

// Appends a copy of the last item of a kind, for imports that share a type. Returns its index.
uint32_t repeatItem(Module& module, ExternKind kind) {
  switch (kind) {
    case ExternKind::Function:
      return append(module.functions, Function(module.functions.back()));
    case ExternKind::Table:
      return append(module.tables, Table(module.tables.back()));
    case ExternKind::Memory:
      return append(module.memories, Memory(module.memories.back()));
    case ExternKind::Global:
      return append(module.globals, Global(module.globals.back()));
    case ExternKind::Tag:
      return append(module.tags, Tag(module.tags.back()));
  }
  return 0;
}

// The name of one of several imports from one module.
struct Item {
  std::string_view name;
  uint32_t offset = 0;  // in the code buffer
};

// Parses `(item "name"`. The caller takes the closing parenthesis and, in the form with a type for
// each item, the type before it.
Item takeItem(ParseContext& p) {
  Item item;
  item.offset = p.markHere();
  p.in.expectList("item");
  item.name = p.in.expectName();
  return item;
}

// Parses `(item "a" (func)) (item "b" (memory 1))` from after the first name.
void importItems(ParseContext& p, std::string_view module, Item item) {
  for (;;) {
    Import import = expectImported(p, true);
    p.in.expectClose();
    if (!p.in.ok()) return;
    import.module = module;
    import.name = item.name;
    import.offset = item.offset;
    addImport(p, import);
    if (p.in.atClose()) return;
    item = takeItem(p);
  }
}

// Parses `(item "a") (item "b") (func)` from after the first name. All items have this type.
void importItemsOfOneType(ParseContext& p, std::string_view module, Item item) {
  std::vector<Item> items = {item};
  p.in.expectClose();
  while (p.in.atList("item")) {
    items.push_back(takeItem(p));
    p.in.expectClose();
  }
  Import import = expectImported(p, false);
  if (!p.in.ok()) return;
  for (const Item& each : items) {
    if (&each != &items.front()) import.index = repeatItem(p.module, import.kind);
    import.module = module;
    import.name = each.name;
    import.offset = each.offset;
    addImport(p, import);
  }
}

// Parses `(export "name")*`. Each is an item of the export section, so it gets a position.
void takeExports(ParseContext& p, ExternKind kind, uint32_t index) {
  while (p.in.atList("export")) {
    uint32_t offset = p.markHere();
    p.in.expectList("export");
    std::string_view name = p.in.expectName();
    p.in.expectClose();
    p.module.exports.push_back({name, kind, index, offset});
  }
}

// Parses `(import "module" "name")`. Returns whether it was there.
bool takeInlineImport(ParseContext& p, ExternKind kind, uint32_t index) {
  if (!p.in.atList("import")) return false;
  Import import{.kind = kind, .index = index, .offset = p.markHere()};
  p.in.expectList("import");
  import.module = p.in.expectName();
  import.name = p.in.expectName();
  p.in.expectClose();
  addImport(p, import);
  return true;
}

}  // namespace

bool parseDefinitionHead(ParseContext& p, ExternKind kind, NameMap& names, uint32_t index) {
  p.takeName(names, index);
  takeExports(p, kind, index);
  return takeInlineImport(p, kind, index);
}

// `(item` instead of a name selects the compact forms; the token after the first item's name
// selects one of them.
void parseImportField(ParseContext& p) {
  uint32_t offset = p.fieldOffset;
  p.in.expectList("import");
  std::string_view module = p.in.expectName();
  if (p.in.atList("item")) {
    Item first = takeItem(p);
    if (p.in.atClose()) {
      importItemsOfOneType(p, module, first);
    } else {
      importItems(p, module, first);
    }
  } else {
    std::string_view name = p.in.expectName();
    Import import = expectImported(p, true);
    if (!p.in.ok()) return;
    import.module = module;
    import.name = name;
    import.offset = offset;
    addImport(p, import);
  }
  p.in.expectClose();
}

// A table with inline elements has no limits: its size is the number of elements (section 6.6.6).
void parseTableField(ParseContext& p) {
  uint32_t index = static_cast<uint32_t>(p.module.tables.size());
  Table table{.offset = p.fieldOffset};
  p.in.expectList("table");
  table.isImport = parseDefinitionHead(p, ExternKind::Table, p.names.tables, index);
  bool is64 = takeIs64(p);
  if (atValueType(p.in)) {
    table.type.element = expectReferenceType(p);
    p.in.expectList("elem");
    uint64_t size = parseInlineElements(p, index, table.type.element, is64);
    table.type.limits = {.min = size, .max = size, .is64 = is64};
    p.in.expectClose();
  } else {
    table.type = expectTableType(p, is64);
    if (!table.isImport && !p.in.atClose()) table.init = p.code->expectInstructions();
  }
  p.in.expectClose();
  p.module.tables.push_back(table);
}

// A memory with inline data has no limits: its size is that of the data, rounded up to pages
// (section 6.6.5).
void parseMemoryField(ParseContext& p) {
  uint32_t index = static_cast<uint32_t>(p.module.memories.size());
  Memory memory{.offset = p.fieldOffset};
  p.in.expectList("memory");
  memory.isImport = parseDefinitionHead(p, ExternKind::Memory, p.names.memories, index);
  bool is64 = takeIs64(p);
  if (p.in.peek().kind == TokenKind::LeftParen && !memory.isImport) {
    memory.type.pageSizeLog2 = takePageSizeLog2(p);
    p.in.expectList("data");
    uint64_t size = parseInlineData(p, index, is64);
    uint64_t pageSize = uint64_t{1} << memory.type.pageSizeLog2;
    uint64_t pages = size / pageSize + (size % pageSize != 0 ? 1 : 0);
    memory.type.limits = {.min = pages, .max = pages, .is64 = is64};
    p.in.expectClose();
  } else {
    memory.type = expectMemoryType(p, is64);
  }
  p.in.expectClose();
  p.module.memories.push_back(memory);
}

void parseGlobalField(ParseContext& p) {
  uint32_t index = static_cast<uint32_t>(p.module.globals.size());
  Global global{.offset = p.fieldOffset};
  p.in.expectList("global");
  global.isImport = parseDefinitionHead(p, ExternKind::Global, p.names.globals, index);
  global.type = expectGlobalType(p);
  if (!global.isImport) global.init = p.code->expectInstructions();
  p.in.expectClose();
  p.module.globals.push_back(global);
}

void parseTagField(ParseContext& p) {
  uint32_t index = static_cast<uint32_t>(p.module.tags.size());
  Tag tag{.offset = p.fieldOffset};
  p.in.expectList("tag");
  tag.isImport = parseDefinitionHead(p, ExternKind::Tag, p.names.tags, index);
  tag.typeIndex = expectTypeUse(p, ignoreParam);
  p.in.expectClose();
  p.module.tags.push_back(tag);
}

void parseExportField(ParseContext& p) {
  Export out{.offset = p.fieldOffset};
  p.in.expectList("export");
  out.name = p.in.expectName();
  const ExternForm* form = takeExternForm(p.in);
  if (form == nullptr) return;
  out.kind = form->kind;
  out.index = p.expectIndex(form->space);
  p.in.expectClose();
  p.in.expectClose();
  p.module.exports.push_back(out);
}

void parseStartField(ParseContext& p) {
  uint32_t start = p.in.peek().offset;
  p.in.expectList("start");
  if (p.module.start) return p.in.fail(start, "multiple start sections");
  p.module.startOffset = p.fieldOffset;
  p.module.start = p.expectIndex(IndexSpace::Function);
  p.in.expectClose();
}

}  // namespace wasm
