// The kind "nests": nested loops over matrices, which may overlap and exceed the memory.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// The type of the elements, and the instructions for it.
struct Element {
  const char* type;
  const char* load;
  const char* store;
  unsigned bytes;
  const char* multiply;
  const char* add;
};

constexpr Element kElements[] = {{"i32", "i32.load", "i32.store", 4, "i32.mul", "i32.add"},
                                 {"i64", "i64.load", "i64.store", 8, "i64.mul", "i64.add"},
                                 {"i32", "i32.load8_u", "i32.store8", 1, "i32.mul", "i32.add"},
                                 {"i32", "i32.load16_s", "i32.store16", 2, "i32.mul", "i32.sub"},
                                 {"v128", "v128.load", "v128.store", 16, "i32x4.mul", "i32x4.add"}};

// c[i][j] += a[i][k] * b[k][j], with two or three loops in any order.
class Nest {
 public:
  explicit Nest(Scope& scope)
      : scope_(scope),
        random_(scope.random),
        index_(scope.index()),
        element_(random_.oneOf(kElements)),
        width_(static_cast<unsigned>(4 + random_.below(29))) {
    for (std::string& i : counters_) i = scope.declare(index_);
    for (std::string& i : ends_) i = scope.declare(index_);
    for (std::string& i : bases_) i = scope.declare(index_);
  }

  // Returns the loops in a random order, around the product.
  std::string text() {
    std::string out;
    for (const std::string& base : bases_) {
      out += set(base, random_.chance(65) ? scope_.safeStart() : scope_.start()) + "\n";
    }
    for (const std::string& end : ends_)
      out += set(end, scope_.trips(random_.chance(50) ? 20 : 9)) + "\n";
    unsigned order[] = {0, 1, 2};
    std::swap(order[0], order[random_.below(3)]);
    std::swap(order[1], order[1 + random_.below(2)]);
    std::string body = product();
    unsigned depth = random_.chance(60) ? 3 : 2;
    for (unsigned i = 0; i < depth; ++i) body = loop(order[i], body);
    return out + body;
  }

 private:
  std::string n(int64_t value) const { return number(index_, value); }
  // Returns the address of an element, computed from matrix base, row and column as a compiler
  // does.
  std::string at(unsigned base, unsigned row, unsigned column) const {
    std::string place = apply(index_, "add", apply(index_, "mul", get(counters_[row]), n(width_)),
                              get(counters_[column]));
    return apply(index_, "add", get(bases_[base]), apply(index_, "mul", place, n(element_.bytes)));
  }
  std::string load(const std::string& address) const {
    return fmt::format("({} {} {})", element_.load, scope_.memoryName(), address);
  }
  // Returns the innermost statement, possibly without the addition.
  std::string product() {
    std::string c = at(0, 0, 1);
    std::string value =
        fmt::format("({} {} {})", element_.multiply, load(at(1, 0, 2)), load(at(2, 2, 1)));
    if (random_.chance(80)) value = fmt::format("({} {} {})", element_.add, load(c), value);
    return fmt::format("({} {} {} {})\n", element_.store, scope_.memoryName(), c, value);
  }
  // Returns a loop that counts up or down.
  std::string loop(unsigned which, const std::string& body) {
    std::string again = scope_.label();
    const std::string& i = counters_[which];
    if (random_.chance(70)) {
      return fmt::format(
          "{}\n(loop {}\n{}(br_if {} {}))\n", set(i, n(0)), again, body, again,
          apply(index_, "lt_u",
                fmt::format("(local.tee {} {})", i, apply(index_, "add", get(i), n(1))),
                get(ends_[which])));
    }
    return fmt::format(
        "{}\n(loop {}\n{}(br_if {} {}))\n", set(i, get(ends_[which])), again, body, again,
        apply(index_, "ne", fmt::format("(local.tee {} {})", i, apply(index_, "sub", get(i), n(1))),
              n(0)));
  }

  Scope& scope_;
  Random& random_;
  const std::string& index_;
  const Element& element_;
  unsigned width_;
  std::string counters_[3], ends_[3], bases_[3];
};

}  // namespace

std::string nests(Scope& scope) { return Nest(scope).text(); }

}  // namespace differential
