#include "compiler/c_interface/text.h"

#include <algorithm>
#include <cctype>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace c_interface {

const char* typeName(wasm::ValueType type) {
  switch (type.kind) {
    case wasm::ValueKind::I32:
      return "int32_t";
    case wasm::ValueKind::I64:
      return "int64_t";
    case wasm::ValueKind::F32:
      return "float";
    case wasm::ValueKind::F64:
      return "double";
    case wasm::ValueKind::V128:
      return "wasm2obj_v128_t";
    case wasm::ValueKind::Ref:
    case wasm::ValueKind::Bottom:
      break;
  }
  base::checkFailed(__FILE__, __LINE__, "interfaceOf() has no other types");
}

std::string forComment(std::string_view text) {
  std::string printable = base::printable(text, base::LineBreaks::Escaped);
  for (size_t at = 0; (at = printable.find("*/", at)) != printable.npos;) {
    printable.insert(at + 1, " ");
  }
  return printable;
}

std::string guardName(const std::string& name, const char* suffix) {
  std::string guard = name + "_" + suffix;
  std::ranges::transform(guard, guard.begin(), [](unsigned char c) { return std::toupper(c); });
  return guard;
}

}  // namespace c_interface
