#include "loader/linked_image.h"

#include <link.h>

#include <algorithm>
#include <vector>

#include "loader/host/cpu_features.h"
#include "loader/verify/variants.h"
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
  std::vector<Variant> variants;
  for (const abi::LinkedModule* each = &module; each != nullptr; each = each->next) {
    const uint64_t(&features)[2] = each->descriptor->cpuFeatures;
    variants.push_back({{{features[0], features[1]}, {}}, 0});
  }
  TRY_ASSIGN(const Variant* best, chooseVariant(variants, hostCpuFeatures()));
  const abi::LinkedModule* chosen = &module;
  for (auto i = best - variants.data(); i != 0; --i) chosen = chosen->next;
  LinkedImage image{chosen->descriptor, {chosen->codeBegin, chosen->codeEnd}, {}, {}};
  Search search{reinterpret_cast<uintptr_t>(chosen->descriptor), &image};
  CHECK(::dl_iterate_phdr(visit, &search) == 1);
  return image;
}

}  // namespace loader
