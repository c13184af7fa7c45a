/* run_references MODULE THROWING: a C program that exchanges references with guests: of
 * lit/embed/Inputs/references.wat and throws_at_start.wat. It uses all functions of wasm2obj.h for
 * references, prints what is not as expected, and then fails. */
#include <stddef.h>

#include "loader/embed/wasm2obj.h"
#include "test/embed/expect.h"

static wasm2obj_wasi_t* wasi;
static wasm2obj_module_t* module;
static wasm2obj_instance_t* instance;

typedef wasm2obj_value_t value_t;
typedef wasm2obj_ref_t ref_t;

static value_t of_i32(int32_t value) { return (value_t){.type = WASM2OBJ_I32, .of.i32 = value}; }
static value_t of_ref(ref_t* ref) { return (value_t){.type = WASM2OBJ_REF, .of.ref = ref}; }

static wasm2obj_instance_t* make(void) {
  wasm2obj_instance_t* made;
  MUST(wasm2obj_instance_new(module, wasi, &made));
  return made;
}

/* Calls a function with one reference. */
static wasm2obj_error_t* pass(const char* name, ref_t* ref, value_t* result) {
  value_t argument = of_ref(ref);
  return wasm2obj_instance_call(instance, name, &argument, 1, result, result != NULL);
}

static ref_t* make_ref(const char* name, const value_t* arguments, size_t count) {
  value_t result;
  MUST(wasm2obj_instance_call(instance, name, arguments, count, &result, 1));
  EXPECT(result.type == WASM2OBJ_REF);
  return result.of.ref;
}

static ref_t* make_point(int32_t first, ref_t* host) {
  value_t arguments[] = {of_i32(first), of_ref(host)};
  return make_ref("new_point", arguments, 2);
}

static ref_t* make_host(void* pointer, void (*finalize)(void*)) {
  ref_t* ref;
  MUST(wasm2obj_ref_new_host(instance, pointer, finalize, &ref));
  EXPECT(wasm2obj_ref_kind(ref) == WASM2OBJ_REF_HOST && wasm2obj_ref_host(ref) == pointer);
  return ref;
}

static value_t get(const ref_t* ref, size_t index) {
  value_t value;
  MUST(wasm2obj_ref_get(ref, index, &value));
  return value;
}

static void collect(void) { MUST(wasm2obj_instance_collect(instance)); }

/* Expects the reference to come back from a guest that has it as a parameter of each type. */
static void pass_through(ref_t* ref, const char* const* names) {
  for (; *names != NULL; ++names) {
    value_t result;
    MUST(pass(*names, ref, &result));
    EXPECT(result.type == WASM2OBJ_REF);
    EXPECT(wasm2obj_ref_kind(result.of.ref) == wasm2obj_ref_kind(ref));
    EXPECT(wasm2obj_ref_is_same(result.of.ref, ref));
    EXPECT(ref == NULL || result.of.ref != ref);
    wasm2obj_ref_delete(result.of.ref);
  }
}

#define PASS_THROUGH(ref, ...) pass_through(ref, (const char* const[]){__VA_ARGS__, NULL})
#define REFUSED(name, ref, part) EXPECT_ERROR(pass(name, ref, &unused), WASM2OBJ_ERROR_USE, part)

