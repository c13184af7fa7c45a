// The first of two passes over the fields of a module. It finds the fields and the identifiers that
// they declare, since an identifier may be used before its declaration (section 6.1.3).
#pragma once

#include <vector>

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

// A field and its parser for the second pass. Offsets are in bytes of the text.
struct Field {
  uint32_t textOffset = 0;  // of the opening parenthesis
  bool isType = false;
  void (*parse)(ParseContext&) = nullptr;
};

// The first pass. Used once; errors are errors of the cursor.
class FieldScanner {
 public:
  explicit FieldScanner(ParseContext& context) : p_(context) {}

  // Returns the fields up to the first token that does not start one, and adds their identifiers to
  // `identifiers` of the context. Inside of fields only the balance of parentheses is checked. The
  // indices that the identifiers get must be those of the second pass, so inline imports and
  // segments are counted as well.
  std::vector<Field> scan();

 private:
  // The kinds of declarations in a field.
  enum class Declares : uint8_t {
    Nothing,
    Item,      // an item of an index space: (elem, (data, (type
    External,  // an item that may be an import or contain a segment
    Group,     // types: (rec
    Imports,   // one or more items: (import
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
  std::string_view defined_;  // the keyword of the first definition; imports must precede it
  bool hasName_ = false;      // there is a @name annotation for the module
};

}  // namespace wasm
