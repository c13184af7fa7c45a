// The parsers of the fields of a module (section 6.6), and of parts that several of them have.
#pragma once

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

// Each parses one field and adds its declarations to the module. The cursor must be at the opening
// parenthesis, and is moved past the closing one. Requires that FieldScanner has declared all
// identifiers and, for fields other than types, that all types have been parsed.
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
// Parses the annotation `(@custom ...)` (appendix A.6.3).
void parseCustomAnnotation(ParseContext& p);

// Parses the start of a definition: an optional name, which is added to `names`, and inline exports
// and an inline import (sections 6.6.3 to 6.6.7), which are added to the module. `index` is that of
// the definition in the index space of `kind`. Returns whether there is an inline import.
bool parseDefinitionHead(ParseContext& p, ExternKind kind, NameMap& names, uint32_t index);

// Parse the contents of an inline `(elem ...)` of a table, which are expressions or function
// indices, or of an inline `(data ...)` of a memory. Append an active segment at offset 0, and
// return its length in elements or bytes. `is64` is the address type of the table or memory.
uint64_t parseInlineElements(ParseContext& p, uint32_t table, ValueType type, bool is64);
uint64_t parseInlineData(ParseContext& p, uint32_t memory, bool is64);

}  // namespace wasm
