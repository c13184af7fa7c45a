/* Uses some of the names of names.wat, among macros. */
#include <assert.h>
#include <errno.h>
#include <names.h>
#include <stdio.h>

void names__(names_instance* instance, int32_t p0) { (void)instance, printf("empty %d\n", p0); }
void names_env__x2A__x2F__x20_void_x20_evil_x28_void_x29__x3B__x20__x2F__x2A_(
    names_instance* instance, int32_t p0) {
  (void)instance, (void)p0;
}
void names_env_errno(names_instance* instance, int32_t p0) { (void)instance, (void)p0; }
/* names_env_log is the export. */
void names_env_log_2(names_instance* instance, int32_t p0) {
  (void)instance, printf("log %d\n", p0);
}
void names_env_log_(names_instance* instance, int32_t p0) { (void)instance, (void)p0; }
void names_env_unix_x5C_(names_instance* instance, int32_t p0) { (void)instance, (void)p0; }
void names__xF0__x9F__x8E__x89___x3F__x3F__x2F_(names_instance* instance, int32_t p0) {
  (void)instance, (void)p0;
}

static void check(wasm2obj_error_t* error) {
  if (error == NULL) return;
  printf("%s\n", wasm2obj_error_text(error));
  wasm2obj_error_delete(error);
}

int main(void) {
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  names_imports imports;
  names_instance* names = NULL;
  check(names_make_static_assert(store, &imports.static_assert_2));
  check(names_make__Bool(store, 5, &imports._Bool_2));
  check(names_make__errno(store, NULL, &imports._errno));
  check(names_make_env__x2F__x2F_(store, &imports.env__x2F__x2F_));
  check(names_new(&imports, NULL, NULL, NULL, &names));
  wasm2obj_store_delete(store);
  if (names == NULL) return 0;
  printf("%d %d %d %d %d\n", names_(names, 0), names_add(names, 0), names_try_add(names, 0),
         names_try_try_add(names, 0), names_errno(names, 0));
  printf("%d %d %d %d\n", names_new_2(names, 0), names_a_x2D_b(names, 0),
         names_a_x5F_x2D_b(names, 0), names_2nd(names, 0));
  printf("%d %d\n", names_get_x(names, 0), (int)names_get_x_2(names));
  printf("%d\n", names_env_log(names, 0));
  names_delete(names);
  return 0;
}
