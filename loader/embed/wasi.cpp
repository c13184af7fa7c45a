#include "loader/embed/wasi.h"

#include "loader/embed/wasm2obj.h"

namespace {

using wasi::Errno;
using wasi::Expected;
using wasi::Redirection;

void redirect(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which, Redirection to) {
  switch (which) {
    case WASM2OBJ_STDIN:
      wasi->builder.input(std::move(to));
      break;
    case WASM2OBJ_STDOUT:
      wasi->builder.output(std::move(to));
      break;
    case WASM2OBJ_STDERR:
      wasi->builder.error(std::move(to));
      break;
  }
}

// Returns an owner of a C function's environment. `finish` is called when the last copy of the
// function object that holds it is destroyed.
std::shared_ptr<void> share(void* env, void (*finish)(void* env)) {
  return {env, [finish](void* last) {
            if (finish != nullptr) finish(last);
          }};
}

// Converts the result of a C function: a count, or a negated errno of the host.
Expected<size_t, Errno> toCount(ptrdiff_t result) {
  if (result < 0) return wasi::fromHostErrno(static_cast<int>(-result));
  return static_cast<size_t>(result);
}

}  // namespace

wasm2obj_wasi_t* wasm2obj_wasi_new() { return new wasm2obj_wasi_t; }

void wasm2obj_wasi_delete(wasm2obj_wasi_t* wasi) { delete wasi; }

void wasm2obj_wasi_argument(wasm2obj_wasi_t* wasi, const char* value) {
  wasi->builder.argument(value);
}

void wasm2obj_wasi_variable(wasm2obj_wasi_t* wasi, const char* name, const char* value) {
  wasi->builder.variable(name, value);
}

void wasm2obj_wasi_directory(wasm2obj_wasi_t* wasi, const char* hostPath, const char* guestPath,
                             bool isReadOnly) {
  wasi->builder.directory(hostPath, guestPath,
                          isReadOnly ? wasi::Access::ReadOnly : wasi::Access::ReadWrite);
}

void wasm2obj_wasi_socket(wasm2obj_wasi_t* wasi, int fd) { wasi->builder.socket(fd); }

void wasm2obj_wasi_pin_clocks(wasm2obj_wasi_t* wasi, uint64_t start, uint64_t step) {
  wasi->builder.pinClocks({.start = start, .step = step});
}

void wasm2obj_wasi_pin_random(wasm2obj_wasi_t* wasi, uint64_t seed) {
  wasi->builder.pinRandom(seed);
}

void wasm2obj_wasi_max_files(wasm2obj_wasi_t* wasi, uint32_t count) {
  wasi->builder.maxDescriptors(count);
}

void wasm2obj_wasi_trace(wasm2obj_wasi_t* wasi, int fd) { wasi->builder.traceTo(fd); }

void wasm2obj_wasi_stream_fd(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which, int fd) {
  redirect(wasi, which, Redirection::hostFd(fd));
}

void wasm2obj_wasi_stream_file(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which, const char* path) {
  redirect(wasi, which, Redirection::file(path));
}

void wasm2obj_wasi_stdin_bytes(wasm2obj_wasi_t* wasi, const void* bytes, size_t size) {
  // One stream for all instances, which therefore share its position.
  std::string contents(static_cast<const char*>(bytes), size);
  redirect(wasi, WASM2OBJ_STDIN,
           Redirection::stream(std::make_shared<wasi::InputBuffer>(std::move(contents))));
}

wasm2obj_buffer_t* wasm2obj_buffer_new(size_t limit) {
  return new wasm2obj_buffer_t{std::make_shared<wasi::OutputBuffer>(limit)};
}

void wasm2obj_buffer_delete(wasm2obj_buffer_t* buffer) { delete buffer; }

const char* wasm2obj_buffer_bytes(const wasm2obj_buffer_t* buffer) {
  return buffer->buffer->contents().data();
}

size_t wasm2obj_buffer_size(const wasm2obj_buffer_t* buffer) {
  return buffer->buffer->contents().size();
}

void wasm2obj_wasi_stream_buffer(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                 wasm2obj_buffer_t* buffer) {
  redirect(wasi, which, Redirection::stream(buffer->buffer));
}

void wasm2obj_wasi_stdin_calls(wasm2obj_wasi_t* wasi, wasm2obj_read_t read, void* env,
                               void (*finish)(void* env)) {
  wasi::ReadFunction call = [read, shared = share(env, finish)](std::span<uint8_t> into) {
    return toCount(read(shared.get(), into.data(), into.size()));
  };
  redirect(wasi, WASM2OBJ_STDIN,
           Redirection::stream(std::make_shared<wasi::CallbackStream>(std::move(call))));
}

void wasm2obj_wasi_stream_calls(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                wasm2obj_write_t write, void* env, void (*finish)(void* env)) {
  wasi::WriteFunction call = [write, shared = share(env, finish)](std::span<const uint8_t> from) {
    return toCount(write(shared.get(), from.data(), from.size()));
  };
  redirect(wasi, which,
           Redirection::stream(std::make_shared<wasi::CallbackStream>(std::move(call))));
}
