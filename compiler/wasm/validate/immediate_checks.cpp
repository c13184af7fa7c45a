// Checks of the immediates of instructions, by their shape: indices must be in bounds, and
// alignment, offset and lane in range.
#include <fmt/format.h>

#include "compiler/wasm/limits.h"
#include "compiler/wasm/validate/code_validator.h"
#include "compiler/wasm/validate/rule_table.h"

namespace wasm {
namespace {

template <class Space>
void checkIndex(CodeValidator& v, const Space& space, uint32_t index, std::string_view what) {
  if (index >= space.size()) v.fail(fmt::format("unknown {} {}", what, index));
}

void checkType(CodeValidator& v, uint32_t index, CompositeKind kind) {
  checkIndex(v, v.module().types, index, "type");
  if (!v.ok() || v.module().types[index].kind == kind) return;
  constexpr std::string_view kKinds[] = {"a function", "a struct", "an array"};
  v.fail(fmt::format("{} expects {} type, found type {}", v.name(),
                     kKinds[static_cast<size_t>(kind)], index));
}

void checkTable(CodeValidator& v, uint32_t index) {
  checkIndex(v, v.module().tables, index, "table");
}

void checkMemory(CodeValidator& v, uint32_t index) {
  checkIndex(v, v.module().memories, index, "memory");
}

void checkElement(CodeValidator& v, uint32_t index) {
  checkIndex(v, v.module().elements, index, "elem segment");
}

// Data segments come behind the code, so instructions that name one need the data count section.
void checkData(CodeValidator& v, uint32_t index) {
  if (!v.module().dataCount) return v.fail("data count section required");
  checkIndex(v, v.module().data, index, "data segment");
}

// Checks the types of elements that are copied from a segment or table.
void checkSubtype(CodeValidator& v, ValueType sub, ValueType super) {
  if (v.relations().isSubtype(sub, super)) return;
  v.fail(fmt::format("{} expects elements of {}, found {}", v.name(), text(super), text(sub)));
}

void checkHeapType(CodeValidator& v, HeapType type, uint32_t offset) {
  if (!v.context().isKnown(type)) v.fail(fmt::format("unknown type {}", type.typeIndex()));
  v.context().noteHeapType(type, offset);
}

void function(CodeValidator& v, const Instruction& in) {
  checkIndex(v, v.module().functions, in.index, "function");
}

void type(CodeValidator& v, const Instruction& in) {
  checkIndex(v, v.module().types, in.index, "type");
}

void table(CodeValidator& v, const Instruction& in) { checkTable(v, in.index); }

void local(CodeValidator& v, const Instruction& in) {
  if (in.index >= v.locals().size()) v.fail(fmt::format("unknown local {}", in.index));
}

void global(CodeValidator& v, const Instruction& in) {
  checkIndex(v, v.module().globals, in.index, "global");
}

void memory(CodeValidator& v, const Instruction& in) { checkMemory(v, in.index); }

void tag(CodeValidator& v, const Instruction& in) {
  checkIndex(v, v.module().tags, in.index, "tag");
}

void element(CodeValidator& v, const Instruction& in) { checkElement(v, in.index); }

void data(CodeValidator& v, const Instruction& in) { checkData(v, in.index); }

void typeTable(CodeValidator& v, const Instruction& in) {
  checkTable(v, in.index2);
  checkType(v, in.index, CompositeKind::Func);
}

void elementTable(CodeValidator& v, const Instruction& in) {
  checkTable(v, in.index2);
  checkElement(v, in.index);
  if (!v.ok()) return;
  checkSubtype(v, v.module().elements[in.index].type, v.module().tables[in.index2].type.element);
}

void tableTable(CodeValidator& v, const Instruction& in) {
  checkTable(v, in.index);
  checkTable(v, in.index2);
  if (!v.ok()) return;
  checkSubtype(v, v.module().tables[in.index2].type.element,
               v.module().tables[in.index].type.element);
}

void dataMemory(CodeValidator& v, const Instruction& in) {
  checkMemory(v, in.index2);
  checkData(v, in.index);
}

void memoryMemory(CodeValidator& v, const Instruction& in) {
  checkMemory(v, in.index);
  checkMemory(v, in.index2);
}

void typeField(CodeValidator& v, const Instruction& in) {
  checkType(v, in.index, CompositeKind::Struct);
  if (v.ok()) checkIndex(v, v.module().types[in.index].fields, in.index2, "field");
}

void typeType(CodeValidator& v, const Instruction& in) {
  checkType(v, in.index, CompositeKind::Array);
  checkType(v, in.index2, CompositeKind::Array);
}

// The limit bounds the operands that a few bytes of array.new_fixed can pop.
void typeCount(CodeValidator& v, const Instruction& in) {
  checkType(v, in.index, CompositeKind::Array);
  if (in.index2 > kMaxArrayNewFixed) {
    v.fail(fmt::format("{} of {} elements, at most {} are supported", v.name(), in.index2,
                       kMaxArrayNewFixed));
  }
}

void typeData(CodeValidator& v, const Instruction& in) {
  checkType(v, in.index, CompositeKind::Array);
  checkData(v, in.index2);
}

void typeElement(CodeValidator& v, const Instruction& in) {
  checkType(v, in.index, CompositeKind::Array);
  checkElement(v, in.index2);
  if (!v.ok()) return;
  checkSubtype(v, v.module().elements[in.index2].type, v.module().types[in.index].fields[0].type);
}

void heapType(CodeValidator& v, const Instruction& in) { checkHeapType(v, in.heap, in.offset); }

void castLabel(CodeValidator& v, const Instruction& in) {
  checkHeapType(v, in.heap, in.offset);
  checkHeapType(v, in.heap2, in.offset);
}

void selectTypes(CodeValidator& v, const Instruction& in) {
  if (in.types.size() != 1) {
    return v.fail(
        fmt::format("invalid result arity: select of {} types, expected 1", in.types.size()));
  }
  if (in.types[0].isRef()) checkHeapType(v, in.types[0].heap, in.offset);
  v.context().noteType(in.types[0], in.offset);
}

// The alignment is only a hint and may be smaller than natural.
void memArg(CodeValidator& v, const Instruction& in) {
  checkMemory(v, in.index);
  if (!v.ok()) return;
  if (in.align > opcodeInfo(in.op).naturalAlign) {
    v.fail(
        fmt::format("alignment must not be larger than natural: {} aligned to 2^{}, at most 2^{}",
                    v.name(), in.align, opcodeInfo(in.op).naturalAlign));
  }
  if (!v.module().memories[in.index].type.limits.is64 && in.bits > UINT32_MAX) {
    v.fail(fmt::format("offset out of range: {:#x}, expected 32 bits", in.bits));
  }
}

// For atomic accesses the alignment must be natural.
void atomicArg(CodeValidator& v, const Instruction& in) {
  memArg(v, in);
  if (in.align != opcodeInfo(in.op).naturalAlign) {
    v.fail(fmt::format("atomic alignment must be natural: {} aligned to 2^{}, expected 2^{}",
                       v.name(), in.align, opcodeInfo(in.op).naturalAlign));
  }
}

// For instructions on lanes the natural alignment is that of a lane.
void lane(CodeValidator& v, const Instruction& in) {
  uint32_t lanes = 16u >> opcodeInfo(in.op).naturalAlign;
  if (in.lane >= lanes) {
    v.fail(fmt::format("invalid lane index {}, expected less than {}", in.lane, lanes));
  }
}

void memLane(CodeValidator& v, const Instruction& in) {
  memArg(v, in);
  lane(v, in);
}

// i8x16.shuffle selects from the 32 lanes of both operands.
void shuffleLanes(CodeValidator& v, const Instruction& in) {
  for (uint8_t lane : in.bytes) {
    if (lane >= 32) v.fail(fmt::format("invalid lane index {}, expected less than 32", lane));
  }
}

constexpr Rule<ImmediateShape> kChecks[] = {
    {ImmediateShape::function, function},
    {ImmediateShape::type, type},
    {ImmediateShape::table, table},
    {ImmediateShape::local, local},
    {ImmediateShape::global, global},
    {ImmediateShape::memory, memory},
    {ImmediateShape::tag, tag},
    {ImmediateShape::element, element},
    {ImmediateShape::data, data},
    {ImmediateShape::typeTable, typeTable},
    {ImmediateShape::elementTable, elementTable},
    {ImmediateShape::tableTable, tableTable},
    {ImmediateShape::dataMemory, dataMemory},
    {ImmediateShape::memoryMemory, memoryMemory},
    {ImmediateShape::typeField, typeField},
    {ImmediateShape::typeType, typeType},
    {ImmediateShape::typeCount, typeCount},
    {ImmediateShape::typeData, typeData},
    {ImmediateShape::typeElement, typeElement},
    {ImmediateShape::heapType, heapType},
    {ImmediateShape::nullHeapType, heapType},
    {ImmediateShape::castLabel, castLabel},
    {ImmediateShape::selectTypes, selectTypes},
    {ImmediateShape::memArg, memArg},
    {ImmediateShape::atomicArg, atomicArg},
    {ImmediateShape::memLane, memLane},
    {ImmediateShape::lane, lane},
    {ImmediateShape::shuffleLanes, shuffleLanes},
};

}  // namespace

constinit const std::array<InstructionCheck, kImmediateShapeCount> kImmediateChecks =
    denseTable<ImmediateShape, kImmediateShapeCount>(kChecks);

}  // namespace wasm
