// The scope of a random function: its parameters $a and $b of type i32, $l of type i64 and $d of
// type f64, the locals that it has declared, and the memory that most of its instructions access.
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

// Generates parts of a function. All functions that return std::string return text in the text
// format.
class Scope {
 public:
  // A callee, which other functions call, makes no calls itself and has short loops.
  Scope(Random& random, const Shape& shape, bool isCallee = false);

  Random& random;
  const Shape& shape;

  // Return the index of the memory, the type of its addresses, "i32" or "i64", and its name.
  unsigned memory() const { return memory_; }
  const std::string& index() const { return index_; }
  std::string memoryName() const { return fmt::format("$m{}", memory_); }

  bool canCall() const { return !isCallee_; }

  // Declare a local and return its name, or give it this name.
  std::string declare(std::string_view type);
  void declareNamed(std::string_view name, std::string_view type) {
    declarations_ += fmt::format(" (local {} {})", name, type);
  }
  // Returns the name of a new label.
  std::string label() { return fmt::format("$label{}", labels_++); }
  const std::string& declarations() const { return declarations_; }

  // Returns a statement that mixes a value into the result of the function.
  std::string result(std::string_view type, const std::string& value);
  // Returns the result of the function.
  std::string returned() const {
    return isCallee_ ? apply("i32", "wrap_i64", get("$sum")) : get("$sum");
  }

  // Returns a constant.
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

  // Return an instruction, of any type if `type` is empty.
  const Access& randomLoad(std::string_view type = "");
  const Access& randomStore(std::string_view type = "");
  // Returns an access, such as "(i32.load $m0 offset=4 ADDRESS)".
  std::string access(const Access& which, const std::string& address, uint64_t offset = 0,
                     const std::string& value = "") const;
  // Return an access of an address near `pointer`.
  std::string load(const Access& which, const std::string& pointer);
  std::string store(const Access& which, const std::string& pointer, const std::string& value);
  // Returns a static offset and `pointer` plus or minus a constant: " offset=8 (i32.add ...".
  std::string near(const std::string& pointer);

  // loop() returns a loop around the statement that `body` returns for a pointer. The pointer
  // changes by `stride` bytes in each iteration, upwards or downwards. loopOrNot() returns a loop
  // or the statement alone.
  using Body = std::function<std::string(const std::string& pointer)>;
  std::string loop(unsigned stride, unsigned mostRounds, const Body& body);
  std::string loopOrNot(unsigned stride, unsigned mostRounds, const Body& body);

 private:
  std::string numberOf(int64_t value) const { return number(index_, value); }
  std::string add(const std::string& a, const std::string& b) const {
    return apply(index_, "add", a, b);
  }
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
