// A decoded instruction (section 2.4) and the types of its immediates.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/opcode.h"

namespace wasm {

// The type of a structured instruction (section 2.3.8): no values, one result, or a function type
// given by its index.
struct BlockType {
  enum class Kind : uint8_t { Empty, Value, Index } kind = Kind::Empty;
  ValueType value;         // Value
  uint32_t typeIndex = 0;  // Index
  friend bool operator==(const BlockType&, const BlockType&) = default;
};

// A clause of try_table. `tag` is only used by Catch and CatchRef.
struct CatchClause {
  enum class Kind : uint8_t { Catch, CatchRef, CatchAll, CatchAllRef } kind = Kind::Catch;
  uint32_t tag = 0;
  uint32_t label = 0;
  friend bool operator==(const CatchClause&, const CatchClause&) = default;
};

// The opcode and all of its immediates. The ImmediateShape of the opcode determines which fields
// are used; the others have their default values.
struct Instruction {
  Op op{};
  uint32_t offset = 0;  // of the opcode, in Module::bytes

  uint32_t index = 0;   // of a local, global, function, type, table, memory, segment, label, field
  uint32_t index2 = 0;  // the second index, in the order of the binary format
  uint64_t bits = 0;    // a constant (integers sign-extended, floats as bits) or a memory offset
  uint32_t align = 0;   // log2 of the alignment hint in bytes
  uint32_t lane = 0;
  bool nullable = false;   // of the reference type; for casts, of the source type
  bool nullable2 = false;  // for casts, of the target type
  HeapType heap = HeapType::kBottom;
  HeapType heap2 = HeapType::kBottom;
  BlockType block;
  std::array<uint8_t, 16> bytes{};   // v128.const, i8x16.shuffle
  std::vector<uint32_t> labels;      // br_table; the default label is last
  std::vector<ValueType> types;      // select with explicit types
  std::vector<CatchClause> catches;  // try_table
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

}  // namespace wasm
