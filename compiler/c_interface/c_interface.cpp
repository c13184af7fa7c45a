#include "compiler/c_interface/c_interface.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace c_interface {
namespace {

using wasm::ExternKind;

// The modules whose functions libwasmrt defines.
constexpr std::string_view kLibraries[] = {"wasi_snapshot_preview1", "wasi_unstable",
                                           "wasm:js-string", "wasm:text-encoder",
                                           "wasm:text-decoder"};

bool hasReferences(const wasm::FuncType& type) {
  auto isReference = [](wasm::ValueType value) { return value.kind == wasm::ValueKind::Ref; };
  return std::ranges::any_of(type.params, isReference) ||
         std::ranges::any_of(type.results, isReference);
}

// Names that differ.
class Names {
 public:
  // Returns `name`, or with a number behind it if that is taken.
  std::string take(const std::string& name) {
    std::string taken = name;
    for (int number = 2; !taken_.insert(taken).second; ++number) {
      taken = fmt::format("{}_{}", name, number);
    }
    return taken;
  }

 private:
  std::set<std::string> taken_;
};

const wasm::FuncType& typeOf(const wasm::Module& module, uint32_t function) {
  return module.types[module.functions[function].typeIndex].func;
}

}  // namespace

std::string identifier(std::string_view text) {
  std::string result;
  for (char c : text) {
    bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool isDigit = c >= '0' && c <= '9';
    if (isDigit && result.empty()) result += '_';
    result += isLetter || isDigit ? c : '_';
  }
  return result.empty() ? "_" : result;
}

base::Result<Interface> interfaceOf(const wasm::Module& module, const std::string& name) {
  Interface interface {
    .name = name, .exports = {}, .imports = {}, .omitted = {}
  };
  Names names;
  // What the header defines besides.
  for (const char* fixed : {"module", "instance", "new", "delete", "memory", "base", "on_error"}) {
    names.take(fmt::format("{}_{}", name, fixed));
  }
  for (uint32_t row = 0; row < module.exports.size(); ++row) {
    const wasm::Export& item = module.exports[row];
    if (item.kind != ExternKind::Function) continue;
    const wasm::FuncType& type = typeOf(module, item.index);
    if (hasReferences(type)) {
      interface.omitted.push_back(row);
      continue;
    }
    std::string exported = identifier(item.name);
    interface.exports.push_back({names.take(fmt::format("{}_{}", name, exported)),
                                 names.take(fmt::format("{}_try_{}", name, exported)), type, row});
  }
  for (uint32_t row = 0; row < module.imports.size(); ++row) {
    const wasm::Import& item = module.imports[row];
    if (std::ranges::find(kLibraries, item.module) != std::end(kLibraries)) continue;
    if (item.kind != ExternKind::Function || hasReferences(typeOf(module, item.index))) {
      return base::Error{"", fmt::format("import {}.{}: a program can define only functions of "
                                         "numbers and vectors",
                                         item.module, item.name)};
    }
    std::string symbol =
        fmt::format("{}_{}_{}", name, identifier(item.module), identifier(item.name));
    interface.imports.push_back({names.take(symbol), "", typeOf(module, item.index), row});
  }
  return interface;
}

}  // namespace c_interface
