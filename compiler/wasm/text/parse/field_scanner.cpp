#include "compiler/wasm/text/parse/field_scanner.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/wasm/text/parse/parse_fields.h"
#include "compiler/wasm/text/parse/parse_types.h"

namespace wasm {

// A kind of field, by its keyword.
struct FieldScanner::Form {
  std::string_view keyword;
  Declares declares;
  IndexSpace space;  // Item, External
  void (*parse)(ParseContext&);
};

const FieldScanner::Form* FieldScanner::findForm(std::string_view keyword) {
  static constexpr Form kForms[] = {
      {"type", Declares::Item, IndexSpace::Type, parseTypeField},
      {"rec", Declares::Group, IndexSpace::Type, parseRecField},
      {"import", Declares::Imports, IndexSpace::Function, parseImportField},
      {"func", Declares::External, IndexSpace::Function, parseFunctionField},
      {"table", Declares::External, IndexSpace::Table, parseTableField},
      {"memory", Declares::External, IndexSpace::Memory, parseMemoryField},
      {"global", Declares::External, IndexSpace::Global, parseGlobalField},
      {"tag", Declares::External, IndexSpace::Tag, parseTagField},
      {"export", Declares::Nothing, IndexSpace::Function, parseExportField},
      {"start", Declares::Nothing, IndexSpace::Function, parseStartField},
      {"elem", Declares::Item, IndexSpace::Element, parseElementField},
      {"data", Declares::Item, IndexSpace::Data, parseDataField},
  };
  for (const Form& form : kForms) {
    if (form.keyword == keyword) return &form;
  }
  return nullptr;
}

std::vector<Field> FieldScanner::scan() {
  while (p_.in.ok()) {
    if (p_.in.peek().kind == TokenKind::LeftParen) {
      scanField();
    } else if (p_.in.peek().kind == TokenKind::Annotation) {
      scanAnnotation();
    } else {
      break;
    }
  }
  return std::move(fields_);
}

// Takes the keyword of a field. Returns null and takes nothing if it is another token.
const FieldScanner::Form* FieldScanner::takeForm() {
  const Token& token = p_.in.peek();
  const Form* form = token.kind == TokenKind::Keyword ? findForm(token.text) : nullptr;
  if (form != nullptr) p_.in.take();
  return form;
}

void FieldScanner::scanField() {
  uint32_t start = p_.in.take().offset;
  const Form* form = takeForm();
  if (form == nullptr) return p_.in.unexpected("a module field such as func");
  // Types are parsed first in the second pass.
  bool isType = form->space == IndexSpace::Type;
  fields_.push_back({start, isType, form->parse});
  switch (form->declares) {
    case Declares::Nothing:
      return p_.in.skipList();
    case Declares::Item:
      declare(form->space);
      return p_.in.skipList();
    case Declares::External:
      return scanExternal(*form, start);
    case Declares::Group:
      return scanGroup();
    case Declares::Imports:
      return scanImports(start);
  }
}

// Scans a definition or an inline import. Only lists directly inside of it are examined: `(elem`
// and `(data` declare a segment (sections 6.6.5 and 6.6.6), `(import` makes it an import.
void FieldScanner::scanExternal(const Form& form, uint32_t start) {
  declare(form.space);
  bool isImport = false;
  while (p_.in.ok() && !p_.in.atClose()) {
    Token token = p_.in.take();
    bool isList = token.kind == TokenKind::LeftParen;
    if (isList && form.space == IndexSpace::Table && p_.in.atKeyword("elem"))
      ++count(IndexSpace::Element);
    if (isList && form.space == IndexSpace::Memory && p_.in.atKeyword("data"))
      ++count(IndexSpace::Data);
    if (isList && p_.in.atKeyword("import")) isImport = true;
    if (isList || token.kind == TokenKind::Annotation) p_.in.skipList();
    if (token.kind == TokenKind::End) return p_.in.unexpected(")");
  }
  p_.in.take();
  if (isImport) return checkImportOrder(start);
  if (defined_.empty()) defined_ = form.keyword;
}

// Declares the types of a recursive group. Other contents are errors that the second pass reports.
void FieldScanner::scanGroup() {
  while (p_.in.takeList("type")) {
    declare(IndexSpace::Type);
    p_.in.skipList();
  }
  p_.in.skipList();
}

// Scans `(import "m" "n" (func ...))`, `(import "m" (item "n" (func ...))...)` or `(import "m"
// (item "n")... (func ...))`. The last two are those of the compact import section proposal.
void FieldScanner::scanImports(uint32_t start) {
  checkImportOrder(start);
  uint32_t items = 0;  // that have no type yet
  p_.in.takeStrings();
  while (p_.in.ok() && p_.in.peek().kind == TokenKind::LeftParen) {
    bool isItem = p_.in.takeList("item");
    if (isItem) p_.in.takeStrings();
    if (isItem && p_.in.takeClose()) {
      ++items;
      continue;
    }
    scanImported(std::max(items, 1u));
    if (isItem) p_.in.skipList();
  }
  p_.in.skipList();
}

// Scans `(func $id ...)`, the type of `times` imports. Only the first can have the identifier.
void FieldScanner::scanImported(uint32_t times) {
  if (p_.in.peek().kind != TokenKind::LeftParen) return;
  p_.in.take();
  const Form* form = takeForm();
  if (form != nullptr && form->declares == Declares::External) {
    declare(form->space);
    count(form->space) += times - 1;
  }
  p_.in.skipList();
}

// Handles an annotation between fields: only custom sections and the name of the module are allowed
// there.
void FieldScanner::scanAnnotation() {
  Token token = p_.in.take();
  if (token.text == kBranchHintAnnotation) {
    return p_.in.fail(token.offset, fmt::format("@{} annotation: not in a function", token.text));
  }
  if (token.text == kNameAnnotation) return scanModuleName(token.offset);
  fields_.push_back({token.offset, false, parseCustomAnnotation});
  p_.in.skipList();
}

void FieldScanner::scanModuleName(uint32_t start) {
  if (hasName_) return p_.in.fail(start, "@name annotation: multiple module names");
  if (!fields_.empty()) {
    return p_.in.fail(start, "misplaced @name annotation: expected before the module's fields");
  }
  hasName_ = true;
  p_.names.module = p_.in.expectName();
  p_.in.expectClose();
}

// Counts an item of the index space, and declares its identifier if that comes next.
void FieldScanner::declare(IndexSpace space) {
  uint32_t index = count(space)++;
  if (p_.in.peek().kind != TokenKind::Identifier) return;
  p_.declare(p_.identifiersOf(space), p_.in.take(), index, indexSpaceKeyword(space));
}

// Imports after definitions would change the indices of these definitions, which come after all
// imports, so the text format does not allow them (section 6.6.13).
void FieldScanner::checkImportOrder(uint32_t start) {
  if (defined_.empty()) return;
  p_.in.fail(start,
             fmt::format("import after {}: imports must come before all definitions", defined_));
}

}  // namespace wasm
