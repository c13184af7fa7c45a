// Inside of a random function: its parameters $a and $b of type i32, $l of type i64 and $d of type
// f64, the locals it has declared, and the memory that most of its instructions are about.
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

class Scope {
 public:
  // A function that others call makes no calls itself, and its loops are short.
  Scope(Random& random, const Shape& shape, bool isCallee = false);

  Random& random;
  const Shape& shape;

  // The memory, and the type of its addresses: "i32" or "i64".
  unsigned memory() const { return memory_; }
  const std::string& index() const { return index_; }
  std::string memoryName() const { return fmt::format("$m{}", memory_); }

  bool canCall() const { return !isCallee_; }

  // A new local variable; a new label.
  std::string declare(std::string_view type);
  void declareNamed(std::string_view name, std::string_view type) {
    declarations_ += fmt::format(" (local {} {})", name, type);
  }
  std::string label() { return fmt::format("$label{}", labels_++); }
  const std::string& declarations() const { return declarations_; }

  // Mixes a value into what the function returns.
  std::string result(std::string_view type, const std::string& value);
  // What the function returns.
  std::string returned() const {
    return isCallee_ ? apply("i32", "wrap_i64", get("$sum")) : get("$sum");
  }

  std::string constant(std::string_view type);
  // Something of the parameters, as an address: often about the ends of memory, of 2^31 and 2^32.
  std::string start();
  // An address within the first page, whatever the arguments are.
  std::string safeStart();
  // A number of rounds from 1 to `most`, of the address type.
  std::string trips(unsigned most);
  // An i32 or i64 of the parameters and locals, without effects.
  std::string value(std::string_view type);

  const Access& randomLoad(std::string_view type = "");
  const Access& randomStore(std::string_view type = "");
  // "(i32.load $m0 offset=4 ADDRESS)"; the second names an address near `pointer`.
  std::string access(const Access& which, const std::string& address, uint64_t offset = 0,
                     const std::string& value = "") const;
  std::string load(const Access& which, const std::string& pointer);
  std::string store(const Access& which, const std::string& pointer, const std::string& value);
  // `pointer` with a constant added or subtracted, and a static offset: " offset=8 (i32.add ..."
  std::string near(const std::string& pointer);

  // A statement, or a loop of what the body makes of a pointer; the pointer moves by `stride` bytes
  // each round, upwards or downwards.
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
