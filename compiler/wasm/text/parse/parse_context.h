// The state that the parsers of the parts of a module share.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/wasm/binary/name_section.h"
#include "compiler/wasm/module.h"
#include "compiler/wasm/text/lex/text_cursor.h"
#include "compiler/wasm/text/parse/function_types.h"
#include "compiler/wasm/text/parse/identifier_map.h"
#include "compiler/wasm/text/parse/index_space.h"
#include "compiler/wasm/text/parse/parse_module.h"

namespace wasm {

class CodeParser;

// The names of an item. `text` is for the name section: the string of `(@name "...")` (appendix
// A.6.2) if the item has that annotation, else its identifier.
struct ItemName {
  std::optional<Token> identifier;
  std::string_view text;
};

// The cursor, the module that is being parsed, and the results of the parts that have been parsed.
// Syntax errors are kept by the cursor. The constructor's arguments must outlive the context.
struct ParseContext {
  ParseContext(TextCursor& cursor, Module& parsed, TextStorage& kept)
      : in(cursor), module(parsed), storage(kept), functionTypes(parsed.types) {}

  TextCursor& in;
  Module& module;
  TextStorage& storage;

  std::array<IdentifierMap, kSpaces> identifiers;
  std::unordered_map<uint32_t, IdentifierMap> fields;  // of struct types, by type index
  FunctionTypes functionTypes;
  ModuleNames names;
  CodeParser* code = nullptr;  // not owned
  uint32_t fieldOffset = 0;    // of the current field, in the code buffer
  bool usesDataCount = false;  // whether an instruction names a data segment
  // The smallest type index of a function that was out of bounds when the function was parsed. The
  // index may become valid later, when type uses append types.
  uint32_t firstUnknownType = UINT32_MAX;
  // The first reason for which the module is invalid, if the parser has found one.
  std::optional<base::Error> invalid;

  // Returns the identifiers of an index space.
  IdentifierMap& identifiersOf(IndexSpace space) { return identifiers[static_cast<size_t>(space)]; }

  // Return a new offset in the code buffer for the construct at `textOffset` or at the cursor, so
  // that it can be the `offset` of a part of the module. The construct must not be in an
  // expression, whose encoding the padding would interrupt.
  uint32_t mark(uint32_t textOffset);
  uint32_t markHere() { return mark(in.peek().offset); }

  // Parse an index, which is a number or an identifier (section 6.6.1). The cursor fails if an
  // identifier is not declared; numbers are not checked. takeIndexOr() returns `otherwise` if there
  // is no index.
  bool atIndex() const { return isIndex(in.peek()); }
  static bool isIndex(const Token& token) {
    return token.kind == TokenKind::Integer || token.kind == TokenKind::Identifier;
  }
  uint32_t expectIndex(IndexSpace space);
  uint32_t takeIndexOr(IndexSpace space, uint32_t otherwise) {
    return atIndex() ? expectIndex(space) : otherwise;
  }
  // Parses an index in parentheses, such as `(type $t)`, if it is there.
  std::optional<uint32_t> takeListedIndex(std::string_view keyword, IndexSpace space);
  // Parses an identifier and returns its number in `map`; `what` names the index space in messages.
  uint32_t expectIdentifierIn(const IdentifierMap& map, std::string_view what);

  // Parse the optional name of an item: an identifier, a @name annotation, or both. The identifier
  // is not declared.
  bool atName() const;
  std::optional<ItemName> takeName();
  // Does the same for an item whose identifier has been declared by FieldScanner, and adds the name
  // to `into` for the name section.
  void takeName(NameMap& into, uint32_t index);

  // Bind an identifier to an index in `map`. The cursor fails if `map` has it already. The second
  // function also accepts a name without identifier, and adds the name to `names`.
  void declare(IdentifierMap& map, const Token& identifier, uint32_t index, std::string_view what);
  void declare(IdentifierMap& map, NameMap& names, const ItemName& name, uint32_t index,
               std::string_view what);

  // Records that the module is invalid, with an error at the byte `textOffset`. Only the first one
  // is kept. Parsing continues, since a script may assert that the module is well-formed but
  // invalid.
  void refuse(uint32_t textOffset, std::string message);
};

}  // namespace wasm
