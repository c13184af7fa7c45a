// A tree of S-expressions, as which the reducer represents the text of a module.
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
  // Returns the tree as text. Lists that are too long for a line are broken, with their items
  // indented by `indentation` + 1 spaces.
  std::string text(unsigned indentation = 0) const;
};

// Returns the first list or word in `text`, which must be well-formed and without comments.
Tree parseTree(std::string_view text);

}  // namespace differential
