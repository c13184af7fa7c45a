// The errors of the C interface, and their creation from those of the runtime.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "loader/embed/ref.h"
#include "loader/embed/wasm2obj.h"
#include "runtime/base/result.h"
#include "runtime/trap/trap.h"

struct wasm2obj_error_t {
  wasm2obj_error_kind_t kind = WASM2OBJ_ERROR_USE;
  std::string text;
  int32_t exitStatus = 0;
  std::unique_ptr<wasm2obj_ref_t> exception;
};

namespace embed {

// Return an error that the caller deletes.
inline wasm2obj_error_t* makeError(std::string text) {
  return new wasm2obj_error_t{WASM2OBJ_ERROR_USE, std::move(text)};
}
inline wasm2obj_error_t* makeError(const base::Error& error) { return makeError(error.text()); }
// A Trap with an exit status becomes WASM2OBJ_ERROR_EXIT, that of an uncaught exception
// WASM2OBJ_ERROR_EXCEPTION. `store` is that of the guest.
wasm2obj_error_t* makeError(const runtime::Trap& trap,
                            const std::shared_ptr<runtime::Store>& store);
wasm2obj_error_t* makeError(const runtime::Failure& failure,
                            const std::shared_ptr<runtime::Store>& store);

}  // namespace embed
