// Reduces a module to a small one that still fails.
#pragma once

#include <functional>

#include "test/differential/generate/expression_tree.h"

namespace differential {

// Returns the module without the parts that are not needed for `stillFails` to return true for its
// text. `stillFails` is called hundreds of times.
Tree reduce(Tree module, const std::function<bool(const std::string&)>& stillFails);

}  // namespace differential
