#include "runtime/value.h"

#include <iterator>

namespace runtime {
namespace {

constexpr const char* kKindText[] = {"i32", "i64", "f32", "f64", "v128", "funcref", "externref"};

void appendList(std::string& out, const std::vector<abi::ValueKind>& kinds) {
  out += '[';
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (i != 0) out += ' ';
    out += text(kinds[i]);
  }
  out += ']';
}

}  // namespace

const char* text(abi::ValueKind kind) {
  auto index = static_cast<size_t>(kind);
  return index < std::size(kKindText) ? kKindText[index] : "unknown";
}

std::string text(const FuncType& type) {
  std::string out;
  appendList(out, type.params);
  out += " -> ";
  appendList(out, type.results);
  return out;
}

}  // namespace runtime
