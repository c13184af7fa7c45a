// The rows of passes.def as values.
#pragma once

#include "compiler/codegen/passes/pass_set.h"

namespace codegen {

enum class Pass : uint8_t {
#define PASS(stage, id, name, kind, when, construction) id,
#define STEP(stage, when, construction)
#include "compiler/codegen/passes/passes.def"
#undef PASS
#undef STEP
};

}  // namespace codegen
