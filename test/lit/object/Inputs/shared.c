/* Two modules that share a memory, a table, a global and a tag, and functions of the program that
 * have references. */
#include <inttypes.h>
#include <left.h>
#include <right.h>
#include <stdio.h>
#include <string.h>

static left_instance* left = NULL;

static void show(const char* what, wasm2obj_error_t* error) {
  if (error == NULL) {
    printf("%s: done\n", what);
    return;
  }
  const char* text = wasm2obj_error_text(error);
  printf("%s: kind %d: %.*s\n", what, (int)wasm2obj_error_kind(error), (int)strcspn(text, "\n"),
         text);
  wasm2obj_error_delete(error);
}

wasm2obj_ref_t* right_host_note(right_instance* instance, const wasm2obj_ref_t* p0) {
  (void)instance;
  printf("note %s\n", p0 == NULL ? "nothing" : (const char*)wasm2obj_ref_host(p0));
  return wasm2obj_ref_new_copy(p0);
}

/* Throws, traps or exits. */
void right_host_fail(right_instance* instance, int32_t p0) {
  wasm2obj_value_t argument;
  wasm2obj_ref_t* exception = NULL;
  if (p0 == -1) {
    wasm2obj_instance_trap(right_base(instance), "no such thing");
    return;
  }
  if (p0 == -2) {
    wasm2obj_instance_exit(right_base(instance), 9);
    return;
  }
  argument.type = WASM2OBJ_I32;
  argument.of.i32 = p0;
  show("exception", wasm2obj_exception_new(left_handle_oops(left), &argument, 1, &exception));
  show("throw", wasm2obj_instance_throw(right_base(instance), exception));
  wasm2obj_ref_delete(exception);
}

static void share(right_instance* right) {
  size_t size = 0;
  uint64_t old = 0;
  int32_t* words = left_memory(left, &size);
  right_poke(right, 8, 1234);
  printf("memory %d of %zu, %d\n", words[2], size, right_peek(right, 8));
  words[3] = 77;
  printf("peek %d\n", right_peek(right, 12));
  show("grow", wasm2obj_memory_grow(left_handle_memory(left), 2, &old));
  printf("grown from %d to %d\n", (int)old, left_grow(left));
  show("too far", wasm2obj_memory_grow(left_handle_memory(left), 7, NULL));
  words = left_memory(left, &size);
  words[size / 4 - 1] = 5; /* the address is the same, the end is new */
  printf("end %d\n", right_peek(right, (int32_t)size - 4));
  left_second(left, &size);
  printf("second %zu\n", size);

  printf("count %d\n", left_get_count(left));
  left_set_count(left, 41);
  left_bump(left);
  printf("count %d %d\n", left_get_count(left), right_count(right));
  printf("limit %" PRId64 "\n", left_get_limit(left));
  left_set_vec(left, (wasm2obj_v128_t){5, 6});
  printf("vector %d\n", (int)left_get_vec(left)[1]);
}

/* Calls through the table, which has functions of both modules. */
static void call(void) {
  wasm2obj_ref_t* function = NULL;
  wasm2obj_value_t argument, result;
  argument.type = WASM2OBJ_I32;
  argument.of.i32 = 11;
  printf("table %d: %d %d\n", (int)wasm2obj_table_size(left_handle_table(left)),
         left_call(left, 0, 10), left_call(left, 1, 10));
  show("get", wasm2obj_table_get(left_handle_table(left), 1, &function));
  show("call", wasm2obj_ref_call(function, &argument, 1, &result, 1));
  printf("tripled %d\n", result.of.i32);
  show("set", wasm2obj_table_set(left_handle_table(left), 2, function));
  show("outside", wasm2obj_table_set(left_handle_table(left), 9, function));
  wasm2obj_ref_delete(function);
  printf("third %d\n", left_call(left, 2, 100));
  function = left_fn(left);
  show("more", wasm2obj_table_grow(left_handle_table(left), 4, function, NULL));
  show("most", wasm2obj_table_grow(left_handle_table(left), 1, NULL, NULL));
  printf("last %d\n", left_call(left, 7, 100));
  wasm2obj_ref_delete(function);
}

static void refer(right_instance* right) {
  wasm2obj_ref_t *ref = NULL, *back = NULL;
  int32_t number = 0;
  show("host", wasm2obj_ref_new_host(left_base(left), (void*)"a string", NULL, &ref));
  back = right_note(right, ref);
  printf("same %d\n", wasm2obj_ref_is_same(ref, back));
  wasm2obj_ref_delete(back);
  printf("null %d\n", right_note(right, NULL) == NULL);
  left_both(left, ref, 3, &number, &back);
  printf("both %d %s\n", number, (char*)wasm2obj_ref_host(back));
  wasm2obj_ref_delete(back);
  left_set_any(left, ref);
  wasm2obj_ref_delete(ref);
  back = left_get_any(left);
  printf("any %s\n", (char*)wasm2obj_ref_host(back));
  wasm2obj_ref_delete(back);
  /* A function is not an externref. */
  ref = left_fn(left);
  show("wrong", left_try_id(left, ref, &back));
  wasm2obj_ref_delete(ref);
}

static void throw(right_instance * right) {
  int32_t number = 0;
  printf("caught %d\n", right_catch(right, 33));
  wasm2obj_error_t* error = right_try_escape(right, 44);
  const wasm2obj_ref_t* exception = wasm2obj_error_exception(error);
  printf("tag %s, %d\n", wasm2obj_ref_tag(exception),
         wasm2obj_ref_has_tag(exception, left_handle_oops(left)));
  show("escaped", error);
  show("trapped", right_try_catch(right, -1, &number));
  error = right_try_escape(right, -2);
  printf("status %d\n", wasm2obj_error_exit_status(error));
  wasm2obj_error_delete(error);
  show("nobody runs", wasm2obj_instance_trap(right_base(right), "x"));
}

int main(void) {
  right_instance* right = NULL;
  right_imports imports = {NULL};
  show("null", right_new(&imports, NULL, NULL, NULL, &right));
  show("left", left_new(NULL, NULL, NULL, &left));
  imports.from_left = left_base(left);
  show("right", right_new(&imports, NULL, NULL, NULL, &right));
  share(right);
  call();
  refer(right);
  throw(right);

  /* What others import remains, and so do functions that are in use. */
  wasm2obj_ref_t* function = NULL;
  wasm2obj_value_t argument, result;
  show("get", wasm2obj_table_get(left_handle_table(left), 0, &function));
  left_delete(left);
  right_poke(right, 16, 3);
  printf("later %d\n", right_peek(right, 16));
  right_delete(right);
  argument.type = WASM2OBJ_I32;
  argument.of.i32 = 1;
  show("deleted", wasm2obj_ref_call(function, &argument, 1, &result, 1));
  wasm2obj_ref_delete(function);
  return 0;
}
