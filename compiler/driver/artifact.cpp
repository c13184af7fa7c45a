#include "compiler/driver/artifact.h"

#include <fmt/format.h>

#include <vector>

#include "compiler/driver/output_file.h"
#include "loader/artifact_seal.h"
#include "runtime/base/mapped_file.h"

namespace driver {

using base::Result;

Result<void> linkObjects(std::span<const codegen::ObjectBytes> objects, linker::Kind kind,
                         const codegen::Target& target, unsigned threads,
                         const std::string& output) {
  TRY_ASSIGN(TemporaryDirectory directory, TemporaryDirectory::create());
  std::vector<std::string> inputs;
  for (const codegen::ObjectBytes& object : objects) {
    inputs.push_back(fmt::format("{}/{}.o", directory.path(), inputs.size()));
    TRY(writeFile(inputs.back(), object));
  }
  linker::Request request;
  request.kind = kind;
  request.emulation = target.arch() == abi::Arch::X86_64 ? "elf_x86_64" : "aarch64linux";
  request.inputs = inputs;
  request.output = output;
  request.threads = threads;
  return linker::run(request);
}

Result<void> sealFile(const std::string& path) {
  TRY_ASSIGN(base::MappedFile file, base::MappedFile::open(path));
  std::vector<uint8_t> bytes(file.bytes().begin(), file.bytes().end());
  TRY(loader::sealArtifact(bytes));
  return writeFile(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace driver
