#include "compiler/wasm/text/parse/parse_module.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/limits.h"
#include "compiler/wasm/text/parse/code_parser.h"
#include "compiler/wasm/text/parse/field_scanner.h"
#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {
namespace {

constexpr uint8_t kLastPlace = placeAfter(SectionId::Data);

// Parses the fields of one module in two passes. storage_ is allocated on its own, so that its
// address is the same in the result.
class ModuleParser {
 public:
  ModuleParser(std::string fileName, TextCursor& in, std::string_view name)
      : storage_(new TextStorage{{}, TextPositions(in.text()), in.strings()}),
        p_(in, module_, *storage_),
        code_(p_) {
    module_.fileName = std::move(fileName);
    p_.code = &code_;
    p_.names.module = name;
  }

  base::Result<TextModule> parse() {
    std::vector<Field> fields = FieldScanner(p_).scan();
    uint32_t end = p_.in.peek().offset;
    // All identifiers are declared after the first pass. Types are parsed before other fields,
    // since a type use without an index needs all explicit types.
    for (const Field& field : fields) {
      if (field.isType) parseField(field);
    }
    for (const Field& field : fields) {
      if (!field.isType) parseField(field);
    }
    // The cursor is left at the end of the module, for parsers of scripts.
    p_.in.seek(end);
    checkComplete(end);
    TRY(p_.in.status(module_.fileName));
    if (p_.invalid) return *std::move(p_.invalid);
    finish();
    return TextModule{std::move(module_), std::move(storage_)};
  }

 private:
  // The offset is marked before the field is parsed, so that it precedes those of its expressions.
  void parseField(const Field& field) {
    if (!p_.in.ok()) return;
    p_.in.seek(field.textOffset);
    p_.fieldOffset = p_.mark(field.textOffset);
    field.parse(p_);
  }

  // Checks the conditions that depend on the whole module.
  void checkComplete(uint32_t end) {
    if (p_.firstUnknownType < module_.types.size()) {
      p_.in.fail(end, fmt::format("unknown type: {} is the index of a function's type, but that "
                                  "type only comes of a signature further below",
                                  p_.firstUnknownType));
    }
    if (storage_->code.size() > kMaxInputSize) {
      p_.in.fail(end,
                 fmt::format("the module's instructions have more than {} bytes", kMaxInputSize));
    }
  }

  // Sets the members that depend on all fields. Views of the code buffer are taken last, when it
  // does not grow any more.
  void finish() {
    if (p_.usesDataCount) module_.dataCount = static_cast<uint32_t>(module_.data.size());
    // An explicit section takes precedence over annotations.
    if (hasExplicit(kBranchHintSection)) module_.branchHints.clear();
    // Sections of the same place remain in the order of the text.
    std::stable_sort(
        module_.customs.begin(), module_.customs.end(),
        [](const CustomSection& a, const CustomSection& b) { return a.place < b.place; });
    if (!hasExplicit(kNameSection)) addNames();
    for (const CustomSection& custom : module_.customs) {
      if (custom.name == kNameSection) module_.names = readNames(custom.bytes);
    }
    module_.bytes = storage_->code;
    module_.positions = &storage_->positions;
  }

  // Returns whether the text has a custom section of this name. An empty one is a placeholder for
  // the generated section and does not count.
  bool hasExplicit(std::string_view name) const {
    return std::any_of(
        module_.customs.begin(), module_.customs.end(),
        [&](const CustomSection& custom) { return custom.name == name && !custom.bytes.empty(); });
  }

  // Puts the generated name section in the place of an empty one or else first among the sections
  // at the end.
  void addNames() {
    base::Bytes names = writeNameSection(p_.names);
    if (names.empty()) return;
    base::ByteView bytes = base::asBytes(p_.in.keep(std::string(base::asText(names))));
    for (CustomSection& custom : module_.customs) {
      if (custom.name != kNameSection) continue;
      custom.bytes = bytes;
      return;
    }
    auto last =
        std::find_if(module_.customs.begin(), module_.customs.end(),
                     [](const CustomSection& custom) { return custom.place == kLastPlace; });
    module_.customs.insert(last, {.name = kNameSection, .bytes = bytes, .place = kLastPlace});
  }

  Module module_;
  std::unique_ptr<TextStorage> storage_;
  ParseContext p_;
  CodeParser code_;
};

}  // namespace

base::Result<TextModule> parseModuleFields(std::string fileName, TextCursor& in,
                                           std::string_view name) {
  return ModuleParser(std::move(fileName), in, name).parse();
}

base::Result<TextModule> parseModule(std::string fileName, std::string_view text) {
  if (text.size() > kMaxInputSize) {
    return base::Error{fileName, fmt::format("has {} bytes, at most {} are supported", text.size(),
                                             kMaxInputSize)};
  }
  TextCursor in(text, std::make_shared<StringPool>());
  bool hasHead = in.takeList("module");
  std::string_view name;
  if (hasHead) name = in.takeIdentifier().value_or("");
  base::Result<TextModule> module = parseModuleFields(fileName, in, name);
  TRY(in.status(fileName));
  if (hasHead) in.expectClose();
  if (!in.atEnd()) in.unexpected("the end of the text");
  TRY(in.status(fileName));
  return module;
}

}  // namespace wasm
