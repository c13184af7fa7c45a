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

// The note as code generation emits it: Elf64_Nhdr, the padded name, the content.
struct Note {
  uint32_t nameSize;
  uint32_t contentSize;
  uint32_t type;
  char name[12];
  abi::LinkedNote content;
};
static_assert(sizeof(Note) == 24 + sizeof(abi::LinkedNote));

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

Result<abi::LinkedNote> readNote(const base::Bytes& section) {
  if (section.size() > sizeof(Note) && section.size() % sizeof(Note) == 0)
    return Error{"", fmt::format("has {} modules; inspect the object files that it was linked from",
                                 section.size() / sizeof(Note))};
  if (section.size() != sizeof(Note))
    return Error{"", fmt::format("damaged note: it has {} bytes, expected {}", section.size(),
                                 sizeof(Note))};
  auto note = base::loadUnaligned<Note>(section.data());
  if (note.nameSize != sizeof abi::kNoteName || note.contentSize != sizeof note.content ||
      note.type != abi::kLinkedNoteType ||
      std::string_view(note.name, sizeof abi::kNoteName) !=
          std::string_view(abi::kNoteName, sizeof abi::kNoteName))
    return Error{"", "damaged note: its header is not that of an object file's"};
  return note.content;
}

}  // namespace

Result<LinkedModule> findLinkedModule(const llvm::object::ObjectFile& file) {
  TRY_ASSIGN(auto noteSection, contentsOf(file, ".note.wasm2obj"));
  TRY_ASSIGN(auto descriptor, contentsOf(file, ".wasm2obj.descriptor"));
  bool isX86 = file.getArch() == llvm::Triple::x86_64;
  if (!noteSection || !descriptor || (!isX86 && file.getArch() != llvm::Triple::aarch64))
    return Error{"", "is an ELF file without a module that wasm2obj compiled"};
  LinkedModule module{isX86 ? abi::Arch::X86_64 : abi::Arch::AArch64, {}, std::move(*descriptor)};
  TRY_ASSIGN(module.note, readNote(*noteSection));
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
