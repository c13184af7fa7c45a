#include "compiler/driver/input.h"

#include <string_view>

#include "runtime/base/file_kind.h"

namespace driver {

base::Result<Input> Input::open(const std::string& path, const std::string& name) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::read(path));
  bool isStandardInput = path == base::kStandardInput;
  std::string shown = !name.empty() ? name : isStandardInput ? "standard input" : path;
  constexpr std::string_view kElfMagic =
      "\x7f"
      "ELF";
  if (base::asText(content.bytes()).starts_with(kElfMagic))
    return base::Error{shown,
                       "is an ELF file, expected a WebAssembly module; what wasm2obj has "
                       "compiled is run with wasmrun"};
  if (auto foreign = base::describeForeign(content.bytes()))
    return base::Error{shown, std::string(*foreign)};
  return Input(std::move(shown), std::move(content));
}

}  // namespace driver
