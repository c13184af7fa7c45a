#include "loader/mapping.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/abi/vmctx.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

uint64_t pageSize() { return static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)); }

// The whole pages that a load occupies.
struct Pages {
  uint64_t begin;
  uint64_t size;
  uint64_t lead;  // bytes of the first page before the load
};

Pages pagesOf(const Elf64_Phdr& load) {
  uint64_t page = pageSize();
  uint64_t begin = load.p_vaddr / page * page;
  return {begin, abi::alignTo(load.p_vaddr + load.p_memsz, page) - begin, load.p_vaddr - begin};
}

int protectionOf(const Elf64_Phdr& load) {
  return PROT_READ | ((load.p_flags & PF_W) != 0 ? PROT_WRITE : 0) |
         ((load.p_flags & PF_X) != 0 ? PROT_EXEC : 0);
}

Error systemError(const char* what) {
  return Error{"", fmt::format("cannot {}: {}", what, std::strerror(errno))};
}

}  // namespace

Result<Mapping> Mapping::map(const ElfHeaders& headers, base::ByteView file, int fd) {
  const Elf64_Phdr& last = headers.loads.back();
  uint64_t size = abi::alignTo(last.p_vaddr + last.p_memsz, pageSize());
  void* base = ::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return systemError("reserve addresses for the module");
  Mapping mapping(static_cast<uint8_t*>(base), size);
  for (const Elf64_Phdr& load : headers.loads) TRY(mapping.mapLoad(load, file, fd));
  return mapping;
}

Result<void> Mapping::mapLoad(const Elf64_Phdr& load, base::ByteView file, int fd) {
  Pages pages = pagesOf(load);
  uint8_t* place = at(pages.begin);
  if (fd >= 0) {
    if (::mmap(place, pages.size, protectionOf(load), MAP_PRIVATE | MAP_FIXED, fd,
               static_cast<off_t>(load.p_offset - pages.lead)) == MAP_FAILED)
      return systemError("map the module");
    return {};
  }
  if (::mprotect(place, pages.size, PROT_READ | PROT_WRITE) != 0)
    return systemError("fill the module's memory");
  std::memcpy(place + pages.lead, file.data() + load.p_offset, load.p_filesz);
  if ((load.p_flags & PF_X) != 0)
    __builtin___clear_cache(reinterpret_cast<char*>(place),
                            reinterpret_cast<char*>(place + pages.size));
  if (::mprotect(place, pages.size, protectionOf(load)) != 0)
    return systemError("protect the module's memory");
  return {};
}

Result<void> Mapping::seal(const Elf64_Phdr& load) {
  Pages pages = pagesOf(load);
  if (::mprotect(at(pages.begin), pages.size, PROT_READ) != 0)
    return systemError("seal the module's memory");
  return {};
}

Mapping::Mapping(Mapping&& other) noexcept
    : base_(std::exchange(other.base_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Mapping::~Mapping() {
  if (base_ != nullptr) ::munmap(base_, size_);
}

}  // namespace loader