static void test_null(void) {
  value_t unused;
  PASS_THROUGH(NULL, "same_any", "same_eq", "same_extern", "same_func", "same_exn", "same_point");
  REFUSED("point_of", NULL, "argument 0 is nullref, expected (ref $");
  REFUSED("same_vector", NULL, "expected v128");
  EXPECT(wasm2obj_ref_kind(NULL) == WASM2OBJ_REF_NULL);
  EXPECT(wasm2obj_ref_new_copy(NULL) == NULL);
  EXPECT(wasm2obj_ref_is_same(NULL, NULL));
  EXPECT(wasm2obj_ref_i31(NULL) == 0 && wasm2obj_ref_host(NULL) == NULL);
  EXPECT(wasm2obj_ref_size(NULL) == 0 && wasm2obj_ref_tag(NULL) == NULL);
  EXPECT(wasm2obj_ref_string(NULL, NULL, 0) == 0);
  EXPECT_ERROR(wasm2obj_ref_get(NULL, 0, &unused), WASM2OBJ_ERROR_USE, "not to a struct");
  EXPECT_ERROR(wasm2obj_ref_call(NULL, NULL, 0, NULL, 0), WASM2OBJ_ERROR_USE, "not to a function");
  wasm2obj_ref_delete(NULL);
}

static void test_integers(void) {
  value_t unused;
  ref_t* ref = wasm2obj_ref_new_i31(-7);
  EXPECT(wasm2obj_ref_i31(ref) == -7);
  PASS_THROUGH(ref, "same_any", "same_eq", "same_extern");
  REFUSED("same_func", ref, "expected funcref");
  REFUSED("same_exn", ref, "expected exnref");
  REFUSED("same_point", ref, "argument 0 is (ref i31), expected (ref null $");
  ref_t* other = wasm2obj_ref_new_i31(-7 - INT32_MIN);
  EXPECT(wasm2obj_ref_is_same(ref, other));
  wasm2obj_ref_delete(other);
  other = wasm2obj_ref_new_i31(7);
  EXPECT(!wasm2obj_ref_is_same(ref, other) && !wasm2obj_ref_is_same(ref, NULL));
  wasm2obj_ref_delete(other);
  EXPECT(wasm2obj_ref_host(ref) == NULL && wasm2obj_ref_size(ref) == 0);
  wasm2obj_ref_delete(ref);
}

static void test_values(void) {
  value_t vector = {.type = WASM2OBJ_V128, .of.v128 = {1, 2, 3, [15] = 255}};
  value_t result;
  MUST(wasm2obj_instance_call(instance, "same_vector", &vector, 1, &result, 1));
  EXPECT(result.type == WASM2OBJ_V128 && memcmp(result.of.v128, vector.of.v128, 16) == 0);
  value_t number = of_i32(1);
  EXPECT_ERROR(wasm2obj_instance_call(instance, "same_any", &number, 1, &result, 1),
               WASM2OBJ_ERROR_USE, "argument 0 is i32, expected anyref");
  value_t results[4];
  MUST(wasm2obj_instance_call(instance, "several", NULL, 0, results, 4));
  EXPECT(results[0].of.i32 == 1 && results[3].of.i64 == 3 && results[2].of.ref == NULL);
  EXPECT(wasm2obj_ref_i31(results[1].of.ref) == -2);
  wasm2obj_ref_delete(results[1].of.ref);
}

