#include "test/differential/generate/random_module.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/base/check.h"
#include "test/differential/generate/exceptions/exceptions.h"
#include "test/differential/generate/objects/object_items.h"

namespace differential {
namespace {

// The kinds of functions that others may call, which make no calls themselves.
constexpr const char* kCalleeKinds[] = {
    "narrowed",   "crossing", "arms",    "forwarded", "unused",     "lanes",   "bulk",
    "growth",     "atomics",  "globals", "stops",     "conditions", "exits",   "structures",
    "statements", "objects",  "arrays",  "lists",     "casts",      "catches", "legacy"};

// Returns the kind with this name, which must exist.
const Kind& kindNamed(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (name == kind.name) return kind;
  }
  CHECK(!"a kind of that name");
  return kKinds[0];
}

// Returns a data segment with random contents.
std::string data(Random& random, std::string_view where, unsigned size) {
  std::string bytes;
  for (unsigned i = 0; i < size; ++i) bytes += fmt::format("\\{:02x}", random.below(256));
  return fmt::format("  (data {} \"{}\")\n", where, bytes);
}

// Returns the memories, with nonzero contents at the beginning, in the middle and at the end of the
// first page, the passive segment, and a function for each memory that grows it.
std::string memories(Random& random, const Shape& shape) {
  constexpr std::pair<unsigned, unsigned> kFilled[] = {{0, 2048}, {32768, 256}, {65280, 256}};
  std::string out, contents, growth;
  for (size_t i = 0; i < shape.memories.size(); ++i) {
    const MemoryShape& memory = shape.memories[i];
    const char* index = memory.is64 ? "i64" : "i32";
    out += fmt::format("  (memory $m{0} (export \"memory{1}\") {2}{3} {4}{5})\n", i,
                       i == 0 ? "" : std::to_string(i), memory.is64 ? "i64 " : "", memory.minPages,
                       memory.maxPages, memory.isShared ? " shared" : "");
    for (auto [at, size] : kFilled) {
      contents += data(random, fmt::format("(memory $m{}) ({}.const {})", i, index, at), size);
    }
    growth += fmt::format(
        "  (func $grow{0} (param i32) (result i32) {1})\n", i,
        memory.is64
            ? fmt::format("(i32.wrap_i64 (memory.grow $m{} (i64.extend_i32_u (local.get 0))))", i)
            : fmt::format("(memory.grow $m{} (local.get 0))", i));
  }
  return out + contents + data(random, "$bytes", kSegmentBytes) + growth;
}

// Returns the table and its segments. Elements behind the callees are a function of another type
// and nulls, so that all traps of call_indirect occur.
std::string table() {
  std::string callees;
  for (unsigned i = 0; i < kCallees; ++i) callees += fmt::format(" $callee{}", i);
  return fmt::format(
      "  (table $table (export \"table\") {} {} funcref)\n"
      "  (elem (table $table) (i32.const 0) func{} $other)\n  (elem $callees func{})\n",
      kTableElements, kTableMost, callees, callees);
}

// Returns a function that replaces every NaN by the same one.
std::string oneNan(const char* type) {
  return fmt::format(
      "  (func $one_nan_{0} (param {0}) (result {0})\n"
      "    (select (local.get 0) ({0}.const nan) ({0}.eq (local.get 0) (local.get 0))))\n",
      type);
}

// Returns small functions that access no memory: one of another type for the table, and two that
// may be inlined.
std::string fixedFunctions() {
  return "  (func $other (export \"f8\") (global.set $g0 (i32.const 77)))\n"
         "  (func $safe0 (param i32 i64) (result i32)\n"
         "    (global.set $g1 (local.get 1)) (i32.xor (local.get 0) (i32.const 5)))\n"
         "  (func $safe1 (param i32 i64) (result i32)\n"
         "    (if (i32.and (local.get 0) (i32.const 1)) (then (return (i32.const 3))))\n"
         "    (i32.add (global.get $g0) (i32.wrap_i64 (local.get 1))))\n";
}

// Returns a function that others call. It calls no other such function, so there is no recursion.
std::string callee(Random& random, const Shape& shape, unsigned number) {
  Scope scope(random, shape, true);
  const Kind* kind = &kindNamed(random.oneOf(kCalleeKinds));
  while (!kind->isPermitted(shape)) kind = &kindNamed(random.oneOf(kCalleeKinds));
  std::string body = kind->body(scope);
  return fmt::format(
      "  (func $callee{0} (export \"f{0}\") (type $callee) (param $a i32) (param $l i64) (result "
      "i32)"
      "\n    (local $b i32) (local $d f64) {1}\n"
      "(local.set $b (i32.wrap_i64 (local.get $l)))\n{2}{3})\n",
      number, scope.declarations(), body, scope.returned());
}

// Returns one of two functions that may end in a tail call of the other, of itself or of a callee.
std::string tail(Random& random, const Shape& shape, unsigned number) {
  Scope scope(random, shape, true);
  const Access& to = scope.randomStore();
  const Access& from = scope.randomLoad();
  std::string body;
  if (random.chance(50)) body += scope.store(to, "$p", scope.value(to.type));
  if (random.chance(50)) body += scope.result(from.type, scope.load(from, "$p"));
  std::string last =
      random.chance(40)
          ? fmt::format("(return_call $callee{} (local.get $a) (local.get $l))",
                        random.below(kCallees))
          : fmt::format(
                "(return_call_indirect $table (type $callee) (local.get $a) (local.get $l) "
                "(i32.and (local.get $a) (i32.const 7)))");
  return fmt::format(
      "  (func $tail{0} (param $n i32) (param $a i32) (param $l i64) (result i32)\n"
      "    (local $b i32) (local $d f64) (local $p {1}) {2}\n"
      "(local.set $b (local.get $n))\n(local.set $p {3})\n{4}"
      "(if (i32.eqz (local.get $n)) (then {5}))\n"
      "(return_call $tail{6} (i32.sub (local.get $n) (i32.const 1)) {7} {8}))\n",
      number, scope.index(), scope.declarations(), scope.safeStart(), body, last, random.below(2),
      scope.value("i32"), scope.value("i64"));
}

// Returns a function that is exported under its number, for the calls of the test.
std::string entry(Random& random, const Shape& shape, const Kind& kind, unsigned number) {
  Scope scope(random, shape);
  std::string body = kind.body(scope);
  return fmt::format(
      "  (func (export \"{}\") (param $a i32) (param $b i32) (param $l i64) (param $d f64)"
      " (result i64) {}\n{}{})\n",
      number, scope.declarations(), body, scope.returned());
}

// Returns any kind that the shape permits, or the one that is wanted.
const Kind& randomKind(Random& random, const Shape& shape, std::string_view wanted) {
  if (!wanted.empty()) return kindNamed(wanted);
  const Kind* kind = &random.oneOf(kKinds);
  while (!kind->isPermitted(shape)) kind = &random.oneOf(kKinds);
  return *kind;
}

// Changes a shape so that it permits a kind.
void permit(Random& random, const Kind& kind, Shape& shape) {
  if (kind.need == Need::Memory32) shape.memories[0].is64 = false;
  if (kind.isPermitted(shape)) return;
  if (!shape.objects) shape.objects = randomObjectTypes(random);
  shape.hasLegacyExceptions = kind.need == Need::LegacyExceptions;
}

}  // namespace

