#include "compiler/wasm/validate/special_gc.h"

#include <fmt/format.h>

namespace wasm::gc {
namespace {

bool hasDefault(const FieldType& field) { return !field.type.isRef() || field.type.nullable; }

// `what` is the kind with its article, for the message.
bool expectKind(CodeValidator& v, uint32_t index, CompositeKind kind, std::string_view what) {
  if (v.module().types[index].kind == kind) return true;
  v.fail(fmt::format("{} expects {} type, found type {}", v.name(), what, index));
  return false;
}

bool isStruct(CodeValidator& v, uint32_t index) {
  return expectKind(v, index, CompositeKind::Struct, "a struct");
}

bool isArray(CodeValidator& v, uint32_t index) {
  return expectKind(v, index, CompositeKind::Array, "an array");
}

// Returns the struct field or the array element that the instruction accesses. Fails and returns
// null if the type is neither. For typeField the immediate check has checked the type and the
// field.
const FieldType* field(CodeValidator& v, const Instruction& in) {
  const SubType& type = v.module().types[in.index];
  if (opcodeInfo(in.op).immediate == ImmediateShape::typeField) return &type.fields[in.index2];
  return isArray(v, in.index) ? &type.fields[0] : nullptr;
}

ValueType reference(HeapType heap, bool nullable) { return ValueType::ref(heap, nullable); }

// Returns the type of a `source` for which a cast to `target` has failed (section 3.1.1,
// "difference"): if null passes the cast, the failed reference is non-null.
ValueType difference(ValueType source, ValueType target) {
  return target.nullable ? reference(source.heap, false) : source;
}

struct Cast {
  ValueType source;
  ValueType target;
};

// The target must be a subtype of the source (section 3.4.2, "br_on_cast").
Cast checkCast(CodeValidator& v, const Instruction& in) {
  Cast cast{reference(in.heap, in.nullable), reference(in.heap2, in.nullable2)};
  if (!v.relations().isSubtype(cast.target, cast.source)) {
    v.fail(fmt::format("{} expects a target below {}, found {}", v.name(), text(cast.source),
                       text(cast.target)));
  }
  return cast;
}

// Checks a branch on a cast. The label receives a reference of type `taken` after its other
// operands; without a branch, one of type `stays` is left.
void branchOnCast(CodeValidator& v, const Instruction& in, ValueType source, ValueType taken,
                  ValueType stays) {
  std::span<const ValueType> types = v.frame(in.index).labelTypes();
  if (!v.ok()) return;
  if (types.empty() || !v.relations().isSubtype(taken, types.back())) {
    return v.fail(fmt::format("{} carries {} to label {}, which expects {}", v.name(), text(taken),
                              in.index, types.empty() ? "nothing" : text(types.back())));
  }
  v.pop(source);
  std::span<const ValueType> others = types.first(types.size() - 1);
  v.pop(others);
  v.push(others);
  v.push(stays);
}

// Pops a reference of one hierarchy and pushes one of the other with the same nullability. In
// unreachable code the operand is a non-null bottom reference, so the result is non-null.
void convert(CodeValidator& v, HeapType from, HeapType to) {
  ValueType operand = v.popReference();
  if (!v.relations().isSubtype(operand, reference(from, true))) {
    v.fail(fmt::format("{} expects {}, found {}", v.name(), text(reference(from, true)),
                       text(operand)));
  }
  v.push(reference(to, operand.nullable));
}

}  // namespace

void structNew(CodeValidator& v, const Instruction& in) {
  if (!isStruct(v, in.index)) return;
  const std::vector<FieldType>& fields = v.module().types[in.index].fields;
  for (size_t i = fields.size(); i-- > 0;) v.pop(fields[i].type);
  v.push(reference(HeapType::concrete(in.index), false));
}

void structNewDefault(CodeValidator& v, const Instruction& in) {
  if (!isStruct(v, in.index)) return;
  for (const FieldType& field : v.module().types[in.index].fields) {
    if (!hasDefault(field)) {
      return v.fail(fmt::format("field type is not defaultable: {}", text(field.type)));
    }
  }
}

void getPlain(CodeValidator& v, const Instruction& in) {
  const FieldType* type = field(v, in);
  if (type != nullptr && type->packed != PackedKind::None) {
    v.fail(fmt::format("field is packed: {} expects an unpacked one", v.name()));
  }
}

void getPacked(CodeValidator& v, const Instruction& in) {
  const FieldType* type = field(v, in);
  if (type != nullptr && type->packed == PackedKind::None) {
    v.fail(fmt::format("field is unpacked: {} expects a packed one", v.name()));
  }
}

// Also for array.fill and array.init_elem, which write elements.
void setField(CodeValidator& v, const Instruction& in) {
  const FieldType* type = field(v, in);
  if (type != nullptr && !type->isMutable) {
    v.fail(fmt::format("{} expects a mutable field or array, found an immutable one", v.name()));
  }
}

void expectArray(CodeValidator& v, const Instruction& in) { isArray(v, in.index); }

void arrayNewDefault(CodeValidator& v, const Instruction& in) {
  const FieldType* type = field(v, in);
  if (type != nullptr && !hasDefault(*type)) {
    v.fail(fmt::format("array type is not defaultable: {}", text(type->type)));
  }
}

// Stops at the first error, so that an invalid module with a large count fails quickly.
void arrayNewFixed(CodeValidator& v, const Instruction& in) {
  for (uint32_t i = 0; i < in.index2 && v.ok(); ++i) {
    v.pop(v.module().types[in.index].fields[0].type);
  }
  v.push(reference(HeapType::concrete(in.index), false));
}

// References cannot be initialized from bytes.
void fromData(CodeValidator& v, const Instruction& in) {
  const FieldType* type = field(v, in);
  if (type != nullptr && type->type.isRef()) {
    v.fail(fmt::format("array type is not numeric or vector: {}", text(type->type)));
  }
}

void arrayInitData(CodeValidator& v, const Instruction& in) {
  fromData(v, in);
  setField(v, in);
}

void arrayCopy(CodeValidator& v, const Instruction& in) {
  setField(v, in);
  // typeType has checked that both are arrays.
  FieldType target = v.module().types[in.index].fields[0];
  FieldType source = v.module().types[in.index2].fields[0];
  // Mutability of the source does not matter.
  target.isMutable = source.isMutable = false;
  if (!v.relations().isSubtype(source, target)) {
    v.fail(
        fmt::format("array types do not match: {} into {}", text(source.type), text(target.type)));
  }
  v.pop(kI32);
  v.pop(kI32);
  v.pop(reference(HeapType::concrete(in.index2), true));
  v.pop(kI32);
  v.pop(reference(HeapType::concrete(in.index), true));
}

// The operand may be any reference of the same hierarchy as the target (section 3.4.6), whose top
// type is a supertype of all.
void refTest(CodeValidator& v, const Instruction& in) {
  v.pop(reference(v.relations().top(in.heap), true));
  v.push(kI32);
}

void refCast(CodeValidator& v, const Instruction& in) {
  v.pop(reference(v.relations().top(in.heap), true));
  v.push(reference(in.heap, in.nullable));
}

void brOnCast(CodeValidator& v, const Instruction& in) {
  Cast cast = checkCast(v, in);
  branchOnCast(v, in, cast.source, cast.target, difference(cast.source, cast.target));
}

void brOnCastFail(CodeValidator& v, const Instruction& in) {
  Cast cast = checkCast(v, in);
  branchOnCast(v, in, cast.source, difference(cast.source, cast.target), cast.target);
}

void anyConvertExtern(CodeValidator& v, const Instruction&) {
  convert(v, HeapType::kExtern, HeapType::kAny);
}

void externConvertAny(CodeValidator& v, const Instruction&) {
  convert(v, HeapType::kAny, HeapType::kExtern);
}

}  // namespace wasm::gc
