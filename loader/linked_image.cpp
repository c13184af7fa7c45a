#include "loader/linked_image.h"

#include <fmt/format.h>
#include <link.h>

#include <algorithm>

#include "loader/host/cpu_features.h"
#include "runtime/base/check.h"

namespace loader {
namespace {

// A search for the object file of the process that contains an address.
struct Search {
  uintptr_t address;
  LinkedImage* found;
};

base::ByteView bytesAt(uintptr_t begin, uintptr_t end) {
  return {reinterpret_cast<const uint8_t*>(begin), end - begin};
}

// Called for each object file of the process; returns 1 to end the search.
int visit(dl_phdr_info* file, size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  uintptr_t begin = UINTPTR_MAX;
  uintptr_t end = 0;
  base::ByteView unwindHeader;
  for (const ElfW(Phdr) & header : std::span(file->dlpi_phdr, file->dlpi_phnum)) {
    uintptr_t at = file->dlpi_addr + header.p_vaddr;
    if (header.p_type == PT_GNU_EH_FRAME) unwindHeader = bytesAt(at, at + header.p_memsz);
    if (header.p_type != PT_LOAD) continue;
    begin = std::min(begin, at);
    end = std::max(end, at + header.p_memsz);
  }
  if (search.address < begin || search.address >= end) return 0;
  search.found->loaded = bytesAt(begin, end);
  search.found->unwindHeader = unwindHeader;
  return 1;
}

}  // namespace

base::Result<LinkedImage> openLinked(const abi::LinkedModule& module) {
  CpuFeatureSet needed = std::to_array(module.descriptor->cpuFeatures);
  if (std::string missing = missingCpuFeatures(needed, hostCpuFeatures()); !missing.empty()) {
    return base::Error{"", fmt::format("the compiled code needs features that this CPU lacks: {}; "
                                       "compile it with --cpu for an older one",
                                       missing)};
  }
  LinkedImage image{module.descriptor, {module.codeBegin, module.codeEnd}, {}, {}};
  Search search{reinterpret_cast<uintptr_t>(module.descriptor), &image};
  CHECK(::dl_iterate_phdr(visit, &search) == 1);
  return image;
}

}  // namespace loader
