#include "compiler/wasm/text/print/print_custom.h"

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/sections.h"

namespace wasm {
namespace {

// The placements, by CustomSection::place. The last one is the default. The specification's grammar
// has none next to the tag section, so the place after that is named after its other neighbor.
constexpr std::string_view kPlaces[] = {
    "(before type)",   "(after type)",
    "(after import)",  "(after func)",
    "(after table)",   "(after memory)",
    "(before global)", "(after global)",
    "(after export)",  "(after start)",
    "(after elem)",    "(before code)",
    "(after code)",    "",
};
constexpr uint8_t kLastPlace = std::size(kPlaces) - 1;
static_assert(kLastPlace == std::size(kSectionOrder));

// Returns whether the module has contents for the section. A data count section that no instruction
// needs counts as present, although writeModule() omits it: then a placement is printed that has no
// effect.
bool isPresent(const Module& module, SectionId id) {
  switch (id) {
    case SectionId::Custom:
      return false;
    case SectionId::Type:
      return !module.types.empty();
    case SectionId::Import:
      return !module.imports.empty();
    case SectionId::Function:
    case SectionId::Code:
      return module.functions.size() > module.importedFunctions;
    case SectionId::Table:
      return module.tables.size() > module.importedTables;
    case SectionId::Memory:
      return module.memories.size() > module.importedMemories;
    case SectionId::Tag:
      return module.tags.size() > module.importedTags;
    case SectionId::Global:
      return module.globals.size() > module.importedGlobals;
    case SectionId::Export:
      return !module.exports.empty();
    case SectionId::Start:
      return module.start.has_value();
    case SectionId::Element:
      return !module.elements.empty();
    case SectionId::DataCount:
      return module.dataCount.has_value();
    case SectionId::Data:
      return !module.data.empty();
  }
  return false;
}

// Returns the largest place that is equivalent to this one, because the sections in between are
// absent.
uint8_t lastEqualPlace(const Module& module, uint8_t place) {
  while (place < kLastPlace && !isPresent(module, kSectionOrder[place])) ++place;
  return place;
}

// Prints each section with its bytes, without them as a placeholder for a generated section, or not
// at all if the generated section gets its position anyway.
class CustomPrinter {
 public:
  explicit CustomPrinter(Printing& to) : to_(to), customs_(to.module.customs) {}

  void print() {
    for (size_t i = 0; i < customs_.size(); ++i) {
      if (isNames(i) && to_.names.sayAll()) {
        if (!isFirstAtEnd(i) || customs_[i].bytes.empty()) printSection(i, false);
      } else if (isHints(i)) {
        if (!isLastBeforeCode(i)) printSection(i, false);
      } else {
        printSection(i, true);
      }
    }
  }

 private:
  // Return whether a section is generated from identifiers or from branch hints when the text is
  // parsed.
  bool isNames(size_t i) const { return customs_[i].name == kNameSection; }
  bool isHints(size_t i) const {
    return customs_[i].name == kBranchHintSection && !to_.module.branchHints.empty();
  }
  uint8_t place(size_t i) const { return lastEqualPlace(to_.module, customs_[i].place); }

  // Returns whether the parser would insert the generated name section at the position of this one.
  bool isFirstAtEnd(size_t i) const {
    return place(i) == kLastPlace && (i == 0 || place(i - 1) != kLastPlace);
  }
  // Returns whether writeModule() would insert generated branch hints at the position of this
  // section.
  bool isLastBeforeCode(size_t i) const {
    constexpr uint8_t kAfterCode = placeAfter(SectionId::Code);
    return place(i) == kAfterCode - 1 &&
           (i + 1 == customs_.size() || customs_[i + 1].place >= kAfterCode);
  }

  // Prints a section. One without bytes is a placeholder that determines the position of the
  // generated section.
  void printSection(size_t i, bool hasBytes) {
    to_.out.newLine(1);
    to_.out.add("(@custom ");
    to_.out.name(customs_[i].name);
    if (place(i) != kLastPlace) {
      to_.out.add(' ');
      to_.out.add(kPlaces[customs_[i].place]);
    }
    if (hasBytes) {
      to_.out.add(' ');
      to_.out.bytes(base::asText(customs_[i].bytes));
    }
    to_.out.add(')');
  }

  Printing& to_;
  const std::vector<CustomSection>& customs_;
};

}  // namespace

void printCustomSections(Printing& to) { CustomPrinter(to).print(); }

}  // namespace wasm
