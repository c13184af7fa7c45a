#include "compiler/driver/runtime_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace driver {

namespace fs = std::filesystem;

namespace {

bool startsThreads(const wasm::Module& module) {
  return std::ranges::any_of(module.imports, [](const wasm::Import& import) {
    return import.module == "wasi" && import.name == "thread-spawn";
  });
}

}  // namespace

base::Result<std::string> findRuntime(const std::string& directory, abi::Arch arch,
                                      const wasm::Module& module) {
  std::error_code error;
  fs::path folder = directory;
  if (directory.empty()) {
    folder = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "lib/wasm2obj";
  }
  const char* kind = startsThreads(module) ? "-threads" : "";
  const char* name = arch == abi::Arch::X86_64 ? "x86_64" : "aarch64";
  fs::path path = folder / fmt::format("runtime{}-{}.o", kind, name);
  if (fs::is_regular_file(path, error)) return path.string();
  return base::Error{path.string(), fmt::format("there is no runtime for executables for {}; "
                                                "--runtime-dir names its directory",
                                                name)};
}

}  // namespace driver
