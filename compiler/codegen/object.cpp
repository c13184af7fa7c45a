#include "compiler/codegen/object.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/raw_ostream.h>

#include <map>

namespace codegen {
namespace {

using llvm::DWARFDebugLine;

// Code addresses (offsets in the text section) to wasm byte offsets. Offset 0 marks code that comes
// from no instruction in particular.
std::map<uint64_t, uint32_t> readLineTable(const llvm::object::ObjectFile& object) {
  std::map<uint64_t, uint32_t> rows;
  std::unique_ptr<llvm::DWARFContext> dwarf = llvm::DWARFContext::create(object);
  for (const auto& unit : dwarf->compile_units()) {
    const DWARFDebugLine::LineTable* table = dwarf->getLineTableForUnit(unit.get());
    if (table == nullptr) continue;
    for (const DWARFDebugLine::Row& row : table->Rows) {
      if (row.EndSequence) continue;
      uint32_t& line = rows[row.Address.Address];
      if (row.Line != 0) line = row.Line;
    }
  }
  return rows;
}

FunctionInfo encodeRows(const std::map<uint64_t, uint32_t>& lines, uint64_t begin, uint64_t size) {
  FunctionInfo info;
  info.codeSize = size;
  uint64_t address = begin;
  uint32_t offset = 0;
  for (auto row = lines.lower_bound(begin); row != lines.end() && row->first < begin + size;
       ++row) {
    if (row->second == 0 || row->second == offset) continue;
    if (info.rows.empty()) info.wasmOffset = offset = row->second;
    base::appendUleb(info.rows, row->first - address);
    base::appendSleb(info.rows, static_cast<int64_t>(row->second) - offset);
    address = row->first;
    offset = row->second;
  }
  return info;
}

}  // namespace

ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind) {
  ObjectBytes bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::legacy::PassManager passes;
  auto fileType = kind == CodeFile::Object ? llvm::CodeGenFileType::ObjectFile
                                           : llvm::CodeGenFileType::AssemblyFile;
  CHECK(!machine.addPassesToEmitFile(passes, out, nullptr, fileType));
  passes.run(module);
  return bytes;
}

std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& bytes,
                                            std::span<const std::string* const> symbols) {
  auto parsed = llvm::object::ObjectFile::createELFObjectFile(
      llvm::MemoryBufferRef(llvm::StringRef(bytes.data(), bytes.size()), "part"));
  CHECK(static_cast<bool>(parsed));
  const llvm::object::ObjectFile& object = **parsed;
  std::map<uint64_t, uint32_t> lines = readLineTable(object);

  llvm::StringMap<std::pair<uint64_t, uint64_t>> places;
  for (const llvm::object::ELFSymbolRef symbol : object.symbols()) {
    places[llvm::cantFail(symbol.getName())] = {llvm::cantFail(symbol.getAddress()),
                                                symbol.getSize()};
  }
  std::vector<FunctionInfo> infos;
  for (const std::string* symbol : symbols) {
    auto place = places.find(*symbol);
    CHECK(place != places.end());
    infos.push_back(encodeRows(lines, place->second.first, place->second.second));
  }
  return infos;
}

}  // namespace codegen
