#include <algorithm>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/testing/module_builder.h"

namespace wasm {
namespace {

constexpr uint8_t kUnreachable = 0x00;
constexpr uint8_t kEnd = 0x0b;

// Value types in the binary format.
constexpr uint8_t kI32Code = 0x7f;
constexpr uint8_t kFuncRefCode = 0x70;

bool hasTwoIndices(ImmediateShape shape) {
  constexpr std::string_view kLayouts[] = {
#define IMMEDIATE(id, layout) #layout,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
  };
  return kLayouts[static_cast<size_t>(shape)] == "twoIndices";
}

void addSampleTypes(ModuleBuilder& builder) {
  builder.type({}, {});                      // 0
  builder.type({kI32, kI64}, {kI32, kF64});  // 1
  builder.type({kI32}, {});                  // 2
  // (rec (type 3 (sub (struct (field (mut (ref null 4)))))) (type 4 (sub final 3 (struct ...))))
  builder.rawType(base::Bytes{0x4e, 2, 0x50, 0, 0x5f, 1, 0x63, 4, 1,  //
                              0x4f, 1, 3, 0x5f, 2, 0x63, 4, 1, 0x78, 0});
  builder.rawType(base::Bytes{0x5e, 0x77, 1});  // 5: (array (mut i16))
}

void addSampleImports(ModuleBuilder& builder) {
  builder.import("host", "f", ExternKind::Function, base::Bytes{0});
  builder.import("host", "table", ExternKind::Table, base::Bytes{kFuncRefCode, 1, 2, 20});
  builder.import("host", "memory", ExternKind::Memory, base::Bytes{3, 1, 2});
  builder.import("host", "global", ExternKind::Global, base::Bytes{kI32Code, 0});
  builder.import("host", "t\xc3\xa4g", ExternKind::Tag, base::Bytes{0, 2});
}

void addSampleFunctions(ModuleBuilder& builder) {
  // 1: block, br_table, if/else; (param i32 i64) (result i32 f64)
  builder.function(1,
                   {0x02, 0x40, 0x02, 0x40,     0x20, 0, 0x0e, 2,    0,    1,    0, kEnd, kEnd,  //
                    0x20, 0,    0x04, kI32Code, 0x41, 1, 0x05, 0x41, 0x7f, kEnd,                 //
                    0x44, 0,    0,    0,        0,    0, 0,    0xf0, 0x3f},
                   {{2, kI32}, {1, kF64}});
  // 2: memory, table and reference instructions; (param i32)
  builder.function(2, {0x20, 0, 0x28, 2,   8,    0x1a,                 // i32.load offset=8
                       0x20, 0, 0x25, 1,   0xd1, 0x1a,                 // table.get 1, ref.is_null
                       0xd2, 1, 0x1a,                                  // ref.func 1
                       0x41, 0, 0x41, 0,   0x41, 0,    0xfc, 8, 1, 0,  // memory.init 1
                       0xfb, 1, 3,    0x1a});                          // struct.new_default 3
}

// The functions below set the immediates of instructions of certain shapes. They return whether the
// shape is one of these.

bool setConstant(ImmediateShape shape, Instruction& out) {
  switch (shape) {
    case ImmediateShape::i32Const:
      out.bits = static_cast<uint64_t>(int64_t{INT32_MIN});
      return true;
    case ImmediateShape::i64Const:
      out.bits = uint64_t{1} << 63;
      return true;
    case ImmediateShape::f32Const:
      out.bits = 0x7fa00001;  // a signaling NaN with a payload
      return true;
    case ImmediateShape::f64Const:
      out.bits = 0x7ff4000000000001;
      return true;
    case ImmediateShape::v128Const:
    case ImmediateShape::shuffleLanes:
      for (uint8_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] = 2 * i;
      return true;
    default:
      return false;
  }
}

bool setAccess(ImmediateShape shape, Instruction& out) {
  switch (shape) {
    case ImmediateShape::lane:
      out.lane = 1;
      return true;
    case ImmediateShape::memLane:
      out.lane = 1;
      [[fallthrough]];
    case ImmediateShape::memArg:
    case ImmediateShape::atomicArg:
      out.index = 300;
      out.align = 1;
      out.bits = 0x12345678;
      return true;
    default:
      return false;
  }
}

bool setTypes(ImmediateShape shape, Instruction& out) {
  switch (shape) {
    case ImmediateShape::tryTable:
      out.catches = {{CatchClause::Kind::Catch, 3, 200},
                     {CatchClause::Kind::CatchRef, 300, 1},
                     {CatchClause::Kind::CatchAll, 0, 2},
                     {CatchClause::Kind::CatchAllRef, 0, 3}};
      [[fallthrough]];
    case ImmediateShape::blockType:
      out.block = {BlockType::Kind::Index, {}, 200};
      return true;
    case ImmediateShape::castLabel:
      out.index = 5;
      out.nullable2 = true;
      out.heap = HeapType::kAny;
      out.heap2 = HeapType::concrete(70);
      return true;
    case ImmediateShape::nullHeapType:
      out.nullable = true;
      [[fallthrough]];
    case ImmediateShape::heapType:
      out.heap = HeapType::concrete(70);
      return true;
    case ImmediateShape::selectTypes:
      out.types = {ValueType::ref(HeapType::concrete(70), false)};
      return true;
    default:
      return false;
  }
}

}  // namespace

base::Bytes sampleModule() {
  ModuleBuilder builder;
  addSampleTypes(builder);
  addSampleImports(builder);
  addSampleFunctions(builder);
  builder.item(SectionId::Table, {0x40, 0, kFuncRefCode, 0, 4, 0xd0, 0x70, kEnd});
  builder.item(SectionId::Memory, {5, 1, 4});
  builder.item(SectionId::Tag, {0, 0});
  builder.item(SectionId::Global, {kI32Code, 1, 0x23, 0, 0x41, 1, 0x6a, kEnd});
  builder.exportItem("run", ExternKind::Function, 1);
  builder.exportItem("memory", ExternKind::Memory, 1);
  builder.contents(SectionId::Start, base::Bytes{0});
  builder.item(SectionId::Element, {0, 0x41, 0, kEnd, 2, 1, 2});
  builder.item(SectionId::Element, {1, 0, 1, 1});
  builder.item(SectionId::Element, {2, 1, 0x41, 0, kEnd, 0, 1, 1});
  builder.item(SectionId::Element, {3, 0, 1, 2});
  builder.item(SectionId::Element, {4, 0x41, 0, kEnd, 1, 0xd2, 1, kEnd});
  builder.item(SectionId::Element, {5, kFuncRefCode, 1, 0xd0, 0x70, kEnd});
  builder.item(SectionId::Element, {6, 1, 0x41, 0, kEnd, kFuncRefCode, 1, 0xd2, 1, kEnd});
  builder.item(SectionId::Element, {7, 0x6f, 1, 0xd0, 0x6f, kEnd});
  builder.contents(SectionId::DataCount, base::Bytes{3});
  builder.item(SectionId::Data, {0, 0x41, 8, kEnd, 2, 'h', 'i'});
  builder.item(SectionId::Data, {1, 1, 'x'});
  builder.item(SectionId::Data, {2, 1, 0x42, 0, kEnd, 0});
  builder.custom("name", base::Bytes{0, 2, 1, 'm', 1, 6, 1, 1, 3, 'r', 'u', 'n'});
  builder.custom("other", base::Bytes{1, 2, 3});
  return builder.build();
}

// Returns whether a signature has only numbers, vectors and the index type of the named memory, so
// that the instruction validates in a module with one memory.
static bool isPlain(const Signature& signature) {
  auto isPlainType = [](SignatureType type) {
    return type <= SignatureType::V128 || type == SignatureType::MemoryIndex;
  };
  return !signature.isSpecial && std::ranges::all_of(signature.operands(), isPlainType) &&
         std::ranges::all_of(signature.results(), isPlainType);
}

base::Bytes everyInstructionModule() {
  base::Bytes code;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    Op op = static_cast<Op>(number);
    const OpcodeInfo& info = opcodeInfo(op);
    bool needsSegment = info.immediate == ImmediateShape::element ||
                        info.immediate == ImmediateShape::data ||
                        info.immediate == ImmediateShape::dataMemory;
    if (!isPlain(info.signature) || needsSegment) continue;
    Instruction instruction = sampleInstruction(op);
    instruction.index = 0;
    instruction.align = info.naturalAlign;
    instruction.lane = 0;
    code.push_back(kUnreachable);  // the instructions after it may pop any types
    writeInstruction(code, instruction);
  }
  code.push_back(kUnreachable);
  ModuleBuilder builder;
  builder.function(builder.type({}, {}), code);
  builder.item(SectionId::Memory, {1, 1, 4});
  return builder.build();
}

Instruction sampleInstruction(Op op) {
  Instruction out;
  out.op = op;
  ImmediateShape shape = opcodeInfo(op).immediate;
  if (setConstant(shape, out) || setAccess(shape, out) || setTypes(shape, out)) return out;
  if (shape == ImmediateShape::none || shape == ImmediateShape::zeroByte) return out;
  if (shape == ImmediateShape::labels) {
    out.labels = {1, 300, 2};
    return out;
  }
  out.index = 300;
  if (hasTwoIndices(shape)) out.index2 = 7;
  return out;
}

}  // namespace wasm
