#include "compiler/codegen/descriptor/line_info.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ELFObjectFile.h>

#include <map>

#include "runtime/base/check.h"

namespace codegen {
namespace {

using llvm::DWARFDebugLine;
using llvm::DWARFDie;

// The debug information of an object file. Addresses are offsets in its text section.
struct DebugInfo {
  // From addresses to wasm byte offsets; 0 means that the code belongs to no instruction.
  std::map<uint64_t, uint32_t> lines;
  // From addresses of functions to their inlined calls; an outer call comes before those inside of
  // it.
  llvm::DenseMap<uint64_t, std::vector<abi::InlinedCall>> inlined;
};

// Of several rows at one address the last with a line number counts.
void readLines(const DWARFDebugLine::LineTable& table, std::map<uint64_t, uint32_t>& lines) {
  for (const DWARFDebugLine::Row& row : table.Rows) {
    if (row.EndSequence) continue;
    uint32_t& line = lines[row.Address.Address];
    if (row.Line != 0) line = row.Line;
  }
}

// Appends the inlined calls below `die`. Nested calls are children of the outer ones, so that these
// come first. The code of a call can have several ranges.
void readInlinedCalls(DWARFDie die, uint64_t functionBegin, std::vector<abi::InlinedCall>& calls) {
  for (DWARFDie child : die.children()) {
    if (child.getTag() != llvm::dwarf::DW_TAG_inlined_subroutine) continue;
    auto offset = llvm::dwarf::toUnsigned(child.find(llvm::dwarf::DW_AT_call_line), 0);
    for (const llvm::DWARFAddressRange& range : llvm::cantFail(child.getAddressRanges())) {
      calls.push_back({static_cast<uint32_t>(range.LowPC - functionBegin),
                       static_cast<uint32_t>(range.HighPC - functionBegin),
                       static_cast<uint32_t>(offset)});
    }
    readInlinedCalls(child, functionBegin, calls);
  }
}

DebugInfo readDebugInfo(const llvm::object::ObjectFile& object) {
  DebugInfo info;
  std::unique_ptr<llvm::DWARFContext> dwarf = llvm::DWARFContext::create(object);
  for (const auto& unit : dwarf->compile_units()) {
    const DWARFDebugLine::LineTable* table = dwarf->getLineTableForUnit(unit.get());
    if (table != nullptr) readLines(*table, info.lines);
    for (DWARFDie die : unit->getUnitDIE(false).children()) {
      uint64_t low = 0;
      uint64_t high = 0;
      uint64_t section = 0;
      if (die.getTag() != llvm::dwarf::DW_TAG_subprogram) continue;
      if (die.getLowAndHighPC(low, high, section)) readInlinedCalls(die, low, info.inlined[low]);
    }
  }
  return info;
}

// Encodes the lines of a function's code as abi::OffsetRows. Rows that do not change the offset are
// left out.
FunctionInfo encode(const DebugInfo& debug, uint64_t begin, uint64_t size, uint32_t wasmOffset) {
  FunctionInfo info;
  info.codeSize = size;
  info.wasmOffset = wasmOffset;
  uint64_t address = begin;
  uint32_t offset = wasmOffset;
  auto row = debug.lines.lower_bound(begin);
  for (; row != debug.lines.end() && row->first < begin + size; ++row) {
    if (row->second == 0 || row->second == offset) continue;
    base::appendUleb(info.rows, row->first - address);
    base::appendSleb(info.rows, static_cast<int64_t>(row->second) - offset);
    address = row->first;
    offset = row->second;
  }
  auto inlined = debug.inlined.find(begin);
  if (inlined != debug.inlined.end()) info.inlined = inlined->second;
  return info;
}

}  // namespace

// The object was made by this process, so that any error in it is our bug.
std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& bytes,
                                            std::span<const NamedFunction> functions) {
  auto parsed = llvm::object::ObjectFile::createELFObjectFile(
      llvm::MemoryBufferRef(llvm::StringRef(bytes.data(), bytes.size()), "part"));
  CHECK(static_cast<bool>(parsed));
  const llvm::object::ObjectFile& object = **parsed;
  DebugInfo debug = readDebugInfo(object);

  llvm::StringMap<std::pair<uint64_t, uint64_t>> places;
  for (const llvm::object::ELFSymbolRef symbol : object.symbols()) {
    places[llvm::cantFail(symbol.getName())] = {llvm::cantFail(symbol.getAddress()),
                                                symbol.getSize()};
  }
  std::vector<FunctionInfo> infos;
  for (const NamedFunction& function : functions) {
    auto place = places.find(function.symbol);
    CHECK(place != places.end());
    auto [begin, size] = place->second;
    infos.push_back(encode(debug, begin, size, function.wasmOffset));
  }
  return infos;
}

}  // namespace codegen
