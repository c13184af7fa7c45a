// The statements of Objects.
#include <functional>

#include "test/differential/generate/objects/objects.h"

namespace differential {
namespace {

using Kind = RefType::Kind;
constexpr unsigned kDepth = 2;  // of expressions

}  // namespace

std::string Objects::use() {
  constexpr const char* kTypes[] = {"i32", "i64", "f32", "f64", "v128"};
  if (random_.chance(50)) {
    const char* type = random_.oneOf(kTypes);
    return scope_.result(type, number(type, kDepth));
  }
  const RefType type = randomType();
  if (type.kind == Kind::Callee) {
    return scope_.result("i32", fmt::format("(ref.is_null {})", reference(type, kDepth)));
  }
  return scope_.result(
      "i64", fmt::format("(call {} {})", type.kind == Kind::Extern ? "$hash_extern" : "$hash",
                         reference(type, kDepth)));
}

std::string Objects::structStatement() {
  for (unsigned tries = 0; tries < 10; ++tries) {
    unsigned i = static_cast<unsigned>(random_.below(types_.structs.size()));
    if (types_.structs[i].fields.empty()) continue;
    unsigned j = static_cast<unsigned>(random_.below(types_.structs[i].fields.size()));
    const FieldType& type = types_.structs[i].fields[j];
    if (!type.isMutable) continue;
    std::string to = object({Kind::Struct, i}, kDepth);
    return fmt::format("(struct.set $s{} {} {} {})\n", i, j, to, value(type, kDepth));
  }
  return use();
}

std::string Objects::arrayStatement() {
  for (unsigned tries = 0; tries < 10; ++tries) {
    unsigned i = static_cast<unsigned>(random_.below(types_.arrays.size()));
    std::string to = local({Kind::Array, i});
    if (!types_.arrays[i].isMutable || to.empty()) continue;
    std::string at = index(get(to));
    return fmt::format("(array.set $a{} {} {} {})\n", i, get(to), at,
                       value(types_.arrays[i], kDepth));
  }
  return use();
}

// A range is empty or short and at the begin of the array, or may be out of bounds.
std::string Objects::rangeStatement() {
  auto place = [&](const std::string& array) {
    return takesRisk() ? scope_.value("i32") : random_.chance(50) ? "(i32.const 0)" : index(array);
  };
  for (unsigned tries = 0; tries < 10; ++tries) {
    unsigned i = static_cast<unsigned>(random_.below(types_.arrays.size()));
    std::string to = local({Kind::Array, i}), from = local({Kind::Array, i});
    const FieldType& type = types_.arrays[i];
    if (!type.isMutable || to.empty() || from.empty()) continue;
    std::string at = place(get(to));
    std::string count =
        takesRisk() ? scope_.value("i32") : fmt::format("(i32.sub (array.len {}) {})", get(to), at);
    switch (random_.below(3)) {
      case 0:
        return fmt::format("(array.fill $a{} {} {} {} {})\n", i, get(to), at, value(type, kDepth),
                           count);
      case 1: {
        if (type.reference && (*type.reference == kAny || type.reference->kind == Kind::Callee)) {
          return fmt::format("(array.init_elem $a{} {} {} {} (i32.const {}) (i32.const 1))\n", i,
                             *type.reference == kAny ? "$things" : "$typed_callees", get(to), at,
                             random_.below(kThings));
        }
        if (type.reference) continue;
        return fmt::format("(array.init_data $a{} $bytes {} {} (i32.const {}) (i32.const 1))\n", i,
                           get(to), at, random_.below(200));
      }
      default: {
        std::string source = random_.chance(60) ? "(i32.const 0)" : place(get(from));
        std::string few = takesRisk() ? count : "(i32.const 1)";
        if (to == from && source == "(i32.const 0)") few = count;
        return fmt::format("(array.copy $a{0} $a{0} {1} {2} {3} {4} {5})\n", i, get(to), at,
                           get(from), source, few);
      }
    }
  }
  return use();
}

// Returns a loop with an index of type i32, in one of several forms. `end` is the number of
// iterations, which may exceed the length of the array.
std::string Objects::loopOver(const std::string& array, const std::string& end,
                              const std::function<std::string(const std::string&)>& body) {
  std::string i = scope_.declare("i32"), n = scope_.declare("i32"), again = scope_.label();
  std::string inside = body(i);
  const char* step = random_.chance(80) ? "1" : "2";
  switch (random_.below(4)) {
    case 0:  // while i < end
      return fmt::format(
          "{}\n{}\n(block {}e (loop {}\n(br_if {}e (i32.ge_u {} {}))\n{}{}\n(br {})))\n",
          set(n, end), set(i, "(i32.const 0)"), again, again, again, get(i), get(n), inside,
          set(i, fmt::format("(i32.add {} (i32.const {}))", get(i), step)), again);
    case 1:  // the length is read in each iteration
      return fmt::format(
          "{}\n(block {}e (loop {}\n(br_if {}e (i32.ge_s {} (array.len {})))\n{}{}\n(br {})))\n",
          set(i, "(i32.const 0)"), again, again, again, get(i), array, inside,
          set(i, fmt::format("(i32.add {} (i32.const {}))", get(i), step)), again);
    case 2:  // downwards
      return fmt::format("{}\n(block {}e (loop {}\n(br_if {}e (i32.eqz {}))\n{}\n{}(br {})))\n",
                         set(i, end), again, again, again, get(i),
                         set(i, fmt::format("(i32.sub {} (i32.const 1))", get(i))), inside, again);
    default:  // do, while i != end
      return fmt::format(
          "{}\n{}\n(loop {}\n{}(br_if {} (i32.lt_u (local.tee {} (i32.add {} (i32.const {}))) "
          "{})))\n",
          set(n, end), set(i, "(i32.const 0)"), again, inside, again, i, get(i), step, get(n));
  }
}

// The arrays are locals that have been assigned before the loop, or are assigned in it.
std::string Objects::arrayLoop() {
  unsigned a = 0, b = 0;
  std::string to, from;
  for (unsigned tries = 0; to.empty() || from.empty(); ++tries) {
    if (tries == 30) return use();
    a = static_cast<unsigned>(random_.below(types_.arrays.size()));
    b = random_.chance(50) ? a : static_cast<unsigned>(random_.below(types_.arrays.size()));
    to = local({Kind::Array, a});
    from = local({Kind::Array, b});
  }
  std::string out;
  for (auto [name, type] : {std::pair(to, a), std::pair(from, b)}) {
    if (!random_.chance(60)) continue;
    std::string size = apply("i32", "and", scope_.value("i32"), "(i32.const 511)");
    out += set(name, fmt::format("(array.new $a{} {} (i32.or {} (i32.const 7)))", type,
                                 value(types_.arrays[type], 1), size)) +
           "\n";
  }
  std::string end = takesRisk() || to == from
                        ? fmt::format("(array.len {})", get(to))
                        : fmt::format(
                              "(select (array.len {0}) (array.len {1}) (i32.lt_u"
                              " (array.len {0}) (array.len {1})))",
                              get(to), get(from));
  if (takesRisk()) end = apply("i32", "and", scope_.value("i32"), "(i32.const 1023)");
  return out + loopOver(get(to), end, [&](const std::string& i) {
           std::string body;
           const FieldType& target = types_.arrays[a];
           const FieldType& source = types_.arrays[b];
           auto read = [&](const std::string& array, unsigned type) {
             const char* sign = !types_.arrays[type].isPacked() ? ""
                                : random_.chance(50)            ? "_s"
                                                                : "_u";
             return fmt::format("(array.get{} $a{} {} {})", sign, type, get(array), get(i));
           };
           if (target.isMutable && random_.chance(70)) {
             std::string stored = a == b && random_.chance(50) ? read(from, b) : value(target, 1);
             std::string type = target.valueType();
             if (!target.reference && a == b && (type == "i32" || type == "i64")) {
               stored = apply(type, random_.chance(50) ? "add" : "mul", stored, read(to, a));
             }
             body += fmt::format("(array.set $a{} {} {} {})\n", a, get(to), get(i), stored);
           }
           if (!source.reference && random_.chance(80)) {
             // Only reads within the bounds, if `from` is shorter than the loop, unless at a risk.
             std::string use = scope_.result(source.valueType(), read(from, b));
             body += takesRisk() ? use
                                 : fmt::format("(if (i32.lt_u {} (array.len {})) (then {}))\n",
                                               get(i), get(from), use);
           }
           if (random_.chance(20)) body += structStatement();
           if (random_.chance(10)) body += assignment();
           return body;
         });
}

std::string Objects::assignment() {
  const Local& to = anyLocal();
  return set(to.name, object(to.type, kDepth)) + "\n";
}

std::string Objects::tableStatement() {
  std::string at =
      takesRisk() ? scope_.value("i32") : differential::number("i32", random_.below(kObjects));
  switch (random_.below(5)) {
    case 0:
      return scope_.result(
          "i32", fmt::format("(table.grow $objects {} (i32.const 1))", reference(kAny, kDepth)));
    case 1:
      return fmt::format("(table.fill $objects {} {} (i32.const 1))\n", at,
                         reference(kAny, kDepth));
    case 2:
      return fmt::format("(table.copy $objects $objects {} (i32.const {}) (i32.const 2))\n",
                         "(i32.const 1)", random_.below(4));
    case 3:
      return fmt::format("(table.init $objects $things (i32.const 1) (i32.const {}) {})\n",
                         random_.below(3), "(i32.const 2)");
    default:
      return fmt::format("(table.set $objects {} {})\n", at, reference(kAny, kDepth));
  }
}

std::string Objects::statement(unsigned nesting) {
  switch (random_.below(nesting == 0 ? 14 : 17)) {
    case 0:
    case 1:
      return structStatement();
    case 2:
      return arrayStatement();
    case 3:
      return rangeStatement();
    case 4:
    case 5:
      return assignment();
    case 6: {
      std::vector<ObjectGlobal> globals = objectGlobals(types_);
      size_t i = random_.below(globals.size());
      if (!globals[i].isMutable) return use();
      return fmt::format("(global.set $o{} {})\n", i, reference(globals[i].type, kDepth));
    }
    case 7:
      return tableStatement();
    case 8:
      // An array that is too large for the heap.
      if (takesRisk()) return "(global.set $o7 (array.new_default $a0 (i32.const -1)))\n";
      return fmt::format("(drop {})\n", creation(randomType(), kDepth));
    case 9:
      return scope_.canCall() ? scope_.result("i32", callByReference(1)) : use();
    case 10:
    case 11:
    case 12:
    case 13:
      return use();
    case 14: {
      std::string first = statement(nesting - 1);
      return fmt::format("(if {} (then {}))\n", number("i32", 1), first);
    }
    case 15: {
      std::string label = scope_.label(), kept = scope_.declare("anyref");
      return fmt::format(
          "(block {} {}{})\n", label,
          set(kept, fmt::format("(br_on_null {} {})", label, reference(kAny, kDepth))),
          statement(nesting - 1));
    }
    default:
      return arrayLoop();
  }
}

}  // namespace differential
