#include "compiler/wasm/binary/encode_instruction.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/wasm/binary/encode_types.h"

namespace wasm {
namespace {

// Bits of the first number of a memarg (section 5.4.5). Bit 6 means that a memory index follows;
// numbers from kAlignLimit on are malformed.
constexpr uint32_t kHasMemoryIndex = 0x40;
constexpr uint32_t kAlignLimit = 0x80;

// The block type without parameters and results. Like the codes of value types it is negative as an
// s33, so that it differs from all type indices.
constexpr uint8_t kEmptyBlock = 0x40;

// Flags of br_on_cast and br_on_cast_fail (section 5.4.2).
constexpr uint8_t kSourceNullable = 1;
constexpr uint8_t kTargetNullable = 2;

// Returns whether a tag index follows the kind of a catch clause.
bool hasTag(CatchClause::Kind kind) {
  return kind == CatchClause::Kind::Catch || kind == CatchClause::Kind::CatchRef;
}

// A function for each layout. The first argument is the source, the second the destination. They
// may assume that all members of the destination have their default values.
namespace read {

void nothing(Cursor&, Instruction&) {}

void index(Cursor& in, Instruction& out) { out.index = in.u32(); }

void twoIndices(Cursor& in, Instruction& out) {
  out.index = in.u32();
  out.index2 = in.u32();
}

void blockType(Cursor& in, Instruction& out) {
  uint8_t first = in.peek();
  if (first == kEmptyBlock) {
    in.byte();
    out.block.kind = BlockType::Kind::Empty;
  } else if (startsValueType(first)) {
    out.block.kind = BlockType::Kind::Value;
    out.block.value = readValueType(in);
  } else {
    uint32_t at = in.offset();
    int64_t typeIndex = in.s33();
    if (typeIndex < 0) in.fail(at, "malformed block type");
    out.block.kind = BlockType::Kind::Index;
    out.block.typeIndex = static_cast<uint32_t>(typeIndex);
  }
}

// The default label follows the list and is stored as its last element.
void labels(Cursor& in, Instruction& out) {
  uint32_t count = in.count("labels");
  out.labels.reserve(count + size_t{1});
  for (uint32_t i = 0; i < count && in.ok(); ++i) out.labels.push_back(in.u32());
  out.labels.push_back(in.u32());
}

void heapType(Cursor& in, Instruction& out) { out.heap = readHeapType(in); }

// For ref.null, and for ref.test and ref.cast with a nullable target.
void nullHeapType(Cursor& in, Instruction& out) {
  out.heap = readHeapType(in);
  out.nullable = true;
}

void castLabel(Cursor& in, Instruction& out) {
  uint32_t at = in.offset();
  uint8_t flags = in.byte();
  if (flags > (kSourceNullable | kTargetNullable)) {
    in.fail(at, fmt::format("malformed cast flags {:#04x}, expected 0 to 3", flags));
  }
  out.nullable = (flags & kSourceNullable) != 0;
  out.nullable2 = (flags & kTargetNullable) != 0;
  out.index = in.u32();
  out.heap = readHeapType(in);
  out.heap2 = readHeapType(in);
}

void selectTypes(Cursor& in, Instruction& out) {
  uint32_t count = in.count("types");
  for (uint32_t i = 0; i < count && in.ok(); ++i) out.types.push_back(readValueType(in));
}

void tryTable(Cursor& in, Instruction& out) {
  blockType(in, out);
  uint32_t count = in.count("catch clauses");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    uint32_t at = in.offset();
    uint8_t kind = in.byte();
    if (kind > 3) in.fail(at, fmt::format("malformed catch clause {:#04x}, expected 0 to 3", kind));
    // A malformed kind is masked, so that the enumerator exists even after the failure.
    CatchClause clause{static_cast<CatchClause::Kind>(kind & 3), 0, 0};
    if (hasTag(clause.kind)) clause.tag = in.u32();
    clause.label = in.u32();
    out.catches.push_back(clause);
  }
}

void i32Const(Cursor& in, Instruction& out) {
  out.bits = static_cast<uint64_t>(static_cast<int64_t>(in.s32()));
}
void i64Const(Cursor& in, Instruction& out) { out.bits = static_cast<uint64_t>(in.s64()); }
void f32Const(Cursor& in, Instruction& out) { out.bits = in.fixed<uint32_t>("an f32"); }
void f64Const(Cursor& in, Instruction& out) { out.bits = in.fixed<uint64_t>("an f64"); }

void sixteenBytes(Cursor& in, Instruction& out) {
  base::ByteView bytes = in.take(out.bytes.size(), "a vector");
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
}

void memArg(Cursor& in, Instruction& out) {
  uint32_t at = in.offset();
  uint32_t flags = in.u32();
  if (flags >= kAlignLimit) in.fail(at, fmt::format("malformed memop flags {:#x}", flags));
  out.align = flags & ~kHasMemoryIndex;
  if ((flags & kHasMemoryIndex) != 0) out.index = in.u32();
  out.bits = in.u64();
}

// A lane index is a byte, not a LEB128 number (section 5.4.9).
void lane(Cursor& in, Instruction& out) { out.lane = in.byte(); }

void memLane(Cursor& in, Instruction& out) {
  memArg(in, out);
  lane(in, out);
}

// A reserved byte, as after the opcode of atomic.fence.
void zeroByte(Cursor& in, Instruction&) {
  uint32_t at = in.offset();
  if (in.byte() != 0) in.fail(at, "zero byte expected");
}

}  // namespace read

// A function for each layout, the inverse of the one in `read`.
namespace write {

void nothing(const Instruction&, base::Bytes&) {}

void index(const Instruction& in, base::Bytes& out) { base::appendUleb(out, in.index); }

void twoIndices(const Instruction& in, base::Bytes& out) {
  base::appendUleb(out, in.index);
  base::appendUleb(out, in.index2);
}

void blockType(const Instruction& in, base::Bytes& out) {
  switch (in.block.kind) {
    case BlockType::Kind::Empty:
      return out.push_back(kEmptyBlock);
    case BlockType::Kind::Value:
      return writeValueType(out, in.block.value);
    case BlockType::Kind::Index:
      return base::appendSleb(out, in.block.typeIndex);
  }
}

// The length of the list does not include the default label, which comes last in
// Instruction::labels.
void labels(const Instruction& in, base::Bytes& out) {
  base::appendUleb(out, in.labels.size() - 1);
  for (uint32_t label : in.labels) base::appendUleb(out, label);
}

void heapType(const Instruction& in, base::Bytes& out) { writeHeapType(out, in.heap); }
void nullHeapType(const Instruction& in, base::Bytes& out) { writeHeapType(out, in.heap); }

void castLabel(const Instruction& in, base::Bytes& out) {
  out.push_back((in.nullable ? kSourceNullable : 0) | (in.nullable2 ? kTargetNullable : 0));
  base::appendUleb(out, in.index);
  writeHeapType(out, in.heap);
  writeHeapType(out, in.heap2);
}

void selectTypes(const Instruction& in, base::Bytes& out) {
  base::appendUleb(out, in.types.size());
  for (const ValueType& type : in.types) writeValueType(out, type);
}

void tryTable(const Instruction& in, base::Bytes& out) {
  blockType(in, out);
  base::appendUleb(out, in.catches.size());
  for (const CatchClause& clause : in.catches) {
    out.push_back(static_cast<uint8_t>(clause.kind));
    if (hasTag(clause.kind)) base::appendUleb(out, clause.tag);
    base::appendUleb(out, clause.label);
  }
}

void i32Const(const Instruction& in, base::Bytes& out) {
  base::appendSleb(out, static_cast<int32_t>(in.bits));
}
void i64Const(const Instruction& in, base::Bytes& out) {
  base::appendSleb(out, static_cast<int64_t>(in.bits));
}

template <class T>
void appendFixed(base::Bytes& out, T value) {
  size_t at = out.size();
  out.resize(at + sizeof value);
  base::storeUnaligned(out.data() + at, value);
}
void f32Const(const Instruction& in, base::Bytes& out) {
  appendFixed(out, static_cast<uint32_t>(in.bits));
}
void f64Const(const Instruction& in, base::Bytes& out) { appendFixed(out, in.bits); }

void sixteenBytes(const Instruction& in, base::Bytes& out) { base::append(out, in.bytes); }

// The index of memory 0 is left out, as in modules without multiple memories.
void memArg(const Instruction& in, base::Bytes& out) {
  base::appendUleb(out, in.align | (in.index != 0 ? kHasMemoryIndex : 0));
  if (in.index != 0) base::appendUleb(out, in.index);
  base::appendUleb(out, in.bits);
}

void lane(const Instruction& in, base::Bytes& out) { out.push_back(static_cast<uint8_t>(in.lane)); }

void memLane(const Instruction& in, base::Bytes& out) {
  memArg(in, out);
  lane(in, out);
}

void zeroByte(const Instruction&, base::Bytes& out) { out.push_back(0); }

}  // namespace write

using Reader = void (*)(Cursor&, Instruction&);
constexpr Reader kReaders[] = {
#define IMMEDIATE(id, layout) read::layout,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

using Writer = void (*)(const Instruction&, base::Bytes&);
constexpr Writer kWriters[] = {
#define IMMEDIATE(id, layout) write::layout,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

// Clears all members without freeing the memory of vectors, which would take time for each
// instruction. `op` and `offset` are always set by the caller.
void reset(Instruction& out) {
  out.index = 0;
  out.index2 = 0;
  out.bits = 0;
  out.align = 0;
  out.lane = 0;
  out.nullable = false;
  out.nullable2 = false;
  out.heap = HeapType::kBottom;
  out.heap2 = HeapType::kBottom;
  out.block = {};
  out.bytes = {};
  out.labels.clear();
  out.types.clear();
  out.catches.clear();
}

std::string illegalOpcode(uint8_t prefix, uint32_t code) {
  if (prefix == 0) return fmt::format("illegal opcode {:#04x}", code);
  return fmt::format("illegal opcode {:#04x} {:#04x}", prefix, code);
}

size_t shapeNumber(const Instruction& instruction) {
  return static_cast<size_t>(opcodeInfo(instruction.op).immediate);
}

}  // namespace

void readInstruction(Cursor& in, Instruction& out) {
  reset(out);
  out.offset = in.offset();
  uint8_t prefix = 0;
  uint32_t code = in.byte();
  if (code >= kFirstPrefix && code <= kLastPrefix) {
    prefix = static_cast<uint8_t>(code);
    // The code after a prefix is a LEB128 number, which need not have its shortest form.
    code = in.u32();
  }
  std::optional<Op> op = findOpcode(prefix, code);
  if (!op) return in.fail(out.offset, illegalOpcode(prefix, code));
  out.op = *op;
  kReaders[shapeNumber(out)](in, out);
}

void writeInstruction(base::Bytes& out, const Instruction& instruction) {
  const OpcodeInfo& info = opcodeInfo(instruction.op);
  if (info.prefix == 0) {
    out.push_back(static_cast<uint8_t>(info.code));
  } else {
    out.push_back(info.prefix);
    base::appendUleb(out, info.code);
  }
  kWriters[shapeNumber(instruction)](instruction, out);
}

}  // namespace wasm
