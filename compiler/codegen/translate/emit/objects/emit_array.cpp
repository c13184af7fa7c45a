// Array instructions on single elements, and the creation of arrays (section 4.4.3).
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen::emit {
namespace {

using llvm::Value;

// Pushes a new array of `length` elements that are all `value`.
void pushFilledArray(FunctionBuilder& f, uint32_t typeIndex, Value* length, Value* value) {
  Value* array = newArray(f, typeIndex, length, value);
  FieldAddress first = arrayElement(f, typeIndex, array, f.ir.getInt32(0));
  if (!first.isTraced) fillElements(f, first, length, value);
  f.push(array);
}

// Pushes what a builtin has returned that creates an array from a segment.
void pushArrayOf(FunctionBuilder& f, const Builtin& builtin, const Inst& inst,
                 abi::TrapCode outOfBounds) {
  Value* count = f.pop();
  Value* from = f.pop();
  Value* array =
      callBuiltin(f, builtin, {f.ir.getInt32(inst.index), f.ir.getInt32(inst.index2), from, count});
  Value* outside = fromWord(f, f.ir.getInt64(abi::kOutOfBounds));
  trapIf(f, f.ir.CreateICmpEQ(array, outside), outOfBounds);
  trapIf(f, f.ir.CreateIsNull(array), abi::TrapCode::AllocationFailure);
  f.push(array);
}

// Pops an index and an array, and returns the element. Adds traps for null and out of bounds.
FieldAddress popElement(FunctionBuilder& f, uint32_t typeIndex) {
  Value* index = f.pop();
  Value* array = popObject(f, abi::TrapCode::NullArray);
  trapIf(f, f.ir.CreateICmpUGE(index, arrayLength(f, array)), abi::TrapCode::ArrayOutOfBounds);
  return arrayElement(f, typeIndex, array, index);
}

void getElement(FunctionBuilder& f, const Inst& inst, bool isSigned) {
  f.push(loadField(f, popElement(f, inst.index), isSigned));
}

}  // namespace

void arrayNew(FunctionBuilder& f, const Inst& inst) {
  Value* length = f.pop();
  Value* value = f.pop();
  pushFilledArray(f, inst.index, length, value);
}

void arrayNewDefault(FunctionBuilder& f, const Inst& inst) {
  Value* length = f.pop();
  pushFilledArray(f, inst.index, length, defaultOf(f, f.source().types[inst.index].fields[0]));
}

void arrayNewFixed(FunctionBuilder& f, const Inst& inst) {
  Values elements = f.stack.popMany(inst.index2);
  Value* null = llvm::ConstantPointerNull::get(f.ir.getPtrTy());
  Value* array = newArray(f, inst.index, f.ir.getInt32(inst.index2), null);
  for (uint32_t i = 0; i < elements.size(); ++i) {
    initField(f, arrayElement(f, inst.index, array, f.ir.getInt32(i)), elements[i]);
  }
  f.push(array);
}

void arrayNewData(FunctionBuilder& f, const Inst& inst) {
  pushArrayOf(f, builtins::arrayNewData, inst, abi::TrapCode::MemoryOutOfBounds);
}

void arrayNewElem(FunctionBuilder& f, const Inst& inst) {
  pushArrayOf(f, builtins::arrayNewElem, inst, abi::TrapCode::TableOutOfBounds);
}

void arrayGet(FunctionBuilder& f, const Inst& inst) { getElement(f, inst, false); }
void arrayGetS(FunctionBuilder& f, const Inst& inst) { getElement(f, inst, true); }
void arrayGetU(FunctionBuilder& f, const Inst& inst) { getElement(f, inst, false); }

void arraySet(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.pop();
  storeField(f, popElement(f, inst.index), value);
}

void arrayLen(FunctionBuilder& f, const Inst&) {
  f.push(arrayLength(f, popObject(f, abi::TrapCode::NullArray)));
}

}  // namespace codegen::emit
