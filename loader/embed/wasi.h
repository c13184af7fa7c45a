// The implementation of wasm2obj_wasi_t: a builder of WASI contexts.
#pragma once

#include "wasi/context.h"

struct wasm2obj_wasi_t {
  wasi::ContextBuilder builder;
};
