// The readers of the sections of declarations: imports, functions, tables, memories, tags, globals,
// exports, start, data count (sections 5.5.5 to 5.5.11, 5.5.15 and 5.5.16), and of custom sections
// (section 5.5.3).
#include <fmt/format.h>

#include "compiler/wasm/binary/encode_types.h"
#include "compiler/wasm/binary/name_section.h"
#include "compiler/wasm/binary/read_expression.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/binary/type_codes.h"

namespace wasm {
namespace {

// Reads limits after their flags (section 5.3.9). The numbers are 64 bits wide for both address
// types; validation checks the range.
Limits readLimits(Cursor& in, uint8_t flags) {
  Limits limits;
  limits.isShared = (flags & kIsShared) != 0;
  limits.is64 = (flags & kIs64) != 0;
  limits.min = in.u64();
  if ((flags & kHasMax) != 0) limits.max = in.u64();
  return limits;
}

// Reads the flags of limits and fails if one is not in `allowed`.
uint8_t readLimitsFlags(Cursor& in, uint8_t allowed) {
  uint32_t start = in.offset();
  uint8_t flags = in.byte();
  if ((flags & ~allowed) != 0) in.fail(start, fmt::format("malformed limits flags {:#04x}", flags));
  return flags;
}

TableType readTableType(Cursor& in) {
  TableType type;
  type.element = readReferenceType(in);
  type.limits = readLimits(in, readLimitsFlags(in, kHasMax | kIs64));
  return type;
}

// A page size follows the limits if its flag is set (custom page sizes proposal).
MemoryType readMemoryType(Cursor& in) {
  uint8_t flags = readLimitsFlags(in, kHasMax | kIsShared | kIs64 | kHasPageSize);
  MemoryType type;
  type.limits = readLimits(in, flags);
  if ((flags & kHasPageSize) == 0) return type;
  uint32_t start = in.offset();
  type.pageSizeLog2 = in.u32();
  // Which page sizes are allowed is checked by validation. Only sizes that do not fit into 64 bits
  // are malformed.
  if (type.pageSizeLog2 >= 64)
    in.fail(start, fmt::format("invalid custom page size 2^{}", type.pageSizeLog2));
  return type;
}

GlobalType readGlobalType(Cursor& in) {
  GlobalType type;
  type.value = readValueType(in);
  type.isMutable = readMutability(in);
  return type;
}

// The attribute 0 means an exception; no others are defined (section 5.3.10).
Tag readTag(Cursor& in) {
  Tag tag;
  tag.offset = in.offset();
  if (in.byte() != 0) in.fail(tag.offset, "malformed tag attribute, expected 0");
  tag.typeIndex = in.u32();
  return tag;
}

ExternKind readExternKind(Cursor& in, std::string_view what) {
  uint32_t start = in.offset();
  uint8_t kind = in.byte();
  if (kind > static_cast<uint8_t>(ExternKind::Tag)) {
    in.fail(start, fmt::format("malformed {} kind {:#04x}, expected 0 to 4", what, kind));
  }
  return static_cast<ExternKind>(kind);
}

// Appends `item` to its index space and counts it as an import. Returns its index in the space:
// imports come first, so this is the number of imports before it.
template <class T>
uint32_t addImport(std::vector<T>& space, uint32_t& imported, T item) {
  item.isImport = true;
  space.push_back(std::move(item));
  return imported++;
}

// Reads the type of an import, appends an item to the index space, and returns its index.
uint32_t readImportedItem(Module& module, Cursor& in, ExternKind kind) {
  uint32_t at = in.offset();
  switch (kind) {
    case ExternKind::Function:
      return addImport(module.functions, module.importedFunctions,
                       Function{.typeIndex = in.u32(), .offset = at});
    case ExternKind::Table:
      return addImport(module.tables, module.importedTables,
                       Table{.type = readTableType(in), .offset = at});
    case ExternKind::Memory:
      return addImport(module.memories, module.importedMemories,
                       Memory{.type = readMemoryType(in), .offset = at});
    case ExternKind::Global:
      return addImport(module.globals, module.importedGlobals,
                       Global{.type = readGlobalType(in), .offset = at});
    case ExternKind::Tag:
      return addImport(module.tags, module.importedTags, readTag(in));
  }
  return 0;
}

// Reads the kind and the type, which follow the names of an import (section 5.5.5).
void readImport(Module& module, Cursor& in, Import import) {
  import.kind = readExternKind(in, "import");
  if (!in.ok()) return;
  import.index = readImportedItem(module, in, import.kind);
  module.imports.push_back(import);
}

// The compact import section proposal: an empty item name before one of these bytes starts several
// imports from one module, which have a type each or share one type.
constexpr uint8_t kCompactItems = 0x7f;
constexpr uint8_t kCompactNames = 0x7e;

// Reads a list of imports that have a name, a kind and a type each.
void readCompactItems(Module& module, Cursor& in, std::string_view from) {
  in.byte();
  uint32_t count = in.count("imports");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    readImport(module, in, {.module = from, .name = in.name(), .offset = at});
  }
}

// Reads a type and a list of names. The type is read again for each name, from the same bytes,
// since each import has an item of its own in the index space.
void readCompactNames(Module& module, Cursor& in, std::string_view from) {
  in.byte();
  const Cursor type = in;
  Module unnamed;  // receives the type if no names follow
  readImport(unnamed, in, {});
  uint32_t count = in.count("imports");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    std::string_view name = in.name();
    Cursor again = type;
    if (in.ok()) readImport(module, again, {.module = from, .name = name, .offset = at});
  }
}

}  // namespace

