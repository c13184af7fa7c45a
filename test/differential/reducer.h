// Makes a module that fails small.
#pragma once

#include <functional>

#include "test/differential/generate/expression_tree.h"

namespace differential {

// Takes away and simplifies what can be while the text `stillFails`. How long this takes depends on
// that function, which is called hundreds of times.
Tree reduce(Tree module, const std::function<bool(const std::string&)>& stillFails);

}  // namespace differential
