// The parts of a module that functions with exceptions share.
#include "runtime/base/check.h"
#include "test/differential/generate/exceptions/exceptions.h"

namespace differential {
namespace {

constexpr const char* kOne[] = {"i32"};
constexpr const char* kTwo[] = {"i64", "f64"};
constexpr const char* kObject[] = {"anyref", "i32"};
constexpr const char* kVector[] = {"v128", "f32", "i64"};
constexpr const char* kNodes[] = {"(ref null $s0)"};

// Returns a function that throws in some calls.
std::string thrower(Random& random, const Shape& shape, unsigned number) {
  Scope scope(random, shape, true);
  Objects objects(scope);
  std::string body = objects.prologue() + Exceptions(scope, objects, number + 1).statements(1);
  return fmt::format(
      "  (func $thrower{} (type $callee) (param $a i32) (param $l i64) (result i32)\n"
      "    (local $b i32) (local $d f64) {}\n(local.set $b (i32.wrap_i64 (local.get $l)))\n{}{})\n",
      number, scope.declarations(), body, scope.returned());
}

// Returns a function that calls itself $n times. The innermost call throws, and some of the others
// catch and rethrow.
std::string deep(Random& random, const Shape& shape) {
  std::string inner = "(call $deep (i32.sub (local.get $n) (i32.const 1)) (local.get $l))";
  uint64_t distance = 2 + random.below(6);
  std::string guarded =
      shape.hasLegacyExceptions
          ? fmt::format(
                "(try (do (return (i32.add (local.get $n) {})))\n(catch $t1 (return))\n"
                "(catch_all (global.set $g0 (local.get $n)) (rethrow 0)))\n",
                inner)
          : fmt::format(
                "(local.set $e (block $all (result exnref) (return (block $one (result i32)\n"
                "(try_table (catch $t1 $one) (catch_all_ref $all) (return (i32.add (local.get $n) "
                "{})))"
                "\n(unreachable)))))\n(global.set $g0 (local.get $n))\n(throw_ref (local.get "
                "$e))\n",
                inner);
  return fmt::format(
      "  (func $deep (param $n i32) (param $l i64) (result i32) {}\n"
      "(if (i32.eqz (local.get $n)) (then\n"
      "(return (call $thrower{} (i32.wrap_i64 (local.get $l)) (local.get $l)))))\n"
      "(if (i32.eqz (i32.rem_u (local.get $n) (i32.const {}))) (then\n{}))\n"
      "(i32.add (local.get $n) {}))\n",
      shape.hasLegacyExceptions ? "" : "(local $e exnref)", random.below(kThrowers), distance,
      guarded, inner);
}

}  // namespace

std::span<const char* const> tagParameters(unsigned tag) {
  CHECK(tag < kTags);
  const std::span<const char* const> kParameters[kTags] = {{},      kOne,   kTwo, kObject,
                                                           kVector, kNodes, kOne};
  return kParameters[tag];
}

std::string exceptionImports() {
  return fmt::format(
      "  (import \"host\" \"tag\" (tag $t{0} (param i32))) (export \"t{0}\" (tag $t{0}))\n"
      "  (import \"host\" \"again\" (func $again (type $callee)))\n",
      kTags - 1);
}

std::string exceptionItems(Random& random, const Shape& shape) {
  std::string out;
  for (unsigned i = 0; i + 1 < kTags; ++i) {
    std::string types;
    for (const char* type : tagParameters(i)) types += fmt::format(" {}", type);
    out += fmt::format("  (tag $t{0} (export \"t{0}\") (param{1}))\n", i, types);
  }
  if (!shape.hasLegacyExceptions) out += "  (global $exn (mut exnref) (ref.null exn))\n";
  for (unsigned i = 0; i < kThrowers; ++i) out += thrower(random, shape, i);
  return out + deep(random, shape);
}

}  // namespace differential
