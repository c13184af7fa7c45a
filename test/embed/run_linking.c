/* Objects of the program and functions of all types, which guests import; prepared modules; what
 * modules tell of themselves. Usage: run_linking LINKING.so SHARING.so WASI.so TYPED.so */
#include <pthread.h>

#include "loader/embed/wasm2obj_linker.h"
#include "loader/embed/wasm2obj_objects.h"
#include "test/embed/expect.h"

enum { LINKING, SHARING, WASI, TYPED, MODULES };

static wasm2obj_module_t* modules[MODULES];
static _Atomic int finished; /* how many environments of callbacks have ended */

/* What the callback `act` does, by its argument. */
enum { RETURN, TRAP, EXIT, THROW, FIT_NOT, TRAP_CALLER, PASS_ON };

/* What the guest imports from the program. */
typedef struct world_t {
  wasm2obj_store_t* store;
  wasm2obj_memory_t* memory;
  wasm2obj_table_t* table;
  wasm2obj_global_t* counter;
  wasm2obj_global_t* limit;
  wasm2obj_tag_t* tag;
} world_t;

static world_t world;

static wasm2obj_value_t i32(int32_t value) {
  wasm2obj_value_t made = {.type = WASM2OBJ_I32, .of = {.i32 = value}};
  return made;
}

static wasm2obj_value_t i64(int64_t value) {
  wasm2obj_value_t made = {.type = WASM2OBJ_I64, .of = {.i64 = value}};
  return made;
}

static void finish(void* env) {
  (void)env;
  ++finished;
}

/* --- Functions of the program ---------------------------------------------------------------- */

/* Returns its arguments in the opposite order. */
static wasm2obj_error_t* all(wasm2obj_caller_t* caller, const wasm2obj_value_t* arguments,
                             size_t argument_count, wasm2obj_value_t* results,
                             size_t result_count) {
  EXPECT(argument_count == 7 && result_count == 7);
  EXPECT(wasm2obj_caller_env(caller) == &world);
  for (size_t i = 0; i < 7; ++i) {
    EXPECT(results[i].type == arguments[6 - i].type);
    results[i] = arguments[6 - i];
    if (results[i].type == WASM2OBJ_REF) {
      results[i].of.ref = wasm2obj_ref_new_copy(results[i].of.ref);
    }
  }
  return NULL;
}

/* Adds 1 to the field of a struct, and returns that. */
static wasm2obj_error_t* change_point(wasm2obj_caller_t* caller, const wasm2obj_value_t* arguments,
                                      size_t argument_count, wasm2obj_value_t* results,
                                      size_t result_count) {
  (void)caller;
  EXPECT(argument_count == 1 && result_count == 1);
  wasm2obj_value_t field;
  MUST(wasm2obj_ref_get(arguments[0].of.ref, 0, &field));
  ++field.of.i32;
  MUST(wasm2obj_ref_set(arguments[0].of.ref, 0, &field));
  results[0].of.ref = wasm2obj_ref_new_copy(arguments[0].of.ref);
  return NULL;
}

static void throw_tag(wasm2obj_instance_t* instance) {
  wasm2obj_value_t arguments[2] = {i32(2), i64(40)};
  wasm2obj_ref_t* exception;
  MUST(wasm2obj_exception_new(world.tag, arguments, 2, &exception));
  EXPECT(wasm2obj_ref_has_tag(exception, world.tag));
  MUST(wasm2obj_instance_throw(instance, exception));
  wasm2obj_ref_delete(exception);
}

