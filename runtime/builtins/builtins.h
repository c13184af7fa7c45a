// What ExecState::builtins points to.
#pragma once

#include "runtime/abi/vmctx.h"

namespace runtime {

const abi::Builtins& builtins();

}  // namespace runtime
