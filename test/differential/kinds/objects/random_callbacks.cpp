// The kind "callbacks": function references in locals, globals, tables, structs and arrays, and
// calls of them.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {
namespace {

constexpr RefType kCallee{RefType::Kind::Callee};

std::string statement(Scope& scope, Objects& objects, const std::string& function) {
  Random& random = scope.random;
  std::string arguments = scope.value("i32") + " " + scope.value("i64");
  switch (random.below(8)) {
    case 0:
      return set(function, objects.object(kCallee, 2)) + "\n";
    case 1:
      return fmt::format("(table.set $typed (i32.const {}) {})\n", random.below(kTyped),
                         objects.reference(kCallee, 2));
    case 2:
      return fmt::format("(global.set $o9 {})\n", objects.object(kCallee, 2));
    case 3:
      return scope.result("i32", fmt::format("(call_ref $callee {} {})", arguments, get(function)));
    case 4: {
      std::string which = objects.takesRisk()
                              ? apply("i32", "rem_u", scope.value("i32"), number("i32", kTyped + 2))
                              : number("i32", random.below(kTyped - 2));
      return scope.result(
          "i32", fmt::format("(call_indirect $typed (type $callee) {} {})", arguments, which));
    }
    case 5:
      return objects.statement(1);
    default:
      return scope.result("i32", objects.callByReference(2));
  }
}

}  // namespace

std::string callbacks(Scope& scope) {
  Objects objects(scope);
  std::string function = scope.declare("(ref null $callee)");
  std::string out = objects.prologue() + set(function, objects.creation(kCallee, 1)) + "\n";
  return out + scope.loopOrNot(8, 8, [&](const std::string&) {
    std::string body;
    for (uint64_t i = 2 + scope.random.below(4); i > 0; --i) {
      body += statement(scope, objects, function);
    }
    return body;
  });
}

}  // namespace differential
