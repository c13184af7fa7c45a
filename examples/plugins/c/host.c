/* A host of plugins in C: loads one with limits, passes bytes in and out, and survives whatever it
 * does.
 *
 *   cc host.c -lwasmrt -o host
 *   ./host plugin.so upper hello divide 0
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasm2obj.h>
#include <wasm2obj_linker.h>

/* --- Plugins ---------------------------------------------------------------------------------- */

enum {
  MEMORY_BYTES = 8 << 20,            /* of a plugin */
  TIME_LIMIT_NS = 1000 * 1000 * 1000 /* of a call */
};

/* A loaded plugin, which one thread uses at a time. */
typedef struct plugin_t {
  wasm2obj_module_t* module;
  wasm2obj_instance_t* instance;
  const wasm2obj_func_t* malloc;
  const wasm2obj_func_t* free;
} plugin_t;

/* Deletes what plugin_load has made. */
static void plugin_unload(plugin_t* plugin) {
  wasm2obj_instance_delete(plugin->instance);
  wasm2obj_module_delete(plugin->module);
  *plugin = (plugin_t){0};
}

/* Makes a new instance of the module. The old one is deleted. */
static wasm2obj_error_t* plugin_restart(plugin_t* plugin) {
  wasm2obj_instance_delete(plugin->instance);
  plugin->instance = NULL;
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new(); /* grants clocks and random numbers */
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, MEMORY_BYTES);
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_CALL_NANOSECONDS, TIME_LIMIT_NS);
  wasm2obj_error_t* error =
      wasm2obj_instance_new_limited(plugin->module, wasi, limits, &plugin->instance);
  wasm2obj_limits_delete(limits);
  wasm2obj_wasi_delete(wasi);
  if (error != NULL) return error;
  error = wasm2obj_instance_func(plugin->instance, "malloc", "(i)i", &plugin->malloc);
  if (error != NULL) return error;
  return wasm2obj_instance_func(plugin->instance, "free", "(i)", &plugin->free);
}

/* Loads a plugin. If that fails, nothing is loaded. */
static wasm2obj_error_t* plugin_load(const char* path, plugin_t* plugin) {
  *plugin = (plugin_t){0};
  wasm2obj_error_t* error = wasm2obj_module_open(path, &plugin->module);
  if (error == NULL) error = plugin_restart(plugin);
  if (error != NULL) plugin_unload(plugin);
  return error;
}

/* Returns the bytes [at, at + size) of the plugin's memory; null if they are not all in it. A
 * plugin may return any address, and its memory may have grown: so they are checked each time. */
static void* plugin_bytes(const plugin_t* plugin, uint32_t at, uint32_t size) {
  size_t memory_size = 0;
  char* memory = wasm2obj_instance_memory(plugin->instance, &memory_size);
  return at <= memory_size && size <= memory_size - at ? memory + at : NULL;
}

/* Calls one of the plugin's functions that take and return bytes. `*output` is allocated by malloc
 * and ends with NUL. If `*is_malformed` is set, the plugin has broken the convention. */
static wasm2obj_error_t* plugin_call(const plugin_t* plugin, const char* function,
                                     const void* input, uint32_t size, char** output,
                                     bool* is_malformed) {
  wasm2obj_slot_t slots[2];
  const wasm2obj_func_t* func = NULL;
  *output = NULL;
  *is_malformed = true;
  wasm2obj_error_t* error = wasm2obj_instance_func(plugin->instance, function, "(ii)I", &func);
  if (error != NULL) return error;

  slots[0].i32 = (int32_t)size;
  if ((error = wasm2obj_func_call(plugin->malloc, slots)) != NULL) return error;
  int32_t input_at = slots[0].i32;
  void* input_bytes = plugin_bytes(plugin, (uint32_t)input_at, size);
  if (input_at == 0 || input_bytes == NULL) return NULL; /* out of memory */
  memcpy(input_bytes, input, size);

  slots[0].i32 = input_at;
  slots[1].i32 = (int32_t)size;
  if ((error = wasm2obj_func_call(func, slots)) != NULL) return error;
  uint32_t output_at = (uint32_t)((uint64_t)slots[0].i64 >> 32);
  uint32_t output_size = (uint32_t)slots[0].i64;
  const void* output_bytes = plugin_bytes(plugin, output_at, output_size);
  if (output_bytes == NULL) return NULL;
  *output = malloc((size_t)output_size + 1);
  memcpy(*output, output_bytes, output_size);
  (*output)[output_size] = '\0';
  *is_malformed = false;

  slots[0].i32 = (int32_t)output_at;
  if ((error = wasm2obj_func_call(plugin->free, slots)) != NULL) return error;
  slots[0].i32 = input_at;
  return wasm2obj_func_call(plugin->free, slots);
}

/* --- The program ------------------------------------------------------------------------------ */

static const char* const kinds[] = {"use", "trap", "exit", "exception", "interrupted"};

/* Prints and deletes an error; returns whether there was one. The text of a trap has its reason,
 * and a line for each function of the plugin that was active. */
static bool print_error(wasm2obj_error_t* error) {
  if (error == NULL) return false;
  printf("%s: %s\n", kinds[wasm2obj_error_kind(error)], wasm2obj_error_text(error));
  wasm2obj_error_delete(error);
  return true;
}

/* Calls a function and prints what it returns. After an error the plugin is started again: a call
 * that has ended early may have left its memory in any state. */
static bool run(plugin_t* plugin, const char* function, const char* input) {
  char* output = NULL;
  bool is_malformed = false;
  bool has_failed = print_error(
      plugin_call(plugin, function, input, (uint32_t)strlen(input), &output, &is_malformed));
  if (!has_failed && is_malformed) printf("%s: the plugin returns no bytes\n", function);
  if (!has_failed && !is_malformed) printf("%s: %s\n", function, output);
  free(output);
  return !(has_failed || is_malformed) || !print_error(plugin_restart(plugin));
}

/* Returns the size of the process in KiB. */
static long process_size(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%ld", &pages) != 1) pages = 0;
  if (file != NULL) fclose(file);
  return pages * 4;
}

/* Loads and unloads the plugin many times, and prints by how much the process has grown. */
static bool reload(const char* path, int times) {
  enum { FIRST = 10 }; /* the C library may keep some memory for later */
  long before = 0;
  for (int count = 0; count < FIRST + times; ++count) {
    plugin_t plugin;
    if (count == FIRST) before = process_size();
    if (print_error(plugin_load(path, &plugin))) return false;
    plugin_unload(&plugin);
  }
  long growth = process_size() - before;
  printf("loaded %d times: the process has grown by %s\n", times,
         growth < 1024 ? "less than 1 MiB" : "more than 1 MiB");
  return growth < 1024;
}

int main(int count, char** words) {
  if (count < 2 || count % 2 != 0) {
    fprintf(stderr,
            "Usage: host PLUGIN.so [FUNCTION INPUT]...\n"
            "`reload N` loads and unloads the plugin N times.\n");
    return 2;
  }
  plugin_t plugin;
  if (print_error(plugin_load(words[1], &plugin))) return 1;
  bool is_ok = true;
  for (int index = 2; is_ok && index < count; index += 2) {
    bool is_reload = strcmp(words[index], "reload") == 0;
    is_ok = is_reload ? reload(words[1], atoi(words[index + 1]))
                      : run(&plugin, words[index], words[index + 1]);
  }
  plugin_unload(&plugin);
  return is_ok ? 0 : 1;
}
