#include "compiler/driver/input.h"

#include "runtime/base/file_kind.h"

namespace driver {

base::Result<Input> Input::open(const std::string& path, const std::string& name) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::read(path));
  bool isStandardInput = path == base::kStandardInput;
  return make(std::move(content), !name.empty() ? name : isStandardInput ? "standard input" : path);
}

base::Result<Input> Input::copyOf(base::ByteView bytes, const std::string& name) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::copyOf(bytes));
  return make(std::move(content), name);
}

base::Result<Input> Input::make(base::FileContent content, std::string shown) {
  base::FileKind kind = base::fileKind(content.bytes());
  if (kind == base::FileKind::Elf)
    return base::Error{shown,
                       "is an ELF file, expected a WebAssembly module; what wasm2obj has "
                       "compiled is run with wasmrun"};
  if (auto foreign = base::describeForeign(content.bytes()))
    return base::Error{shown, std::string(*foreign)};
  // Other files are read as text, so that the parser reports a line and a column, unless they begin
  // with a zero byte: a truncated binary module is to be reported as one. An empty file is read as
  // a binary, since the empty text would be a valid module.
  bool isText = kind == base::FileKind::TextModule ||
                (kind == base::FileKind::Other && content.bytes()[0] != 0);
  return Input(std::move(shown), std::move(content), isText);
}

}  // namespace driver
