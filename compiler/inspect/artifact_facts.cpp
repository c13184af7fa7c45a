#include "compiler/inspect/artifact_facts.h"

#include <fmt/format.h>
#include <llvm/Object/ELFObjectFile.h>

#include <nlohmann/json.hpp>

#include "compiler/inspect/type_text.h"
#include "loader/verify/verify.h"
#include "runtime/base/file_content.h"
#include "runtime/base/utf8.h"

namespace inspect {
namespace {

using base::Error;
using base::Result;

std::string copyOf(const abi::String& text) {
  return text.count == 0 ? "" : std::string(text.begin(), text.count);
}

std::vector<std::string> featureNames(const abi::ArtifactNote& note) {
  std::vector<std::string> names;
  for (const abi::CpuFeature& feature : abi::kCpuFeatures) {
    bool isUsed = (note.cpuFeatures[feature.bit / 64] >> feature.bit % 64 & 1) != 0;
    if (feature.arch == note.arch && isUsed) names.emplace_back(feature.name);
  }
  return names;
}

Result<std::vector<Section>> sectionsOf(base::ByteView file) {
  llvm::StringRef bytes(reinterpret_cast<const char*>(file.data()), file.size());
  auto object = llvm::object::ObjectFile::createELFObjectFile({bytes, "artifact"});
  if (!object) return Error{"", llvm::toString(object.takeError())};
  std::vector<Section> sections;
  for (const llvm::object::SectionRef& section : (*object)->sections()) {
    auto name = section.getName();
    if (!name) return Error{"", llvm::toString(name.takeError())};
    sections.push_back({name->str(), section.getSize()});
  }
  return sections;
}

void addModule(ArtifactFacts& facts, const abi::ModuleDescriptor& module) {
  facts.moduleName = copyOf(module.moduleName);
  facts.functions = module.functions.count;
  for (const abi::Function& function : module.functions) facts.codeBytes += function.codeSize;
  for (const abi::Memory& memory : module.memories) {
    facts.memories.push_back(memoryText(memory.type));
    facts.imageBytes += memory.imageSize;
  }
  for (const abi::Table& table : module.tables) facts.tables.push_back(tableText(table.type));
  facts.hasStart = module.startFunction != abi::kNoFunction;
  for (const abi::Import& import : module.imports) {
    facts.imports.push_back(
        {copyOf(import.module), copyOf(import.name), importText(module, import)});
  }
  for (const abi::Export& entry : module.exports) {
    facts.exports.push_back({"", copyOf(entry.name), exportText(module, entry)});
  }
}

// Returns a line of the text, if the value is not empty.
std::string line(const char* name, const std::string& value) {
  return value.empty() ? "" : fmt::format("{:<12}{}\n", name, base::printable(value));
}

std::string list(const char* title, const std::vector<std::string>& rows) {
  if (rows.empty()) return "";
  std::string text = fmt::format("{}\n", title);
  for (const std::string& row : rows) text += fmt::format("  {}\n", base::printable(row));
  return text;
}

std::vector<std::string> rowsOf(const std::vector<Item>& items, bool hasModule) {
  std::vector<std::string> rows;
  for (const Item& item : items) {
    std::string name = hasModule ? fmt::format("{}.{}", item.module, item.name) : item.name;
    rows.push_back(fmt::format("{}: {}", name, item.type));
  }
  return rows;
}

}  // namespace

Result<ArtifactFacts> inspectArtifact(const std::string& path) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::readRegular(path));
  auto artifact = loader::verifyArtifact(content.bytes(), loader::Host::Any);
  if (!artifact) return Error{path, artifact.error().message};
  const abi::ArtifactNote& note = artifact->note.note;
  ArtifactFacts facts;
  facts.file = path;
  facts.fileSize = note.fileSize;
  facts.machine = abi::archName(note.arch);
  facts.cpuFeatures = featureNames(note);
  facts.abiHash = note.abiHash;
  facts.formatVersion = note.formatVersion;
  // The address of each segment is its offset in the file.
  const uint8_t* descriptor = content.bytes().data() + note.descriptorOffset;
  addModule(facts, *reinterpret_cast<const abi::ModuleDescriptor*>(descriptor));
  TRY_ASSIGN(facts.sections, sectionsOf(content.bytes()));
  return facts;
}

std::string toText(const ArtifactFacts& facts) {
  std::vector<std::string> sections;
  for (const Section& section : facts.sections) {
    if (!section.name.empty()) {
      sections.push_back(fmt::format("{:<22}{:>10}", section.name, section.size));
    }
  }
  std::string text = line("file", fmt::format("{}, {} bytes", facts.file, facts.fileSize));
  text += line("module", facts.moduleName);
  text += line("machine", facts.machine);
  text += line("CPU", fmt::format("{}", fmt::join(facts.cpuFeatures, " ")));
  text += line("ABI", fmt::format("{:016x}, format {}", facts.abiHash, facts.formatVersion));
  text += line("functions", fmt::format("{}, {} bytes of code{}", facts.functions, facts.codeBytes,
                                        facts.hasStart ? ", one of them runs at the start" : ""));
  if (facts.imageBytes != 0) text += line("image", fmt::format("{} bytes", facts.imageBytes));
  text += list("memories", facts.memories) + list("tables", facts.tables);
  text += list("imports", rowsOf(facts.imports, true));
  text += list("exports", rowsOf(facts.exports, false));
  return text + list("sections (bytes)", sections);
}

std::string toJson(const ArtifactFacts& facts) {
  using Json = nlohmann::ordered_json;
  Json imports = Json::array(), exports = Json::array(), sections = Json::array();
  for (const Item& item : facts.imports) {
    imports.push_back({{"module", item.module}, {"name", item.name}, {"type", item.type}});
  }
  for (const Item& item : facts.exports) {
    exports.push_back({{"name", item.name}, {"type", item.type}});
  }
  for (const Section& section : facts.sections) {
    sections.push_back({{"name", section.name}, {"size", section.size}});
  }
  Json json = {{"file", facts.file},
               {"size", facts.fileSize},
               {"module", facts.moduleName},
               {"machine", facts.machine},
               {"cpu_features", facts.cpuFeatures},
               {"abi", fmt::format("{:016x}", facts.abiHash)},
               {"format", facts.formatVersion},
               {"functions", facts.functions},
               {"code_size", facts.codeBytes},
               {"image_size", facts.imageBytes},
               {"has_start", facts.hasStart},
               {"memories", facts.memories},
               {"tables", facts.tables},
               {"imports", std::move(imports)},
               {"exports", std::move(exports)},
               {"sections", std::move(sections)}};
  // A path may be no UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace inspect
