// What the parsers of a module's parts share.
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

// What an item is called: by `(@name "...")` if it has that, else by its identifier.
struct ItemName {
  std::optional<Token> identifier;
  std::string_view text;
};

struct ParseContext {
  ParseContext(TextCursor& cursor, Module& parsed, TextStorage& kept)
      : in(cursor), module(parsed), storage(kept), functionTypes(parsed.types) {}

  TextCursor& in;
  Module& module;
  TextStorage& storage;

  std::array<IdentifierMap, kSpaces> identifiers;
  std::unordered_map<uint32_t, IdentifierMap> fields;  // of struct types
  FunctionTypes functionTypes;
  ModuleNames names;
  CodeParser* code = nullptr;
  uint32_t fieldOffset = 0;    // of the field at hand, in the code buffer
  bool usesDataCount = false;  // an instruction names a data segment
  // The smallest index that a function had for its type when there was no such type yet.
  uint32_t firstUnknownType = UINT32_MAX;
  // The first error of validity.
  std::optional<base::Error> invalid;

  IdentifierMap& identifiersOf(IndexSpace space) { return identifiers[static_cast<size_t>(space)]; }

  // The offset in the code buffer of a construct at `textOffset` that is not an instruction, and
  // does not stand in an expression.
  uint32_t mark(uint32_t textOffset);
  // Of the construct at the cursor.
  uint32_t markHere() { return mark(in.peek().offset); }

  // An index, by number or identifier.
  bool atIndex() const { return isIndex(in.peek()); }
  static bool isIndex(const Token& token) {
    return token.kind == TokenKind::Integer || token.kind == TokenKind::Identifier;
  }
  uint32_t expectIndex(IndexSpace space);
  uint32_t takeIndexOr(IndexSpace space, uint32_t otherwise) {
    return atIndex() ? expectIndex(space) : otherwise;
  }
  // An index in parentheses, as `(type $t)`; none if there is none.
  std::optional<uint32_t> takeListedIndex(std::string_view keyword, IndexSpace space);
  uint32_t expectIdentifierIn(const IdentifierMap& map, std::string_view what);

  // Whether an identifier or an annotation names what follows; and that name, if so.
  bool atName() const;
  std::optional<ItemName> takeName();
  // For an item whose identifier is declared already.
  void takeName(NameMap& into, uint32_t index);

  // A binding that must be new in `map`.
  void declare(IdentifierMap& map, const Token& identifier, uint32_t index, std::string_view what);
  void declare(IdentifierMap& map, NameMap& names, const ItemName& name, uint32_t index,
               std::string_view what);

  // Notes an error of validity: parsing goes on, but the module is refused.
  void refuse(uint32_t textOffset, std::string message);
};

}  // namespace wasm
