// Random expressions of the text format, in functions whose locals are known by name: $i0, $i1 ...
// of type i32, and so on by the type's letter.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

enum class Type : uint8_t { I32, I64, F32, F64, V128 };
inline constexpr Type kTypes[] = {Type::I32, Type::I64, Type::F32, Type::F64, Type::V128};
inline constexpr unsigned kLocalsPerType = 4;

const char* keyword(Type type);
// "$i0"
std::string localName(Type type, unsigned number);

class RandomExpression {
 public:
  // Of accesses, `riskPercent` are anywhere, and as many about the end of the memory; the others
  // are in the first half of its first page, unless an index is among the locals and has left it.
  RandomExpression(Random& random, unsigned riskPercent, bool canCall)
      : random_(random), riskPercent_(riskPercent), canCall_(canCall) {}

  std::string of(Type type, unsigned depth);
  // A memory instruction's static offset and address: " offset=8 (local.get $i0)".
  std::string place(unsigned depth);
  std::string load(Type type, unsigned depth);
  std::string store(unsigned depth);
  std::string constant(Type type);
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
