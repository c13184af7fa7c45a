#include "test/differential/reducer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace differential {
namespace {

// Changes the module as long as it fails. Every change that makes it pass, or invalid, is undone.
class Reducer {
 public:
  Reducer(Tree module, const std::function<bool(const std::string&)>& stillFails)
      : module_(std::move(module)), stillFails_(stillFails) {}

  // Repeats both kinds of changes, since each can make the other possible.
  Tree run() {
    bool hasChanged = true;
    while (hasChanged) {
      hasChanged = removeItems(module_, 1);
      for (size_t i = 0; i < module_.items.size(); ++i) {
        if (module_.items[i].is("func")) hasChanged |= simplifyItems(module_.items[i]);
      }
    }
    return std::move(module_);
  }

 private:
  bool keeps() { return stillFails_(module_.text()); }

  // Tries to remove the lists in sequences of items: long sequences first, and later items before
  // earlier ones. The items before `first` are kept.
  bool removeItems(Tree& list, size_t first) {
    bool hasChanged = false;
    for (size_t run = std::max<size_t>(1, list.items.size() / 2); run > 0; run /= 2) {
      for (size_t end = list.items.size(); end > first;) {
        size_t begin = end - std::min(run, end - first);
        std::vector<Tree> kept = list.items;
        auto isList = [](const Tree& item) { return item.isList(); };
        auto from = list.items.begin() + static_cast<ptrdiff_t>(begin);
        auto to = list.items.begin() + static_cast<ptrdiff_t>(end);
        if (std::any_of(from, to, isList)) {
          list.items.erase(std::remove_if(from, to, isList), to);
          if (keeps()) {
            hasChanged = true;
          } else {
            list.items = std::move(kept);
          }
        }
        end = begin;
      }
    }
    return hasChanged;
  }

  // Removes from and replaces in a list and all lists inside of it, from the outside in: a removed
  // list needs no work.
  bool simplifyItems(Tree& list) {
    bool hasChanged = removeItems(list, 1);
    for (size_t i = 1; i < list.items.size(); ++i) {
      if (!list.items[i].isList()) continue;
      hasChanged |= replace(list.items[i]);
      if (list.items[i].isList()) hasChanged |= simplifyItems(list.items[i]);
    }
    return hasChanged;
  }

  // Tries to replace an expression by a zero or null of each type or, repeatedly, by one of its
  // operands. The types are not known; a wrong one makes the module invalid.
  bool replace(Tree& tree) {
    if (tree.items.empty() || tree.items[0].word.ends_with(".const")) return false;
    if (tree.is("ref.null")) return false;
    bool hasChanged = false;
    for (const char* type : {"i32.const", "i64.const", "f32.const", "f64.const"}) {
      if (tries(tree, Tree{"", {{type, {}}, {"0", {}}}})) return true;
    }
    for (const char* type : {"none", "noextern", "nofunc"}) {
      if (tries(tree, Tree{"", {{"ref.null", {}}, {type, {}}}})) return true;
    }
    for (size_t i = 1; i < tree.items.size(); ++i) {
      Tree inside = tree.items[i];
      if (inside.isList() && tries(tree, std::move(inside))) {
        hasChanged = true;
        i = 0;
      }
    }
    return hasChanged;
  }

  bool tries(Tree& tree, Tree instead) {
    std::swap(tree, instead);
    if (keeps()) return true;
    std::swap(tree, instead);
    return false;
  }

  Tree module_;
  const std::function<bool(const std::string&)>& stillFails_;
};

}  // namespace

Tree reduce(Tree module, const std::function<bool(const std::string&)>& stillFails) {
  return Reducer(std::move(module), stillFails).run();
}

}  // namespace differential
