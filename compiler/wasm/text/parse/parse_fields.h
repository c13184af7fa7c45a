// The fields of a module (section 6.6), one parser each. The cursor is at the field's opening
// parenthesis, and is left behind the closing one.
#pragma once

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

void parseImportField(ParseContext& p);
void parseFunctionField(ParseContext& p);
void parseTableField(ParseContext& p);
void parseMemoryField(ParseContext& p);
void parseGlobalField(ParseContext& p);
void parseTagField(ParseContext& p);
void parseExportField(ParseContext& p);
void parseStartField(ParseContext& p);
void parseElementField(ParseContext& p);
void parseDataField(ParseContext& p);
// `(@custom ...)`
void parseCustomAnnotation(ParseContext& p);

// Parts of fields.

// What every definition begins with: its name (into `names`), exports, and perhaps an import;
// whether it has that one.
bool parseDefinitionHead(ParseContext& p, ExternKind kind, NameMap& names, uint32_t index);
// What stands in `(elem ...)` of a table: expressions or function indices. Appends the segment, and
// returns the number of its elements.
uint64_t parseInlineElements(ParseContext& p, uint32_t table, ValueType type, bool is64);
// What stands in `(data ...)` of a memory.
uint64_t parseInlineData(ParseContext& p, uint32_t memory, bool is64);

}  // namespace wasm
