// A module's text as a tree, to take parts out of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace differential {

// A word or string, or a list in parentheses.
struct Tree {
  std::string word;  // empty for a list
  std::vector<Tree> items;

  bool isList() const { return word.empty(); }
  // Whether it is a list that begins with this word.
  bool is(std::string_view head) const {
    return isList() && !items.empty() && items[0].word == head;
  }
  std::string text(unsigned indentation = 0) const;
};

// The first thing in a well-formed text without comments.
Tree parseTree(std::string_view text);

}  // namespace differential
