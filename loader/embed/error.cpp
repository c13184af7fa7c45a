#include "loader/embed/error.h"

void wasm2obj_error_delete(wasm2obj_error_t* error) { delete error; }

wasm2obj_error_kind_t wasm2obj_error_kind(const wasm2obj_error_t* error) { return error->kind; }

const char* wasm2obj_error_text(const wasm2obj_error_t* error) { return error->text.c_str(); }

int32_t wasm2obj_error_exit_status(const wasm2obj_error_t* error) { return error->exitStatus; }
