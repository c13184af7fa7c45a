#include "loader/image.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "loader/host/libcalls.h"
#include "loader/signature/signed_file.h"
#include "runtime/base/memory_file.h"
#include "runtime/base/system_page.h"

// Functions of the unwinder (libgcc) to register the unwind tables of code that the dynamic linker
// has not loaded. `begin` is an .eh_frame section, which ends with a zero length.
extern "C" void __register_frame(const void* begin);
extern "C" void __deregister_frame(const void* begin);

namespace loader {
namespace {

using base::Error;
using base::Result;

Error systemError(const char* what) {
  return Error{"", fmt::format("cannot {}: {}", what, std::strerror(errno))};
}

// Verifies a file, which may be signed and must be if there are `keys`. The signature is first, so
// that no other code reads what nobody has signed.
Result<VerifiedArtifact> verifyFile(base::ByteView file, std::span<const PublicKey> keys) {
  TRY_ASSIGN(SignedFile parts, SignedFile::split(file));
  if (!keys.empty()) TRY(parts.check(keys));
  return verifyArtifact(parts.content);
}

// Makes pages executable. A process may be forbidden to do so with memory that was writable (by
// SELinux, or MemoryDenyWriteExecute of systemd). Then the pages are replaced by a mapping of a
// file with the same content.
bool makeExecutable(uint8_t* begin, size_t size) {
  if (::mprotect(begin, size, PROT_READ | PROT_EXEC) == 0) return true;
  if (errno != EACCES && errno != EPERM) return false;
  auto file = base::MemoryFile::create("code", {begin, size});
  return file.ok() && ::mmap(begin, size, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED,
                             file->descriptor(), 0) != MAP_FAILED;
}

}  // namespace

Result<std::shared_ptr<Image>> Image::open(const std::string& path,
                                           std::span<const PublicKey> keys) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::readRegular(path));
  return fromContent(std::move(content), path, keys);
}

Result<std::shared_ptr<Image>> Image::fromMemory(base::ByteView bytes, const std::string& name,
                                                 std::span<const PublicKey> keys) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::copyOf(bytes));
  return fromContent(std::move(content), name, keys);
}

Result<std::shared_ptr<Image>> Image::fromContent(base::FileContent content,
                                                  const std::string& name,
                                                  std::span<const PublicKey> keys) {
  // The verified bytes are private to this process, so nobody can change them afterwards.
  auto artifact = verifyFile(content.bytes(), keys);
  if (!artifact) return Error{name, artifact.error().message};
  std::shared_ptr<Image> image(new Image(std::move(content)));
  // The address of each segment is its file offset, so the file as read is the memory image.
  image->descriptor_ = reinterpret_cast<const abi::ModuleDescriptor*>(
      image->at(artifact->variants[artifact->chosen].descriptorOffset));
  for (const Variant& variant : artifact->variants) image->cpus_.push_back(cpuName(variant.cpu));
  image->chosenCpu_ = artifact->chosen;
  image->provenance_ = artifact->note.note.provenance;
  image->relocate(artifact->dynamic);
  if (auto isProtected = image->protect(artifact->headers); !isProtected)
    return Error{name, isProtected.error().message};
  const std::optional<Elf64_Phdr>& header = artifact->headers.ehFrameHeader;
  if (header) image->unwindHeader_ = {image->at(header->p_vaddr), header->p_filesz};
  image->registerFrames(artifact->ehFrame);
  return image;
}

void Image::relocate(const DynamicTable& table) {
  const uint8_t* entries = at(table.relocations);
  for (uint64_t offset = 0; offset < table.relocationsSize; offset += sizeof(Elf64_Rela)) {
    auto relocation = base::loadUnaligned<Elf64_Rela>(entries + offset);
    auto value = reinterpret_cast<uint64_t>(at(static_cast<uint64_t>(relocation.r_addend)));
    base::storeUnaligned(at(relocation.r_offset), value);
  }
  if (!descriptor_->libcalls.isNull())
    std::memcpy(descriptor_->libcalls.get(), kLibcalls, sizeof kLibcalls);
}

// Makes all pages read-only, and then those of the code executable. The memory of parts of the file
// that are not loaded, such as the symbol table, is released.
Result<void> Image::protect(const ElfHeaders& headers) {
  const uint64_t page = base::systemPageSize();
  std::span<uint8_t> pages = content_.pages();
  const Elf64_Phdr& last = headers.loads.back();
  loaded_ = pages.first(last.p_vaddr + last.p_filesz);
  uint64_t loadedEnd = abi::alignTo(last.p_vaddr + last.p_memsz, page);
  if (loadedEnd < pages.size()) ::madvise(at(loadedEnd), pages.size() - loadedEnd, MADV_DONTNEED);
  if (::mprotect(pages.data(), pages.size(), PROT_READ) != 0)
    return systemError("seal the module's memory");
  for (const Elf64_Phdr& load : headers.loads) {
    if ((load.p_flags & PF_X) == 0) continue;
    uint8_t* begin = at(load.p_vaddr / page * page);
    uint8_t* end = at(abi::alignTo(load.p_vaddr + load.p_memsz, page));
    __builtin___clear_cache(reinterpret_cast<char*>(begin), reinterpret_cast<char*>(end));
    if (!makeExecutable(begin, static_cast<size_t>(end - begin)))
      return systemError("make the module's code executable");
    code_ = {at(load.p_vaddr), load.p_memsz};
  }
  return {};
}

void Image::registerFrames(uint64_t ehFrame) {
  if (ehFrame == 0) return;
  ehFrame_ = at(ehFrame);
  __register_frame(ehFrame_);
}

Image::~Image() {
  if (ehFrame_ != nullptr) __deregister_frame(ehFrame_);
}

}  // namespace loader
