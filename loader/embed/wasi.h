// The builder behind the C interface's WASI.
#pragma once

#include "wasi/context.h"

struct wasm2obj_wasi_t {
  wasi::ContextBuilder builder;
};
