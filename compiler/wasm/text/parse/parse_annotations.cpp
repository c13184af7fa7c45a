// The parser of custom sections in the text format (appendix A.6.3 of the specification): `(@custom
// ...)`.
#include <fmt/format.h>

#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/text/parse/parse_fields.h"
#include "runtime/base/utf8.h"

namespace wasm {
namespace {

// The keyword of a section in a placement.
struct SectionForm {
  std::string_view keyword;
  SectionId id;
};
constexpr SectionForm kSectionForms[] = {
    {"type", SectionId::Type},           {"import", SectionId::Import},
    {"func", SectionId::Function},       {"table", SectionId::Table},
    {"memory", SectionId::Memory},       {"tag", SectionId::Tag},
    {"global", SectionId::Global},       {"export", SectionId::Export},
    {"start", SectionId::Start},         {"elem", SectionId::Element},
    {"code", SectionId::Code},           {"data", SectionId::Data},
    {"datacount", SectionId::DataCount},
};

// The default placement.
constexpr uint8_t kLastPlace = placeAfter(SectionId::Data);

// Fails at the current token.
void failCustom(ParseContext& p, std::string_view problem) {
  p.in.fail(p.in.peek().offset, fmt::format("@{} annotation: {}, found {}", kCustomAnnotation,
                                            problem, spelling(p.in.peek())));
}

const SectionForm* takeSection(TextCursor& in) {
  for (const SectionForm& form : kSectionForms) {
    if (in.takeKeyword(form.keyword)) return &form;
  }
  return nullptr;
}

// Parses `(before section)`, `(after section)`, `(before first)` or `(after last)`. Returns the
// CustomSection::place. "Before" a section is the place after the section that precedes it.
uint8_t expectPlace(ParseContext& p) {
  bool isAfter = p.in.takeList("after");
  if (!isAfter && !p.in.takeList("before")) {
    failCustom(p, "malformed placement");
    return 0;
  }
  uint8_t place = 0;
  if (isAfter && p.in.takeKeyword("last")) {
    place = kLastPlace;
  } else if (!isAfter && p.in.takeKeyword("first")) {
    place = 0;
  } else if (const SectionForm* section = takeSection(p.in)) {
    place = placeAfter(section->id) - (isAfter ? 0 : 1);
  } else {
    failCustom(p, "malformed section kind");
  }
  p.in.expectClose();
  return place;
}

}  // namespace

void parseCustomAnnotation(ParseContext& p) {
  CustomSection custom{.offset = p.fieldOffset, .place = kLastPlace};
  p.in.take();
  if (p.in.peek().kind != TokenKind::String) return failCustom(p, "missing section name");
  // expectName() is not used, since errors in annotations have a prefix of their own.
  custom.name = p.in.contents(p.in.peek());
  if (!base::isUtf8(custom.name)) return failCustom(p, "malformed UTF-8 encoding");
  p.in.take();
  if (p.in.peek().kind == TokenKind::LeftParen) custom.place = expectPlace(p);
  custom.bytes = base::asBytes(p.in.takeStrings());
  if (p.in.ok() && !p.in.atClose()) return failCustom(p, "unexpected token");
  p.in.expectClose();
  p.module.customs.push_back(custom);
}

}  // namespace wasm