static wasm2obj_error_t* act(wasm2obj_caller_t* caller, const wasm2obj_value_t* arguments,
                             size_t argument_count, wasm2obj_value_t* results,
                             size_t result_count) {
  EXPECT(argument_count == 1 && result_count == 1);
  size_t size;
  EXPECT(wasm2obj_caller_memory(caller, &size) != NULL && size >= 1 << 16);
  wasm2obj_instance_t* instance = wasm2obj_caller_instance(caller);
  wasm2obj_value_t argument = i32(THROW);
  switch (arguments[0].of.i32) {
    case TRAP:
      return wasm2obj_error_new("the program says no");
    case EXIT:
      wasm2obj_caller_exit(caller, 3);
      break;
    case THROW:
      throw_tag(instance);
      break;
    case FIT_NOT:
      results[0] = i64(1);
      break;
    case TRAP_CALLER:
      wasm2obj_caller_trap(caller, "the caller traps");
      break;
    case PASS_ON: /* the exception of another call */
      return wasm2obj_instance_call(instance, "callAct", &argument, 1, results, 1);
    default:
      results[0].of.i32 = 100;
  }
  return NULL;
}

static wasm2obj_error_t* triple(wasm2obj_caller_t* caller, const wasm2obj_value_t* arguments,
                                size_t argument_count, wasm2obj_value_t* results,
                                size_t result_count) {
  (void)caller;
  EXPECT(argument_count == 1 && result_count == 1);
  results[0].of.i32 = 3 * arguments[0].of.i32;
  return NULL;
}

/* --- The program's objects -------------------------------------------------------------------- */

static void make_world(void) {
  world.store = wasm2obj_store_new(NULL);
  wasm2obj_extern_type_t memory = {.min = 1, .max = 3, .has_max = true};
  MUST(wasm2obj_memory_make(world.store, &memory, &world.memory));
  wasm2obj_extern_type_t table = {.value = 'x', .min = 2};
  MUST(wasm2obj_table_make(world.store, &table, NULL, &world.table));
  wasm2obj_extern_type_t counter = {.value = 'i', .is_mutable = true};
  wasm2obj_value_t initial = i32(41);
  MUST(wasm2obj_global_make(world.store, &counter, &initial, &world.counter));
  wasm2obj_extern_type_t limit = {.value = 'I'};
  initial = i64(INT64_MAX);
  MUST(wasm2obj_global_make(world.store, &limit, &initial, &world.limit));
  MUST(wasm2obj_tag_make(world.store, "(iI)", &world.tag));
}

static void refuse_wrong_objects(void) {
  wasm2obj_memory_t* memory;
  wasm2obj_table_t* table;
  wasm2obj_global_t* global;
  wasm2obj_tag_t* tag;
  wasm2obj_value_t value = i32(0);
  wasm2obj_extern_type_t type = {.min = 2, .max = 1, .has_max = true};
  EXPECT_ERROR(wasm2obj_memory_make(world.store, &type, &memory), WASM2OBJ_ERROR_USE,
               "larger than the maximum");
  type.max = 65537;
  EXPECT_ERROR(wasm2obj_memory_make(world.store, &type, &memory), WASM2OBJ_ERROR_USE,
               "the limit 65537 is larger than 65536");
  type.page_size = 4096;
  EXPECT_ERROR(wasm2obj_memory_make(world.store, &type, &memory), WASM2OBJ_ERROR_USE,
               "the page size is 4096");
  type = (wasm2obj_extern_type_t){.is_shared = true};
  EXPECT_ERROR(wasm2obj_memory_make(world.store, &type, &memory), WASM2OBJ_ERROR_USE, "shared");
  type = (wasm2obj_extern_type_t){.value = 'i'};
  EXPECT_ERROR(wasm2obj_table_make(world.store, &type, NULL, &table), WASM2OBJ_ERROR_USE,
               "references");
  EXPECT_ERROR(wasm2obj_global_make(world.store, &(wasm2obj_extern_type_t){0}, &value, &global),
               WASM2OBJ_ERROR_USE, "nothing can be made of");
  type.value = 'I';
  EXPECT_ERROR(wasm2obj_global_make(world.store, &type, &value, &global), WASM2OBJ_ERROR_USE,
               "i32, expected i64");
  EXPECT_ERROR(wasm2obj_tag_make(world.store, "(i)i", &tag), WASM2OBJ_ERROR_USE, "has results");
  EXPECT_ERROR(wasm2obj_tag_make(world.store, "(r)", &tag), WASM2OBJ_ERROR_USE, "letter 'r'");
  EXPECT_ERROR(wasm2obj_memory_type(NULL, &type), WASM2OBJ_ERROR_USE, "null");
}

