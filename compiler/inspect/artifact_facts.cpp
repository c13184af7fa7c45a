#include "compiler/inspect/artifact_facts.h"

#include <llvm/Object/ELFObjectFile.h>

#include <algorithm>

#include "compiler/inspect/linked_module.h"
#include "compiler/inspect/type_text.h"
#include "loader/signature/signed_file.h"
#include "loader/verify/verify.h"
#include "runtime/base/file_content.h"

namespace inspect {
namespace {

using base::Error;
using base::Result;
using llvm::object::ELFObjectFileBase;

std::string copyOf(const abi::String& text) {
  return text.count == 0 ? "" : std::string(text.begin(), text.count);
}

std::vector<std::string> featureNames(abi::Arch arch, const uint64_t (&bits)[2]) {
  std::vector<std::string> names;
  for (const abi::CpuFeature& feature : abi::kCpuFeatures) {
    bool isUsed = (bits[feature.bit / 64] >> feature.bit % 64 & 1) != 0;
    if (feature.arch == arch && isUsed) names.emplace_back(feature.name);
  }
  return names;
}

CpuFacts cpuFacts(abi::Arch arch, const abi::CpuNeeds& cpu) {
  return {loader::cpuName(cpu), featureNames(arch, cpu.features)};
}

Result<std::vector<Section>> sectionsOf(const ELFObjectFileBase& file) {
  std::vector<Section> sections;
  for (const llvm::object::SectionRef& section : file.sections()) {
    auto name = section.getName();
    if (!name) return Error{"", llvm::toString(name.takeError())};
    sections.push_back({name->str(), section.getSize()});
  }
  return sections;
}

void addModule(ArtifactFacts& facts, const abi::ModuleDescriptor& module) {
  facts.machine = abi::archName(module.arch);
  facts.abiHash = module.abiHash;
  facts.moduleName = copyOf(module.moduleName);
  facts.functions = module.functions.count;
  for (const abi::Function& function : module.functions) facts.codeBytes += function.codeSize;
  for (const abi::Memory& memory : module.memories) {
    facts.memories.push_back(memoryText(memory.type));
    facts.imageBytes += memory.imageSize;
  }
  for (const abi::Table& table : module.tables) facts.tables.push_back(tableText(table.type));
  facts.hasStart = module.startFunction != abi::kNoFunction;
  facts.countsFuel = (module.flags & abi::kCountsFuel) != 0;
  for (const abi::Import& import : module.imports) {
    facts.imports.push_back(
        {copyOf(import.module), copyOf(import.name), importText(module, import)});
  }
  for (const abi::Export& entry : module.exports) {
    facts.exports.push_back({"", copyOf(entry.name), exportText(module, entry)});
  }
}

void addSignatures(ArtifactFacts& facts, const loader::SignedFile& file,
                   std::span<const loader::PublicKey> keys) {
  for (const loader::KeySignature& entry : file.signatures) {
    facts.signatures.push_back(
        {.key = loader::hexText(entry.key),
         .isValid = loader::isSigned(entry.key, file.content, entry.signature),
         .isByKnown = std::ranges::find(keys, entry.key) != keys.end()});
  }
}

// Adds the facts of an artifact, which must be without its signatures.
Result<void> addArtifact(ArtifactFacts& facts, base::ByteView file) {
  TRY_ASSIGN(auto artifact, loader::verifyArtifact(file, loader::Host::Any));
  const abi::ArtifactNote& note = artifact.note.note;
  facts.kind = "artifact";
  facts.formatVersion = note.formatVersion;
  facts.provenance = note.provenance;
  // The address of each segment is its offset in the file.
  const uint8_t* descriptor = file.data() + note.descriptorOffset;
  for (const loader::Variant& variant : artifact.variants) {
    facts.cpus.push_back(cpuFacts(note.arch, variant.cpu));
  }
  addModule(facts, *reinterpret_cast<const abi::ModuleDescriptor*>(descriptor));
  return {};
}

Result<void> addLinked(ArtifactFacts& facts, const ELFObjectFileBase& file) {
  TRY_ASSIGN(LinkedModule module, findLinkedModule(file));
  facts.kind = file.isRelocatableObject() ? "object" : "executable";
  facts.provenance = module.note.provenance;
  for (const abi::CpuNeeds& cpu : module.cpus) facts.cpus.push_back(cpuFacts(module.arch, cpu));
  addModule(facts, module.descriptor());
  return {};
}

// Returns whether the file is a program or an object file, as opposed to an artifact. An artifact
// has no address to start at. A file that is no ELF file is judged by the loader's verification.
bool isLinkable(const ELFObjectFileBase& file) {
  if (file.isRelocatableObject()) return true;
  auto start = file.getStartAddress();
  if (!start) llvm::consumeError(start.takeError());
  return start && *start != 0;
}

Result<void> addFile(ArtifactFacts& facts, base::ByteView file,
                     std::span<const loader::PublicKey> keys) {
  TRY_ASSIGN(loader::SignedFile parts, loader::SignedFile::split(file));
  addSignatures(facts, parts, keys);
  llvm::StringRef bytes(reinterpret_cast<const char*>(parts.content.data()), parts.content.size());
  auto object = llvm::object::ObjectFile::createELFObjectFile({bytes, "file"});
  const auto* elf = object ? llvm::cast<ELFObjectFileBase>(object->get()) : nullptr;
  if (!object) llvm::consumeError(object.takeError());
  if (elf != nullptr && isLinkable(*elf)) {
    TRY(addLinked(facts, *elf));
  } else {
    TRY(addArtifact(facts, parts.content));
  }
  if (elf == nullptr) return Error{"", "is a damaged ELF file"};
  TRY_ASSIGN(facts.sections, sectionsOf(*elf));
  return {};
}

}  // namespace

Result<ArtifactFacts> inspectFile(const std::string& path,
                                  std::span<const loader::PublicKey> keys) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::readRegular(path));
  ArtifactFacts facts;
  facts.file = path;
  facts.fileSize = content.bytes().size();
  auto added = addFile(facts, content.bytes(), keys);
  if (!added) return Error{path, added.error().message};
  return facts;
}

bool isSignedByKnown(const ArtifactFacts& facts) {
  return std::ranges::any_of(facts.signatures, [](const SignatureFacts& signature) {
    return signature.isByKnown && signature.isValid;
  });
}

}  // namespace inspect
