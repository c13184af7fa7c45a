#include "loader/image.h"

#include <cstring>

#include "loader/libcalls.h"
#include "loader/verify.h"

// The unwinder's registration of frames that no ELF object of the dynamic linker has.
extern "C" void __register_frame(const void* begin);
extern "C" void __deregister_frame(const void* begin);

namespace loader {
namespace {

using base::Error;
using base::Result;

// What the checks need of a file's address in memory.
constexpr uintptr_t kFileAlignment = 16;

void applyRelocations(const Mapping& mapping, const DynamicTable& table) {
  const uint8_t* entries = mapping.at(table.relocations);
  for (uint64_t at = 0; at < table.relocationsSize; at += sizeof(Elf64_Rela)) {
    auto relocation = base::loadUnaligned<Elf64_Rela>(entries + at);
    auto value = reinterpret_cast<uint64_t>(mapping.at(relocation.r_addend));
    base::storeUnaligned(mapping.at(relocation.r_offset), value);
  }
}

Error named(Error error, const std::string& name) {
  error.where = name;
  return error;
}

}  // namespace

Result<std::shared_ptr<Image>> Image::open(const std::string& path) {
  TRY_ASSIGN(base::MappedFile file, base::MappedFile::open(path));
  return fromFile(std::move(file), path);
}

Result<std::shared_ptr<Image>> Image::fromFile(base::MappedFile file, const std::string& name) {
  auto image = load(file.bytes(), file.descriptor());
  if (!image) return named(std::move(image).error(), name);
  image.value()->file_ = std::move(file);
  return image;
}

Result<std::shared_ptr<Image>> Image::fromMemory(base::ByteView bytes, const std::string& name) {
  bool aligned = reinterpret_cast<uintptr_t>(bytes.data()) % kFileAlignment == 0;
  base::Bytes copy;  // operator new aligns to 16
  if (!aligned) copy.assign(bytes.begin(), bytes.end());
  auto image = load(aligned ? bytes : base::ByteView(copy), -1);
  if (!image) return named(std::move(image).error(), name);
  return image;
}

Result<std::shared_ptr<Image>> Image::load(base::ByteView file, int fd) {
  TRY_ASSIGN(VerifiedArtifact artifact, verifyArtifact(file));
  const ElfHeaders& headers = artifact.headers;
  TRY_ASSIGN(Mapping mapping, Mapping::map(headers, file, fd));
  auto* descriptor = reinterpret_cast<const abi::ModuleDescriptor*>(
      mapping.at(artifact.note.note.descriptorOffset));
  applyRelocations(mapping, artifact.dynamic);
  if (!descriptor->libcalls.isNull())
    std::memcpy(descriptor->libcalls.get(), kLibcalls, sizeof kLibcalls);
  for (const Elf64_Phdr& load : headers.loads)
    if ((load.p_flags & PF_W) != 0) TRY(mapping.seal(load));

  std::shared_ptr<Image> image(new Image(std::move(mapping)));
  image->descriptor_ = descriptor;
  image->memoryImageFileOffset_ = artifact.note.note.imageOffset;
  for (const Elf64_Phdr& load : headers.loads)
    if ((load.p_flags & PF_X) != 0) image->code_ = {image->mapping_.at(load.p_vaddr), load.p_memsz};
  if (artifact.ehFrame != 0) {
    image->ehFrame_ = image->mapping_.at(artifact.ehFrame);
    __register_frame(image->ehFrame_);
  }
  return image;
}

Image::~Image() {
  if (ehFrame_ != nullptr) __deregister_frame(ehFrame_);
}

}  // namespace loader