static void define(wasm2obj_linker_t* linker) {
  MUST(wasm2obj_linker_memory(linker, "host", "memory", world.memory));
  MUST(wasm2obj_linker_table(linker, "host", "table", world.table));
  MUST(wasm2obj_linker_global(linker, "host", "counter", world.counter));
  MUST(wasm2obj_linker_global(linker, "host", "limit", world.limit));
  MUST(wasm2obj_linker_tag(linker, "host", "tag", world.tag));
  MUST(wasm2obj_linker_callback(linker, "host", "all", "(iIfFvxc)cxvFfIi", all, &world, finish));
  MUST(wasm2obj_linker_callback(linker, "host", "point", NULL, change_point, NULL, finish));
  MUST(wasm2obj_linker_callback(linker, "host", "open", NULL, triple, NULL, NULL));
  MUST(wasm2obj_linker_callback(linker, "host", "act", "(i)i", act, NULL, NULL));
}

/* --- Guests ---------------------------------------------------------------------------------- */

static wasm2obj_error_t* call(wasm2obj_instance_t* instance, const char* name, int32_t argument,
                              wasm2obj_value_t* result) {
  wasm2obj_value_t value = i32(argument);
  return wasm2obj_instance_call(instance, name, &value, 1, result, 1);
}

static void pass_all(wasm2obj_instance_t* instance) {
  wasm2obj_value_t arguments[6] = {i32(-7), i64(INT64_MIN)};
  arguments[2] = (wasm2obj_value_t){.type = WASM2OBJ_F32, .of = {.f32 = 1.5f}};
  arguments[3] = (wasm2obj_value_t){.type = WASM2OBJ_F64, .of = {.f64 = -2.5}};
  arguments[4].type = WASM2OBJ_V128;
  for (uint8_t i = 0; i < 16; ++i) arguments[4].of.v128[i] = i;
  arguments[5].type = WASM2OBJ_REF;
  MUST(wasm2obj_ref_new_host(instance, &world, NULL, &arguments[5].of.ref));
  wasm2obj_value_t results[7];
  MUST(wasm2obj_instance_call(instance, "callAll", arguments, 6, results, 7));
  wasm2obj_value_t doubled, four = i32(4);
  MUST(wasm2obj_ref_call(results[0].of.ref, &four, 1, &doubled, 1));
  EXPECT(doubled.of.i32 == 8);
  EXPECT(wasm2obj_ref_host(results[1].of.ref) == &world);
  EXPECT(memcmp(results[2].of.v128, arguments[4].of.v128, 16) == 0);
  EXPECT(results[3].of.f64 == -2.5 && results[4].of.f32 == 1.5f);
  EXPECT(results[5].of.i64 == INT64_MIN && results[6].of.i32 == -7);
  wasm2obj_ref_delete(results[0].of.ref);
  wasm2obj_ref_delete(results[1].of.ref);
  wasm2obj_ref_delete(arguments[5].of.ref);
}

