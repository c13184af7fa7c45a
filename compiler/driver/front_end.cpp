#include "compiler/driver/front_end.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/codegen/compile.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"

namespace driver {
namespace {

using base::Result;

// The result of validate() refers to the input, so both live only in this function.
Result<void> validateFile(const std::string& path) {
  TRY_ASSIGN(Input input, Input::open(path));
  if (input.isText()) {
    TRY_ASSIGN(wasm::TextModule text, wasm::parseModule(input.name(), base::asText(input.bytes())));
    TRY(wasm::validate(std::move(text.module)));
  } else {
    TRY_ASSIGN(wasm::Module module, wasm::readModule(input.name(), input.bytes()));
    TRY(wasm::validate(std::move(module)));
  }
  return {};
}

}  // namespace

Result<base::Bytes> encodeText(const Input& input, bool isTranslated) {
  TRY_ASSIGN(wasm::TextModule text, wasm::parseModule(input.name(), base::asText(input.bytes())));
  TRY_ASSIGN(wasm::ValidModule valid, wasm::validate(std::move(text.module)));
  if (isTranslated) TRY(codegen::checkTranslated(valid));
  return wasm::writeModule(*valid);
}

Result<void> checkLinked(const wasm::Module& module) {
  // Both conditions are required: a linked module keeps a "linking" section if wasm-ld was called
  // with --emit-relocs, but does not import __linear_memory.
  bool isObject = std::ranges::any_of(
      module.customs, [](const wasm::CustomSection& section) { return section.name == "linking"; });
  // What the linker leaves of that section (--emit-relocs) is in a module that is whole.
  bool isIncomplete = std::ranges::any_of(
      module.imports, [](const wasm::Import& import) { return import.name == "__linear_memory"; });
  if (!isObject || !isIncomplete) return {};
  return base::Error{module.fileName,
                     "is an object file, as clang -c makes them; link it first, with clang or "
                     "wasm-ld"};
}

bool validateFiles(const std::vector<std::string>& paths) {
  bool areValid = true;
  for (const std::string& path : paths) {
    Result<void> result = validateFile(path);
    if (result.ok()) continue;
    areValid = false;
    fmt::print(stderr, "wasm2obj: error: {}\n", result.error().text());
  }
  return areValid;
}

}  // namespace driver
