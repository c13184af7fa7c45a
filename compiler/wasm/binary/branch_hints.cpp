#include "compiler/wasm/binary/branch_hints.h"

#include <algorithm>

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/binary/instruction_reader.h"
#include "compiler/wasm/binary/sections.h"

namespace wasm {
namespace {

// Returns the section of that name; null if there are several, or if it comes after the code
// section, which the proposal does not allow.
const CustomSection* findSection(const Module& module) {
  const CustomSection* found = nullptr;
  for (const CustomSection& custom : module.customs) {
    if (custom.name != kBranchHintSection) continue;
    if (found != nullptr || custom.place >= placeAfter(SectionId::Code)) return nullptr;
    found = &custom;
  }
  return found;
}

// Returns the offset where the locals of a function begin, after the size of its entry in the code
// section. Offsets of hints are relative to it.
uint32_t bodyStart(const Module& module, const Function& function) {
  Cursor in(module.bytes, {function.offset, function.body.end});
  in.u32();
  return in.offset();
}

// Returns whether there is an instruction that can have a hint at each of these ascending offsets
// of one function. The body is decoded, since only this shows where instructions start.
bool pointAtBranches(const Module& module, std::span<const BranchHint> hints) {
  InstructionReader reader(module, module.functions[hints.front().function].body);
  Instruction instruction;
  auto hint = hints.begin();
  while (hint != hints.end() && !reader.atEnd() && reader.next(instruction)) {
    if (instruction.offset != hint->offset) continue;
    if (!takesBranchHint(instruction)) return false;
    ++hint;
  }
  return hint == hints.end();
}

// Appends the hints of one function to `out`. Returns false if they are malformed. Functions and
// offsets must ascend, so that each instruction has at most one hint.
bool readFunctionHints(const Module& module, Cursor& in, std::vector<BranchHint>& out) {
  uint32_t function = in.u32();
  uint32_t count = in.count("hints");
  bool isDefined = function >= module.importedFunctions && function < module.functions.size();
  bool isInOrder = out.empty() || function > out.back().function;
  if (!in.ok() || !isDefined || !isInOrder) return false;
  uint32_t start = bodyStart(module, module.functions[function]);
  size_t first = out.size();
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    BranchHint hint{.function = function};
    uint32_t offset = in.u32();
    hint.offset = start + offset;
    // The sum wraps around for an offset near 2^32.
    bool overflows = hint.offset < start;
    uint32_t size = in.u32();
    uint8_t value = in.byte();
    if (!in.ok() || size != 1 || value > 1 || overflows) return false;
    hint.isLikely = value == 1;
    if (i > 0 && hint.offset <= out.back().offset) return false;
    out.push_back(hint);
  }
  return count == 0 || (in.ok() && pointAtBranches(module, std::span(out).subspan(first)));
}

}  // namespace

bool takesBranchHint(const Instruction& instruction) {
  Family family = opcodeInfo(instruction.op).family;
  return family == Family::ifThen || family == Family::brIf;
}

std::vector<BranchHint> readBranchHints(const Module& module) {
  const CustomSection* section = findSection(module);
  if (section == nullptr) return {};
  Cursor in(section->bytes, {0, static_cast<uint32_t>(section->bytes.size())});
  std::vector<BranchHint> hints;
  uint32_t functions = in.count("functions");
  for (uint32_t i = 0; i < functions && in.ok(); ++i) {
    if (!readFunctionHints(module, in, hints)) return {};
  }
  if (!in.ok() || !in.atEnd()) return {};
  return hints;
}

std::span<const BranchHint> hintsOf(const Module& module, uint32_t function) {
  auto isBefore = [](const BranchHint& hint, uint32_t index) { return hint.function < index; };
  const std::vector<BranchHint>& hints = module.branchHints;
  auto first = std::lower_bound(hints.begin(), hints.end(), function, isBefore);
  auto end = std::lower_bound(first, hints.end(), function + 1, isBefore);
  return {first, end};
}

base::Bytes writeBranchHints(std::span<const BranchHint> hints) {
  base::Bytes out;
  base::Bytes functions;
  uint32_t count = 0;
  // A group of hints for each function: its index, the number of hints and, for each hint, the
  // offset, the size of the value, which is always 1, and the value.
  for (size_t first = 0, next; first < hints.size(); first = next, ++count) {
    next = first;
    while (next < hints.size() && hints[next].function == hints[first].function) ++next;
    base::appendUleb(functions, hints[first].function);
    base::appendUleb(functions, next - first);
    for (const BranchHint& hint : hints.subspan(first, next - first)) {
      base::appendUleb(functions, hint.offset);
      functions.push_back(1);
      functions.push_back(hint.isLikely ? 1 : 0);
    }
  }
  base::appendUleb(out, count);
  base::append(out, functions);
  return out;
}

}  // namespace wasm
