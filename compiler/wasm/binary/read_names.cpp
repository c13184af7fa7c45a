#include "compiler/wasm/binary/sections.h"

namespace wasm {
namespace {

enum class Subsection : uint8_t { Module = 0, Functions = 1 };

void readFunctionNames(Cursor& in, Names& out) {
  uint32_t count = in.count("names");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t index = in.u32();
    std::string_view name = in.name();
    if (in.ok()) out.functions.emplace_hint(out.functions.end(), index, name);
  }
}

}  // namespace

Names readNames(base::ByteView bytes) {
  Names names;
  Cursor in(bytes, {0, static_cast<uint32_t>(bytes.size())});
  while (in.ok() && !in.atEnd()) {
    uint8_t id = in.byte();
    uint32_t size = in.u32();
    base::ByteView contents = in.take(size, "a subsection");
    if (!in.ok()) break;
    Cursor subsection(contents, {0, size});
    if (id == static_cast<uint8_t>(Subsection::Module)) {
      names.module = subsection.name();
    } else if (id == static_cast<uint8_t>(Subsection::Functions)) {
      readFunctionNames(subsection, names);
    }
  }
  return names;
}

}  // namespace wasm
