/* Calls one function, or prints why it cannot. */
#include <lib.h>
#include <stdio.h>

int main(void) {
  lib_instance* lib = NULL;
  wasm2obj_error_t* error = lib_new(NULL, NULL, NULL, &lib);
  if (error != NULL) {
    printf("%s\n", wasm2obj_error_text(error));
    wasm2obj_error_delete(error);
    return 0;
  }
  printf("%d\n", lib_f(lib, 5));
  lib_delete(lib);
  return 0;
}
