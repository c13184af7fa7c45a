#include "compiler/driver/front_end.h"

#include <fmt/format.h>

#include "compiler/codegen/compile.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse_module.h"

namespace driver {
namespace {

using base::Result;

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
