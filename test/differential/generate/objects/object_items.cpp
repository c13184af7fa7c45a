#include "test/differential/generate/objects/object_items.h"

#include <fmt/format.h>

#include "test/differential/generate/shape.h"

namespace differential {
namespace {

using Kind = RefType::Kind;

// The most objects that $hash and "objects" visit, and the most elements of an array.
constexpr unsigned kHashed = 24;
constexpr unsigned kHashedAfterwards = 200;
constexpr unsigned kHashedElements = 12;

// Returns a value of `type` as an i64 that depends on what it contains.
std::string hashed(const FieldType& type, const std::string& value) {
  if (type.reference) {
    switch (type.reference->kind) {
      case Kind::Extern:
        return fmt::format("(call $visit (any.convert_extern {}))", value);
      case Kind::Callee:
        return fmt::format("(i64.extend_i32_u (ref.is_null {}))", value);
      default:
        return fmt::format("(call $visit {})", value);
    }
  }
  std::string storage = type.valueType();
  if (storage == "i32") return fmt::format("(i64.extend_i32_u {})", value);
  if (storage == "f32") return fmt::format("(i64.extend_i32_u (i32.reinterpret_f32 {}))", value);
  if (storage == "f64") return fmt::format("(i64.reinterpret_f64 {})", value);
  if (storage == "v128") return fmt::format("(call $fold {})", value);
  return value;
}

std::string mixed(const std::string& value) {
  return fmt::format("(local.set $n (i64.add (i64.rotl (local.get $n) (i64.const 7)) {}))\n",
                     value);
}

std::string hashStruct(const ObjectTypes& types, unsigned number) {
  const StructType& type = types.structs[number];
  std::string body;
  for (size_t i = 0; i < type.fields.size(); ++i) {
    const FieldType& field = type.fields[i];
    std::string sign = field.isPacked() ? (i % 2 == 0 ? "_s" : "_u") : "";
    body +=
        mixed(hashed(field, fmt::format("(struct.get{} $s{} {} (local.get $x))", sign, number, i)));
  }
  return fmt::format(
      "  (func $hash_s{0} (param $x (ref $s{0})) (result i64) (local $n i64)\n{1}"
      "(i64.add (local.get $n) (i64.const {2})))\n",
      number, body, 100 + number);
}

// Hashes the first elements and the length.
std::string hashArray(const ObjectTypes& types, unsigned number) {
  const FieldType& element = types.arrays[number];
  std::string sign = element.isPacked() ? "_u" : "";
  std::string value = fmt::format("(array.get{} $a{} (local.get $x) (local.get $i))", sign, number);
  return fmt::format(
      "  (func $hash_a{0} (param $x (ref $a{0})) (result i64) (local $n i64) (local $i i32)\n"
      "(local.set $n (i64.extend_i32_u (array.len (local.get $x))))\n"
      "(block $end (loop $next\n"
      "(br_if $end (i32.ge_u (local.get $i) (array.len (local.get $x))))\n"
      "(br_if $end (i32.ge_u (local.get $i) (i32.const {1})))\n{2}"
      "(local.set $i (i32.add (local.get $i) (i32.const 1)))\n(br $next)))\n"
      "(i64.add (local.get $n) (i64.const {3})))\n",
      number, kHashedElements, mixed(hashed(element, value)), 200 + number);
}

// Returns the part of $visit for objects of a type.
std::string visitIf(const std::string& type, const std::string& call) {
  return fmt::format(
      "(drop (block $no (result anyref)\n"
      "(return (call {} (br_on_cast_fail $no anyref (ref {}) (local.get $x))))))\n",
      call, type);
}

// Returns $visit, which hashes an object as long as the global $fuel is not 0. Subtypes are tested
// before their supertypes, which have smaller numbers.
std::string visit(const ObjectTypes& types) {
  std::string body =
      "(if (ref.is_null (local.get $x)) (then (return (i64.const 1))))\n"
      "(if (i32.eqz (global.get $fuel)) (then (return (i64.const 2))))\n"
      "(global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))\n" +
      visitIf("i31", "$hash_i31");
  for (size_t i = types.structs.size(); i-- > 0;) {
    body += visitIf(fmt::format("$s{}", i), fmt::format("$hash_s{}", i));
  }
  for (size_t i = types.arrays.size(); i-- > 0;) {
    body += visitIf(fmt::format("$a{}", i), fmt::format("$hash_a{}", i));
  }
  return "  (func $visit (param $x anyref) (result i64)\n" + body + "(i64.const 3))\n";
}

std::string hashFunctions(const ObjectTypes& types) {
  std::string out =
      "  (global $fuel (mut i32) (i32.const 0))\n"
      "  (func $fold (param v128) (result i64)\n"
      "    (i64.add (i64x2.extract_lane 0 (local.get 0))"
      " (i64.rotl (i64x2.extract_lane 1 (local.get 0)) (i64.const 5))))\n"
      "  (func $hash_i31 (param (ref i31)) (result i64)\n"
      "    (i64.extend_i32_s (i31.get_s (local.get 0))))\n";
  for (unsigned i = 0; i < types.structs.size(); ++i) out += hashStruct(types, i);
  for (unsigned i = 0; i < types.arrays.size(); ++i) out += hashArray(types, i);
  return out + visit(types) +
         fmt::format(
             "  (func $hash (param anyref) (result i64)\n"
             "    (global.set $fuel (i32.const {})) (call $visit (local.get 0)))\n"
             "  (func $hash_extern (param externref) (result i64)\n"
             "    (call $hash (any.convert_extern (local.get 0))))\n"
             "  (func $keep (param $x anyref) (result anyref) (global.get $o0)\n"
             "    (global.set $o0 (local.get $x)))\n",
             kHashed);
}

// Returns the function that the test calls after each call.
std::string stateFunction(const ObjectTypes& types) {
  std::string body;
  std::vector<ObjectGlobal> globals = objectGlobals(types);
  for (size_t i = 0; i < globals.size(); ++i) {
    FieldType type{globals[i].type.text(), true, globals[i].type};
    body += mixed(hashed(type, fmt::format("(global.get $o{})", i)));
  }
  return fmt::format(
      "  (func (export \"objects\") (result i64) (local $n i64) (local $i i32)\n"
      "(global.set $fuel (i32.const {}))\n{}"
      "(loop $next\n{}"
      "(br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))"
      " (table.size $objects))))\n(local.get $n))\n",
      kHashedAfterwards, body, mixed("(call $visit (table.get $objects (local.get $i)))"));
}

// Returns the initial value of a global.
std::string initialValue(const ObjectGlobal& global) {
  if (global.isMutable) return fmt::format("(ref.null {})", global.type.heapType());
  if (global.type == kNode) {
    return "(struct.new $s0 (i64.const 5) (ref.null $s0) (ref.null $s0) (ref.i31 (i32.const 7)))";
  }
  return fmt::format("(array.new_default {} (i32.const 3))", global.type.heapType());
}

std::string globalsAndTables(const ObjectTypes& types) {
  std::string out, typed;
  std::vector<ObjectGlobal> globals = objectGlobals(types);
  for (size_t i = 0; i < globals.size(); ++i) {
    std::string type = globals[i].type.text();
    out += fmt::format("  (global $o{} {} {})\n", i,
                       globals[i].isMutable ? fmt::format("(mut {})", type) : type,
                       initialValue(globals[i]));
  }
  for (unsigned i = 0; i + 2 < kTyped; ++i) typed += fmt::format(" (ref.func $callee{})", i);
  out += fmt::format(
      "  (table $objects {} {} anyref)\n  (table $typed {} {} (ref null $callee))\n"
      "  (elem (table $typed) (i32.const 0) (ref null $callee){})\n"
      "  (elem $typed_callees (ref null $callee){})\n",
      kObjects, kObjectsMost, kTyped, kTyped, typed, typed);
  return out +
         "  (elem $things anyref (item (ref.i31 (i32.const -3))) (item (global.get $o2))"
         " (item (ref.null none)) (item (struct.new_default $s0))"
         " (item (array.new_fixed $a0 2 (i32.const 7) (i32.const 300))))\n";
}

}  // namespace

std::vector<ObjectGlobal> objectGlobals(const ObjectTypes& types) {
  unsigned last = static_cast<unsigned>(types.structs.size() - 1);
  return {{kAny, true},
          {kNode, true},
          {kNode, false},
          {{Kind::Array, 2}, false},
          {{Kind::Struct, last}, true},
          {{Kind::Array, 7}, true},
          {{Kind::Array, 8}, true},
          {{Kind::Eq}, true},
          {{Kind::Extern}, true},
          {{Kind::Callee}, true}};
}

std::string objectItems(const ObjectTypes& types) {
  return globalsAndTables(types) + hashFunctions(types) + stateFunction(types);
}

}  // namespace differential
