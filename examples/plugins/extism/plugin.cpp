#include "plugin.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace {

constexpr uint64_t kPageBytes = 65536;

// The namespace of the functions that hosts add. This one has a function that reverses bytes.
void defineUserFunctions(wasm2obj::Linker& linker, Kernel& kernel) {
  linker.define("extism:host/user", "reverse", [&kernel](uint64_t text) {
    std::string reversed = kernel.block(text);
    std::reverse(reversed.begin(), reversed.end());
    return kernel.allocate(reversed);
  });
}

}  // namespace

Plugin::Plugin(Manifest manifest, std::map<std::string, HttpReply> replies, ExtismLogLevel level,
               bool hasWasi)
    : manifest_(std::move(manifest)),
      kernel_(manifest_, std::move(replies), level),
      hasWasi_(hasWasi) {
  if (manifest_.maxPages) {
    limits_.set(WASM2OBJ_LIMIT_MEMORY_BYTES, *manifest_.maxPages * kPageBytes);
  }
  wasi_.stream(WASM2OBJ_STDOUT, STDOUT_FILENO).stream(WASM2OBJ_STDERR, STDERR_FILENO);
  for (const auto& [host, guest] : manifest_.allowedPaths) {
    bool isReadOnly = host.starts_with("ro:");
    wasi_.directory(isReadOnly ? host.substr(3) : host, guest, isReadOnly);
  }
  for (const ManifestModule& module : manifest_.modules) {
    modules_.push_back(wasm2obj::Module::open(module.path).value());
  }
  start();
}

// The instances are of one store: `memory.max_pages` limits the memories of all of them together.
void Plugin::start() {
  wasm2obj::Linker linker;
  kernel_.defineIn(linker);
  defineUserFunctions(linker, kernel_);
  kernel_.begin("");
  main_.reset();
  for (size_t index = 0; index < modules_.size(); ++index) {
    const wasm2obj::Module& module = modules_[index];
    main_ = (hasWasi_ ? linker.instantiate(module, wasi_, &limits_)
                      : linker.instantiate(module, &limits_))
                .value();
    main_->limitTime(std::chrono::milliseconds(manifest_.timeoutMs.value_or(0)));
    const std::string& name = manifest_.modules[index].name;
    if (index + 1 < modules_.size()) linker.define(name, *main_).value();
  }
}

// Functions of plugins have no parameters, and return a status or nothing.
wasm2obj::Result<int32_t> Plugin::callExport(const std::string& function) const {
  if (auto code = main_->function<int32_t()>(function)) return (*code)();
  auto code = main_->function<void()>(function);
  if (!code) return code.error();
  if (wasm2obj::Result<void> result = (*code)(); !result) return result.error();
  return 0;
}

std::string Plugin::call(const std::string& function, std::string_view input) {
  kernel_.begin(input);
  wasm2obj::Result<int32_t> status = callExport(function);
  std::optional<std::string> message = kernel_.error();
  std::string output = status ? kernel_.output() : "";
  bool hasExited = !status && status.error().kind() == WASM2OBJ_ERROR_EXIT &&
                   wasm2obj_error_exit_status(status.error().get()) == 0;
  // A plugin is started again after a call that has not returned.
  if (!status) start();
  if (!status && status.error().kind() == WASM2OBJ_ERROR_INTERRUPTED) {
    throw std::runtime_error("the time limit of " + std::to_string(*manifest_.timeoutMs) +
                             " ms is exceeded");
  }
  if (message) throw std::runtime_error(*message);
  if (!status && !hasExited) throw std::runtime_error(status.error().what());
  if (status && *status != 0) {
    throw std::runtime_error("returned the status " + std::to_string(*status));
  }
  return output;
}
