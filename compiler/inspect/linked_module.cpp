#include "compiler/inspect/linked_module.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELFObjectFile.h>

#include <optional>

#include "loader/verify/verify_descriptor.h"
#include "runtime/abi/abi_hash.h"

namespace inspect {
namespace {

using base::Error;
using base::Result;

// Returns the contents of a section, or nothing if there is none of this name.
Result<std::optional<base::Bytes>> contentsOf(const llvm::object::ObjectFile& file,
                                              std::string_view wanted) {
  for (const llvm::object::SectionRef& section : file.sections()) {
    auto name = section.getName();
    if (!name) return Error{"", llvm::toString(name.takeError())};
    if (*name != llvm::StringRef(wanted)) continue;
    auto contents = section.getContents();
    if (!contents) return Error{"", llvm::toString(contents.takeError())};
    return std::optional(base::Bytes(contents->bytes_begin(), contents->bytes_end()));
  }
  return std::optional<base::Bytes>();
}

// A note as code generation emits it, without its contents: Elf64_Nhdr and the padded name.
struct NoteHeader {
  uint32_t nameSize;
  uint32_t contentSize;
  uint32_t type;
  char name[12];
};

// Returns the contents of the note at the start of `rest`, and removes it, or nothing if it is of
// another type.
template <class T>
std::optional<T> takeNote(base::ByteView& rest, uint32_t type) {
  if (rest.size() < sizeof(NoteHeader) + sizeof(T)) return std::nullopt;
  auto header = base::loadUnaligned<NoteHeader>(rest.data());
  std::string_view name(header.name, sizeof abi::kNoteName);
  if (header.nameSize != name.size() || header.contentSize != sizeof(T) || header.type != type ||
      name != std::string_view(abi::kNoteName, sizeof abi::kNoteName))
    return std::nullopt;
  auto content = base::loadUnaligned<T>(rest.data() + sizeof header);
  rest = rest.subspan(sizeof header + sizeof(T));
  return content;
}

// Reads the notes of the module: one of it, and one for each further variant of its code.
Result<void> readNotes(base::ByteView section, LinkedModule& module) {
  size_t modules = 0;
  while (auto note = takeNote<abi::LinkedNote>(section, abi::kLinkedNoteType)) {
    ++modules;
    module.note = *note;
    module.cpus.push_back(note->cpu);
    while (auto variant = takeNote<abi::VariantNote>(section, abi::kVariantNoteType))
      module.cpus.push_back(variant->cpu);
  }
  if (!section.empty())
    return Error{"", fmt::format("damaged note: {} bytes are not those of an object file's",
                                 section.size())};
  if (modules == 1) return {};
  return Error{
      "", fmt::format("has {} modules; inspect the object files that it was linked from", modules)};
}

}  // namespace

Result<LinkedModule> findLinkedModule(const llvm::object::ObjectFile& file) {
  TRY_ASSIGN(auto noteSection, contentsOf(file, ".note.wasm2obj"));
  TRY_ASSIGN(auto descriptor, contentsOf(file, ".wasm2obj.descriptor"));
  bool isX86 = file.getArch() == llvm::Triple::x86_64;
  if (!noteSection || !descriptor || (!isX86 && file.getArch() != llvm::Triple::aarch64))
    return Error{"", "is an ELF file without a module that wasm2obj compiled"};
  LinkedModule module{.arch = isX86 ? abi::Arch::X86_64 : abi::Arch::AArch64,
                      .section = std::move(*descriptor)};
  TRY(readNotes(*noteSection, module));
  const abi::Provenance& provenance = module.note.provenance;
  if (module.note.abiHash != abi::kAbiHash)
    return Error{"", fmt::format("was compiled by wasm2obj {} for ABI {} ({:016x}), this one has "
                                 "ABI {} ({:016x}): use that version to inspect it",
                                 fmt::join(provenance.version, "."), provenance.abiVersion,
                                 module.note.abiHash, abi::kAbiVersion, abi::kAbiHash)};
  TRY(loader::verifyLinkedDescriptor(module.section, module.arch));
  return module;
}

}  // namespace inspect
