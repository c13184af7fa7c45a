#include "loader/verify/descriptor_reader.h"

#include <fmt/format.h>

namespace loader {

bool DescriptorReader::isCode(const abi::RelPtr<void>& reference, uint64_t size) const {
  if (!hasAddresses()) return true;
  if (reference.isNull()) return false;
  const Elf64_Phdr* load = headers_.loadOf(targetOf(reference), size == 0 ? 1 : size);
  return load != nullptr && (load->p_flags & PF_X) != 0;
}

std::string DescriptorReader::outside(const char* what) {
  return fmt::format("damaged descriptor: {} outside its segment", what);
}

}  // namespace loader
