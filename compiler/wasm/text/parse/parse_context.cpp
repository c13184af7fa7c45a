#include "compiler/wasm/text/parse/parse_context.h"

#include <fmt/format.h>

namespace wasm {
namespace {

// Sorted as IndexSpace.
struct SpaceWords {
  std::string_view name;
  std::string_view index;
};
constexpr SpaceWords kSpaceWords[] = {
    {"type", "a type index"},
    {"function", "a function index"},
    {"table", "a table index"},
    {"memory", "a memory index"},
    {"global", "a global index"},
    {"tag", "a tag index"},
    {"elem segment", "an element segment's index"},
    {"data segment", "a data segment's index"},
};

const SpaceWords& wordsOf(IndexSpace space) { return kSpaceWords[static_cast<size_t>(space)]; }

}  // namespace

// Appends a byte of padding, so that each construct has an offset of its own in ascending order, as
// TextPositions requires.
uint32_t ParseContext::mark(uint32_t textOffset) {
  uint32_t offset = static_cast<uint32_t>(storage.code.size());
  storage.positions.add(offset, textOffset);
  storage.code.push_back(0);
  return offset;
}

uint32_t ParseContext::expectIndex(IndexSpace space) {
  if (in.peek().kind == TokenKind::Identifier) {
    return expectIdentifierIn(identifiersOf(space), wordsOf(space).name);
  }
  return in.expectNatural32(wordsOf(space).index);
}

uint32_t ParseContext::expectIdentifierIn(const IdentifierMap& map, std::string_view what) {
  Token token = in.take();
  uint32_t index = map.find(in.contents(token));
  if (index == IdentifierMap::kAbsent) {
    in.fail(token.offset, fmt::format("unknown {} {}", what, spelling(token)));
  }
  return index;
}

std::optional<uint32_t> ParseContext::takeListedIndex(std::string_view keyword, IndexSpace space) {
  if (!in.takeList(keyword)) return std::nullopt;
  uint32_t index = expectIndex(space);
  in.expectClose();
  return index;
}

bool ParseContext::atName() const {
  const Token& token = in.peek();
  bool isAnnotation = token.kind == TokenKind::Annotation && token.text == kNameAnnotation;
  return isAnnotation || token.kind == TokenKind::Identifier;
}

// The annotation comes after the identifier and takes precedence in the name section.
std::optional<ItemName> ParseContext::takeName() {
  if (!atName()) return std::nullopt;
  ItemName name;
  if (in.peek().kind == TokenKind::Identifier) {
    name.identifier = in.take();
    name.text = in.contents(*name.identifier);
    if (!atName()) return name;
  }
  // atName() has checked the id of the annotation.
  if (in.peek().kind == TokenKind::Annotation) {
    in.take();
    name.text = in.expectName();
    in.expectClose();
  }
  return name;
}

void ParseContext::takeName(NameMap& into, uint32_t index) {
  if (std::optional<ItemName> name = takeName()) {
    into.insert_or_assign(into.end(), index, name->text);
  }
}

void ParseContext::declare(IdentifierMap& map, const Token& identifier, uint32_t index,
                           std::string_view what) {
  if (map.insert(in.contents(identifier), index)) return;
  in.fail(identifier.offset, fmt::format("duplicate {} {}", what, spelling(identifier)));
}

void ParseContext::declare(IdentifierMap& map, NameMap& names, const ItemName& name, uint32_t index,
                           std::string_view what) {
  if (name.identifier) declare(map, *name.identifier, index, what);
  names.emplace(index, name.text);
}

void ParseContext::refuse(uint32_t textOffset, std::string message) {
  if (invalid) return;
  invalid = textError(module.fileName, in.text(), textOffset, std::move(message));
}

}  // namespace wasm
