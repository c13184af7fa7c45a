#include "emscripten.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* --- Functions that modules import ------------------------------------------------------------ */

/* The memory never moves, so there is nothing to do but to ask for its size again. */
static void notify_memory_growth(wasm2obj_caller_t* caller, int32_t memory) {
  (void)memory;
  ++*(unsigned*)wasm2obj_caller_env(caller);
}

/* Is called by modules that cannot grow their memory themselves: malloc returns null then. */
static int32_t resize_heap(wasm2obj_caller_t* caller, int32_t size) {
  (void)caller, (void)size;
  return 0;
}

static int32_t get_heap_max(wasm2obj_caller_t* caller) {
  size_t size = 0;
  wasm2obj_caller_memory(caller, &size);
  return (int32_t)size;
}

static double milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
static double get_now(wasm2obj_caller_t* caller) {
  (void)caller;
  return milliseconds(CLOCK_MONOTONIC);
}
static double date_now(wasm2obj_caller_t* caller) {
  (void)caller;
  return milliseconds(CLOCK_REALTIME);
}

static void copy_memory(wasm2obj_caller_t* caller, int32_t to, int32_t from, int32_t count) {
  size_t size = 0;
  char* memory = wasm2obj_caller_memory(caller, &size);
  uint32_t to_at = (uint32_t)to, from_at = (uint32_t)from, bytes = (uint32_t)count;
  if (to_at > size || bytes > size - to_at || from_at > size || bytes > size - from_at) {
    wasm2obj_caller_trap(caller, "memcpy of bytes that are not in the memory");
    return;
  }
  memmove(memory + to_at, memory + from_at, bytes);
}

static void abort_guest(wasm2obj_caller_t* caller) { wasm2obj_caller_trap(caller, "abort"); }

/* Copies a string of the guest, cut to the room that there is. */
static void copy_string(wasm2obj_caller_t* caller, int32_t at, char* text, size_t room) {
  size_t size = 0;
  const char* memory = wasm2obj_caller_memory(caller, &size);
  size_t length = 0;
  for (size_t from = (uint32_t)at; from < size && memory[from] != 0 && length + 1 < room; ++from) {
    text[length++] = memory[from];
  }
  text[length] = 0;
}
static void assert_fail(wasm2obj_caller_t* caller, int32_t condition, int32_t file, int32_t line,
                        int32_t function) {
  char condition_text[100], file_text[100], message[300];
  (void)function;
  copy_string(caller, condition, condition_text, sizeof condition_text);
  copy_string(caller, file, file_text, sizeof file_text);
  snprintf(message, sizeof message, "assertion failed: %s, %s:%d", condition_text, file_text,
           (int)line);
  wasm2obj_caller_trap(caller, message);
}

typedef struct row_t {
  const char* name;
  const char* type;
  wasm2obj_code_t code;
} row_t;

static const row_t rows[] = {
    {"emscripten_notify_memory_growth", "(i)", (wasm2obj_code_t)notify_memory_growth},
    {"emscripten_resize_heap", "(i)i", (wasm2obj_code_t)resize_heap},
    {"emscripten_get_heap_max", "()i", (wasm2obj_code_t)get_heap_max},
    {"emscripten_get_now", "()F", (wasm2obj_code_t)get_now},
    {"emscripten_date_now", "()F", (wasm2obj_code_t)date_now},
    {"emscripten_memcpy_big", "(iii)", (wasm2obj_code_t)copy_memory},
    {"_emscripten_memcpy_js", "(iii)", (wasm2obj_code_t)copy_memory},
    {"abort", "()", (wasm2obj_code_t)abort_guest},
    {"_abort_js", "()", (wasm2obj_code_t)abort_guest},
    {"__assert_fail", "(iiii)", (wasm2obj_code_t)assert_fail},
};

wasm2obj_error_t* emscripten_define(wasm2obj_linker_t* linker, unsigned* growths) {
  for (size_t index = 0; index < sizeof rows / sizeof *rows; ++index) {
    const row_t* row = &rows[index];
    wasm2obj_error_t* error =
        wasm2obj_linker_func(linker, "env", row->name, row->type, row->code, growths);
    if (error != NULL) return error;
  }
  wasm2obj_linker_trap_unknown(linker);
  return NULL;
}

/* --- Instances -------------------------------------------------------------------------------- */

/* Calls an export that may be missing. */
static wasm2obj_error_t* call_if_exported(wasm2obj_instance_t* instance, const char* name) {
  const wasm2obj_func_t* func = NULL;
  wasm2obj_error_t* error = wasm2obj_instance_func(instance, name, "()", &func);
  if (error == NULL) {
    wasm2obj_slot_t slot;
    return wasm2obj_func_call(func, &slot);
  }
  wasm2obj_error_delete(error);
  return NULL;
}

wasm2obj_error_t* emscripten_start(wasm2obj_instance_t* instance) {
  wasm2obj_error_t* error = call_if_exported(instance, "emscripten_stack_init");
  return error != NULL ? error : call_if_exported(instance, "__wasm_call_ctors");
}

void* emscripten_bytes(wasm2obj_instance_t* instance, uint32_t at, size_t size) {
  size_t memory_size = 0;
  char* memory = wasm2obj_instance_memory(instance, &memory_size);
  return at <= memory_size && size <= memory_size - at ? memory + at : NULL;
}
