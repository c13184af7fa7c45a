// The first of two passes over a module's fields: finds where they start and what identifiers they
// declare, which may be used before.
#pragma once

#include <vector>

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

struct Field {
  uint32_t textOffset = 0;
  bool isType = false;
  void (*parse)(ParseContext&) = nullptr;
};

class FieldScanner {
 public:
  explicit FieldScanner(ParseContext& context) : p_(context) {}

  // The fields up to what is none; identifiers go to context.identifiers. Of the contents of fields
  // only the balance of parentheses is checked.
  std::vector<Field> scan();

 private:
  // What a field declares.
  enum class Declares : uint8_t {
    Nothing,
    Item,      // in its space: (elem, (data, (type
    External,  // the same, perhaps imported, perhaps with a segment inside
    Group,     // types
    Imports,
  };
  struct Form;
  static const Form* findForm(std::string_view keyword);

  void scanField();
  void scanExternal(const Form& form, uint32_t start);
  void scanGroup();
  void scanImports(uint32_t start);
  void scanImported(uint32_t times);
  void scanAnnotation();
  void scanModuleName(uint32_t start);
  const Form* takeForm();
  uint32_t& count(IndexSpace space) { return counts_[static_cast<size_t>(space)]; }
  void declare(IndexSpace space);
  void checkImportOrder(uint32_t start);

  ParseContext& p_;
  std::vector<Field> fields_;
  uint32_t counts_[kSpaces] = {};
  std::string_view defined_;  // the first definition's keyword: imports must precede it
  bool hasName_ = false;      // an annotation names the module
};

}  // namespace wasm
