/* A program makes the objects that two instances of a module share. */
#include <stdio.h>
#include <string.h>
#include <unit.h>

static void show(const char* what, wasm2obj_error_t* error) {
  const char* text = error == NULL ? "done" : wasm2obj_error_text(error);
  printf("%s: %.*s\n", what, (int)strcspn(text, "\n"), text);
  wasm2obj_error_delete(error);
}

/* Called while unit_new runs, when the instance is complete but for its start function. */
void unit_env_started(unit_instance* instance, int32_t p0) {
  size_t size = 0;
  const char* own = unit_own(instance, &size);
  printf("%s started: %s, %d\n", (const char*)wasm2obj_instance_env(unit_base(instance)), own + p0,
         unit_add(instance, 0, 1));
}

static int dropped = 0;
static void drop(void* pointer) {
  (void)pointer;
  ++dropped;
}

static wasm2obj_store_t* make(unit_imports* imports) {
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  show("memory", unit_make_env_memory(store, &imports->env_memory));
  show("table", unit_make_env_table(store, NULL, &imports->env_table));
  show("counter", unit_make_env_counter(store, 5, &imports->env_counter));
  show("scale", unit_make_env_scale(store, 2.5, &imports->env_scale));
  show("pixels", unit_make_env_pixels(store, (wasm2obj_v128_t){3, 4}, &imports->env_pixels));
  show("name", unit_make_env_name(store, NULL, &imports->env_name));
  show("failed", unit_make_env_failed(store, &imports->env_failed));
  return store;
}

static void use(unit_instance* one, unit_instance* two, const unit_imports* imports) {
  wasm2obj_value_t value;
  size_t size = 0;
  unit_add(one, 16, 2);
  printf("shared %d\n", unit_add(two, 16, 3));
  printf("same %d\n", unit_shared(one, &size) == wasm2obj_memory_data(imports->env_memory, &size));
  show("counter", wasm2obj_global_get(imports->env_counter, &value));
  printf("counter %d\n", value.of.i32);
  unit_put(one, 1);
  printf("called %d\n", unit_call(two, 1, 12));
  printf("scaled %g, pixel %d\n", unit_scaled(one, 3), (int)unit_pixel(two));
  value.type = WASM2OBJ_F64;
  value.of.f64 = 1;
  show("immutable", wasm2obj_global_set(imports->env_scale, &value));
  value.type = WASM2OBJ_I64;
  show("other type", wasm2obj_global_set(imports->env_counter, &value));
  wasm2obj_error_t* error = unit_try_fail(two, 7);
  const wasm2obj_ref_t* thrown = wasm2obj_error_exception(error);
  printf("same tag %d %d\n", wasm2obj_ref_has_tag(thrown, imports->env_failed),
         wasm2obj_ref_has_tag(thrown, unit_handle_failed(one)));
  wasm2obj_error_delete(error);
}

int main(void) {
  unit_imports imports, others;
  unit_instance *one = NULL, *two = NULL;
  wasm2obj_ref_t* ref = NULL;
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_store_t* store = make(&imports);
  wasm2obj_store_t* other = make(&others);
  show("one", unit_new(&imports, NULL, NULL, (void*)"one", &one));
  show("two", unit_new(&imports, NULL, NULL, (void*)"two", &two));
  use(one, two, &imports);

  /* What does not fit. */
  unit_instance* wrong = NULL;
  unit_imports mixed = imports;
  mixed.env_table = others.env_table;
  show("mixed", unit_new(&mixed, NULL, NULL, NULL, &wrong));
  show("other store", unit_new_in(other, &imports, NULL, NULL, NULL, &wrong));
  show("limits", unit_new(&imports, NULL, limits, NULL, &wrong));
  mixed = imports;
  mixed.env_scale = imports.env_counter;
  show("type", unit_new(&mixed, NULL, NULL, NULL, &wrong));
  mixed.env_scale = NULL;
  show("null", unit_new(&mixed, NULL, NULL, NULL, &wrong));
  show("all null", unit_new(NULL, NULL, NULL, NULL, &wrong));
  printf("none %d\n", wrong == NULL);

  /* References are of the whole store. */
  show("host", wasm2obj_ref_new_host(unit_base(one), &dropped, drop, &ref));
  show("name", unit_make_env_name(store, ref, &imports.env_name));
  wasm2obj_ref_delete(ref);
  unit_delete(one);
  show("three", unit_new_in(store, &imports, NULL, NULL, (void*)"three", &one));
  ref = unit_name(one);
  printf("kept %d, dropped %d\n", wasm2obj_ref_host(ref) == &dropped, dropped);
  wasm2obj_ref_delete(ref);
  wasm2obj_store_delete(store);
  wasm2obj_store_delete(other);
  printf("later %d\n", unit_add(two, 16, 0));
  unit_delete(one);
  printf("dropped %d\n", dropped);
  unit_delete(two);
  printf("dropped %d\n", dropped);
  wasm2obj_limits_delete(limits);
  return 0;
}
