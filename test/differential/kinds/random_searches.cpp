#include "test/differential/kinds/random_searches.h"

#include <fmt/format.h>

namespace differential {
namespace {

// The type of the elements.
struct Element {
  const char* load;
  const char* type;
  unsigned size;
};

constexpr Element kElements[] = {{"i32.load8_u", "i32", 1}, {"i32.load8_s", "i32", 1},
                                 {"i32.load8_u", "i32", 1}, {"i32.load16_u", "i32", 2},
                                 {"i32.load", "i32", 4},    {"i64.load", "i64", 8}};
constexpr unsigned kOffsets[] = {0, 0, 1, 3, 64, 4095, 30000};

// Generates the conditions of one loop.
class Search {
 public:
  Search(Random& random, std::string index)
      : random_(random),
        index_(std::move(index)),
        element_(random.oneOf(kElements)),
        offset_(random.oneOf(kOffsets)) {}

  unsigned size() const { return element_.size; }

  // Returns the condition to continue the search: the element is none of those searched for. Most
  // of the memory is zero.
  std::string goesOn() {
    switch (random_.below(5)) {
      case 0:
        return compare(random_.chance(50) ? "eq" : "ne", here(), constant(random_.below(3)));
      case 1:
        return compare("eq", here(), there());
      case 2:
        return fmt::format("(i32.and {} {})", compare("eq", here(), there()),
                           compare("ne", here(), constant(7 + random_.below(200))));
      case 3:
        return fmt::format("(i32.or {} {})", compare("lt_u", here(), constant(random_.below(256))),
                           compare("eq", here(), there()));
      default:
        return compare(random_.chance(50) ? "lt_u" : "ge_s", mixed(), constant(random_.below(99)));
    }
  }

 private:
  std::string compare(const char* how, const std::string& one, const std::string& other) const {
    return fmt::format("({}.{} {} {})", element_.type, how, one, other);
  }

  std::string constant(uint64_t number) const {
    return fmt::format("({}.const {})", element_.type, number);
  }

  // The element at the index.
  std::string here() const {
    return fmt::format("({} offset={} (local.get {}))", element_.load, offset_, index_);
  }

  // The element at the distance of $i2 from the index.
  std::string there() const {
    return fmt::format("({} (i32.add (local.get {}) (i32.and (i32.const 0xfff) (local.get $i2))))",
                       element_.load, index_);
  }

  // Returns an expression of the element and another one, or a constant.
  std::string mixed() {
    const char* operation = random_.chance(50) ? "sub" : random_.chance(50) ? "xor" : "and";
    return fmt::format("({}.{} {} {})", element_.type, operation, here(),
                       random_.chance(50) ? there() : constant(random_.below(256)));
  }

  Random& random_;
  std::string index_;
  const Element& element_;
  unsigned offset_;
};

}  // namespace

// The exits and the increment of the index may come in either order.
std::string searchLoop(Random& random, const std::string& label, const std::string& index,
                       const std::string& left) {
  Search search(random, index);
  std::string advance = fmt::format("(local.set {} (i32.add (local.get {}) (i32.const {})))", index,
                                    index, search.size());
  std::string counted =
      fmt::format("(local.tee {} (i32.sub (local.get {}) (i32.const 1)))", left, left);
  if (random.chance(30)) {
    counted = fmt::format("(i32.{} (local.get {}) (i32.const {}))",
                          random.chance(50) ? "lt_u" : "ne", index, 8 * random.below(8000));
  }
  std::string found = fmt::format("(br_if 1 (i32.eqz {}))", search.goesOn());
  std::string foundToo =
      random.chance(30) ? fmt::format("(br_if 1 (i32.eqz {}))", search.goesOn()) : "";
  if (random.chance(30)) std::swap(found, advance);
  return fmt::format("    (block (loop {}\n      {}\n      {}\n      {}\n      (br_if {} {})))",
                     label, found, advance, foundToo, label, counted);
}

}  // namespace differential
