// The text of a module as a tree of S-expressions, for the reducer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace differential {

// A word, a string, or a list in parentheses.
struct Tree {
  std::string word;         // empty for a list
  std::vector<Tree> items;  // of a list

  bool isList() const { return word.empty(); }
  // Returns whether this is a list that begins with the word `head`.
  bool is(std::string_view head) const {
    return isList() && !items.empty() && items[0].word == head;
  }
  // Returns the tree as text, with lists on lines of their own.
  std::string text(unsigned indentation = 0) const;
};

// Parses the first list or word in `text`, which must be well-formed and without comments.
Tree parseTree(std::string_view text);

}  // namespace differential
