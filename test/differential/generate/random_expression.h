// A generator of random expressions in the text format, for functions that have locals $i0, $i1 ...
// of type i32, and likewise $l0, $f0, $d0 and $v0 ... for the other types, and the globals, callees
// and memory 0 of a RandomModule. Memory 0 must have 32-bit addresses.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// The types of expressions, and the number of locals of each.
enum class Type : uint8_t { I32, I64, F32, F64, V128 };
inline constexpr Type kTypes[] = {Type::I32, Type::I64, Type::F32, Type::F64, Type::V128};
inline constexpr unsigned kLocalsPerType = 4;

// Returns the keyword of a type, such as "i32".
const char* keyword(Type type);
// Returns the name of a local, such as "$i0".
std::string localName(Type type, unsigned number);

// The generator. Its results depend only on the state of `random`, which must outlive it.
class RandomExpression {
 public:
  // `riskPercent` percent of the accesses have any address, and as many have one near the end of
  // the memory. The addresses of the others are in the first half of the first page, unless they
  // depend on a local that is an index and has increased beyond it.
  RandomExpression(Random& random, unsigned riskPercent, bool canCall)
      : random_(random), riskPercent_(riskPercent), canCall_(canCall) {}

  // Returns an expression of this type. `depth` limits the nesting of its subexpressions; 0 gives a
  // local, a global or a constant.
  std::string of(Type type, unsigned depth);
  // Returns the static offset and the address of an access: " offset=8 (local.get $i0)".
  std::string place(unsigned depth);
  // Returns a load of a value of this type.
  std::string load(Type type, unsigned depth);
  // Returns a store of a value of any type, which is a statement.
  std::string store(unsigned depth);
  // Returns a constant.
  std::string constant(Type type);
  // Returns a direct or indirect call of a callee, whose result is converted to the type.
  std::string call(Type result, unsigned depth);

 private:
  std::string loadedTwice(unsigned depth);
  std::string i32(unsigned depth);
  std::string i64(unsigned depth);
  std::string floating(Type type, unsigned depth);
  std::string v128(unsigned depth);
  std::string leaf(Type type);
  std::string select(Type type, unsigned depth);
  std::string comparison(unsigned depth);
  std::string binary(const char* name, Type type, unsigned depth);
  std::string laneNumber(unsigned count) { return std::to_string(random_.below(count)); }

  Random& random_;
  unsigned riskPercent_;
  bool canCall_;
};

}  // namespace differential