void readImportSection(Module& module, Cursor& in) {
  uint32_t count = in.count("imports");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    std::string_view from = in.name();
    std::string_view name = in.name();
    bool mayBeCompact = name.empty();
    if (mayBeCompact && in.peek() == kCompactItems) {
      readCompactItems(module, in, from);
    } else if (mayBeCompact && in.peek() == kCompactNames) {
      readCompactNames(module, in, from);
    } else {
      readImport(module, in, {.module = from, .name = name, .offset = at});
    }
  }
}

void readFunctionSection(Module& module, Cursor& in) {
  uint32_t count = in.count("functions");
  module.functions.reserve(module.functions.size() + count);
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    module.functions.push_back({.typeIndex = in.u32(), .offset = at});
  }
}

void readTableSection(Module& module, Cursor& in) {
  uint32_t count = in.count("tables");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    Table table;
    table.offset = in.offset();
    // A table with an initial value starts with 0x40 0x00, which is no reference type.
    bool hasInit = in.peek() == kTableWithInit;
    if (hasInit) {
      in.byte();
      if (in.byte() != 0) in.fail(table.offset + 1, "malformed table, expected 0");
    }
    table.type = readTableType(in);
    if (hasInit) table.init = readExpression(in);
    module.tables.push_back(table);
  }
}

void readMemorySection(Module& module, Cursor& in) {
  uint32_t count = in.count("memories");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    module.memories.push_back({.type = readMemoryType(in), .offset = at});
  }
}

void readTagSection(Module& module, Cursor& in) {
  uint32_t count = in.count("tags");
  for (uint32_t i = 0; i < count && in.ok(); ++i) module.tags.push_back(readTag(in));
}

void readGlobalSection(Module& module, Cursor& in) {
  uint32_t count = in.count("globals");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    Global global;
    global.offset = in.offset();
    global.type = readGlobalType(in);
    global.init = readExpression(in);
    module.globals.push_back(global);
  }
}

void readExportSection(Module& module, Cursor& in) {
  uint32_t count = in.count("exports");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    Export out;
    out.offset = in.offset();
    out.name = in.name();
    out.kind = readExternKind(in, "export");
    out.index = in.u32();
    module.exports.push_back(out);
  }
}

void readStartSection(Module& module, Cursor& in) {
  module.startOffset = in.offset();
  module.start = in.u32();
}

void readDataCountSection(Module& module, Cursor& in) { module.dataCount = in.u32(); }

void readCustomSection(Module& module, Cursor& in) {
  CustomSection custom;
  custom.offset = in.offset();
  custom.name = in.name();
  custom.bytes = in.take(in.remaining(), "a custom section");
  if (!in.ok()) return;
  // A malformed name section leaves the names empty or incomplete, which is not an error.
  if (custom.name == kNameSection) module.names = readNames(custom.bytes);
  module.customs.push_back(custom);
}

}  // namespace wasm
