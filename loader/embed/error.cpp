#include "loader/embed/error.h"

#include "runtime/instance/host_func.h"

namespace embed {

namespace {

wasm2obj_error_kind_t kindOf(abi::TrapCode code) {
  if (code == abi::TrapCode::Interrupted) return WASM2OBJ_ERROR_INTERRUPTED;
  if (code == abi::TrapCode::OutOfFuel) return WASM2OBJ_ERROR_OUT_OF_FUEL;
  return WASM2OBJ_ERROR_TRAP;
}

}  // namespace

wasm2obj_error_t* makeError(const runtime::Trap& trap,
                            const std::shared_ptr<runtime::Store>& store) {
  if (trap.exitStatus) {
    return new wasm2obj_error_t{WASM2OBJ_ERROR_EXIT, trap.message, *trap.exitStatus};
  }
  if (trap.code != abi::TrapCode::UncaughtException) {
    return new wasm2obj_error_t{kindOf(trap.code), trap.text()};
  }
  runtime::Value exception{abi::ValueKind::ExnRef, {}};
  exception.slot.ref = runtime::exceptionOf(trap);
  return new wasm2obj_error_t{WASM2OBJ_ERROR_EXCEPTION, trap.text(), 0,
                              std::unique_ptr<wasm2obj_ref_t>(newRef(store, exception))};
}

wasm2obj_error_t* makeError(const runtime::Failure& failure,
                            const std::shared_ptr<runtime::Store>& store) {
  return failure.isTrap() ? makeError(failure.trap(), store) : makeError(failure.error());
}

}  // namespace embed

void wasm2obj_error_delete(wasm2obj_error_t* error) { delete error; }

wasm2obj_error_kind_t wasm2obj_error_kind(const wasm2obj_error_t* error) { return error->kind; }

const char* wasm2obj_error_text(const wasm2obj_error_t* error) { return error->text.c_str(); }

int32_t wasm2obj_error_exit_status(const wasm2obj_error_t* error) { return error->exitStatus; }

const wasm2obj_ref_t* wasm2obj_error_exception(const wasm2obj_error_t* error) {
  return error->exception.get();
}
