// The scope of a random function during its generation: the parameters $a and $b of type i32, $l of
// type i64 and $d of type f64, the locals that have been declared, and the memory that most of the
// instructions access.
#pragma once

#include <functional>
#include <string>

#include "test/differential/generate/random.h"
#include "test/differential/generate/shape.h"
#include "test/differential/generate/wat.h"

namespace differential {

// An instruction that reads or writes memory.
struct Access {
  const char* name;  // "i32.load8_u"
  const char* type;  // of the value
  unsigned bytes;
};

// Generates parts of one function. Member functions that return std::string return a part in the
// text format, and may declare locals and labels for it.
class Scope {
 public:
  // Chooses a memory of `shape`. Both references must outlive the scope. If `isCallee` is set, the
  // function is one that others call; it makes no calls itself and has short loops.
  Scope(Random& random, const Shape& shape, bool isCallee = false);

  Random& random;
  const Shape& shape;

  // Return the index of the memory, the type of its addresses ("i32" or "i64"), and its name.
  unsigned memory() const { return memory_; }
  const std::string& index() const { return index_; }
  std::string memoryName() const { return fmt::format("$m{}", memory_); }

  // Returns whether the function may call others.
  bool canCall() const { return !isCallee_; }

  // Declares a local, which is zero initially, and returns its name.
  std::string declare(std::string_view type);
  // Declares a local with this name.
  void declareNamed(std::string_view name, std::string_view type) {
    declarations_ += fmt::format(" (local {} {})", name, type);
  }
  // Returns the name of a new label.
  std::string label() { return fmt::format("$label{}", labels_++); }
  // Returns the declarations of all locals.
  const std::string& declarations() const { return declarations_; }

  // Returns a statement that mixes a value into the result of the function.
  std::string result(std::string_view type, const std::string& value);
  // Returns the result of the function.
  std::string returned() const {
    return isCallee_ ? apply("i32", "wrap_i64", get("$sum")) : get("$sum");
  }

  // Returns a constant of type i32 or i64.
  std::string constant(std::string_view type);
  // Returns an address that depends on the parameters: often near the end of the memory, 2^31 or
  // 2^32.
  std::string start();
  // Returns an address within the first page for all arguments.
  std::string safeStart();
  // Returns a trip count from 1 to `most`, of the address type.
  std::string trips(unsigned most);
  // Returns an expression of type i32 or i64 of parameters and locals, without side effects.
  std::string value(std::string_view type);

  // Return an instruction with a value of this type, or of any type if it is empty.
  const Access& randomLoad(std::string_view type = "");
  const Access& randomStore(std::string_view type = "");
  // Returns an access, such as "(i32.load $m0 offset=4 ADDRESS)".
  std::string access(const Access& which, const std::string& address, uint64_t offset = 0,
                     const std::string& value = "") const;
  // Return an access to an address near the local `pointer`. store() returns a statement.
  std::string load(const Access& which, const std::string& pointer);
  std::string store(const Access& which, const std::string& pointer, const std::string& value);
  // Returns a static offset and `pointer` plus or minus a constant: " offset=8 (i32.add ...".
  std::string near(const std::string& pointer);

  // loop() returns a loop around the statements that `body` returns for a pointer, the name of a
  // local. It changes by `stride` bytes in each iteration, upwards or downwards. The loop has at
  // most `mostRounds` + 1 iterations. loopOrNot() returns such a loop, or the statements without a
  // loop.
  using Body = std::function<std::string(const std::string& pointer)>;
  std::string loop(unsigned stride, unsigned mostRounds, const Body& body);
  std::string loopOrNot(unsigned stride, unsigned mostRounds, const Body& body);

 private:
  std::string numberOf(int64_t value) const { return number(index_, value); }
  std::string add(const std::string& a, const std::string& b) const {
    return apply(index_, "add", a, b);
  }
  // Return loops that are controlled by a counter, by an index, and by an end address.
  std::string countedLoop(unsigned stride, const std::string& start, const std::string& trips,
                          const Body& body);
  std::string indexedLoop(unsigned stride, const std::string& start, const std::string& trips,
                          const Body& body);
  std::string rangeLoop(unsigned stride, const std::string& start, const std::string& trips,
                        const Body& body);

  bool isCallee_;
  unsigned memory_;
  std::string index_;
  std::string declarations_;
  unsigned locals_ = 0;
  unsigned labels_ = 0;
};

}  // namespace differential
