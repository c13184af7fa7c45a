// The errors of the C interface, and their creation from those of the runtime.
#pragma once

#include <string>
#include <utility>

#include "loader/embed/wasm2obj.h"
#include "runtime/base/result.h"
#include "runtime/trap/trap.h"

struct wasm2obj_error_t {
  wasm2obj_error_kind_t kind = WASM2OBJ_ERROR_USE;
  std::string text;
  int32_t exitStatus = 0;
};

namespace embed {

// Return an error that the caller deletes. A Trap with an exit status becomes WASM2OBJ_ERROR_EXIT.
inline wasm2obj_error_t* makeError(std::string text) {
  return new wasm2obj_error_t{WASM2OBJ_ERROR_USE, std::move(text)};
}
inline wasm2obj_error_t* makeError(const base::Error& error) { return makeError(error.text()); }
inline wasm2obj_error_t* makeError(const runtime::Trap& trap) {
  if (!trap.exitStatus) return new wasm2obj_error_t{WASM2OBJ_ERROR_TRAP, trap.text()};
  return new wasm2obj_error_t{WASM2OBJ_ERROR_EXIT, trap.message, *trap.exitStatus};
}
inline wasm2obj_error_t* makeError(const runtime::Failure& failure) {
  return failure.isTrap() ? makeError(failure.trap()) : makeError(failure.error());
}

}  // namespace embed
