#include "test/wast/front_end.h"

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse_module.h"

namespace wast {
namespace {

using base::Result;
using wasm::TextModule;

using Checked = std::variant<CheckedModule, Rejection>;

Rejection malformed(base::Error error) { return {RejectedAs::Malformed, std::move(error)}; }
Rejection invalid(base::Error error) { return {RejectedAs::Invalid, std::move(error)}; }

// Instructions are decoded when they are needed first, which writing does for all of them.
Checked checkBinary(const std::string& fileName, base::Bytes bytes) {
  auto module = wasm::readModule(fileName, bytes);
  if (!module) return malformed(module.error());
  if (auto written = wasm::writeModule(*module); !written) return malformed(written.error());
  auto valid = wasm::validate(std::move(*module));
  if (!valid) return invalid(valid.error());
  return CheckedModule{std::move(bytes), std::move(*valid)};
}

// What goes on to be compiled has been binary, whatever it was written as.
Checked checkText(const std::string& fileName, TextModule text) {
  auto written = wasm::writeModule(text.module);
  if (!written) return malformed(written.error());
  auto valid = wasm::validate(std::move(text.module));
  if (!valid) return invalid(valid.error());
  return checkBinary(fileName, std::move(*written));
}

base::Bytes toBytes(const std::string& content) { return {content.begin(), content.end()}; }

}  // namespace

Checked checkModule(const std::string& fileName, std::string_view script, const Module& module) {
  if (module.form == ModuleForm::Binary) return checkBinary(fileName, toBytes(module.content));
  if (module.form == ModuleForm::Quote) {
    auto parsed = wasm::parseModule(fileName, module.content);
    return parsed ? checkText(fileName, std::move(*parsed)) : malformed(parsed.error());
  }
  wasm::TextCursor cursor(script, std::make_shared<wasm::StringPool>());
  cursor.seek(module.fields);
  auto parsed = wasm::parseModuleFields(fileName, cursor, module.name);
  return parsed ? checkText(fileName, std::move(*parsed)) : malformed(parsed.error());
}

}  // namespace wast
