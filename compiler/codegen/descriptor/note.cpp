#include "compiler/codegen/descriptor/note.h"

#include <algorithm>

#include "compiler/codegen/descriptor/constant_data.h"
#include "runtime/abi/abi_hash.h"

namespace codegen {
namespace {

// What precedes the contents of a note as the ELF gABI defines it: Elf64_Nhdr, and the name padded
// to a multiple of 4.
struct NoteHeader {
  uint32_t nameSize;
  uint32_t contentSize;
  uint32_t type;
  char name[12];
};
static_assert(sizeof abi::kNoteName > 8 && sizeof abi::kNoteName <= sizeof NoteHeader::name);
static_assert(sizeof(NoteHeader) == 24);

// Places a note in an empty blob. Returns the offset of its contents.
template <class T>
uint32_t placeNote(Blob& blob, uint32_t type, const T& note) {
  NoteHeader header{sizeof abi::kNoteName, sizeof note, type, {}};
  std::memcpy(header.name, abi::kNoteName, sizeof abi::kNoteName);
  blob.write(blob.place<NoteHeader>(1), header);
  uint32_t content = blob.place<T>(1);
  CHECK(content == sizeof header);
  blob.write(content, note);
  return content;
}

abi::Provenance provenanceOf(const ModuleBuilder& module) {
  abi::Provenance provenance = module.options().provenance;
  provenance.abiVersion = abi::kAbiVersion;
  return provenance;
}

abi::CpuNeeds cpuNeeds(const Target& target) {
  abi::CpuNeeds needs{{target.cpuFeatureBits()[0], target.cpuFeatureBits()[1]}, {}};
  size_t size = std::min(target.cpu().size(), sizeof needs.name - 1);
  std::memcpy(needs.name, target.cpu().data(), size);
  return needs;
}

// The members that depend on the linked file (offsets, sizes, checksum) are zero until the file is
// sealed (loader/artifact_seal.h).
abi::ArtifactNote artifactNote(const ModuleBuilder& module) {
  abi::ArtifactNote note{};
  note.abiHash = abi::kAbiHash;
  note.arch = module.target().arch();
  note.formatVersion = abi::kFormatVersion;
  note.cpu = cpuNeeds(module.target());
  note.provenance = provenanceOf(module);
  return note;
}

}  // namespace

void emitNote(ModuleBuilder& module, llvm::GlobalVariable* descriptor) {
  const Options& options = module.options();
  Blob blob;
  if (options.isFurtherVariant) {
    uint32_t at =
        placeNote(blob, abi::kVariantNoteType, abi::VariantNote{cpuNeeds(module.target()), {0}, 0});
    blob.addFixup(at + offsetof(abi::VariantNote, descriptor), descriptor);
  } else if (options.isLinked()) {
    placeNote(blob, abi::kLinkedNoteType,
              abi::LinkedNote{abi::kAbiHash, cpuNeeds(module.target()), provenanceOf(module)});
  } else {
    placeNote(blob, abi::kNoteType, artifactNote(module));
  }
  constexpr uint64_t kAlignment = 4;  // of notes (ELF gABI, "Note Section")
  defineBlob(module.module(), blob, {"wasm2obj.note", ".note.wasm2obj", kAlignment});
}

}  // namespace codegen
