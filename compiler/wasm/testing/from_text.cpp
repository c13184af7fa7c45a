#include "compiler/wasm/testing/from_text.h"

#include <fmt/format.h>

#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {
namespace {

constexpr std::string_view kFile = "a.wat:";

std::string firstLine(const base::Error& error) {
  std::string text = error.text();
  return text.substr(kFile.size(), text.find('\n') - kFile.size());
}

}  // namespace

base::Bytes encoded(std::string_view text) {
  base::Result<TextModule> parsed = parseModule("a.wat", text);
  if (!parsed.ok()) return {};
  parsed->module.customs.clear();
  base::Result<base::Bytes> bytes = writeModule(parsed->module);
  return bytes.ok() ? *bytes : base::Bytes{};
}

std::string bodyOf(std::string_view text) {
  base::Result<TextModule> parsed = parseModule("a.wat", text);
  if (!parsed.ok()) return firstLine(parsed.error());
  CodeRange body = parsed->module.functions.back().body;
  std::string out;
  for (uint8_t byte : parsed->module.bytes.subspan(body.begin, body.end - body.begin)) {
    out += fmt::format("{}{:02x}", out.empty() ? "" : " ", byte);
  }
  return out;
}

std::string problemOf(std::string_view text) {
  base::Result<TextModule> parsed = parseModule("a.wat", text);
  if (!parsed.ok()) return firstLine(parsed.error());
  base::Result<ValidModule> valid = validate(std::move(parsed->module));
  return valid.ok() ? "" : firstLine(valid.error());
}

}  // namespace wasm
