// The validation rules of instructions whose types a signature cannot express: control
// instructions, and those whose types depend on the operands (sections 3.4.1 to 3.4.3 and 3.4.6).
// Each function is named after its family and is called after the checks of the immediates have
// passed.
#include <fmt/format.h>

#include <utility>

#include "compiler/wasm/validate/code_validator.h"
#include "compiler/wasm/validate/rule_table.h"
#include "compiler/wasm/validate/special_gc.h"

namespace wasm {
namespace {

// The operand of throw_ref, and the type of a caught exception, which is never null.
constexpr ValueType kExnRef = ValueType::ref(HeapType::kExn, true);
constexpr ValueType kCaughtExn = ValueType::ref(HeapType::kExn, false);

const FuncType& functionType(const CodeValidator& v, uint32_t typeIndex) {
  return v.module().types[typeIndex].func;
}

const FuncType& tagType(const CodeValidator& v, uint32_t tag) {
  return functionType(v, v.module().tags[tag].typeIndex);
}

void unreachable(CodeValidator& v, const Instruction&) { v.setUnreachable(); }

// Pops the parameters, opens the block and pushes them as operands of the block (section 3.4.2,
// "block").
void enter(CodeValidator& v, const Instruction& in, Family kind) {
  BlockSignature signature = v.blockSignature(in.block);
  v.pop(signature.params());
  v.openBlock(kind, signature);
  v.push(signature.params());
}

void block(CodeValidator& v, const Instruction& in) { enter(v, in, opcodeInfo(in.op).family); }

// The condition is above the parameters.
void ifThen(CodeValidator& v, const Instruction& in) {
  v.pop(kI32);
  enter(v, in, Family::ifThen);
}

// Closes the innermost block and opens the next part of the same instruction with the same
// signature. The part is reachable again, whatever the end of the last part was.
void nextPart(CodeValidator& v, Family kind, std::span<const ValueType> operands) {
  Frame closed = v.closeBlock();
  v.openBlock(kind, closed.signature);
  v.push(operands);
}

// The arms of an `if` are two blocks with the same signature, one after the other.
void elseArm(CodeValidator& v, const Instruction&) {
  if (v.frame(0).kind != Family::ifThen) return v.fail("else without if");
  BlockSignature signature = v.frame(0).signature;
  nextPart(v, Family::elseArm, signature.params());
}

// An `if` without `else` has an implicit second arm that passes on its parameters.
void end(CodeValidator& v, const Instruction&) {
  Frame closed = v.closeBlock();
  if (closed.kind == Family::ifThen &&
      !v.relations().isSubtype(closed.signature.params(), closed.signature.results())) {
    v.fail("if without else must leave what it takes");
  }
  v.push(closed.signature.results());
}

void br(CodeValidator& v, const Instruction& in) {
  v.pop(v.frame(in.index).labelTypes());
  v.setUnreachable();
}

// The operands remain on the stack if the branch is not taken, with the types of the label: these
// may be supertypes of the operands' own types (section 3.4.2).
void brIf(CodeValidator& v, const Instruction& in) {
  v.pop(kI32);
  std::span<const ValueType> types = v.frame(in.index).labelTypes();
  v.pop(types);
  v.push(types);
}

// All labels must accept the operands. The operands are popped with their own types and pushed
// again for each label: in unreachable code a Bottom operand must remain Bottom, since labels may
// have different types.
void brTable(CodeValidator& v, const Instruction& in) {
  v.pop(kI32);
  std::span<const ValueType> defaults = v.frame(in.labels.back()).labelTypes();
  std::vector<ValueType> operands(defaults.size());
  for (size_t i = operands.size(); i-- > 0;) operands[i] = v.popAny();
  for (uint32_t label : in.labels) {
    std::span<const ValueType> types = v.frame(label).labelTypes();
    if (!v.ok()) return;
    if (types.size() != operands.size()) {
      return v.fail(fmt::format("br_table expects {} operands for label {}, but {} for its default",
                                types.size(), label, operands.size()));
    }
    v.push(operands);
    v.pop(types);
  }
  v.setUnreachable();
}

// A body may return from any depth of blocks, so the types are those of the function, not of a
// frame.
void ret(CodeValidator& v, const Instruction&) {
  v.pop(v.returnTypes());
  v.setUnreachable();
}

void applyCall(CodeValidator& v, const FuncType& type) {
  v.pop(type.params);
  v.push(type.results);
}

// The results of the callee become those of the caller, so they must match (section 3.4.2,
// "return_call").
void applyReturnCall(CodeValidator& v, const FuncType& type) {
  v.pop(type.params);
  if (!v.relations().isSubtype(std::span(type.results), v.returnTypes())) {
    v.fail(fmt::format("{} expects a callee with the results of its function, found {}", v.name(),
                       text(type)));
  }
  v.setUnreachable();
}

void call(CodeValidator& v, const Instruction& in) {
  applyCall(v, v.module().functionType(in.index));
}

void returnCall(CodeValidator& v, const Instruction& in) {
  applyReturnCall(v, v.module().functionType(in.index));
}

// Pops the table index of an indirect call, and checks that the table holds functions.
void popCallee(CodeValidator& v, const Instruction& in) {
  const TableType& table = v.module().tables[in.index2].type;
  if (!v.relations().isSubtype(table.element, kFuncRef)) {
    v.fail(fmt::format("{} expects a table of functions, found {}", v.name(), text(table.element)));
  }
  v.pop(table.limits.indexType());
}

void callIndirect(CodeValidator& v, const Instruction& in) {
  popCallee(v, in);
  applyCall(v, functionType(v, in.index));
}

void returnCallIndirect(CodeValidator& v, const Instruction& in) {
  popCallee(v, in);
  applyReturnCall(v, functionType(v, in.index));
}

// Pops a nullable reference to the function type of call_ref. Returns false, after an error, if the
// type index is not that of a function type.
bool popFunctionReference(CodeValidator& v, const Instruction& in) {
  if (v.module().types[in.index].kind != CompositeKind::Func) {
    v.fail(fmt::format("{} expects a function type, found type {}", v.name(), in.index));
    return false;
  }
  v.pop(ValueType::ref(HeapType::concrete(in.index), true));
  return true;
}

void callRef(CodeValidator& v, const Instruction& in) {
  if (popFunctionReference(v, in)) applyCall(v, functionType(v, in.index));
}

void returnCallRef(CodeValidator& v, const Instruction& in) {
  if (popFunctionReference(v, in)) applyReturnCall(v, functionType(v, in.index));
}

void throwTag(CodeValidator& v, const Instruction& in) {
  v.pop(tagType(v, in.index).params);
  v.setUnreachable();
}

void throwRef(CodeValidator& v, const Instruction&) {
  v.pop(kExnRef);
  v.setUnreachable();
}

// A clause is a branch to a label outside of the try_table. Its operands are the values of the
// exception and, for the clauses with "ref", the exception itself.
void checkCatch(CodeValidator& v, const CatchClause& clause) {
  std::vector<ValueType> carried;
  if (clause.kind == CatchClause::Kind::Catch || clause.kind == CatchClause::Kind::CatchRef) {
    if (clause.tag >= v.module().tags.size()) {
      return v.fail(fmt::format("unknown tag {}", clause.tag));
    }
    carried = tagType(v, clause.tag).params;
  }
  if (clause.kind == CatchClause::Kind::CatchRef || clause.kind == CatchClause::Kind::CatchAllRef) {
    carried.push_back(kCaughtExn);
  }
  std::span<const ValueType> types = v.frame(clause.label).labelTypes();
  if (v.ok() && !v.relations().isSubtype(std::span(std::as_const(carried)), types)) {
    v.fail(fmt::format("catch clause carries {} operands that label {} does not accept",
                       carried.size(), clause.label));
  }
}

// The clauses are checked before the block is opened, since their labels do not include its own.
void tryTable(CodeValidator& v, const Instruction& in) {
  for (const CatchClause& clause : in.catches) checkCatch(v, clause);
  enter(v, in, Family::tryTable);
}

// A catch may follow the body of a legacy `try` or another catch, but not a catch_all.
bool canCatch(const Frame& frame) {
  return frame.kind == Family::legacyTry || frame.kind == Family::legacyCatch;
}

void legacyCatch(CodeValidator& v, const Instruction& in) {
  if (!canCatch(v.frame(0))) return v.fail("catch without try");
  nextPart(v, Family::legacyCatch, tagType(v, in.index).params);
}

void legacyCatchAll(CodeValidator& v, const Instruction&) {
  if (!canCatch(v.frame(0))) return v.fail("catch_all without try");
  nextPart(v, Family::legacyCatchAll, {});
}

// `delegate` ends the block like `end`. Its label is relative to the outside of the block, so it is
// checked after the block has been closed.
void legacyDelegate(CodeValidator& v, const Instruction& in) {
  if (v.frame(0).kind != Family::legacyTry) return v.fail("delegate without try");
  Frame closed = v.closeBlock();
  if (v.ok()) v.frame(in.index);
  v.push(closed.signature.results());
}

// The label must be that of a handler, which has an exception to throw again.
void legacyRethrow(CodeValidator& v, const Instruction& in) {
  Family kind = v.frame(in.index).kind;
  if (kind != Family::legacyCatch && kind != Family::legacyCatchAll) {
    v.fail(fmt::format("invalid rethrow label {}: not a catch", in.index));
  }
  v.setUnreachable();
}

void drop(CodeValidator& v, const Instruction&) { v.popAny(); }

// A `select` without a type exists only for numbers and vectors, since the common supertype of two
// reference types is not unique (section 3.4.1).
void select(CodeValidator& v, const Instruction& in) {
  v.pop(kI32);
  if (!in.types.empty()) {
    v.pop(in.types[0]);
    v.pop(in.types[0]);
    v.push(in.types[0]);
    return;
  }
  ValueType second = v.popAny();
  ValueType first = v.popAny();
  if (first.isRef() || second.isRef()) {
    return v.fail("select without a type expects numbers or vectors, found a reference");
  }
  // In unreachable code one or both operands may be Bottom; the result has the type of the other
  // one.
  bool isKnown = first.kind != ValueKind::Bottom;
  if (isKnown && second.kind != ValueKind::Bottom && first != second) {
    v.fail(fmt::format("select expects operands of one type, found {} and {}", text(first),
                       text(second)));
  }
  v.push(isKnown ? first : second);
}

// The signatures of local instructions pop and push the type; the rules maintain initialization.
void localGet(CodeValidator& v, const Instruction& in) {
  if (!v.locals().isInitialized(in.index)) v.fail(fmt::format("uninitialized local {}", in.index));
}

void localSet(CodeValidator& v, const Instruction& in) { v.locals().setInitialized(in.index); }

// Constant expressions may read only immutable globals that are initialized before them (section
// 3.4.13). Reading one that is not imported is recorded as a use of extended-const, since
// WebAssembly 1.0 does not allow it.
void globalGet(CodeValidator& v, const Instruction& in) {
  if (!v.isConstant()) return;
  if (in.index >= v.visibleGlobals()) return v.fail(fmt::format("unknown global {}", in.index));
  const Global& global = v.module().globals[in.index];
  if (global.type.isMutable) v.fail("constant expression required, found a mutable global");
  if (!global.isImport)
    v.context().features.noteInstruction(Feature::extendedConst, in.offset,
                                         "global.get of a global");
}

void globalSet(CodeValidator& v, const Instruction& in) {
  if (!v.module().globals[in.index].type.isMutable) {
    v.fail(fmt::format("immutable global {} is set", in.index));
  }
}

void refNull(CodeValidator& v, const Instruction& in) { v.push(ValueType::ref(in.heap, true)); }

void refIsNull(CodeValidator& v, const Instruction&) {
  v.popReference();
  v.push(kI32);
}

// Constant expressions make the functions that they name referable; bodies may only name those
// (section 3.4.6). All constant expressions are validated before the first body.
void refFunc(CodeValidator& v, const Instruction& in) {
  if (v.isConstant()) v.context().referable[in.index] = true;
  if (!v.context().referable[in.index]) {
    v.fail(fmt::format("undeclared function reference {}", in.index));
  }
  v.push(ValueType::ref(HeapType::concrete(v.module().functions[in.index].typeIndex), false));
}

void refAsNonNull(CodeValidator& v, const Instruction&) {
  v.push(ValueType::ref(v.popReference().heap, false));
}

// If the branch is taken, the null reference is dropped; else the reference remains and is
// non-null.
void brOnNull(CodeValidator& v, const Instruction& in) {
  ValueType reference = v.popReference();
  std::span<const ValueType> types = v.frame(in.index).labelTypes();
  v.pop(types);
  v.push(types);
  v.push(ValueType::ref(reference.heap, false));
}

// If the branch is taken, the reference is the last operand of the label; else it is dropped.
void brOnNonNull(CodeValidator& v, const Instruction& in) {
  std::span<const ValueType> types = v.frame(in.index).labelTypes();
  if (types.empty() || !types.back().isRef()) {
    return v.fail(fmt::format("br_on_non_null expects a reference for label {}", in.index));
  }
  v.pop(ValueType::ref(types.back().heap, true));
  std::span<const ValueType> others = types.first(types.size() - 1);
  v.pop(others);
  v.push(others);
}

// Families without a row are described completely by their signatures.
constexpr Rule<Family> kRules[] = {
    {Family::unreachable, unreachable},
    {Family::block, block},
    {Family::loop, block},
    {Family::ifThen, ifThen},
    {Family::elseArm, elseArm},
    {Family::end, end},
    {Family::br, br},
    {Family::brIf, brIf},
    {Family::brTable, brTable},
    {Family::ret, ret},
    {Family::call, call},
    {Family::callIndirect, callIndirect},
    {Family::callRef, callRef},
    {Family::returnCall, returnCall},
    {Family::returnCallIndirect, returnCallIndirect},
    {Family::returnCallRef, returnCallRef},
    {Family::throwTag, throwTag},
    {Family::throwRef, throwRef},
    {Family::tryTable, tryTable},
    {Family::legacyTry, block},
    {Family::legacyCatch, legacyCatch},
    {Family::legacyCatchAll, legacyCatchAll},
    {Family::legacyDelegate, legacyDelegate},
    {Family::legacyRethrow, legacyRethrow},
    {Family::drop, drop},
    {Family::select, select},
    {Family::localGet, localGet},
    {Family::localSet, localSet},
    {Family::localTee, localSet},
    {Family::globalGet, globalGet},
    {Family::globalSet, globalSet},
    {Family::refNull, refNull},
    {Family::refIsNull, refIsNull},
    {Family::refFunc, refFunc},
    {Family::refAsNonNull, refAsNonNull},
    {Family::brOnNull, brOnNull},
    {Family::brOnNonNull, brOnNonNull},
    {Family::structNew, gc::structNew},
    {Family::structNewDefault, gc::structNewDefault},
    {Family::structGet, gc::getPlain},
    {Family::structGetS, gc::getPacked},
    {Family::structGetU, gc::getPacked},
    {Family::structSet, gc::setField},
    {Family::arrayNew, gc::expectArray},
    {Family::arrayNewDefault, gc::arrayNewDefault},
    {Family::arrayNewFixed, gc::arrayNewFixed},
    {Family::arrayNewData, gc::fromData},
    {Family::arrayGet, gc::getPlain},
    {Family::arrayGetS, gc::getPacked},
    {Family::arrayGetU, gc::getPacked},
    {Family::arraySet, gc::setField},
    {Family::arrayFill, gc::setField},
    {Family::arrayCopy, gc::arrayCopy},
    {Family::arrayInitData, gc::arrayInitData},
    {Family::arrayInitElem, gc::setField},
    {Family::refTest, gc::refTest},
    {Family::refCast, gc::refCast},
    {Family::brOnCast, gc::brOnCast},
    {Family::brOnCastFail, gc::brOnCastFail},
    {Family::anyConvertExtern, gc::anyConvertExtern},
    {Family::externConvertAny, gc::externConvertAny},
};

}  // namespace

constinit const std::array<InstructionCheck, kFamilyCount> kSpecialRules =
    denseTable<Family, kFamilyCount>(kRules);

}  // namespace wasm
