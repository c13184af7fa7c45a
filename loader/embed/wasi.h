// The implementations of wasm2obj_wasi_t, a builder of WASI contexts, and of wasm2obj_buffer_t.
#pragma once

#include <memory>

#include "wasi/context.h"
#include "wasi/stream.h"

// Shared with the contexts that write to it, so that the caller may delete it first.
struct wasm2obj_buffer_t {
  std::shared_ptr<wasi::OutputBuffer> buffer;
};

// The grants to guests.
struct wasm2obj_wasi_t {
  wasi::ContextBuilder builder;
};
