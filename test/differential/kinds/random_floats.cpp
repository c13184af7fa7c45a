// The kind "floats": loops over floating-point numbers that can be vectorized. The specification
// leaves open which NaN an operation returns, so results must not depend on it: either the numbers
// are converted from integers, so that there are no NaNs, or NaNs are replaced.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

constexpr const char* kOperations[] = {"add", "sub", "mul", "min", "max", "add", "mul"};

// Generates expressions and statements for one type.
class Floats {
 public:
  Floats(Scope& scope, const char* type)
      : scope_(scope), random_(scope.random), type_(type), isDouble_(type[1] == '6') {}

  unsigned bytes() const { return isDouble_ ? 8 : 4; }

  // Returns a number that is no NaN, computed from integers at the pointer. Divisors are at least
  // 0.5, and roots are those of magnitudes.
  std::string finite(const std::string& pointer, unsigned depth) {
    if (depth > 0) {
      std::string left = finite(pointer, depth - 1);
      std::string right = finite(pointer, depth - 1);
      if (random_.chance(12)) {
        return apply(
            type_, "div", left,
            apply(type_, "add", apply(type_, "abs", right), fmt::format("({}.const 0.5)", type_)));
      }
      if (random_.chance(12)) return apply(type_, "sqrt", apply(type_, "abs", left));
      return apply(type_, random_.oneOf(kOperations), left, right);
    }
    if (random_.chance(20)) return fmt::format("({}.const {})", type_, "0.75");
    std::string loaded = scope_.load(scope_.randomLoad("i32"), pointer);
    return apply(type_, random_.chance(50) ? "convert_i32_s" : "convert_i32_u", loaded);
  }

  // Returns an operation on any floats at the pointer, with NaNs replaced by one.
  std::string any(const std::string& pointer) {
    std::string load = type_ + ".load";
    std::string left = fmt::format("({} {})", load, scope_.near(pointer));
    std::string right = random_.chance(60) ? fmt::format("({} {})", load, scope_.near(pointer))
                                           : fmt::format("({}.const 1.5)", type_);
    return fmt::format("(call $one_nan_{} {})", type_,
                       apply(type_, random_.oneOf(kOperations), left, right));
  }

  // Returns a use of a number: in the result, a conversion to an integer that may trap, or a store.
  std::string statement(const std::string& pointer) {
    std::string value = random_.chance(60) ? finite(pointer, 1 + random_.below(2)) : any(pointer);
    if (random_.chance(15)) {
      value = fmt::format("(select {} {} {})", value, finite(pointer, 0),
                          apply(type_, "lt", finite(pointer, 0), finite(pointer, 0)));
    }
    if (random_.chance(20)) return scope_.result(type_, value);
    if (random_.chance(15)) {
      return fmt::format("(i32.store {} {} ({} {}))\n", scope_.memoryName(), get(pointer),
                         random_.chance(50) ? fmt::format("i32.trunc_sat_{}_s", type_)
                                            : fmt::format("i32.trunc_{}_s", type_),
                         value);
    }
    return fmt::format("({}.store {} {} {})\n", type_, scope_.memoryName(), get(pointer), value);
  }

 private:
  Scope& scope_;
  Random& random_;
  std::string type_;
  bool isDouble_;
};

}  // namespace

std::string floats(Scope& scope) {
  Floats floats(scope, scope.random.chance(50) ? "f32" : "f64");
  return scope.loopOrNot(floats.bytes(), 400,
                         [&](const std::string& pointer) { return floats.statement(pointer); });
}

}  // namespace differential
