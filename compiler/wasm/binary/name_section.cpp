#include "compiler/wasm/binary/name_section.h"

#include <fmt/format.h>

#include "compiler/wasm/binary/cursor.h"

namespace wasm {
namespace {

using IndirectNameMap = std::map<uint32_t, NameMap>;

// The member of ModuleNames for a subsection, whose id is the number of its row in the table.
// Exactly one member is set, except in the row of the module's name, which is not a map.
struct Subsection {
  NameMap ModuleNames::*direct = nullptr;
  IndirectNameMap ModuleNames::*indirect = nullptr;
};

constexpr Subsection kSubsections[] = {
    {},  // the module's name
    {&ModuleNames::functions},
    {nullptr, &ModuleNames::locals},
    {nullptr, &ModuleNames::labels},
    {&ModuleNames::types},
    {&ModuleNames::tables},
    {&ModuleNames::memories},
    {&ModuleNames::globals},
    {&ModuleNames::elements},
    {&ModuleNames::data},
    {nullptr, &ModuleNames::fields},
    {&ModuleNames::tags},
};
constexpr uint8_t kModuleName = 0;
constexpr uint8_t kFunctionNames = 1;

// Reads the next index of a map. Indices must ascend (appendix A.6.1, "Name Maps"), so that each
// has one name.
template <class Value>
uint32_t readIndex(Cursor& in, const std::map<uint32_t, Value>& before) {
  uint32_t start = in.offset();
  uint32_t index = in.u32();
  if (!before.empty() && index <= before.rbegin()->first) {
    in.fail(start, fmt::format("names are not in order: index {} after {}", index,
                               before.rbegin()->first));
  }
  return index;
}

void readNameMap(Cursor& in, NameMap& out) {
  uint32_t count = in.count("names");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t index = readIndex(in, out);
    std::string_view name = in.name();
    if (in.ok()) out.emplace_hint(out.end(), index, name);
  }
}

void readIndirectNameMap(Cursor& in, IndirectNameMap& out) {
  uint32_t count = in.count("lists of names");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t index = readIndex(in, out);
    if (in.ok()) readNameMap(in, out[index]);
  }
}

void readContents(Cursor& in, uint8_t id, ModuleNames& out) {
  const Subsection& subsection = kSubsections[id];
  if (id == kModuleName) {
    out.module = in.name();
  } else if (subsection.direct != nullptr) {
    readNameMap(in, out.*subsection.direct);
  } else {
    readIndirectNameMap(in, out.*subsection.indirect);
  }
}

// Reads one subsection. `in` is a cursor on `section`. `next` is the lowest id that the subsection
// may have, and is set to the one after it.
void readSubsection(base::ByteView section, Cursor& in, uint32_t& next, ModuleNames& out) {
  uint32_t start = in.offset();
  uint8_t id = in.byte();
  if (id >= std::size(kSubsections)) in.fail(start, fmt::format("unknown subsection {}", id));
  if (id < next) in.fail(start, fmt::format("subsection {} is not in order", id));
  next = id + uint32_t{1};
  uint32_t size = in.u32();
  uint32_t begin = in.offset();
  in.take(size, "a subsection");
  if (!in.ok()) return;
  // A cursor of its own, so that the names cannot extend beyond the size of the subsection.
  Cursor part(section, {begin, begin + size});
  readContents(part, id, out);
  if (part.ok() && !part.atEnd()) part.fail(part.offset(), "bytes after the names");
  in.merge(part);
}

void writeName(base::Bytes& out, std::string_view name) {
  base::appendUleb(out, name.size());
  base::append(out, name);
}

void writeNameMap(base::Bytes& out, const NameMap& names) {
  base::appendUleb(out, names.size());
  for (const auto& [index, name] : names) {
    base::appendUleb(out, index);
    writeName(out, name);
  }
}

void writeIndirectNameMap(base::Bytes& out, const IndirectNameMap& lists) {
  base::appendUleb(out, lists.size());
  for (const auto& [index, names] : lists) {
    base::appendUleb(out, index);
    writeNameMap(out, names);
  }
}

// Returns the contents of a subsection; empty if there are no names for it, so that the caller
// omits the subsection.
base::Bytes writeContents(uint8_t id, const ModuleNames& names) {
  const Subsection& subsection = kSubsections[id];
  base::Bytes out;
  if (id == kModuleName) {
    if (!names.module.empty()) writeName(out, names.module);
  } else if (subsection.direct != nullptr) {
    const NameMap& map = names.*subsection.direct;
    if (!map.empty()) writeNameMap(out, map);
  } else {
    const IndirectNameMap& map = names.*subsection.indirect;
    if (!map.empty()) writeIndirectNameMap(out, map);
  }
  return out;
}

}  // namespace

base::Result<ModuleNames> readNameSection(base::ByteView bytes) {
  ModuleNames names;
  Cursor in(bytes, {0, static_cast<uint32_t>(bytes.size())});
  uint32_t next = 0;
  while (in.ok() && !in.atEnd()) readSubsection(bytes, in, next, names);
  TRY(in.status("name section"));
  return names;
}

// Unlike readNameSection(), accepts subsections in any order and skips those that the compiler does
// not use, whatever their contents.
Names readNames(base::ByteView bytes) {
  Names names;
  Cursor in(bytes, {0, static_cast<uint32_t>(bytes.size())});
  while (in.ok() && !in.atEnd()) {
    uint8_t id = in.byte();
    uint32_t size = in.u32();
    base::ByteView contents = in.take(size, "a subsection");
    if (!in.ok()) break;
    Cursor part(contents, {0, size});
    if (id == kModuleName) names.module = part.name();
    if (id == kFunctionNames) readNameMap(part, names.functions);
  }
  return names;
}

base::Bytes writeNameSection(const ModuleNames& names) {
  base::Bytes out;
  for (uint8_t id = 0; id < std::size(kSubsections); ++id) {
    base::Bytes contents = writeContents(id, names);
    if (contents.empty()) continue;
    out.push_back(id);
    base::appendUleb(out, contents.size());
    base::append(out, contents);
  }
  return out;
}

}  // namespace wasm