static void test_structs(void) {
  value_t unused;
  int target;
  ref_t* host = make_host(&target, NULL);
  ref_t* point = make_point(42, host);
  EXPECT(wasm2obj_ref_kind(point) == WASM2OBJ_REF_STRUCT && wasm2obj_ref_size(point) == 10);
  PASS_THROUGH(point, "same_any", "same_eq", "same_extern", "same_point");
  REFUSED("same_func", point, "expected funcref");
  EXPECT(get(point, 0).of.i32 == 42 && get(point, 1).of.i64 == -5);
  EXPECT(get(point, 2).of.f32 == 1.5f && get(point, 3).of.f64 == -2.5);
  EXPECT(get(point, 4).of.v128[4] == 2 && get(point, 4).type == WASM2OBJ_V128);
  EXPECT(get(point, 5).of.i32 == 255 && get(point, 6).of.i32 == 65534);
  EXPECT(get(point, 7).type == WASM2OBJ_REF && get(point, 7).of.ref == NULL);
  ref_t* field = get(point, 8).of.ref;
  EXPECT(wasm2obj_ref_host(field) == &target && wasm2obj_ref_is_same(field, host));
  wasm2obj_ref_delete(field);
  field = get(point, 9).of.ref;
  EXPECT(wasm2obj_ref_kind(field) == WASM2OBJ_REF_FUNC);
  wasm2obj_ref_delete(field);
  wasm2obj_part_t part;
  MUST(wasm2obj_ref_part(point, 1, &part));
  EXPECT(part.type == WASM2OBJ_I64 && part.bytes == 8 && part.is_mutable);
  MUST(wasm2obj_ref_part(point, 5, &part));
  EXPECT(part.type == WASM2OBJ_I32 && part.bytes == 1 && !part.is_mutable);
  MUST(wasm2obj_ref_part(point, 9, &part));
  EXPECT(part.type == WASM2OBJ_REF && part.bytes == 8 && !part.is_mutable);
  EXPECT_ERROR(wasm2obj_ref_part(point, 10, &part), WASM2OBJ_ERROR_USE, "10 is not less than 10");
  EXPECT_ERROR(wasm2obj_ref_get(point, 10, &unused), WASM2OBJ_ERROR_USE, "not less than");
  ref_t* empty = make_ref("new_empty", NULL, 0);
  EXPECT(wasm2obj_ref_kind(empty) == WASM2OBJ_REF_STRUCT && wasm2obj_ref_size(empty) == 0);
  REFUSED("same_point", empty, "expected (ref null $");
  wasm2obj_ref_delete(empty);
  wasm2obj_ref_delete(point);
  wasm2obj_ref_delete(host);
}

static void test_writes(void) {
  ref_t* point = make_point(1, NULL);
  ref_t* next = make_point(2, NULL);
  value_t value = {.type = WASM2OBJ_I64, .of.i64 = 1ll << 40};
  MUST(wasm2obj_ref_set(point, 1, &value));
  EXPECT(get(point, 1).of.i64 == 1ll << 40);
  EXPECT_ERROR(wasm2obj_ref_set(point, 6, &value), WASM2OBJ_ERROR_USE, "i64, expected i32");
  value = of_i32(0x12345);
  MUST(wasm2obj_ref_set(point, 6, &value));
  EXPECT(get(point, 6).of.i32 == 0x2345);
  EXPECT_ERROR(wasm2obj_ref_set(point, 0, &value), WASM2OBJ_ERROR_USE, "immutable");
  /* An old object that refers to a young one. */
  collect();
  value = of_ref(next);
  MUST(wasm2obj_ref_set(point, 7, &value));
  EXPECT_ERROR(wasm2obj_ref_set(point, 10, &value), WASM2OBJ_ERROR_USE, "not less than");
  value = of_ref(make_host(&value, NULL));
  MUST(wasm2obj_ref_set(point, 8, &value));
  EXPECT_ERROR(wasm2obj_ref_set(point, 7, &value), WASM2OBJ_ERROR_USE, "expected (ref null $");
  wasm2obj_ref_delete(value.of.ref);
  wasm2obj_ref_delete(next);
  collect();
  next = get(point, 7).of.ref;
  EXPECT(get(next, 0).of.i32 == 2);
  wasm2obj_ref_delete(next);
  value = of_ref(NULL);
  MUST(wasm2obj_ref_set(point, 7, &value));
  EXPECT(get(point, 7).of.ref == NULL);
  wasm2obj_ref_delete(point);
}

