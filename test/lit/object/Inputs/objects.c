/* Objects and functions of the guest as arguments and results. */
#include <consumer.h>
#include <objects.h>
#include <stdio.h>
#include <string.h>

static int wrong = 0;
static int is_deleted = 0;

static void show(const char* what, wasm2obj_error_t* error) {
  const char* text = error == NULL ? "done" : wasm2obj_error_text(error);
  printf("%s: %.*s\n", what, (int)strcspn(text, "\n"), text);
  wasm2obj_error_delete(error);
}

static int32_t part(const wasm2obj_ref_t* ref, size_t index) {
  wasm2obj_value_t value;
  show("part", wasm2obj_ref_get(ref, index, &value));
  return value.of.i32;
}

/* Two results, of which one is an element of the second argument. */
void objects_env_pick(objects_instance* instance, const wasm2obj_ref_t* p0,
                      const wasm2obj_ref_t* p1, wasm2obj_ref_t** r0, int32_t* r1) {
  wasm2obj_value_t value;
  /* The guest may collect garbage while the program has its objects. */
  show("collect", wasm2obj_instance_collect(objects_base(instance)));
  show("element", wasm2obj_ref_get(p1, 0, &value));
  *r0 = wrong ? wasm2obj_ref_new_copy(p1) : value.of.ref;
  *r1 = part(p0, 0);
  if (wrong) wasm2obj_ref_delete(value.of.ref);
}

int32_t objects_env_twice(objects_instance* instance, int32_t p0) {
  (void)instance;
  return 2 * p0;
}

wasm2obj_ref_t* objects_env_function(objects_instance* instance, const wasm2obj_ref_t* p0) {
  (void)instance;
  return wrong ? NULL : wasm2obj_ref_new_copy(p0);
}

wasm2obj_ref_t* objects_env_later(objects_instance* instance, const wasm2obj_ref_t* p0) {
  int32_t result = 0;
  if (is_deleted) show("in the deleted one", objects_try_sum(instance, p0, &result));
  if (p0 == NULL) show("trap", wasm2obj_instance_trap(objects_base(instance), "nothing given"));
  return wrong ? NULL : wasm2obj_ref_new_copy(p0);
}

int main(void) {
  objects_instance* objects = NULL;
  wasm2obj_ref_t *point = NULL, *other = NULL, *number = NULL;
  int32_t result = 0;
  show("new", objects_new(NULL, NULL, NULL, &objects));
  point = objects_point(objects, 3, 4);
  printf("sum %d\n", objects_sum(objects, point));
  objects_set_first(objects, point);
  wasm2obj_ref_delete(point);
  show("collect", wasm2obj_instance_collect(objects_base(objects)));
  point = objects_get_first(objects);
  printf("first %d\n", part(point, 1));
  show("element", wasm2obj_table_set(objects_handle_points(objects), 1, point));
  show("element", wasm2obj_table_get(objects_handle_points(objects), 1, &other));
  printf("same %d\n", wasm2obj_ref_is_same(point, other));
  printf("choose %d\n", objects_choose(objects, 5, 6));
  printf("apply %d\n", objects_apply(objects, 21));

  /* Values of other types. */
  number = wasm2obj_ref_new_i31(5);
  show("i31", objects_try_sum(objects, number, &result));
  show("null", objects_try_sum(objects, NULL, &result));
  show("element", wasm2obj_table_set(objects_handle_points(objects), 0, number));
  wrong = 1;
  show("choose", objects_try_choose(objects, 5, 6, &result));
  show("apply", objects_try_apply(objects, 21, &result));
  show("later", objects_try_call_x2D_later(objects, number, &other));
  wasm2obj_ref_delete(number);
  wasm2obj_ref_delete(point);
  wasm2obj_ref_delete(other);

  /* A deleted instance of which another one uses functions, which call the program. */
  consumer_instance* consumer = NULL;
  consumer_imports imports = {objects_base(objects)};
  show("consumer", consumer_new(&imports, NULL, NULL, NULL, &consumer));
  objects_delete(objects);
  show("collect", wasm2obj_instance_collect(consumer_base(consumer)));
  is_deleted = 1;
  wrong = 0;
  show("host", wasm2obj_ref_new_host(consumer_base(consumer), &wrong, NULL, &number));
  other = consumer_go(consumer, number);
  printf("same %d\n", wasm2obj_ref_is_same(number, other));
  wasm2obj_ref_delete(other);
  show("go", consumer_try_go(consumer, NULL, &other));
  wrong = 1;
  show("go", consumer_try_go(consumer, number, &other));
  wasm2obj_ref_delete(number);
  consumer_delete(consumer);
  return 0;
}
