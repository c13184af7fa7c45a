/* A shared library with a module in it. */
#include <left.h>

int plugin_run(int number);

int plugin_run(int number) {
  left_instance* left = NULL;
  wasm2obj_error_t* error = left_new(NULL, NULL, NULL, &left);
  int32_t result = -1;
  if (error == NULL) error = left_try_call(left, 0, number, &result);
  wasm2obj_error_delete(error);
  /* A trap. */
  error = left_try_store(left, -1, 0);
  if (error == NULL || wasm2obj_error_kind(error) != WASM2OBJ_ERROR_TRAP) result = -2;
  wasm2obj_error_delete(error);
  left_delete(left);
  return result;
}
