#include "compiler/driver/artifact.h"

namespace driver {

base::Result<base::Bytes> linkObjects(std::span<const codegen::ObjectBytes> objects,
                                      linker::Kind kind, const codegen::Target& target,
                                      unsigned threads, const std::vector<std::string>& files) {
  linker::Request request;
  request.kind = kind;
  // The names of lld's emulations for 64-bit little-endian ELF.
  request.emulation = target.arch() == abi::Arch::X86_64 ? "elf_x86_64" : "aarch64linux";
  for (const codegen::ObjectBytes& object : objects)
    request.inputs.emplace_back(reinterpret_cast<const uint8_t*>(object.data()), object.size());
  request.files = files;
  request.threads = threads;
  return linker::run(request);
}

}  // namespace driver
