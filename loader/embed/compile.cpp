// The compiler, which libwasm2obj has.
#include <limits>

#include "loader/embed/error.h"
#include "loader/embed/wasi.h"
#include "loader/embed/wasm2obj_compile.h"
#include "loader/standard/compile/compiler.h"

using embed::makeError;

namespace {

base::Result<base::Bytes> compile(const void* bytes, size_t size, const char* const* options,
                                  size_t optionCount) {
  std::vector<std::string> words(options, options + optionCount);
  return standard::compile({static_cast<const uint8_t*>(bytes), size}, std::move(words));
}

}  // namespace

wasm2obj_error_t* wasm2obj_compile(const void* bytes, size_t size, const char* const* options,
                                   size_t optionCount, wasm2obj_buffer_t** artifact) {
  auto compiled = compile(bytes, size, options, optionCount);
  if (!compiled) return makeError(compiled.error());
  auto buffer = std::make_shared<wasi::OutputBuffer>(std::numeric_limits<size_t>::max());
  CHECK(buffer->write(*compiled).ok());
  *artifact = new wasm2obj_buffer_t{std::move(buffer)};
  return nullptr;
}

wasm2obj_error_t* wasm2obj_module_compile(const void* bytes, size_t size,
                                          const char* const* options, size_t optionCount,
                                          wasm2obj_module_t** module) {
  auto compiled = compile(bytes, size, options, optionCount);
  if (!compiled) return makeError(compiled.error());
  return wasm2obj_module_open_bytes(compiled->data(), compiled->size(), module);
}
