#include "test/differential/generate/expression_tree.h"

#include <cctype>

#include "runtime/base/check.h"

namespace differential {
namespace {

// The maximal length of a line; words may be longer.
constexpr size_t kLineLength = 96;

// Parses one text.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  // Recursive, since random modules are not deeply nested.
  Tree next() {
    skipSpace();
    CHECK(at_ < text_.size());
    if (text_[at_] != '(') return {word(), {}};
    ++at_;
    Tree list;
    for (skipSpace(); text_[at_] != ')'; skipSpace()) list.items.push_back(next());
    ++at_;
    return list;
  }

 private:
  void skipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  std::string word() {
    size_t begin = at_;
    if (text_[at_] == '"') {
      at_ = text_.find('"', at_ + 1) + 1;  // strings in random modules have no escaped quotes
    } else {
      at_ = text_.find_first_of(" \n()", at_);
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  size_t at_ = 0;
};

// Returns the tree on one line.
std::string inOneLine(const Tree& tree) {
  if (!tree.isList()) return tree.word;
  std::string out = "(";
  for (const Tree& item : tree.items) {
    if (out.size() > 1) out += ' ';
    out += inOneLine(item);
  }
  return out + ")";
}

}  // namespace

// The first items that are words, such as keyword and identifier, stay on the line of the
// parenthesis.
std::string Tree::text(unsigned indentation) const {
  std::string line = inOneLine(*this);
  if (!isList() || indentation + line.size() <= kLineLength) return line;
  std::string out = "(";
  bool isBroken = false;
  for (const Tree& item : items) {
    isBroken |= item.isList();
    if (isBroken) {
      out.append("\n").append(indentation + 1, ' ');
    } else if (out.size() > 1) {
      out += ' ';
    }
    out += item.text(indentation + 1);
  }
  return out + ")";
}

Tree parseTree(std::string_view text) { return Parser(text).next(); }

}  // namespace differential
