#include "compiler/snapshot/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/binary/instruction_reader.h"
#include "runtime/instance/global.h"
#include "runtime/instance/memory.h"
#include "runtime/instance/table.h"
#include "runtime/types/value.h"

namespace snapshot {
namespace {

using base::Error;
using base::Result;
using wasm::Op;

// The most data segments for a memory. Browsers accept 100,000 in a module.
constexpr size_t kMostRuns = 10'000;

struct Run {
  uint64_t begin;
  uint64_t end;
};

// Returns the parts of `bytes` without `gap` zeros behind each other, in blocks of that size.
std::vector<Run> runsWithoutZeros(base::ByteView bytes, uint64_t gap) {
  std::vector<Run> runs;
  for (uint64_t at = 0; at < bytes.size(); at += gap) {
    base::ByteView block = bytes.subspan(at, std::min<uint64_t>(gap, bytes.size() - at));
    if (std::ranges::all_of(block, [](uint8_t byte) { return byte == 0; })) continue;
    if (!runs.empty() && runs.back().end == at) {
      runs.back().end += block.size();
    } else {
      runs.push_back({at, at + block.size()});
    }
  }
  return runs;
}

std::vector<Run> fewRuns(base::ByteView bytes) {
  for (uint64_t gap = 64;; gap *= 4) {
    std::vector<Run> runs = runsWithoutZeros(bytes, gap);
    if (runs.size() <= kMostRuns) return runs;
  }
}

const char* name(runtime::ReferentKind kind) {
  switch (kind) {
    case runtime::ReferentKind::Host:
      return "a pointer of the host";
    case runtime::ReferentKind::Struct:
      return "a struct";
    case runtime::ReferentKind::Array:
      return "an array";
    case runtime::ReferentKind::Exception:
      return "an exception";
    case runtime::ReferentKind::String:
      return "a string";
    default:
      return "a reference";
  }
}

wasm::Instruction instruction(Op op, uint64_t bits = 0) {
  wasm::Instruction made;
  made.op = op;
  made.bits = bits;
  return made;
}

class Capture {
 public:
  Capture(const runtime::Instance& instance, const wasm::Module& source, Snapshot& snapshot)
      : instance_(instance), source_(source), snapshot_(snapshot), module_(snapshot.module) {}

  Result<void> run() {
    dropSegments();
    captureMemories();
    TRY(captureSegments());
    TRY(captureTables());
    TRY(captureGlobals());
    declareFunctions();
    module_.start.reset();
    if (module_.dataCount) module_.dataCount = static_cast<uint32_t>(module_.data.size());
    return {};
  }

 private:
  // Segments keep their indices, by which instructions name them. Those that have been dropped are
  // empty. The functions of an element segment may be operands of ref.func elsewhere, so that it
  // remains as a declaration, which is a dropped segment.
  void dropSegments() {
    for (uint32_t i = 0; i < module_.data.size(); ++i) {
      wasm::DataSegment& segment = module_.data[i];
      if (instance_.dataIn(i, 0, segment.bytes.size())) continue;
      segment = {.offset = segment.offset};
    }
    for (uint32_t i = 0; i < module_.elements.size(); ++i) {
      wasm::ElementSegment& segment = module_.elements[i];
      uint64_t count = segment.functions.size() + segment.expressions.size();
      if (segment.mode == wasm::SegmentMode::Passive && instance_.elementsIn(i, 0, count)) continue;
      segment.mode = wasm::SegmentMode::Declared;
      segment.table = 0;
      segment.tableOffset = {};
    }
  }

  void captureMemories() {
    for (uint32_t i = 0; i < module_.memories.size(); ++i) {
      const runtime::Memory& memory = instance_.memoryAt(i);
      wasm::Limits& limits = module_.memories[i].type.limits;
      limits.min = memory.pages();
      for (const Run& run : fewRuns(memory.bytes())) {
        base::ByteView part = memory.bytes().subspan(run.begin, run.end - run.begin);
        snapshot_.contents.emplace_back(part.begin(), part.end());
        module_.data.push_back({.mode = wasm::SegmentMode::Active,
                                .memory = i,
                                .memoryOffset = address(run.begin, limits),
                                .bytes = snapshot_.contents.back()});
      }
    }
  }

