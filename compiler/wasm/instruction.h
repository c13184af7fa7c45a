// One decoded instruction, and the types of its immediates.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/opcode.h"

namespace wasm {

// The type of a structured instruction: none, one result, or a function type.
struct BlockType {
  enum class Kind : uint8_t { Empty, Value, Index } kind = Kind::Empty;
  ValueType value;         // Value
  uint32_t typeIndex = 0;  // Index
  friend bool operator==(const BlockType&, const BlockType&) = default;
};

struct CatchClause {
  enum class Kind : uint8_t { Catch, CatchRef, CatchAll, CatchAllRef } kind = Kind::Catch;
  uint32_t tag = 0;
  uint32_t label = 0;
  friend bool operator==(const CatchClause&, const CatchClause&) = default;
};

// Which fields carry meaning follows from the opcode's ImmediateShape.
struct Instruction {
  Op op{};
  uint32_t offset = 0;  // of the opcode, in the input

  uint32_t index = 0;   // local, global, function, type, table, memory, segment, label, field...
  uint32_t index2 = 0;  // the second one, in the order of the binary format
  uint64_t bits = 0;    // constants (sign-extended integers, float bits), memory offset
  uint32_t align = 0;   // log2
  uint32_t lane = 0;
  bool nullable = false;   // casts: source; else the reference type's
  bool nullable2 = false;  // casts: target
  HeapType heap = HeapType::kBottom;
  HeapType heap2 = HeapType::kBottom;
  BlockType block;
  std::array<uint8_t, 16> bytes{};   // v128.const, i8x16.shuffle
  std::vector<uint32_t> labels;      // br_table; the default is last
  std::vector<ValueType> types;      // select with types
  std::vector<CatchClause> catches;  // try_table
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

}  // namespace wasm
