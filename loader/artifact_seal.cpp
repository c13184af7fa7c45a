#include "loader/artifact_seal.h"

#include <algorithm>

#include "loader/elf/artifact_note.h"
#include "loader/elf/dynamic_table.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

// The range of the descriptor's memory image in the file, in bytes; empty if there is none.
struct ImageRange {
  uint64_t offset = 0;
  uint64_t size = 0;
};

template <class T>
Result<T> readAt(base::ByteView file, const ElfHeaders& headers, uint64_t address) {
  const Elf64_Phdr* load = headers.loadOf(address, sizeof(T));
  if (load == nullptr) return Error{"", "the descriptor reaches outside the loaded segments"};
  return base::loadUnaligned<T>(file.data() + load->p_offset + (address - load->p_vaddr));
}

// Reads the descriptor in the file. The linker's output is not verified yet, so every reference is
// checked to lie in a loaded segment.
Result<ImageRange> findImage(base::ByteView file, const ElfHeaders& headers, uint64_t descriptor) {
  TRY_ASSIGN(auto module, readAt<abi::ModuleDescriptor>(file, headers, descriptor));
  ImageRange image;
  uint64_t memories = descriptor + offsetof(abi::ModuleDescriptor, memories);
  for (uint32_t i = 0; i < module.memories.count; ++i) {
    uint64_t at =
        memories + static_cast<int64_t>(module.memories.data.delta) + i * sizeof(abi::Memory);
    TRY_ASSIGN(auto memory, readAt<abi::Memory>(file, headers, at));
    if (!inRange(memory.imageOffset, memory.imageSize, file.size()))
      return Error{"", "the descriptor's memory image is larger than the file"};
    if (memory.imageSize != 0)
      image.size = std::max(image.size, memory.imageOffset + memory.imageSize);
  }
  if (image.size == 0) return image;
  uint64_t address = descriptor + offsetof(abi::ModuleDescriptor, memoryImage) +
                     static_cast<int64_t>(module.memoryImage.delta);
  const Elf64_Phdr* load = headers.loadOf(address, image.size);
  if (load == nullptr) return Error{"", "the memory image lies outside the loaded segments"};
  image.offset = load->p_offset + (address - load->p_vaddr);
  return image;
}

}  // namespace

Result<void> sealArtifact(std::span<uint8_t> file) {
  TRY_ASSIGN(ElfHeaders headers, readElfHeaders(file));
  TRY_ASSIGN(LocatedNote located, findNote(file, headers));
  TRY_ASSIGN(uint64_t descriptor, findDescriptor(file, headers));
  if (descriptor > UINT32_MAX) return Error{"", "the descriptor lies beyond 4 GiB"};
  TRY_ASSIGN(ImageRange image, findImage(file, headers, descriptor));
  abi::ArtifactNote& note = located.note;
  note.descriptorOffset = static_cast<uint32_t>(descriptor);
  note.coveredSize = headers.loadedFileEnd();
  note.fileSize = file.size();
  note.imageOffset = image.offset;
  note.imageSize = image.size;
  base::storeUnaligned(file.data() + located.offset, note);
  // The checksum covers the other members of the note in the file.
  note.checksum = computeChecksum(file, headers, located);
  base::storeUnaligned(file.data() + located.offset, note);
  return {};
}

}  // namespace loader