bool Kind::isPermitted(const Shape& shape) const {
  switch (need) {
    case Need::Nothing:
      return true;
    case Need::Memory32:
      return !shape.memories[0].is64;
    case Need::Objects:
    case Need::ManyObjects:
      return shape.objects.has_value();
    case Need::Exceptions:
      return shape.objects && !shape.hasLegacyExceptions;
    case Need::LegacyExceptions:
      return shape.objects && shape.hasLegacyExceptions;
  }
  return false;
}

std::string Call::text() const {
  return fmt::format("{}({}, {}, {}, {})", function, arguments.a, arguments.b, arguments.l,
                     arguments.d);
}

// Most modules have one memory with 32-bit addresses, the usual case.
Shape randomShape(Random& random) {
  Shape shape;
  uint64_t choice = random.below(100);
  size_t count = choice < 70 ? 1 : choice < 90 ? 2 : 3;
  for (size_t i = 0; i < count; ++i) {
    MemoryShape memory;
    memory.is64 = choice >= 55 && random.chance(50);
    memory.isShared = random.chance(30);
    memory.minPages = random.chance(80) ? 1 : 2;
    memory.maxPages = memory.minPages + static_cast<unsigned>(random.below(3));
    shape.memories.push_back(memory);
  }
  if (random.chance(40)) {
    shape.objects = randomObjectTypes(random);
    shape.hasLegacyExceptions = random.chance(30);
  }
  return shape;
}

RandomModule randomModule(uint64_t seed, const ModuleOptions& options) {
  Random random(seed);
  RandomModule module;
  module.shape = randomShape(random);
  if (!options.kind.empty()) permit(random, kindNamed(options.kind), module.shape);
  std::string& out = module.text;
  out = "(module\n  (type $callee (func (param i32 i64) (result i32)))\n";
  if (module.shape.objects) out += module.shape.objects->text();
  if (module.shape.objects) out += exceptionImports();
  out +=
      "  (import \"host\" \"observe\" (func $observe (type $callee)))\n"
      "  (import \"host\" \"global\" (global $g3 (mut i32))) (export \"g3\" (global $g3))\n"
      "  (global $g0 (export \"g0\") (mut i32) (i32.const 40))\n"
      "  (global $g1 (export \"g1\") (mut i64) (i64.const -9))\n"
      "  (global $g2 (export \"g2\") (mut f64) (f64.const 0.5))\n";
  out +=
      memories(random, module.shape) + table() + oneNan("f32") + oneNan("f64") + fixedFunctions();
  if (module.shape.objects) {
    out += objectItems(*module.shape.objects) + exceptionItems(random, module.shape);
  }
  for (unsigned i = 0; i < kCallees; ++i) out += callee(random, module.shape, i);
  for (unsigned i = 0; i < 2; ++i) out += tail(random, module.shape, i);
  for (unsigned i = 0; i < options.entries; ++i) {
    const Kind& kind = randomKind(random, module.shape, options.kind);
    out += entry(random, module.shape, kind, i);
    for (const Arguments& arguments : randomArguments(random, options.calls)) {
      module.calls.push_back({std::to_string(i), &kind, arguments});
    }
  }
  out += ")\n";
  return module;
}

}  // namespace differential
