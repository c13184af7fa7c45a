#include "test/differential/generate/objects/objects.h"

#include <algorithm>
#include <functional>

#include "runtime/base/check.h"

namespace differential {
namespace {

using Kind = RefType::Kind;

// Replaces a NaN, since the specification leaves its bits open.
std::string oneNan(std::string_view type, const std::string& value) {
  return fmt::format("(call $one_nan_{} {})", type, value);
}

}  // namespace

Objects::Objects(Scope& scope)
    : scope_(scope), random_(scope.random), types_(*scope.shape.objects) {
  constexpr unsigned kRisks[] = {0, 0, 0, 1, 4, 15};
  riskPercent_ = random_.oneOf(kRisks);
  std::vector<RefType> wanted = {kAny, kAny, kNode, kNode, {Kind::Extern}, {Kind::Callee}};
  for (unsigned i = 0; i < 3; ++i) {
    wanted.push_back({Kind::Struct, static_cast<unsigned>(random_.below(types_.structs.size()))});
    wanted.push_back({Kind::Array, static_cast<unsigned>(random_.below(types_.arrays.size()))});
  }
  constexpr Kind kOthers[] = {Kind::Eq, Kind::I31, Kind::AnyStruct, Kind::AnyArray};
  wanted.push_back({random_.oneOf(kOthers)});
  for (const RefType& type : wanted) locals_.push_back({type, scope.declare(type.text())});
}

std::string Objects::prologue() {
  std::string out;
  for (const Local& each : locals_) out += set(each.name, creation(each.type, 1)) + "\n";
  return out;
}

RefType Objects::randomType() {
  constexpr Kind kAbstract[] = {Kind::Any,      Kind::Eq,     Kind::I31,   Kind::AnyStruct,
                                Kind::AnyArray, Kind::Extern, Kind::Callee};
  if (random_.chance(50)) return anyLocal().type;
  if (random_.chance(40)) {
    return {Kind::Struct, static_cast<unsigned>(random_.below(types_.structs.size()))};
  }
  if (random_.chance(50)) {
    return {Kind::Array, static_cast<unsigned>(random_.below(types_.arrays.size()))};
  }
  return {random_.oneOf(kAbstract)};
}

std::string Objects::local(const RefType& type) {
  for (unsigned tries = 0; tries < 20; ++tries) {
    const Local& found = anyLocal();
    if (matches(found.type, type)) return found.name;
  }
  return "";
}

std::string Objects::length() {
  if (random_.chance(60)) return differential::number("i32", 1 + random_.below(20));
  return apply("i32", "add", apply("i32", "and", scope_.value("i32"), "(i32.const 31)"),
               "(i32.const 1)");
}

std::string Objects::arrayCreation(unsigned index, unsigned depth) {
  const FieldType& type = types_.arrays[index];
  bool isCallee = type.reference && type.reference->kind == Kind::Callee;
  bool isAny = type.reference && *type.reference == kAny;
  uint64_t choice = random_.below(6);
  if (choice == 0 && !type.reference) {
    std::string count = takesRisk() ? length() : "(i32.const 3)";
    return fmt::format("(array.new_data $a{} $bytes (i32.const {}) {})", index, random_.below(200),
                       count);
  }
  if (choice <= 1 && (isCallee || isAny)) {
    return fmt::format("(array.new_elem $a{} {} (i32.const {}) (i32.const {}))", index,
                       isAny ? "$things" : "$typed_callees", random_.below(3),
                       1 + random_.below(takesRisk() ? 8 : 2));
  }
  if (choice <= 2) {
    std::string values;
    uint64_t count = 1 + random_.below(5);
    for (uint64_t i = 0; i < count; ++i)
      values += fmt::format(" {}", value(type, depth == 0 ? 0 : depth - 1));
    return fmt::format("(array.new_fixed $a{} {}{})", index, count, values);
  }
  if (choice == 3) return fmt::format("(array.new_default $a{} {})", index, length());
  return fmt::format("(array.new $a{} {} {})", index, value(type, depth == 0 ? 0 : depth - 1),
                     length());
}

std::string Objects::structCreation(unsigned index, unsigned depth) {
  if (random_.chance(15)) return fmt::format("(struct.new_default $s{})", index);
  std::string values;
  for (const FieldType& type : types_.structs[index].fields) {
    values += fmt::format(" {}", value(type, depth == 0 ? 0 : depth - 1));
  }
  return fmt::format("(struct.new $s{}{})", index, values);
}

std::string Objects::concrete(const RefType& type, unsigned depth) {
  switch (random_.below(3)) {
    case 0:
      return creation({Kind::I31}, depth);
    case 1:
      return creation({Kind::AnyStruct}, depth);
    default:
      return type.kind == Kind::Any && random_.chance(20)
                 ? fmt::format("(any.convert_extern {})", creation({Kind::Extern}, depth))
                 : creation({Kind::AnyArray}, depth);
  }
}

std::string Objects::creation(const RefType& type, unsigned depth) {
  switch (type.kind) {
    case Kind::Any:
    case Kind::Eq:
      return concrete(type, depth);
    case Kind::I31:
      return fmt::format("(ref.i31 {})", number("i32", depth == 0 ? 0 : depth - 1));
    case Kind::AnyStruct:
      return structCreation(static_cast<unsigned>(random_.below(types_.structs.size())), depth);
    case Kind::AnyArray:
      return arrayCreation(static_cast<unsigned>(random_.below(types_.arrays.size())), depth);
    case Kind::Extern:
      return fmt::format("(extern.convert_any {})", creation({Kind::Eq}, depth));
    case Kind::Callee:
      return fmt::format("(ref.func $callee{})", random_.below(kCallees));
    case Kind::Array:
      return arrayCreation(type.index, depth);
    case Kind::Struct: {
      unsigned index = type.index;
      for (unsigned tries = 0; tries < 2; ++tries) {
        unsigned other = static_cast<unsigned>(random_.below(types_.structs.size()));
        if (matches({Kind::Struct, other}, type)) index = other;
      }
      return structCreation(index, depth);
    }
  }
  CHECK(!"a reference type");
  return "";
}

std::string Objects::value(const FieldType& type, unsigned depth) {
  return type.reference ? reference(*type.reference, depth) : number(type.valueType(), depth);
}

// Returns the value, or a new object if it is null.
std::string Objects::orElse(const RefType& type, const std::string& value, unsigned depth) {
  std::string label = scope_.label();
  return fmt::format("(block {0} (result (ref {1})) (br_on_non_null {0} {2}) {3})", label,
                     type.heapType(), value, creation(type, depth == 0 ? 0 : depth - 1));
}

std::string Objects::object(const RefType& type, unsigned depth) {
  std::string name = local(type);
  if (!name.empty() && random_.chance(75)) return get(name);
  if (depth == 0) return creation(type, 0);
  if (takesRisk()) {
    std::string risky = reference(type, depth - 1);
    return random_.chance(50) ? fmt::format("(ref.as_non_null {})", risky) : risky;
  }
  return random_.chance(40) ? creation(type, depth)
                            : orElse(type, reference(type, depth - 1), depth);
}

std::string Objects::reference(const RefType& type, unsigned depth) {
  std::string name = local(type);
  if (!name.empty() && random_.chance(depth == 0 ? 80 : 30)) return get(name);
  if (depth == 0) return fmt::format("(ref.null {})", type.heapType());
  switch (random_.below(10)) {
    case 0:
      return fmt::format("(ref.null {})", type.heapType());
    case 1:
    case 2:
      return creation(type, depth);
    case 3:
      return cast(type, depth - 1);
    case 4: {
      std::string first = reference(type, depth - 1), second = reference(type, depth - 1);
      return fmt::format("(select (result {}) {} {} {})", type.text(), first, second,
                         number("i32", depth - 1));
    }
    case 5: {
      std::string condition = number("i32", depth - 1), first = reference(type, depth - 1);
      return fmt::format("(if (result {}) {} (then {}) (else {}))", type.text(), condition, first,
                         creation(type, depth - 1));
    }
    default:
      return referenceRead(type, depth);
  }
}

// Reads from a field, an element, a global or a table whose type matches.
std::string Objects::referenceRead(const RefType& type, unsigned depth) {
  std::vector<std::function<std::string()>> ways;
  for (unsigned i = 0; i < types_.structs.size(); ++i) {
    for (unsigned j = 0; j < types_.structs[i].fields.size(); ++j) {
      const FieldType& each = types_.structs[i].fields[j];
      if (!each.reference || !matches(*each.reference, type)) continue;
      ways.push_back([=, this] { return field(i, j, depth - 1); });
    }
  }
  for (unsigned i = 0; i < types_.arrays.size(); ++i) {
    const FieldType& each = types_.arrays[i];
    if (!each.reference || !matches(*each.reference, type)) continue;
    ways.push_back([=, this] { return element(i, depth - 1); });
  }
  std::vector<ObjectGlobal> globals = objectGlobals(types_);
  for (size_t i = 0; i < globals.size(); ++i) {
    if (!matches(globals[i].type, type)) continue;
    ways.push_back([=] { return fmt::format("(global.get $o{})", i); });
  }
  if (type == kAny) {
    ways.push_back([=, this] {
      return fmt::format("(any.convert_extern {})", reference({Kind::Extern}, depth - 1));
    });
    ways.push_back([=, this] {
      return fmt::format("(table.get $objects (i32.const {}))", random_.below(kObjects));
    });
    ways.push_back(
        [=, this] { return fmt::format("(call $keep {})", reference(type, depth - 1)); });
  }
  if (type.kind == Kind::Extern) {
    ways.push_back(
        [=, this] { return fmt::format("(extern.convert_any {})", reference(kAny, depth - 1)); });
  }
  if (type.kind == Kind::Callee) {
    ways.push_back([=, this] {
      return fmt::format("(table.get $typed (i32.const {}))", random_.below(kTyped));
    });
  }
  return ways.empty() ? creation(type, depth) : ways[random_.below(ways.size())]();
}

// The source has a static type that is a supertype of the destination.
std::string Objects::cast(const RefType& type, unsigned depth) {
  if (type.kind == Kind::Extern || type.kind == Kind::Callee) return creation(type, depth);
  std::vector<RefType> sources = {kAny};
  if (type.kind != Kind::Any) sources.push_back({Kind::Eq});
  if (type.kind == Kind::Struct) {
    sources.push_back({Kind::AnyStruct});
    for (auto up = types_.structs[type.index].super; up; up = types_.structs[*up].super) {
      sources.push_back({Kind::Struct, *up});
    }
  }
  if (type.kind == Kind::Array) sources.push_back({Kind::AnyArray});
  const RefType source = sources[random_.below(sources.size())];
  std::string from = reference(source, depth), to = type.heapType(), label = scope_.label();
  if (takesRisk())
    return fmt::format("(ref.cast (ref {}{}) {})", random_.chance(50) ? "null " : "", to, from);
  std::string otherwise = creation(type, depth == 0 ? 0 : depth - 1);
  switch (random_.below(4)) {
    case 0:
      return fmt::format(
          "(block {0} (result (ref {1})) (drop (br_on_cast {0} {2} (ref {1}) {3})) {4})", label, to,
          source.text(), from, otherwise);
    case 1:
      return fmt::format(
          "(block {0} (result (ref null {1})) (drop (br_on_cast {0} {2} (ref null {1}) {3})) {4})",
          label, to, source.text(), from, otherwise);
    case 2:
      return fmt::format(
          "(block {0} (result (ref {1})) (drop (block {0}f (result {2})"
          " (br {0} (br_on_cast_fail {0}f {2} (ref {1}) {3})))) {4})",
          label, to, source.text(), from, otherwise);
    default: {
      std::string kept = scope_.declare(source.text());
      return fmt::format(
          "(if (result (ref null {0})) (ref.test (ref {1}{0}) (local.tee {2} {3}))"
          " (then (ref.cast (ref null {0}) (local.get {2}))) (else {4}))",
          to, random_.chance(50) ? "null " : "", kept, from, otherwise);
    }
  }
}

std::string Objects::field(unsigned index, unsigned number, unsigned depth) {
  bool isPacked = types_.structs[index].fields[number].isPacked();
  const char* sign = !isPacked ? "" : random_.chance(50) ? "_s" : "_u";
  return fmt::format("(struct.get{} $s{} {} {})", sign, index, number,
                     object({Kind::Struct, index}, depth));
}

// An index within the bounds, since the array is not empty.
std::string Objects::index(const std::string& array) {
  if (takesRisk()) return scope_.value("i32");
  return apply("i32", "rem_u", scope_.value("i32"), fmt::format("(array.len {})", array));
}

std::string Objects::element(unsigned array, unsigned depth, const std::string& index_) {
  const char* sign = !types_.arrays[array].isPacked() ? "" : random_.chance(50) ? "_s" : "_u";
  const RefType type{Kind::Array, array};
  std::string from = local(type);
  if (from.empty()) {
    return fmt::format("(array.get{} $a{} {} {})", sign, array, object(type, depth),
                       index_.empty() ? "(i32.const 0)" : index_);
  }
  return fmt::format("(array.get{} $a{} {} {})", sign, array, get(from),
                     index_.empty() ? index(get(from)) : index_);
}

// Returns an i32 that is a property of a reference.
std::string Objects::property(unsigned depth) {
  switch (random_.below(6)) {
    case 0: {
      std::string first = reference({Kind::Eq}, depth);
      return fmt::format("(ref.eq {} {})", first, reference({Kind::Eq}, depth));
    }
    case 1:
      return fmt::format("(ref.is_null {})", reference(randomType(), depth));
    case 2: {
      RefType type = randomType();
      if (type.kind == Kind::Extern || type.kind == Kind::Callee) type = kNode;
      return fmt::format("(ref.test (ref {}{}) {})", random_.chance(30) ? "null " : "",
                         type.heapType(), reference(kAny, depth));
    }
    case 3:
      return fmt::format("(i31.get_{} {})", random_.chance(50) ? "s" : "u",
                         object({Kind::I31}, depth));
    default:
      return fmt::format("(array.len {})", object({Kind::AnyArray}, depth));
  }
}

// Reads a number of this type from a field or element, or returns an empty string.
std::string Objects::read(std::string_view type, unsigned depth) {
  for (unsigned tries = 0; tries < 10; ++tries) {
    if (random_.chance(50)) {
      unsigned i = static_cast<unsigned>(random_.below(types_.structs.size()));
      if (types_.structs[i].fields.empty()) continue;
      unsigned j = static_cast<unsigned>(random_.below(types_.structs[i].fields.size()));
      if (types_.structs[i].fields[j].valueType() == type) return field(i, j, depth);
    } else {
      unsigned i = static_cast<unsigned>(random_.below(types_.arrays.size()));
      if (types_.arrays[i].valueType() == type) return element(i, depth);
    }
  }
  return "";
}

std::string Objects::number(std::string_view type, unsigned depth) {
  if (depth > 0 && random_.chance(60)) {
    if (type == "i32" && random_.chance(35)) return property(depth - 1);
    std::string found = read(type, depth - 1);
    if (!found.empty()) return found;
  }
  if (type == "i32" || type == "i64") return scope_.value(type);
  if (type == "f64" && random_.chance(50)) return get("$d");
  if (type == "v128") return fmt::format("(i64x2.splat {})", number("i64", depth));
  std::string converted = fmt::format("({}.convert_i64_s {})", type, scope_.value("i64"));
  if (depth == 0) return converted;
  return oneNan(
      type, apply(type, random_.chance(50) ? "add" : "mul", converted, number(type, depth - 1)));
}

std::string Objects::callByReference(unsigned depth) {
  std::string arguments = scope_.value("i32") + " " + scope_.value("i64");
  return fmt::format("(call_ref $callee {} {})", arguments, object({Kind::Callee}, depth));
}

}  // namespace differential
