// The reduction of a module to a small one that still fails: delta debugging on S-expressions.
#pragma once

#include <functional>

#include "test/differential/generate/expression_tree.h"

namespace differential {

// Returns a variant of the module for which `stillFails` returns true, without the fields and
// statements that are not needed for that, and with simpler expressions. Requires that `stillFails`
// returns true for the text of `module`. It is called hundreds of times, also with texts that are
// not valid modules.
Tree reduce(Tree module, const std::function<bool(const std::string&)>& stillFails);

}  // namespace differential
