// The checks of the immediates of instructions, by their shape: indices must be in bounds, and
// alignment, offset and lane in range (section 3.4). Each function is named after its shape. The
// signature and the rule of the instruction run only if these checks pass, so that they can use
// indices without checks.
#include <fmt/format.h>

#include "compiler/wasm/limits.h"
#include "compiler/wasm/validate/code_validator.h"
#include "compiler/wasm/validate/rule_table.h"

namespace wasm {
namespace {

// Fails if `index` is out of bounds of the index space; `what` names the space in the message.
template <class Space>
void checkIndex(CodeValidator& v, const Space& space, uint32_t index, std::string_view what) {
  if (index >= space.size()) v.fail(fmt::format("unknown {} {}", what, index));
}

// Fails if `index` is not the index of a composite type of this kind.
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

// Data segments come after the code, so instructions that name one require the data count section
// (section 5.5.15): a validator can then check the index in one pass.
void checkData(CodeValidator& v, uint32_t index) {
  if (!v.module().dataCount) return v.fail("data count section required");
  checkIndex(v, v.module().data, index, "data segment");
}

// Checks the types of elements that are copied from a segment or table to a table or array.
void checkSubtype(CodeValidator& v, ValueType sub, ValueType super) {
  if (v.relations().isSubtype(sub, super)) return;
  v.fail(fmt::format("{} expects elements of {}, found {}", v.name(), text(super), text(sub)));
}

// Does not use ModuleContext::checkHeapType(), since errors of instructions are sticky.
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

// For call_indirect and return_call_indirect, whose rules check that the table holds functions.
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

// Without the limit, a few bytes of array.new_fixed could pop billions of operands in unreachable
// code.
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

// For array.new_elem and array.init_elem: the elements of the segment must match those of the
// array.
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

// The format allows a list of types, but validation only a list of one (section 3.4.1).
void selectTypes(CodeValidator& v, const Instruction& in) {
  if (in.types.size() != 1) {
    return v.fail(
        fmt::format("invalid result arity: select of {} types, expected 1", in.types.size()));
  }
  if (in.types[0].isRef()) checkHeapType(v, in.types[0].heap, in.offset);
  v.context().noteType(in.types[0], in.offset);
}

// The alignment is only a hint and may be smaller than natural. The offset must fit into the index
// type, so that an effective address of a 32-bit memory has at most 33 bits (section 3.4.5).
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

// For atomic accesses the alignment must be natural (threads proposal).
void atomicArg(CodeValidator& v, const Instruction& in) {
  memArg(v, in);
  if (in.align != opcodeInfo(in.op).naturalAlign) {
    v.fail(fmt::format("atomic alignment must be natural: {} aligned to 2^{}, expected 2^{}",
                       v.name(), in.align, opcodeInfo(in.op).naturalAlign));
  }
}

// For instructions on lanes, naturalAlign is log2 of the size of a lane in bytes, which determines
// the number of lanes of a vector.
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

// Labels and block types are checked by the rules of their instructions, which need the blocks. The
// other shapes without a row have nothing to check.
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
