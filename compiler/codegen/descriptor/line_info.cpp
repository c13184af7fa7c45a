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

// The debug information of an object file. It has not been linked, so addresses are offsets in its
// text section.
struct DebugInfo {
  // From addresses to byte offsets in the wasm file; 0 means that the code belongs to no
  // instruction.
  std::map<uint64_t, uint32_t> lines;
  // From addresses of functions to their inlined calls; an outer call comes before those inside of
  // it.
  llvm::DenseMap<uint64_t, std::vector<abi::InlinedCall>> inlined;
};

// Of several rows at one address the last one with a line number counts: the rows before it
// describe empty ranges.
void readLines(const DWARFDebugLine::LineTable& table, std::map<uint64_t, uint32_t>& lines) {
  for (const DWARFDebugLine::Row& row : table.Rows) {
    if (row.EndSequence) continue;
    uint32_t& line = lines[row.Address.Address];
    if (row.Line != 0) line = row.Line;
  }
}

// Appends the inlined calls below `die`, in preorder, so that an outer call comes before the calls
// inside of it. The code of one call can have several ranges (DW_AT_ranges). DW_AT_call_line is the
// byte offset of the call instruction.
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

// Reads the line tables and inlined calls of all functions. Only the children of the unit entries
// are visited: subprograms without code ranges are abstract origins of inlined functions.
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

// Encodes the lines of the code [begin, begin + size) as abi::OffsetRows. Rows that do not change
// the offset are left out; so are rows without an instruction, whose addresses then belong to the
// row before.
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

// The object was made by this process, not read from a user. Any error in it is a bug of the
// compiler, so errors are CHECKed instead of returned.
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
