// A generator of the parts of one function that create, read and change objects.
#pragma once

#include <string>
#include <vector>

#include "test/differential/generate/objects/object_items.h"
#include "test/differential/generate/scope.h"

namespace differential {

// Generates expressions and statements, which have no effect beyond the locals of the function, the
// globals and tables of object_items.h, and objects. Requires Shape::objects.
class Objects {
 public:
  // `scope` must outlive it. Declares locals of several reference types. A few expressions trap:
  // dereferences of null, failing casts and elements out of bounds; in many functions none do.
  explicit Objects(Scope& scope);

  // Returns statements that assign a new object to each local, for the begin of the function.
  std::string prologue();

  // Return an expression; `depth` limits the nesting of its subexpressions. number() is of a
  // numeric type. reference() may be null; object() is, in most functions, not.
  std::string number(std::string_view type, unsigned depth);
  std::string reference(const RefType& type, unsigned depth);
  std::string object(const RefType& type, unsigned depth);
  // Return a value for a field, and an instruction that creates an object, whose type matches.
  std::string value(const FieldType& type, unsigned depth);
  std::string creation(const RefType& type, unsigned depth);
  // Returns a cast, or branches that depend on one, of an object to a type.
  std::string cast(const RefType& type, unsigned depth);
  // Returns a call through a function reference, of type i32.
  std::string callByReference(unsigned depth);

  // Return a statement: any one, or one that accesses a struct or an array or whole ranges of
  // arrays, or makes a value part of the result of the function.
  std::string statement(unsigned nesting);
  std::string structStatement();
  std::string arrayStatement();
  std::string rangeStatement();
  std::string use();
  // Returns a loop over the elements of arrays with at most 1000 iterations.
  std::string arrayLoop();

  // Returns the name of a local of this type, or of any subtype.
  std::string local(const RefType& type);
  // Returns a random type of values in this module.
  RefType randomType();
  // Returns whether the next operation may trap.
  bool takesRisk() { return random_.chance(riskPercent_); }

 private:
  struct Local {
    RefType type;
    std::string name;
  };

  bool matches(const RefType& sub, const RefType& super) const {
    return types_.matches(sub, super);
  }
  std::string arrayCreation(unsigned index, unsigned depth);
  std::string structCreation(unsigned index, unsigned depth);
  std::string concrete(const RefType& type, unsigned depth);
  std::string read(std::string_view type, unsigned depth);
  std::string property(unsigned depth);
  std::string referenceRead(const RefType& type, unsigned depth);
  std::string orElse(const RefType& type, const std::string& value, unsigned depth);
  std::string element(unsigned array, unsigned depth, const std::string& index = "");
  std::string field(unsigned index, unsigned number, unsigned depth);
  std::string index(const std::string& array);
  std::string length();
  std::string tableStatement();
  std::string assignment();
  std::string loopOver(const std::string& array, const std::string& end,
                       const std::function<std::string(const std::string&)>& body);
  const Local& anyLocal() { return locals_[random_.below(locals_.size())]; }

  Scope& scope_;
  Random& random_;
  const ObjectTypes& types_;
  std::vector<Local> locals_;
  unsigned riskPercent_;
};

}  // namespace differential