  // The elements of a segment that was not dropped are evaluated again, which must not make other
  // objects than there are already.
  Result<void> captureSegments() const {
    for (uint32_t i = 0; i < module_.elements.size(); ++i) {
      const wasm::ElementSegment& segment = module_.elements[i];
      if (segment.mode != wasm::SegmentMode::Passive || isFunction(segment.type)) continue;
      auto references = instance_.elementsIn(i, 0, segment.expressions.size());
      for (void* reference : *references) {
        TRY(checkNoObject(reinterpret_cast<uintptr_t>(reference),
                          fmt::format("element segment {}", i)));
      }
    }
    return {};
  }

  Result<void> captureTables() {
    for (uint32_t i = 0; i < module_.tables.size(); ++i) {
      const runtime::Table& table = instance_.tableAt(i);
      module_.tables[i].type.limits.min = table.size();
      uint64_t at = 0;
      while (at < table.size()) {
        TRY_ASSIGN(at, captureElements(i, table, at));
      }
    }
    return {};
  }

  // Adds a segment for the elements from `begin` on, up to one that is initial. Returns the index
  // after them.
  Result<uint64_t> captureElements(uint32_t index, const runtime::Table& table, uint64_t begin) {
    const wasm::Table& declared = module_.tables[index];
    wasm::ElementSegment segment{
        .mode = wasm::SegmentMode::Active, .type = declared.type.element, .table = index};
    uint64_t at = begin;
    for (; at < table.size(); ++at) {
      runtime::Value value = *table.get(at);
      bool isInitial = declared.init.empty() && value.slot.ref == nullptr;
      if (isInitial) break;
      TRY_ASSIGN(
          wasm::CodeRange expression,
          constant(value, declared.type.element, fmt::format("element {} of table {}", at, index)));
      segment.expressions.push_back(expression);
    }
    if (at == begin) return begin + 1;
    segment.tableOffset = address(begin, declared.type.limits);
    module_.elements.push_back(std::move(segment));
    return at;
  }

  // Operands of ref.func in function bodies must be named elsewhere: by an export, a segment or the
  // initial value of a global. Those that are not any more are declared.
  void declareFunctions(wasm::CodeRange expression) {
    wasm::InstructionReader reader(source_, expression);
    wasm::Instruction each;
    while (!reader.atEnd()) {
      CHECK(reader.next(each).ok());
      if (each.op == Op::RefFunc) declared_.insert(each.index);
    }
  }

  void declareFunctions() {
    for (const wasm::Export& each : source_.exports) {
      if (each.kind == wasm::ExternKind::Function && !isExported(each.index))
        declared_.insert(each.index);
    }
    if (declared_.empty()) return;
    module_.elements.push_back({.mode = wasm::SegmentMode::Declared,
                                .type = wasm::kElementFunction,
                                .functions = {declared_.begin(), declared_.end()}});
  }

  bool isExported(uint32_t function) const {
    return std::ranges::any_of(module_.exports, [function](const wasm::Export& each) {
      return each.kind == wasm::ExternKind::Function && each.index == function;
    });
  }

  Result<void> captureGlobals() {
    std::span<runtime::Global* const> own = instance_.ownGlobals();
    for (uint32_t i = 0; i < own.size(); ++i) {
      uint32_t index = module_.importedGlobals + i;
      wasm::Global& global = module_.globals[index];
      declareFunctions(global.init);
      TRY_ASSIGN(global.init,
                 constant(own[i]->get(), global.type.value, fmt::format("global {}", index)));
    }
    return {};
  }