static void call_callbacks(wasm2obj_instance_t* instance) {
  wasm2obj_value_t result;
  pass_all(instance);
  MUST(call(instance, "callPoint", 5, &result));
  EXPECT(result.of.i32 == 6);
  MUST(call(instance, "callOpen", 5, &result));
  EXPECT(result.of.i32 == 15);
  MUST(call(instance, "act", RETURN, &result)); /* the import, by the program */
  EXPECT(result.of.i32 == 100);
  EXPECT_ERROR(call(instance, "callAct", TRAP, &result), WASM2OBJ_ERROR_TRAP,
               "the program says no");
  EXPECT_ERROR(call(instance, "callAct", TRAP_CALLER, &result), WASM2OBJ_ERROR_TRAP,
               "the caller traps");
  EXPECT_ERROR(call(instance, "callAct", FIT_NOT, &result), WASM2OBJ_ERROR_TRAP,
               "the result 0 of a function of the program does not fit");
  wasm2obj_error_t* exit = call(instance, "callAct", EXIT, &result);
  EXPECT(exit != NULL && wasm2obj_error_exit_status(exit) == 3);
  wasm2obj_error_delete(exit);
  wasm2obj_error_t* thrown = call(instance, "callAct", THROW, &result);
  EXPECT(thrown != NULL && wasm2obj_ref_has_tag(wasm2obj_error_exception(thrown), world.tag));
  wasm2obj_error_delete(thrown);
  for (int how = THROW; how <= PASS_ON; how += PASS_ON - THROW) {
    MUST(call(instance, "catch", how, &result));
    EXPECT(result.of.i64 == 42);
  }
}

static void use_shared_objects(wasm2obj_instance_t* instance) {
  wasm2obj_value_t value;
  MUST(wasm2obj_instance_call(instance, "count", NULL, 0, &value, 1));
  EXPECT(value.of.i32 == 42);
  size_t size;
  EXPECT(((int32_t*)wasm2obj_memory_data(world.memory, &size))[2] == 42);
  MUST(wasm2obj_global_get(world.counter, &value));
  EXPECT(value.of.i32 == 42);
  EXPECT_ERROR(wasm2obj_global_set(world.limit, &value), WASM2OBJ_ERROR_USE, "");
  MUST(wasm2obj_instance_call(instance, "limit", NULL, 0, &value, 1));
  EXPECT(value.of.i64 == INT64_MAX);
  wasm2obj_ref_t* ref;
  MUST(wasm2obj_ref_new_host(instance, &modules, NULL, &ref));
  MUST(wasm2obj_table_set(world.table, 1, ref));
  wasm2obj_ref_delete(ref);
  MUST(call(instance, "get", 1, &value));
  EXPECT(wasm2obj_ref_host(value.of.ref) == &modules);
  wasm2obj_ref_delete(value.of.ref);
  MUST(wasm2obj_instance_call(instance, "constant", NULL, 0, &value, 1));
  EXPECT(wasm2obj_ref_string(value.of.ref, NULL, 0) == strlen("constant"));
  wasm2obj_ref_delete(value.of.ref);
}

static void find_objects(wasm2obj_instance_t* instance) {
  wasm2obj_memory_t *memory, *again;
  wasm2obj_table_t* table;
  wasm2obj_global_t* global;
  wasm2obj_tag_t* tag;
  wasm2obj_extern_type_t type;
  MUST(wasm2obj_instance_find_memory(instance, "large", &memory));
  MUST(wasm2obj_instance_find_memory(instance, "large", &again));
  EXPECT(memory == again);
  uint64_t old;
  MUST(wasm2obj_memory_grow(memory, 1, &old));
  MUST(wasm2obj_memory_type(memory, &type));
  EXPECT(old == 1 && type.min == 2 && type.has_max && type.max == 2 && type.is_64);
  EXPECT(type.kind == WASM2OBJ_MEMORY && type.page_size == 65536 && !type.is_shared);
  EXPECT(strcmp(type.text, "memory (64-bit, min 2, max 2)") == 0);
  MUST(wasm2obj_instance_find_table(instance, "functions", &table));
  MUST(wasm2obj_table_type(table, &type));
  EXPECT(type.kind == WASM2OBJ_TABLE && type.value == 'c' && type.min == 1 && type.max == 8);
  wasm2obj_ref_t* function;
  MUST(wasm2obj_instance_function(instance, "double", &function));
  MUST(wasm2obj_table_set(table, 0, function));
  wasm2obj_ref_delete(function);
  MUST(wasm2obj_instance_find_global(instance, "own", &global));
  MUST(wasm2obj_global_type(global, &type));
  EXPECT(type.kind == WASM2OBJ_GLOBAL && type.value == 'F' && type.is_mutable);
  wasm2obj_value_t value = {.type = WASM2OBJ_F64, .of = {.f64 = 3}};
  MUST(wasm2obj_global_set(global, &value));
  MUST(wasm2obj_instance_find_global(instance, "any", &global));
  MUST(wasm2obj_global_type(global, &type));
  EXPECT(type.value == 'r' && !type.is_mutable);
  MUST(wasm2obj_instance_find_tag(instance, "ownTag", &tag));
  MUST(wasm2obj_tag_type(tag, &type));
  EXPECT(type.kind == WASM2OBJ_TAG && strcmp(type.function, "(f)") == 0);
  EXPECT_ERROR(wasm2obj_instance_find_memory(instance, "own", &memory), WASM2OBJ_ERROR_USE,
               "no memory 'own' is exported");
}

