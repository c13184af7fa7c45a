/* Modules: validation, imports, exports, serialization, sharing. */
#include "test/embed/standard/check.h"

/* Names can be read as strings, too. */
static bool is_named(const wasm_name_t* name, const char* text) {
  return name->size == strlen(text) && strcmp(name->data, text) == 0;
}

static void test_imports(const wasm_module_t* module) {
  wasm_importtype_vec_t imports;
  wasm_module_imports(module, &imports);
  EXPECT(imports.size == 5);
  EXPECT(is_named(wasm_importtype_module(imports.data[0]), "host"));
  EXPECT(is_named(wasm_importtype_name(imports.data[0]), "mix"));
  const wasm_externtype_t* mix = wasm_importtype_type(imports.data[0]);
  const wasm_valtype_vec_t* params = wasm_functype_params(wasm_externtype_as_functype_const(mix));
  EXPECT(params->size == 6 && wasm_valtype_kind(params->data[5]) == WASM_FUNCREF);
  const wasm_externtype_t* memory = wasm_importtype_type(imports.data[4]);
  EXPECT(wasm_memorytype_limits(wasm_externtype_as_memorytype_const(memory))->max == 3);
  wasm_importtype_vec_delete(&imports);
}

static void test_exports(const wasm_module_t* module) {
  const wasm_externkind_t kinds[] = {WASM_EXTERN_TABLE,  WASM_EXTERN_TABLE,  WASM_EXTERN_MEMORY,
                                     WASM_EXTERN_GLOBAL, WASM_EXTERN_GLOBAL, WASM_EXTERN_GLOBAL,
                                     WASM_EXTERN_TAG,    WASM_EXTERN_MEMORY, WASM_EXTERN_FUNC};
  wasm_exporttype_vec_t exports;
  wasm_module_exports(module, &exports);
  EXPECT(exports.size > sizeof kinds);
  for (size_t i = 0; i < sizeof kinds; ++i) {
    EXPECT(wasm_externtype_kind(wasm_exporttype_type(exports.data[i])) == kinds[i]);
  }
  const wasm_externtype_t* tag = wasm_exporttype_type(exports.data[6]);
  const wasm_functype_t* type = wasm_tagtype_functype(wasm_externtype_as_tagtype_const(tag));
  EXPECT(wasm_functype_params(type)->size == 2);
  EXPECT(is_named(wasm_exporttype_name(exports.data[6]), "tag"));
  wasm_exporttype_t* last = wasm_exporttype_copy(exports.data[exports.size - 1]);
  EXPECT(is_named(wasm_exporttype_name(last), ""));
  wasm_exporttype_delete(last);
  wasm_exporttype_vec_delete(&exports);
}

static void test_serialization(wasm_store_t* store, const wasm_module_t* module) {
  wasm_byte_vec_t artifact;
  wasm_module_serialize(module, &artifact);
  EXPECT(artifact.size > 100);
  wasm_module_t* again = wasm_module_deserialize(store, &artifact);
  EXPECT(again != NULL && !wasm_module_same(again, module));
  test_imports(again);
  wasm_module_delete(again);
  wasm_module_t* made = wasm_module_new(store, &artifact);
  EXPECT(made != NULL && wasm_module_validate(store, &artifact));
  wasm_module_delete(made);
  artifact.data[artifact.size / 2] ^= 1;
  EXPECT(wasm_module_deserialize(store, &artifact) == NULL);
  EXPECT_REASON("checksum");
  EXPECT(!wasm_module_validate(store, &artifact));
  wasm_byte_vec_delete(&artifact);
}

static void test_sharing(wasm_engine_t* engine, wasm_store_t* store) {
  wasm_module_t* module = wasm_module_new(store, &standard_module);
  wasm_shared_module_t* shared = wasm_module_share(module);
  wasm_module_delete(module);
  wasm_store_t* other = wasm_store_new(engine);
  wasm_module_t* obtained = wasm_module_obtain(other, shared);
  wasm_shared_module_delete(shared);
  test_exports(obtained);
  wasm_module_delete(obtained);
  wasm_store_delete(other);
}

int test_modules(void) {
  wasm_engine_t* engine = wasm_engine_new_with_config(wasm_config_new());
  wasm_config_delete(wasm_config_new());
  wasm_store_t* store = wasm_store_new(engine);
  EXPECT(wasm_module_validate(store, &standard_module));
  wasm_module_t* module = wasm_module_new(store, &standard_module);
  test_imports(module);
  test_exports(module);
  test_serialization(store, module);
  wasm_module_delete(module);
  test_sharing(engine, store);
  wasm_byte_vec_t garbage = {8, "\0asm\1\0\0\x7f"};
  EXPECT(wasm_module_new(store, &garbage) == NULL && !wasm_module_validate(store, &garbage));
  EXPECT(strlen(wasm2obj_last_error()) > 10);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return failures;
}