static void test_arrays(void) {
  value_t arguments[] = {of_i32(0x1ff), of_i32(3)};
  ref_t* bytes = make_ref("new_bytes", arguments, 2);
  EXPECT(wasm2obj_ref_kind(bytes) == WASM2OBJ_REF_ARRAY && wasm2obj_ref_size(bytes) == 3);
  PASS_THROUGH(bytes, "same_any", "same_eq", "same_extern");
  value_t value = of_i32(7);
  MUST(wasm2obj_ref_set(bytes, 1, &value));
  EXPECT(get(bytes, 0).of.i32 == 255 && get(bytes, 1).of.i32 == 7 && get(bytes, 2).of.i32 == 255);
  EXPECT_ERROR(wasm2obj_ref_get(bytes, 3, &value), WASM2OBJ_ERROR_USE, "3 is not less than 3");
  arguments[0] = of_i32(1000);
  ref_t* points = make_ref("new_points", arguments, 1);
  wasm2obj_part_t part;
  MUST(wasm2obj_ref_part(points, 999, &part));
  EXPECT(part.type == WASM2OBJ_REF && part.bytes == 8 && part.is_mutable);
  for (int32_t i = 0; i < 1000; ++i) {
    value = of_ref(make_point(i, NULL));
    MUST(wasm2obj_ref_set(points, (size_t)i, &value));
    wasm2obj_ref_delete(value.of.ref);
    if (i % 100 == 0) collect();
  }
  for (int32_t i = 0; i < 1000; ++i) {
    ref_t* point = get(points, (size_t)i).of.ref;
    EXPECT(get(point, 0).of.i32 == i);
    wasm2obj_ref_delete(point);
  }
  value = of_ref(bytes);
  EXPECT_ERROR(wasm2obj_ref_set(points, 0, &value), WASM2OBJ_ERROR_USE, "expected (ref null $");
  wasm2obj_ref_delete(points);
  wasm2obj_ref_delete(bytes);
}

static void test_functions(void) {
  value_t unused;
  ref_t* add = make_ref("add_of", NULL, 0);
  EXPECT(wasm2obj_ref_kind(add) == WASM2OBJ_REF_FUNC);
  PASS_THROUGH(add, "same_func");
  REFUSED("same_any", add, "expected anyref");
  REFUSED("same_extern", add, "expected externref");
  value_t arguments[] = {of_i32(40), of_i32(2)};
  value_t result;
  MUST(wasm2obj_ref_call(add, arguments, 2, &result, 1));
  EXPECT(result.of.i32 == 42);
  EXPECT_ERROR(wasm2obj_ref_call(add, arguments, 1, &result, 1), WASM2OBJ_ERROR_USE, "1 arguments");
  EXPECT_ERROR(wasm2obj_ref_call(add, arguments, 2, &result, 0), WASM2OBJ_ERROR_USE, "results");
  ref_t* copy = wasm2obj_ref_new_copy(add);
  EXPECT(wasm2obj_ref_is_same(add, copy));
  wasm2obj_ref_delete(copy);
  wasm2obj_ref_delete(add);
}

static void test_function_types(void) {
  ref_t* function;
  MUST(wasm2obj_instance_function(instance, "new_point", &function));
  wasm2obj_type_t types[4] = {WASM2OBJ_V128, WASM2OBJ_V128, WASM2OBJ_V128, WASM2OBJ_V128};
  size_t parameters = 0;
  size_t results = 0;
  MUST(wasm2obj_ref_function_type(function, NULL, 0, &parameters, &results));
  EXPECT(parameters == 2 && results == 1);
  MUST(wasm2obj_ref_function_type(function, types, 2, &parameters, &results));
  EXPECT(types[0] == WASM2OBJ_I32 && types[1] == WASM2OBJ_REF && types[2] == WASM2OBJ_V128);
  types[1] = WASM2OBJ_V128;
  MUST(wasm2obj_ref_function_type(function, types, 4, &parameters, &results));
  EXPECT(types[1] == WASM2OBJ_REF && types[2] == WASM2OBJ_REF && types[3] == WASM2OBJ_V128);
  wasm2obj_ref_delete(function);
  EXPECT_ERROR(wasm2obj_instance_function(instance, "failure", &function), WASM2OBJ_ERROR_USE,
               "no function 'failure'");
  EXPECT_ERROR(wasm2obj_ref_function_type(NULL, NULL, 0, &parameters, &results), WASM2OBJ_ERROR_USE,
               "not to a function");
}