/* --- Metadata -------------------------------------------------------------------------------- */

static void describe_module(void) {
  size_t count;
  const wasm2obj_import_t* imports = wasm2obj_module_imports(modules[LINKING], &count);
  EXPECT(count == 10 && imports == wasm2obj_module_imports(modules[LINKING], &count));
  EXPECT(strcmp(imports[0].module, "host") == 0 && strcmp(imports[0].name, "memory") == 0);
  EXPECT(imports[0].type.kind == WASM2OBJ_MEMORY && imports[0].type.min == 1);
  EXPECT(imports[1].type.kind == WASM2OBJ_TABLE && !imports[1].type.has_max);
  EXPECT(imports[2].type.is_mutable && !imports[3].type.is_mutable);
  EXPECT(strcmp(imports[4].type.function, "(iI)") == 0);
  EXPECT(strcmp(imports[5].type.function, "(iIfFvxc)cxvFfIi") == 0);
  EXPECT(strcmp(imports[6].type.function, "(r)r") == 0);
  const wasm2obj_export_t* exports = wasm2obj_module_exports(modules[LINKING], &count);
  EXPECT(count == 20 && strcmp(exports[0].name, "functions") == 0);
  EXPECT(strcmp(exports[0].type.text, "table (min 1, max 8) of funcref") == 0);
  const wasm2obj_facts_t* facts = wasm2obj_module_facts(modules[LINKING]);
  EXPECT(strcmp(facts->name, "linking") == 0 && strlen(facts->cpu) > 0 && !facts->has_start);
  EXPECT(facts->function_count == 10 && facts->code_size > 0 && facts->abi_version > 0);
  printf("source ");
  for (size_t i = 0; i < sizeof facts->source_sha256; ++i) printf("%02x", facts->source_sha256[i]);
  printf("\n");
}

/* --- Lifetimes ------------------------------------------------------------------------------- */

/* What a linker has of an instance remains, also if the program deletes that and many others. */
static void keep_what_is_defined(void) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_linker_trap_unknown(linker);
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  MUST(wasm2obj_linker_store(linker, store));
  wasm2obj_instance_t *first, *second, *other;
  MUST(wasm2obj_linker_instantiate(linker, modules[TYPED], NULL, NULL, &first));
  MUST(wasm2obj_linker_instantiate(linker, modules[TYPED], NULL, NULL, &second));
  wasm2obj_linker_t* all_of_first = wasm2obj_linker_new();
  MUST(wasm2obj_linker_instance(all_of_first, "first", first));
  wasm2obj_linker_t* parts_of_second = wasm2obj_linker_new();
  wasm2obj_memory_t* memory;
  MUST(wasm2obj_instance_find_memory(second, "memory", &memory));
  MUST(wasm2obj_linker_memory(parts_of_second, "first", "memory", memory));
  wasm2obj_ref_t* add;
  MUST(wasm2obj_instance_function(second, "add", &add));
  MUST(wasm2obj_linker_ref(parts_of_second, "first", "add", add));
  wasm2obj_ref_delete(add);
  wasm2obj_instance_delete(first);
  wasm2obj_instance_delete(second);
  for (int i = 0; i < 10; ++i) {
    MUST(wasm2obj_linker_instantiate(linker, modules[TYPED], NULL, NULL, &other));
    wasm2obj_instance_delete(other);
  }
  wasm2obj_linker_t* linkers[2] = {all_of_first, parts_of_second};
  for (int i = 0; i < 2; ++i) {
    wasm2obj_prepared_t* prepared;
    MUST(wasm2obj_linker_prepare(linkers[i], modules[SHARING], NULL, NULL, &prepared));
    wasm2obj_linker_delete(linkers[i]);
    MUST(wasm2obj_prepared_instantiate(prepared, &other));
    wasm2obj_prepared_delete(prepared);
    wasm2obj_value_t arguments[2] = {i32(16), i32(42)}, result;
    MUST(wasm2obj_instance_call(other, "addTo", arguments, 2, &result, 1));
    EXPECT(result.of.i32 == 42);
    wasm2obj_instance_delete(other);
  }
  wasm2obj_linker_delete(linker);
  wasm2obj_store_delete(store);
}

