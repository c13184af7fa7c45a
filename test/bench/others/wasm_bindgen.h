// What wasm-bindgen exports for values that are not numbers.
#ifndef OTHERS_WASM_BINDGEN_H
#define OTHERS_WASM_BINDGEN_H
#include "module.h"

FROM_MODULE("__wbindgen_malloc") void* bindgenAllocate(uint32_t size, uint32_t alignment);
FROM_MODULE("__wbindgen_free") void bindgenFree(void* data, uint32_t size, uint32_t alignment);
FROM_MODULE("__wbindgen_add_to_stack_pointer") void* addToStackPointer(int32_t bytes);

typedef struct Slice {
  void* data;
  uint32_t length;
} Slice;
#endif
