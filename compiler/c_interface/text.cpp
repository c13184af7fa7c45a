#include "compiler/c_interface/text.h"

#include <fmt/format.h>

#include <iterator>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace c_interface {
namespace {

using wasm::ValueKind;

// The three names of a type of values.
struct TypeNames {
  const char* type;
  const char* enumerator;
  const char* member;
};

const TypeNames& namesOf(wasm::ValueType type) {
  static constexpr TypeNames kNames[] = {{"int32_t", "WASM2OBJ_I32", "i32"},
                                         {"int64_t", "WASM2OBJ_I64", "i64"},
                                         {"float", "WASM2OBJ_F32", "f32"},
                                         {"double", "WASM2OBJ_F64", "f64"},
                                         {"wasm2obj_v128_t", "WASM2OBJ_V128", "v128"},
                                         {"wasm2obj_ref_t*", "WASM2OBJ_REF", "ref"}};
  auto index = static_cast<size_t>(type.kind);
  CHECK(index < std::size(kNames));
  return kNames[index];
}

// Controls, and characters that change the direction or the lines of text.
bool isInvisible(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

// Returns whether the character ends or begins a comment, or is part of a trigraph, behind another.
bool isHarmful(char before, char32_t c) {
  return (before == '*' && c == '/') || (before == '/' && (c == '*' || c == '/')) ||
         (before == '?' && c == '?');
}

std::string limitsText(const wasm::Limits& limits) {
  std::string text = fmt::format("{}min {}", limits.is64 ? "64-bit, " : "", limits.min);
  return limits.max ? fmt::format("({}, max {})", text, *limits.max) : fmt::format("({})", text);
}

}  // namespace

const char* typeName(wasm::ValueType type) { return namesOf(type).type; }
const char* enumeratorOf(wasm::ValueType type) { return namesOf(type).enumerator; }
const char* memberOf(wasm::ValueType type) { return namesOf(type).member; }

const char* kindName(wasm::ExternKind kind) {
  switch (kind) {
    case wasm::ExternKind::Function:
      return "function";
    case wasm::ExternKind::Table:
      return "table";
    case wasm::ExternKind::Memory:
      return "memory";
    case wasm::ExternKind::Global:
      return "global";
    case wasm::ExternKind::Tag:
      break;
  }
  return "tag";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  char before = 0;
  for (base::Decoded next{}; !text.empty(); text.remove_prefix(next.length)) {
    next = base::decodeUtf8(text);
    char32_t c = next.codePoint;
    if (c < 0x80 && (c == '"' || c == '\\' || isHarmful(before, c))) {
      out += fmt::format("\\{:02x}", static_cast<uint32_t>(c));
      before = 0;
      continue;
    }
    if (isInvisible(c)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(c));
    } else {
      out += text.substr(0, next.length);
    }
    before = c < 0x80 ? static_cast<char>(c) : '\0';
  }
  return out + '"';
}

std::string describe(const wasm::Module& module, wasm::ExternKind kind, uint32_t index) {
  switch (kind) {
    case wasm::ExternKind::Function:
      return "function " + wasm::text(module.functionType(index));
    case wasm::ExternKind::Table: {
      const wasm::TableType& type = module.tables[index].type;
      return fmt::format("table {} of {}", limitsText(type.limits), wasm::text(type.element));
    }
    case wasm::ExternKind::Memory: {
      const wasm::MemoryType& type = module.memories[index].type;
      std::string text = "memory " + limitsText(type.limits);
      if (type.pageSizeLog2 == wasm::kDefaultPageSizeLog2) return text;
      return fmt::format("{} with pages of {}", text, uint64_t{1} << type.pageSizeLog2);
    }
    case wasm::ExternKind::Global: {
      const wasm::GlobalType& type = module.globals[index].type;
      return fmt::format("global {}{}", type.isMutable ? "mutable " : "", wasm::text(type.value));
    }
    case wasm::ExternKind::Tag:
      break;
  }
  return "tag " + wasm::text(module.types[module.tags[index].typeIndex].func);
}

std::string guardName(const std::string& name, const char* suffix) {
  return fmt::format("WASM2OBJ_OF_{}_{}", name, suffix);
}

}  // namespace c_interface