static void finish_environments(void) {
  finished = 0;
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  for (int i = 0; i < 2; ++i) {
    MUST(wasm2obj_linker_callback(linker, "host", "act", "(i)i", act, &finished, finish));
  }
  EXPECT(finished == 1);
  EXPECT_ERROR(wasm2obj_linker_callback(linker, "a", "b", "(y)", act, &finished, finish),
               WASM2OBJ_ERROR_USE, "a.b: the type '(y)' has the letter 'y'");
  EXPECT(finished == 1);
  wasm2obj_linker_trap_unknown(linker);
  wasm2obj_prepared_t* prepared;
  MUST(wasm2obj_linker_prepare(linker, modules[TYPED], NULL, NULL, &prepared));
  wasm2obj_linker_delete(linker);
  wasm2obj_instance_t* instance;
  MUST(wasm2obj_prepared_instantiate(prepared, &instance));
  wasm2obj_prepared_delete(prepared);
  EXPECT(finished == 1);
  wasm2obj_value_t result;
  EXPECT_ERROR(wasm2obj_instance_call(instance, "callUnknown", NULL, 0, &result, 1),
               WASM2OBJ_ERROR_TRAP, "unknown import other.unknown was called");
  wasm2obj_instance_delete(instance);
  EXPECT(finished == 2);
}

/* --- Prepared modules ------------------------------------------------------------------------ */

static void* make_instances(void* prepared) {
  for (int i = 0; i < 50; ++i) {
    wasm2obj_instance_t* instance;
    MUST(wasm2obj_prepared_instantiate(prepared, &instance));
    wasm2obj_value_t arguments[2] = {i32(i), i32(i)}, result;
    MUST(wasm2obj_instance_call(instance, "add", arguments, 2, &result, 1));
    EXPECT(result.of.i32 == 2 * i);
    wasm2obj_instance_delete(instance);
  }
  return NULL;
}

static void prepare_for_threads(void) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_prepared_t* prepared;
  EXPECT_ERROR(wasm2obj_linker_prepare(linker, modules[TYPED], NULL, NULL, &prepared),
               WASM2OBJ_ERROR_USE, "unknown import host.sum");
  MUST(wasm2obj_linker_callback(linker, "host", "sum", "(i)", triple, NULL, NULL));
  wasm2obj_linker_trap_unknown(linker);
  EXPECT_ERROR(wasm2obj_linker_prepare(linker, modules[TYPED], NULL, NULL, &prepared),
               WASM2OBJ_ERROR_USE, "incompatible import type for host.sum");
  MUST(wasm2obj_linker_callback(linker, "host", "sum", NULL, triple, NULL, NULL));
  MUST(wasm2obj_linker_prepare(linker, modules[TYPED], NULL, NULL, &prepared));
  wasm2obj_linker_delete(linker);
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) {
    EXPECT(pthread_create(&threads[i], NULL, make_instances, prepared) == 0);
  }
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  wasm2obj_prepared_delete(prepared);
}

