#include "compiler/wasm/binary/read_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/limits.h"

namespace wasm {
namespace {

// A standard section: its name for messages and its reader.
struct Section {
  SectionId id;
  std::string_view name;
  void (*read)(Module&, Cursor&);
};

// In the order of kSectionOrder, so that pointers into the table can be compared for the order.
constexpr Section kSections[] = {
    {SectionId::Type, "type", readTypeSection},
    {SectionId::Import, "import", readImportSection},
    {SectionId::Function, "function", readFunctionSection},
    {SectionId::Table, "table", readTableSection},
    {SectionId::Memory, "memory", readMemorySection},
    {SectionId::Tag, "tag", readTagSection},
    {SectionId::Global, "global", readGlobalSection},
    {SectionId::Export, "export", readExportSection},
    {SectionId::Start, "start", readStartSection},
    {SectionId::Element, "element", readElementSection},
    {SectionId::DataCount, "data count", readDataCountSection},
    {SectionId::Code, "code", readCodeSection},
    {SectionId::Data, "data", readDataSection},
};
static_assert(std::equal(std::begin(kSections), std::end(kSections), std::begin(kSectionOrder),
                         std::end(kSectionOrder),
                         [](const Section& row, SectionId id) { return row.id == id; }));
constexpr Section kCustomSection = {SectionId::Custom, "custom", readCustomSection};

const Section* findSection(uint8_t id) {
  for (const Section& section : kSections) {
    if (static_cast<uint8_t>(section.id) == id) return &section;
  }
  return id == 0 ? &kCustomSection : nullptr;
}

// Reads the magic number and the version (section 5.5.17).
void readHeader(Cursor& in) {
  if (in.fixed<uint32_t>("the magic number") != kMagic) {
    in.fail(0, "magic header not detected: not a WebAssembly module");
  }
  uint32_t version = in.fixed<uint32_t>("the version");
  // Components have the same magic number, but a `layer` in the upper half of the version.
  if (version >> 16 == 1) in.fail(4, "is a component, expected a core module");
  if (version != kVersion) in.fail(4, fmt::format("unknown binary version {}", version));
}

// Reads the sections one after the other.
class ModuleReader {
 public:
  explicit ModuleReader(Module& module)
      : module_(module), in_(module.bytes, {0, static_cast<uint32_t>(module.bytes.size())}) {}

  base::Result<void> read() {
    readHeader(in_);
    while (in_.ok() && !in_.atEnd()) TRY(readSection());
    TRY(in_.status(module_.fileName));
    TRY(checkComplete());
    // Hints are checked against the instructions, so they are read after the code section.
    module_.branchHints = readBranchHints(module_);
    return {};
  }

 private:
  // Reads one section (section 5.5.2). Its contents must fill its size exactly. Sections other than
  // custom ones may occur once each, and only in the order of kSections.
  base::Result<void> readSection() {
    uint32_t start = in_.offset();
    const Section* section = findSection(in_.byte());
    if (section == nullptr) return error(start, "malformed section id");
    uint32_t size = in_.u32();
    if (in_.ok() && size > in_.remaining()) {
      return error(start, fmt::format("length out of bounds: {} section of {} bytes, but only {} "
                                      "are left",
                                      section->name, size, in_.remaining()));
    }
    uint32_t begin = in_.offset();
    in_.take(size, "a section");
    if (!in_.ok()) return {};
    if (section != &kCustomSection) {
      if (last_ != nullptr && section <= last_) {
        return error(start, fmt::format("unexpected content: {} section after {} section",
                                        section->name, last_->name));
      }
      last_ = section;
    }
    TRY(readContents(*section, {begin, begin + size}));
    // The place remains 0 before the first standard section.
    if (section == &kCustomSection && last_ != nullptr) {
      module_.customs.back().place = placeAfter(last_->id);
    }
    return {};
  }

  // Reads the contents with a cursor that ends with the section, so that a malformed section cannot
  // be read from the bytes of the next one.
  base::Result<void> readContents(const Section& section, CodeRange range) {
    Cursor in(module_.bytes, range);
    section.read(module_, in);
    if (in.ok() && !in.atEnd()) {
      in.fail(in.offset(), fmt::format("section size mismatch: {} bytes left in {} section",
                                       in.remaining(), section.name));
    }
    return in.status(module_.fileName);
  }

  // Checks the conditions on several sections (section 5.5.17): each function has a body, and the
  // data count is that of the data section. Without a code section no function has a body.
  base::Result<void> checkComplete() const {
    for (size_t i = module_.importedFunctions; i < module_.functions.size(); ++i) {
      if (module_.functions[i].body.empty()) {
        return error(in_.offset(), "function and code section have inconsistent lengths");
      }
    }
    if (module_.dataCount && *module_.dataCount != module_.data.size()) {
      return error(in_.offset(), "data count and data section have inconsistent lengths");
    }
    return {};
  }

  base::Error error(uint32_t offset, std::string message) const {
    return errorAt(module_.fileName, offset, std::move(message));
  }

  Module& module_;
  Cursor in_;
  const Section* last_ = nullptr;
};

}  // namespace

base::Result<Module> readModule(std::string fileName, base::ByteView bytes) {
  Module module;
  module.fileName = std::move(fileName);
  module.bytes = bytes;
  if (bytes.size() > kMaxInputSize) {
    return base::Error{module.fileName, fmt::format("has {} bytes, at most {} are supported",
                                                    bytes.size(), kMaxInputSize)};
  }
  TRY(ModuleReader(module).read());
  return module;
}

}  // namespace wasm