static void test_exceptions(void) {
  value_t unused;
  ref_t* point = make_point(6, NULL);
  value_t arguments[] = {of_i32(-9), of_ref(point)};
  wasm2obj_error_t* error = wasm2obj_instance_call(instance, "throw", arguments, 2, NULL, 0);
  EXPECT(wasm2obj_error_kind(error) == WASM2OBJ_ERROR_EXCEPTION);
  EXPECT(strstr(wasm2obj_error_text(error), "uncaught exception: failure (i32 -9, ") != NULL);
  EXPECT(wasm2obj_error_exit_status(error) == 0);
  ref_t* exception = wasm2obj_ref_new_copy(wasm2obj_error_exception(error));
  wasm2obj_error_delete(error);
  collect();
  EXPECT(wasm2obj_ref_kind(exception) == WASM2OBJ_REF_EXCEPTION);
  EXPECT(strcmp(wasm2obj_ref_tag(exception), "failure") == 0);
  EXPECT(wasm2obj_ref_size(exception) == 5);
  EXPECT(get(exception, 0).of.i32 == -9 && get(exception, 1).of.f64 == 0.25);
  EXPECT(get(exception, 2).of.v128[8] == 8);
  value_t argument = get(exception, 3);
  EXPECT(wasm2obj_ref_is_same(argument.of.ref, point));
  EXPECT_ERROR(wasm2obj_ref_set(exception, 3, &argument), WASM2OBJ_ERROR_USE, "immutable");
  wasm2obj_ref_delete(argument.of.ref);
  wasm2obj_part_t part;
  MUST(wasm2obj_ref_part(exception, 1, &part));
  EXPECT(part.type == WASM2OBJ_F64 && part.bytes == 8 && !part.is_mutable);
  PASS_THROUGH(exception, "same_exn");
  REFUSED("same_any", exception, "expected anyref");
  EXPECT(wasm2obj_ref_tag(point) == NULL);
  error = pass("throw_again", exception, NULL);
  EXPECT(wasm2obj_error_kind(error) == WASM2OBJ_ERROR_EXCEPTION);
  EXPECT(wasm2obj_ref_is_same(wasm2obj_error_exception(error), exception));
  wasm2obj_error_delete(error);
  wasm2obj_ref_delete(exception);
  wasm2obj_ref_delete(point);
  error = wasm2obj_instance_call(instance, "throw_hidden", NULL, 0, NULL, 0);
  EXPECT(strcmp(wasm2obj_ref_tag(wasm2obj_error_exception(error)), "tag[1]") == 0);
  EXPECT_ERROR(error, WASM2OBJ_ERROR_EXCEPTION, "tag[1] ()");
  error = pass("throw_again", NULL, NULL);
  EXPECT(wasm2obj_error_exception(error) == NULL);
  EXPECT_ERROR(error, WASM2OBJ_ERROR_TRAP, "null");
}

/* The instance to which the exception belongs is deleted when it cannot be made. */
static void test_throwing_start(const char* path) {
  wasm2obj_module_t* throwing;
  MUST(wasm2obj_module_open(path, &throwing));
  wasm2obj_instance_t* made;
  wasm2obj_error_t* error = wasm2obj_instance_new(throwing, wasi, &made);
  const ref_t* exception = wasm2obj_error_exception(error);
  EXPECT(wasm2obj_ref_kind(exception) == WASM2OBJ_REF_EXCEPTION);
  EXPECT(wasm2obj_ref_size(exception) == 0 && wasm2obj_ref_tag(exception) == NULL);
  value_t value;
  EXPECT_ERROR(wasm2obj_ref_get(exception, 0, &value), WASM2OBJ_ERROR_USE, "has been deleted");
  EXPECT_ERROR(error, WASM2OBJ_ERROR_EXCEPTION, "failure (i32 5)");
  wasm2obj_module_delete(throwing);
}