/* Each instance has streams and limits of its own. */
static void prepare_with_wasi(void) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_wasi_argument(wasi, "program");
  wasm2obj_buffer_t* buffer = wasm2obj_buffer_new(1000);
  wasm2obj_wasi_stream_buffer(wasi, WASM2OBJ_STDERR, buffer);
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, 1);
  wasm2obj_prepared_t *prepared, *limited;
  MUST(wasm2obj_linker_prepare(linker, modules[WASI], wasi, NULL, &prepared));
  MUST(wasm2obj_linker_prepare(linker, modules[WASI], wasi, limits, &limited));
  wasm2obj_limits_delete(limits);
  wasm2obj_wasi_delete(wasi);
  wasm2obj_linker_delete(linker);
  wasm2obj_instance_t* instances[2];
  EXPECT_ERROR(wasm2obj_prepared_instantiate(limited, &instances[0]), WASM2OBJ_ERROR_USE, "memory");
  for (int i = 0; i < 2; ++i) MUST(wasm2obj_prepared_instantiate(prepared, &instances[i]));
  for (int i = 0; i < 2; ++i) {
    int32_t status;
    MUST(wasm2obj_instance_run(instances[i], &status));
    EXPECT(status == 7);
    wasm2obj_instance_delete(instances[i]);
  }
  EXPECT(wasm2obj_buffer_size(buffer) == 2); /* the number of arguments of both */
  wasm2obj_buffer_delete(buffer);
  wasm2obj_prepared_delete(limited);
  wasm2obj_prepared_delete(prepared);
}

static void link_everything(void) {
  make_world();
  refuse_wrong_objects();
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  define(linker);
  wasm2obj_instance_t *instance, *stranger;
  MUST(wasm2obj_linker_instantiate(linker, modules[LINKING], NULL, NULL, &instance));
  call_callbacks(instance);
  use_shared_objects(instance);
  find_objects(instance);
  wasm2obj_prepared_t* prepared;
  MUST(wasm2obj_linker_prepare(linker, modules[LINKING], NULL, NULL, &prepared));
  wasm2obj_instance_t* second;
  MUST(wasm2obj_prepared_instantiate(prepared, &second));
  call_callbacks(second);
  wasm2obj_value_t count;
  MUST(wasm2obj_instance_call(second, "count", NULL, 0, &count, 1));
  EXPECT(count.of.i32 == 43);
  wasm2obj_store_t* other = wasm2obj_store_new(NULL);
  EXPECT_ERROR(wasm2obj_linker_store(linker, other), WASM2OBJ_ERROR_USE, "another store");
  wasm2obj_store_delete(other);
  wasm2obj_linker_t* unknown = wasm2obj_linker_new();
  wasm2obj_linker_trap_unknown(unknown);
  MUST(wasm2obj_linker_instantiate(unknown, modules[TYPED], NULL, NULL, &stranger));
  EXPECT_ERROR(wasm2obj_linker_instance(linker, "stranger", stranger), WASM2OBJ_ERROR_USE,
               "another store");
  wasm2obj_instance_delete(stranger);
  wasm2obj_linker_delete(unknown);
  wasm2obj_linker_delete(linker);
  wasm2obj_instance_delete(instance);
  wasm2obj_store_delete(world.store);
  call_callbacks(second);
  EXPECT(finished == 0);
  wasm2obj_prepared_delete(prepared);
  wasm2obj_instance_delete(second);
  EXPECT(finished == 2);
}

int main(int argc, char** argv) {
  if (argc != 1 + MODULES) return 2;
  for (int i = 0; i < MODULES; ++i) MUST(wasm2obj_module_open(argv[1 + i], &modules[i]));
  describe_module();
  link_everything();
  keep_what_is_defined();
  finish_environments();
  prepare_for_threads();
  prepare_with_wasi();
  for (int i = 0; i < MODULES; ++i) wasm2obj_module_delete(modules[i]);
  printf("%d failures\n", failures);
  return failures != 0;
}
