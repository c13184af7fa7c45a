// Functions of the program of any type.
#pragma once

#include "loader/embed/wasm2obj_linker.h"
#include "runtime/instance/host_func.h"

namespace embed {

// Returns the host function that calls `code`, of the type of each import. It is for instances that
// have a wasm2obj_instance_t as their env.
runtime::HostFunction callbackFunction(wasm2obj_callback_t code, void* env);

}  // namespace embed
