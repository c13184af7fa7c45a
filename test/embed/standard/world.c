#include "test/embed/standard/check.h"

wasm_byte_vec_t standard_module;
wasm_byte_vec_t catching_module;

/* Returns its arguments. */
static wasm_trap_t* mix(const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  for (size_t i = 0; i < args->size; ++i) wasm_val_copy(&results->data[i], &args->data[i]);
  return NULL;
}

wasm_trap_t* do_nothing(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)env, (void)args, (void)results;
  return NULL;
}

void count_up(void* count) { ++*(int*)count; }

static wasm_func_t* make_mix(wasm_store_t* store) {
  const wasm_valkind_t kinds[] = {WASM_I32, WASM_I64,       WASM_F32,
                                  WASM_F64, WASM_EXTERNREF, WASM_FUNCREF};
  wasm_valtype_vec_t params, results;
  wasm_valtype_vec_new_uninitialized(&params, 6);
  for (size_t i = 0; i < params.size; ++i) params.data[i] = wasm_valtype_new(kinds[i]);
  wasm_valtype_vec_copy(&results, &params);
  wasm_functype_t* type = wasm_functype_new(&params, &results);
  wasm_func_t* func = wasm_func_new(store, type, mix);
  wasm_functype_delete(type);
  return func;
}

static void make_objects(world_t* world) {
  wasm_globaltype_t* global = wasm_globaltype_new(wasm_valtype_new_i64(), WASM_VAR);
  wasm_val_t zero = WASM_I64_VAL(0);
  world->counter = wasm_global_new(world->store, global, &zero);
  wasm_globaltype_delete(global);
  wasm_limits_t limits = {4, wasm_limits_max_default};
  wasm_tabletype_t* table = wasm_tabletype_new(wasm_valtype_new_funcref(), &limits);
  world->functions = wasm_table_new(world->store, table, NULL);
  wasm_tabletype_delete(table);
  wasm_limits_t pages = {1, 2};
  wasm_memorytype_t* memory = wasm_memorytype_new(&pages);
  world->memory = wasm_memory_new(world->store, memory);
  wasm_memorytype_delete(memory);
}

wasm_instance_t* instantiate(const world_t* world) {
  wasm_extern_t* given[] = {
      wasm_func_as_extern(world->mix),       wasm_func_as_extern(world->nothing),
      wasm_global_as_extern(world->counter), wasm_table_as_extern(world->functions),
      wasm_memory_as_extern(world->memory),
  };
  wasm_extern_vec_t imports = WASM_ARRAY_VEC(given);
  return wasm_instance_new(world->store, world->module, &imports, NULL);
}

void make_world(world_t* world, wasm_func_callback_with_env_t code, void* env) {
  world->engine = wasm_engine_new();
  world->store = wasm_store_new(world->engine);
  world->module = wasm_module_new(world->store, &standard_module);
  if (world->module == NULL) {
    printf("no module: %s\n", wasm2obj_last_error());
    exit(1);
  }
  world->mix = make_mix(world->store);
  wasm_functype_t* type = wasm_functype_new_0_0();
  world->nothing = wasm_func_new_with_env(world->store, type, code, env, NULL);
  wasm_functype_delete(type);
  make_objects(world);
  world->instance = instantiate(world);
  if (world->instance == NULL) {
    printf("no instance: %s\n", wasm2obj_last_error());
    exit(1);
  }
  wasm_instance_exports(world->instance, &world->exports);
}

void end_world(world_t* world) {
  wasm_extern_vec_delete(&world->exports);
  wasm_instance_delete(world->instance);
  wasm_memory_delete(world->memory);
  wasm_table_delete(world->functions);
  wasm_global_delete(world->counter);
  wasm_func_delete(world->nothing);
  wasm_func_delete(world->mix);
  wasm_module_delete(world->module);
  wasm_store_delete(world->store);
  wasm_engine_delete(world->engine);
}

wasm_extern_t* export_of(const wasm_instance_t* instance, size_t index) {
  wasm_extern_vec_t exports;
  wasm_instance_exports(instance, &exports);
  wasm_extern_t* found = index < exports.size ? wasm_extern_copy(exports.data[index]) : NULL;
  wasm_extern_vec_delete(&exports);
  return found;
}

wasm_extern_t* extern_named(const world_t* world, const char* name) {
  wasm_exporttype_vec_t types;
  wasm_module_exports(world->module, &types);
  wasm_extern_t* found = NULL;
  for (size_t i = 0; i < types.size; ++i) {
    const wasm_name_t* candidate = wasm_exporttype_name(types.data[i]);
    bool is_same =
        candidate->size == strlen(name) && memcmp(candidate->data, name, candidate->size) == 0;
    if (is_same) found = world->exports.data[i];
  }
  wasm_exporttype_vec_delete(&types);
  EXPECT(found != NULL);
  return found;
}

wasm_func_t* func_named(const world_t* world, const char* name) {
  return wasm_extern_as_func(extern_named(world, name));
}

wasm_trap_t* call_named(const world_t* world, const char* name, size_t count, int32_t first,
                        int32_t second, int32_t third, wasm_val_t* result) {
  wasm_val_t args[] = {WASM_I32_VAL(first), WASM_I32_VAL(second), WASM_I32_VAL(third)};
  wasm_val_vec_t arg_vec = {count, args};
  wasm_val_vec_t result_vec = {result == NULL ? 0 : 1, result};
  return wasm_func_call(func_named(world, name), &arg_vec, &result_vec);
}

void expect_trap(wasm_trap_t* trap, const char* part, int line) {
  wasm_message_t message;
  wasm_trap_message(trap, &message);
  bool ends = message.size != 0 && message.data[message.size - 1] == 0;
  bool is_so = trap != NULL && ends && strstr(message.data, part) != NULL;
  if (!is_so) {
    printf("line %d: expected a trap with '%s', got '%s'\n", line, part, message.data);
    ++failures;
  }
  wasm_byte_vec_delete(&message);
  wasm_trap_delete(trap);
}

int world_failures(void) { return failures; }
