// The implementation of wasm2obj_caller_t.
#pragma once

#include "loader/embed/wasm2obj_linker.h"
#include "runtime/instance/host_func.h"

namespace embed {

// Return the caller that a handle of the program is, or the handle.
inline runtime::Caller& callerOf(wasm2obj_caller_t* caller) {
  return *reinterpret_cast<runtime::Caller*>(caller);
}
inline const runtime::Caller& callerOf(const wasm2obj_caller_t* caller) {
  return *reinterpret_cast<const runtime::Caller*>(caller);
}
inline wasm2obj_caller_t* handleOf(runtime::Caller& caller) {
  return reinterpret_cast<wasm2obj_caller_t*>(&caller);
}

// Returns the instance that imports the function.
wasm2obj_instance_t& instanceOf(const runtime::Caller& caller);

}  // namespace embed