static void test_host_pointers(void) {
  value_t unused;
  int target;
  void* pointers[] = {NULL, &target, (void*)1, (void*)(UINTPTR_MAX >> 2), (void*)UINTPTR_MAX};
  for (size_t i = 0; i < sizeof pointers / sizeof *pointers; ++i) {
    ref_t* ref = make_host(pointers[i], NULL);
    PASS_THROUGH(ref, "same_extern", "same_any");
    REFUSED("same_eq", ref, "expected eqref");
    REFUSED("same_func", ref, "expected funcref");
    wasm2obj_ref_delete(ref);
  }
}

static void count(void* counter) { ++*(int*)counter; }

static void test_finalizers(void) {
  int counts[4] = {0};
  value_t result;
  ref_t* held = make_host(&counts[0], count);
  ref_t* copy = wasm2obj_ref_new_copy(held);
  ref_t* kept = make_host(&counts[1], count);
  wasm2obj_ref_delete(make_host(&counts[2], count));
  MUST(pass("keep", kept, NULL));
  wasm2obj_ref_delete(kept);
  wasm2obj_ref_delete(held);
  collect();
  EXPECT(counts[0] == 0 && counts[1] == 0 && counts[2] == 1);
  wasm2obj_ref_delete(copy);
  MUST(pass("keep", NULL, NULL));
  collect();
  EXPECT(counts[0] == 1 && counts[1] == 1 && counts[2] == 1);
  /* Only the stack of the guest has the last one while it collects. Its address is not the end of
   * the first one, as that would keep the first one alive. */
  ref_t* other = make_host(&counts[2], count);
  wasm2obj_ref_delete(make_point(0, NULL));
  ref_t* host = make_host(&counts[3], count);
  value_t arguments[] = {of_ref(host), of_i32(1000000)};
  wasm2obj_ref_delete(other);
  MUST(wasm2obj_instance_call(instance, "litter", arguments, 2, &result, 1));
  EXPECT(counts[2] == 2 && counts[3] == 0);
  EXPECT(wasm2obj_ref_host(result.of.ref) == &counts[3]);
  wasm2obj_ref_delete(result.of.ref);
  wasm2obj_ref_delete(host);
  collect();
  EXPECT(counts[3] == 1);
}

/* What a structure of the program is that refers to objects of the guest. */
struct holder {
  ref_t* ref;
  int* finalized;
};

static void finalize_holder(void* pointer) {
  struct holder* holder = pointer;
  ref_t* made;
  EXPECT_ERROR(pass("keep", NULL, NULL), WASM2OBJ_ERROR_USE, "a finalizer must not");
  EXPECT_ERROR(wasm2obj_instance_collect(instance), WASM2OBJ_ERROR_USE, "a finalizer must not");
  EXPECT_ERROR(wasm2obj_ref_new_host(instance, NULL, NULL, &made), WASM2OBJ_ERROR_USE,
               "a finalizer must not");
  EXPECT_ERROR(wasm2obj_ref_new_string(instance, "", 0, &made), WASM2OBJ_ERROR_USE,
               "a finalizer must not");
  wasm2obj_ref_delete(holder->ref);
  ++*holder->finalized;
}

static void test_what_finalizers_do(void) {
  int finalized = 0;
  struct holder holder = {make_host(&finalized, count), &finalized};
  wasm2obj_ref_delete(make_host(&holder, finalize_holder));
  collect();
  EXPECT(finalized == 1);
  collect();
  EXPECT(finalized == 2);
}

