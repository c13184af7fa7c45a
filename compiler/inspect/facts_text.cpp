#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "compiler/inspect/artifact_facts.h"
#include "runtime/base/utf8.h"

namespace inspect {
namespace {

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

std::string sourceText(const abi::Provenance& provenance) {
  std::string text;
  for (uint8_t byte : provenance.sourceId) text += fmt::format("{:02x}", byte);
  return text;
}

std::string versionText(const abi::Provenance& provenance) {
  return fmt::format("{}", fmt::join(provenance.version, "."));
}

std::string abiText(const ArtifactFacts& facts) {
  std::string format =
      facts.formatVersion == 0 ? "" : fmt::format(", format {}", facts.formatVersion);
  return fmt::format("{} ({:016x}){}", facts.provenance.abiVersion, facts.abiHash, format);
}

std::string signatureText(const SignatureFacts& signature) {
  return fmt::format("{}, {}{}", signature.key, signature.isValid ? "valid" : "not of this content",
                     signature.isByKnown ? ", by a given key" : "");
}

}  // namespace

std::string toText(const ArtifactFacts& facts) {
  std::vector<std::string> sections;
  for (const Section& section : facts.sections) {
    if (!section.name.empty()) {
      sections.push_back(fmt::format("{:<22}{:>10}", section.name, section.size));
    }
  }
  std::string text = line("file", fmt::format("{}, {} bytes", facts.file, facts.fileSize));
  text += line("kind", facts.kind);
  text += line("module", facts.moduleName);
  text += line("source", fmt::format("SHA-256 {}", sourceText(facts.provenance)));
  text += line("compiler", fmt::format("wasm2obj {}", versionText(facts.provenance)));
  text += line("machine", facts.machine);
  for (const CpuFacts& cpu : facts.cpus) {
    text += line("CPU", fmt::format("{}: {}", cpu.name, fmt::join(cpu.features, " ")));
  }
  text += line("ABI", abiText(facts));
  if (facts.signatures.empty() && facts.kind == "artifact") text += line("signature", "none");
  for (const SignatureFacts& signature : facts.signatures) {
    text += line("signature", signatureText(signature));
  }
  text += line("functions", fmt::format("{}, {} bytes of code{}", facts.functions, facts.codeBytes,
                                        facts.hasStart ? ", one of them runs at the start" : ""));
  if (facts.imageBytes != 0) text += line("image", fmt::format("{} bytes", facts.imageBytes));
  if (facts.countsFuel) text += line("fuel", "counted");
  text += list("memories", facts.memories) + list("tables", facts.tables);
  text += list("imports", rowsOf(facts.imports, true));
  text += list("exports", rowsOf(facts.exports, false));
  return text + list("sections (bytes)", sections);
}

std::string toJson(const ArtifactFacts& facts) {
  using Json = nlohmann::ordered_json;
  Json imports = Json::array(), exports = Json::array(), sections = Json::array();
  Json signatures = Json::array(), cpus = Json::array();
  for (const CpuFacts& cpu : facts.cpus) {
    cpus.push_back({{"name", cpu.name}, {"features", cpu.features}});
  }
  for (const Item& item : facts.imports) {
    imports.push_back({{"module", item.module}, {"name", item.name}, {"type", item.type}});
  }
  for (const Item& item : facts.exports) {
    exports.push_back({{"name", item.name}, {"type", item.type}});
  }
  for (const Section& section : facts.sections) {
    sections.push_back({{"name", section.name}, {"size", section.size}});
  }
  for (const SignatureFacts& signature : facts.signatures) {
    signatures.push_back({{"key", signature.key},
                          {"is_valid", signature.isValid},
                          {"is_by_given_key", signature.isByKnown}});
  }
  Json json = {{"file", facts.file},
               {"size", facts.fileSize},
               {"kind", facts.kind},
               {"module", facts.moduleName},
               {"source_sha256", sourceText(facts.provenance)},
               {"compiler_version", versionText(facts.provenance)},
               {"machine", facts.machine},
               {"cpus", std::move(cpus)},
               {"abi", fmt::format("{:016x}", facts.abiHash)},
               {"abi_version", facts.provenance.abiVersion},
               {"format", facts.formatVersion},
               {"signatures", std::move(signatures)},
               {"functions", facts.functions},
               {"code_size", facts.codeBytes},
               {"image_size", facts.imageBytes},
               {"has_start", facts.hasStart},
               {"counts_fuel", facts.countsFuel},
               {"memories", facts.memories},
               {"tables", facts.tables},
               {"imports", std::move(imports)},
               {"exports", std::move(exports)},
               {"sections", std::move(sections)}};
  // A path may be no UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace inspect