  // Appends a constant expression to the code.
  wasm::CodeRange expression(std::initializer_list<wasm::Instruction> instructions) {
    auto begin = static_cast<uint32_t>(snapshot_.code.size());
    for (const wasm::Instruction& each : instructions) writeInstruction(snapshot_.code, each);
    writeInstruction(snapshot_.code, instruction(Op::End));
    return {begin, static_cast<uint32_t>(snapshot_.code.size())};
  }

  wasm::CodeRange address(uint64_t value, const wasm::Limits& limits) {
    if (limits.is64) return expression({instruction(Op::I64Const, value)});
    return expression({i32(static_cast<uint32_t>(value))});
  }

  // Returns an expression for the value of an item of this type.
  Result<wasm::CodeRange> constant(const runtime::Value& value, const wasm::ValueType& type,
                                   const std::string& item) {
    switch (value.kind) {
      case abi::ValueKind::I32:
        return expression({i32(value.slot.i32)});
      case abi::ValueKind::I64:
        return expression({instruction(Op::I64Const, value.slot.i64)});
      case abi::ValueKind::F32:
        return expression({instruction(Op::F32Const, value.slot.i32)});
      case abi::ValueKind::F64:
        return expression({instruction(Op::F64Const, value.slot.i64)});
      case abi::ValueKind::V128: {
        wasm::Instruction vector = instruction(Op::V128Const);
        std::memcpy(vector.bytes.data(), value.slot.v128, vector.bytes.size());
        return expression({vector});
      }
      default:
        return reference(value, type, item);
    }
  }

  Result<wasm::CodeRange> reference(const runtime::Value& value, const wasm::ValueType& type,
                                    const std::string& item) {
    if (value.slot.ref == nullptr) {
      wasm::Instruction null = instruction(Op::RefNull);
      null.heap = type.heap;
      return expression({null});
    }
    if (value.kind == abi::ValueKind::FuncRef) {
      auto index = instance_.functionIndexOf(static_cast<abi::FuncRef*>(value.slot.ref));
      CHECK(index.has_value());  // there is no other instance
      wasm::Instruction function = instruction(Op::RefFunc);
      function.index = *index;
      return expression({function});
    }
    TRY(checkNoObject(value.slot.i64, item));
    // An i31 is an i32 that is sign-extended from 31 bits.
    auto number = static_cast<uint32_t>(static_cast<int32_t>(value.slot.i64) >> 1);
    if (value.kind == abi::ValueKind::ExternRef) {
      return expression({i32(number), instruction(Op::RefI31), instruction(Op::ExternConvertAny)});
    }
    return expression({i32(number), instruction(Op::RefI31)});
  }

  static wasm::Instruction i32(uint32_t value) {
    return instruction(Op::I32Const, static_cast<uint64_t>(static_cast<int32_t>(value)));
  }

  bool isFunction(const wasm::ValueType& type) const {
    if (type.heap == wasm::HeapType::kFunc || type.heap == wasm::HeapType::kNoFunc) return true;
    return type.heap.isConcrete() &&
           module_.types[type.heap.typeIndex()].kind == wasm::CompositeKind::Func;
  }

  Result<void> checkNoObject(uint64_t word, const std::string& item) const {
    runtime::ReferentKind kind = runtime::referentKind(word);
    if (kind == runtime::ReferentKind::Null || kind == runtime::ReferentKind::I31) return {};
    return Error{module_.fileName,
                 fmt::format("{} refers to {}, which a snapshot cannot keep", item, name(kind))};
  }

  const runtime::Instance& instance_;
  const wasm::Module& source_;
  Snapshot& snapshot_;
  wasm::Module& module_;
  std::set<uint32_t> declared_;
};

}  // namespace

Result<void> capture(const runtime::Instance& instance, const wasm::Module& source,
                     Snapshot& snapshot) {
  return Capture(instance, source, snapshot).run();
}

}  // namespace snapshot