static void test_strings(void) {
  value_t arguments[2];
  MUST(wasm2obj_ref_new_string(instance, "gr\xc3\xbc\xc3\x9f", 6, &arguments[0].of.ref));
  MUST(wasm2obj_ref_new_string(instance, "e \xf0\x9f\x8c\x8d!", 7, &arguments[1].of.ref));
  arguments[0].type = arguments[1].type = WASM2OBJ_REF;
  ref_t* both = make_ref("concat", arguments, 2);
  EXPECT(wasm2obj_ref_kind(both) == WASM2OBJ_REF_STRING);
  PASS_THROUGH(both, "same_extern", "same_any");
  char text[32] = "";
  EXPECT(wasm2obj_ref_string(both, NULL, 0) == 13);
  EXPECT(wasm2obj_ref_string(both, text, 3) == 13 && strcmp(text, "gr\xc3") == 0);
  EXPECT(wasm2obj_ref_string(both, text, sizeof text) == 13);
  EXPECT(strcmp(text,
                "gr\xc3\xbc\xc3\x9f"
                "e \xf0\x9f\x8c\x8d!") == 0);
  wasm2obj_ref_delete(both);
  wasm2obj_ref_delete(arguments[0].of.ref);
  wasm2obj_ref_delete(arguments[1].of.ref);
}

/* References of an instance are of no use for another one, or when it is deleted. */
static void test_several_instances(void) {
  value_t result;
  int finalized = 0;
  ref_t* refs[] = {make_point(1, NULL), make_host(&finalized, count), make_ref("add_of", NULL, 0)};
  const char* names[] = {"same_any", "same_extern", "same_func"};
  wasm2obj_instance_t* first = instance;
  instance = make();
  for (int i = 0; i < 3; ++i) {
    EXPECT_ERROR(pass(names[i], refs[i], &result), WASM2OBJ_ERROR_USE, "of another instance");
  }
  ref_t* shared = wasm2obj_ref_new_i31(3);
  PASS_THROUGH(shared, "same_any");
  EXPECT(!wasm2obj_ref_is_same(shared, refs[0]));
  wasm2obj_instance_delete(first);
  EXPECT(finalized == 1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_ERROR(pass(names[i], refs[i], &result), WASM2OBJ_ERROR_USE, "has been deleted");
  }
  EXPECT_ERROR(wasm2obj_ref_get(refs[0], 0, &result), WASM2OBJ_ERROR_USE, "has been deleted");
  EXPECT_ERROR(wasm2obj_ref_call(refs[2], NULL, 0, NULL, 0), WASM2OBJ_ERROR_USE, "been deleted");
  size_t counts[2];
  EXPECT_ERROR(wasm2obj_ref_function_type(refs[2], NULL, 0, &counts[0], &counts[1]),
               WASM2OBJ_ERROR_USE, "been deleted");
  EXPECT(wasm2obj_ref_kind(refs[0]) == WASM2OBJ_REF_STRUCT && wasm2obj_ref_size(refs[0]) == 0);
  EXPECT(wasm2obj_ref_kind(refs[1]) == WASM2OBJ_REF_HOST && wasm2obj_ref_host(refs[1]) == NULL);
  for (int i = 0; i < 3; ++i) {
    ref_t* copy = wasm2obj_ref_new_copy(refs[i]);
    EXPECT(wasm2obj_ref_is_same(copy, refs[i]));
    wasm2obj_ref_delete(refs[i]);
    wasm2obj_ref_delete(copy);
  }
  wasm2obj_ref_delete(shared);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  wasi = wasm2obj_wasi_new();
  MUST(wasm2obj_module_open(argv[1], &module));
  instance = make();
  test_null();
  test_integers();
  test_values();
  test_structs();
  test_writes();
  test_arrays();
  test_functions();
  test_function_types();
  test_exceptions();
  test_throwing_start(argv[2]);
  test_host_pointers();
  test_finalizers();
  test_what_finalizers_do();
  test_strings();
  test_several_instances();
  wasm2obj_instance_delete(instance);
  wasm2obj_module_delete(module);
  wasm2obj_wasi_delete(wasi);
  printf("%d failures\n", failures);
  return failures != 0;
}
