// A generator of the parts of one function that throw and catch exceptions, and the parts of the
// module that these functions share. Exceptions are thrown by "$thrower0" ..., by "$deep", and by
// callees; all have the type [i32 i64] -> [i32].
#pragma once

#include <span>
#include <string>
#include <vector>

#include "test/differential/generate/objects/objects.h"
#include "test/differential/generate/scope.h"

namespace differential {

// The tags "$t0" ..., which are exported as "t0" ... The last one is imported.
inline constexpr unsigned kTags = 7;
// Returns the types of a tag's parameters.
std::span<const char* const> tagParameters(unsigned tag);

// A function $throwerN calls only those with a larger number, so that there is no recursion.
inline constexpr unsigned kThrowers = 4;

// Return the imports, and the other fields. Both need Shape::objects.
std::string exceptionImports();
std::string exceptionItems(Random& random, const Shape& shape);

// Generates statements, with the instructions of the standard or of its legacy form
// (Shape::hasLegacyExceptions).
class Exceptions {
 public:
  // Both must outlive it. The function calls $thrower0 ... from the number `thrower` on. That is 0
  // for all functions but throwers, which are callees that call others.
  Exceptions(Scope& scope, Objects& objects, unsigned thrower);

  // Returns statements, of which some throw and some catch. `nesting` limits how deeply they are
  // nested in each other.
  std::string statements(unsigned nesting);
  // Returns a statement that catches exceptions of statements in it.
  std::string guarded(unsigned nesting);
  // Returns a call, of type i32, that may throw.
  std::string call();

 private:
  // A clause of a try_table or a try. No tag: all exceptions.
  struct Clause {
    std::optional<unsigned> tag;
    bool hasReference = false;
  };

  std::string statement(unsigned nesting);
  std::string throwing();
  std::string loop(unsigned nesting);
  std::string standard(const std::vector<Clause>& clauses, unsigned nesting);
  std::string legacy(const std::vector<Clause>& clauses, unsigned nesting);
  std::string delegating(unsigned nesting);
  std::string valued();
  std::string leaving();
  std::string handler(const Clause& clause, unsigned nesting, const std::string& rethrow);
  std::string condition();
  std::string argument(std::string_view type);

  Scope& scope_;
  Objects& objects_;
  Random& random_;
  unsigned thrower_;
  bool isLegacy_;
  std::string caught_;               // an exnref, in the standard form
  std::vector<std::string> blocks_;  // the labels of enclosing blocks, which have no results
  std::vector<std::string> tries_;   // those of enclosing legacy tries
};

}  // namespace differential
