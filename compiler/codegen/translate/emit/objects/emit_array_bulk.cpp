// Array instructions on several elements (section 4.4.3). All check the ranges before they write.
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen::emit {
namespace {

using llvm::Value;

const FieldPlace& elementPlace(FunctionBuilder& f, uint32_t typeIndex) {
  return f.plan().objectLayouts()[typeIndex].fields[0];
}

// The operands of array.init_data and array.init_elem.
struct InitOperands {
  Value* array;
  Value* to;
  Value* from;
  Value* count;
};

InitOperands popInitOperands(FunctionBuilder& f) {
  Value* count = f.pop();
  Value* from = f.pop();
  Value* to = f.pop();
  Value* array = popObject(f, abi::TrapCode::NullArray);
  checkElements(f, array, to, count);
  return {array, to, from, count};
}

Value* widen(FunctionBuilder& f, Value* count) { return f.ir.CreateZExt(count, f.ir.getInt64Ty()); }

}  // namespace

void arrayFill(FunctionBuilder& f, const Inst& inst) {
  Value* count = f.pop();
  Value* value = f.pop();
  Value* begin = f.pop();
  Value* array = popObject(f, abi::TrapCode::NullArray);
  checkElements(f, array, begin, count);
  FieldAddress first = arrayElement(f, inst.index, array, begin);
  if (first.isTraced) {
    callBuiltin(f, builtins::arrayFillReferences, {first.address, value, widen(f, count)});
  } else {
    fillElements(f, first, count, value);
  }
}

// The arrays may be the same one.
void arrayCopy(FunctionBuilder& f, const Inst& inst) {
  Value* count = f.pop();
  Value* from = f.pop();
  Value* source = popObject(f, abi::TrapCode::NullArray);
  Value* to = f.pop();
  Value* target = popObject(f, abi::TrapCode::NullArray);
  checkElements(f, target, to, count);
  checkElements(f, source, from, count);
  FieldAddress first = arrayElement(f, inst.index, target, to);
  Value* firstSource = arrayElement(f, inst.index2, source, from).address;
  if (first.isTraced) {
    callBuiltin(f, builtins::arrayCopyReferences, {first.address, firstSource, widen(f, count)});
    return;
  }
  uint32_t size = elementPlace(f, inst.index).size;
  llvm::Align align(std::min(size, 8u));
  f.abi.inScope(f.ir.CreateMemMove(first.address, align, firstSource, align,
                                   f.ir.CreateNUWMul(widen(f, count), f.ir.getInt64(size))),
                Scope::Objects);
}

void arrayInitData(FunctionBuilder& f, const Inst& inst) {
  InitOperands operands = popInitOperands(f);
  uint32_t sizeLog2 = llvm::Log2_32(elementPlace(f, inst.index).size);
  Value* first = arrayElement(f, inst.index, operands.array, operands.to).address;
  callTrappingBuiltin(
      f, builtins::arrayInitData,
      {first, f.ir.getInt32(sizeLog2), f.ir.getInt32(inst.index2), operands.from, operands.count},
      abi::TrapCode::MemoryOutOfBounds);
}

void arrayInitElem(FunctionBuilder& f, const Inst& inst) {
  InitOperands operands = popInitOperands(f);
  callTrappingBuiltin(
      f, builtins::arrayInitElem,
      {operands.array, operands.to, f.ir.getInt32(inst.index2), operands.from, operands.count},
      abi::TrapCode::TableOutOfBounds);
}

}  // namespace codegen::emit
