// The rows of passes.def as values.
#pragma once

#include "compiler/codegen/passes/pass_set.h"

namespace codegen {

enum class Pass : uint8_t {
#define PASS(id, name, kind, construction) id,
#include "compiler/codegen/passes/passes.def"
#undef PASS
};

}  // namespace codegen
