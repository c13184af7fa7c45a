/* Types: their parts, conversions and copies. */
#include "test/embed/standard/check.h"

static void test_value_types(void) {
  const wasm_valkind_t kinds[] = {WASM_I32,  WASM_I64,       WASM_F32,    WASM_F64,
                                  WASM_V128, WASM_EXTERNREF, WASM_FUNCREF};
  for (size_t i = 0; i < sizeof kinds; ++i) {
    wasm_valtype_t* type = wasm_valtype_new(kinds[i]);
    wasm_valtype_t* copy = wasm_valtype_copy(type);
    EXPECT(wasm_valtype_kind(type) == kinds[i] && wasm_valtype_kind(copy) == kinds[i]);
    EXPECT(wasm_valtype_is_ref(type) == (kinds[i] >= WASM_EXTERNREF));
    EXPECT(wasm_valtype_is_num(type) == !wasm_valtype_is_ref(type));
    EXPECT(wasm_valkind_is_ref(kinds[i]) != wasm_valkind_is_num(kinds[i]));
    wasm_valtype_delete(copy);
    wasm_valtype_delete(type);
  }
  EXPECT(wasm_valtype_new(77) == NULL);
}

/* Expects a function type with these numbers of parameters and results, and deletes it. */
static void expect_arity(wasm_functype_t* type, size_t params, size_t results, int line) {
  bool fits =
      wasm_functype_params(type)->size == params && wasm_functype_results(type)->size == results;
  expect(fits, "the arity is as expected", line);
  wasm_functype_delete(type);
}
#define EXPECT_ARITY(type, params, results) expect_arity(type, params, results, __LINE__)

static void test_short_hands(void) {
#define I32 wasm_valtype_new_i32()
#define I64 wasm_valtype_new_i64()
#define F32 wasm_valtype_new_f32()
#define F64 wasm_valtype_new_f64()
#define ANY wasm_valtype_new_externref()
#define FUN wasm_valtype_new_funcref()
  EXPECT_ARITY(wasm_functype_new_0_0(), 0, 0);
  EXPECT_ARITY(wasm_functype_new_1_0(I32), 1, 0);
  EXPECT_ARITY(wasm_functype_new_2_0(I32, I64), 2, 0);
  EXPECT_ARITY(wasm_functype_new_3_0(I32, I64, F32), 3, 0);
  EXPECT_ARITY(wasm_functype_new_0_1(F64), 0, 1);
  EXPECT_ARITY(wasm_functype_new_1_1(ANY, FUN), 1, 1);
  EXPECT_ARITY(wasm_functype_new_2_1(I32, I32, I32), 2, 1);
  EXPECT_ARITY(wasm_functype_new_3_1(I32, I32, I32, I32), 3, 1);
  EXPECT_ARITY(wasm_functype_new_0_2(I32, I32), 0, 2);
  EXPECT_ARITY(wasm_functype_new_1_2(I32, I32, I32), 1, 2);
  EXPECT_ARITY(wasm_functype_new_2_2(I32, I32, I32, I32), 2, 2);
  wasm_functype_t* type = wasm_functype_new_3_2(I32, I64, F32, F64, ANY);
  EXPECT(wasm_valtype_kind(wasm_functype_params(type)->data[1]) == WASM_I64);
  EXPECT(wasm_valtype_kind(wasm_functype_results(type)->data[1]) == WASM_EXTERNREF);
  EXPECT_ARITY(wasm_functype_copy(type), 3, 2);
  EXPECT_ARITY(type, 3, 2);
}

/* Expects a type to be of one kind of external only, and copies of it as well. */
static void expect_kind(wasm_externtype_t* type, wasm_externkind_t kind) {
  wasm_externtype_t* copy = wasm_externtype_copy(type);
  EXPECT(wasm_externtype_kind(type) == kind && wasm_externtype_kind(copy) == kind);
  EXPECT((wasm_externtype_as_functype(type) != NULL) == (kind == WASM_EXTERN_FUNC));
  EXPECT((wasm_externtype_as_globaltype(type) != NULL) == (kind == WASM_EXTERN_GLOBAL));
  EXPECT((wasm_externtype_as_tabletype(type) != NULL) == (kind == WASM_EXTERN_TABLE));
  EXPECT((wasm_externtype_as_memorytype(type) != NULL) == (kind == WASM_EXTERN_MEMORY));
  EXPECT((wasm_externtype_as_tagtype(type) != NULL) == (kind == WASM_EXTERN_TAG));
  const wasm_externtype_t* same = copy;
  EXPECT((wasm_externtype_as_functype_const(same) != NULL) == (kind == WASM_EXTERN_FUNC));
  EXPECT((wasm_externtype_as_globaltype_const(same) != NULL) == (kind == WASM_EXTERN_GLOBAL));
  EXPECT((wasm_externtype_as_tabletype_const(same) != NULL) == (kind == WASM_EXTERN_TABLE));
  EXPECT((wasm_externtype_as_memorytype_const(same) != NULL) == (kind == WASM_EXTERN_MEMORY));
  EXPECT((wasm_externtype_as_tagtype_const(same) != NULL) == (kind == WASM_EXTERN_TAG));
  wasm_externtype_delete(copy);
}

static void test_external_types(void) {
  wasm_functype_t* func = wasm_functype_new_1_0(wasm_valtype_new_f32());
  expect_kind(wasm_functype_as_externtype(func), WASM_EXTERN_FUNC);
  EXPECT(wasm_functype_as_externtype_const(func) == wasm_functype_as_externtype(func));

  wasm_globaltype_t* global = wasm_globaltype_new(wasm_valtype_new_f64(), WASM_VAR);
  expect_kind(wasm_globaltype_as_externtype(global), WASM_EXTERN_GLOBAL);
  EXPECT(wasm_globaltype_as_externtype_const(global) == wasm_globaltype_as_externtype(global));
  EXPECT(wasm_valtype_kind(wasm_globaltype_content(global)) == WASM_F64);
  wasm_globaltype_t* global_copy = wasm_globaltype_copy(global);
  EXPECT(wasm_globaltype_mutability(global_copy) == WASM_VAR);
  wasm_globaltype_delete(global_copy);
  wasm_globaltype_delete(global);

  wasm_tagtype_t* tag = wasm_tagtype_new(func);
  expect_kind(wasm_tagtype_as_externtype(tag), WASM_EXTERN_TAG);
  EXPECT(wasm_tagtype_as_externtype_const(tag) == wasm_tagtype_as_externtype(tag));
  wasm_tagtype_t* tag_copy = wasm_tagtype_copy(tag);
  EXPECT(wasm_functype_params(wasm_tagtype_functype(tag_copy))->size == 1);
  wasm_tagtype_delete(tag_copy);
  wasm_tagtype_delete(tag);
}

static void test_limits(void) {
  wasm_limits_t limits = {3, wasm_limits_max_default};
  wasm_tabletype_t* table = wasm_tabletype_new(wasm_valtype_new_funcref(), &limits);
  expect_kind(wasm_tabletype_as_externtype(table), WASM_EXTERN_TABLE);
  EXPECT(wasm_tabletype_as_externtype_const(table) == wasm_tabletype_as_externtype(table));
  wasm_tabletype_t* table_copy = wasm_tabletype_copy(table);
  EXPECT(wasm_valtype_kind(wasm_tabletype_element(table_copy)) == WASM_FUNCREF);
  EXPECT(wasm_tabletype_limits(table_copy)->min == 3);
  EXPECT(wasm_tabletype_limits(table_copy)->max == wasm_limits_max_default);
  wasm_tabletype_delete(table_copy);
  wasm_tabletype_delete(table);

  limits.max = 7;
  wasm_memorytype_t* memory = wasm_memorytype_new(&limits);
  expect_kind(wasm_memorytype_as_externtype(memory), WASM_EXTERN_MEMORY);
  EXPECT(wasm_memorytype_as_externtype_const(memory) == wasm_memorytype_as_externtype(memory));
  wasm_memorytype_t* memory_copy = wasm_memorytype_copy(memory);
  EXPECT(wasm_memorytype_limits(memory_copy)->max == 7);
  wasm_memorytype_delete(memory_copy);
  wasm_memorytype_delete(memory);
}

static bool is_named(const wasm_name_t* name, const char* text) {
  return name->size == strlen(text) && memcmp(name->data, text, name->size) == 0;
}

static void test_named_types(void) {
  wasm_name_t module, name;
  wasm_name_new_from_string(&module, "env");
  wasm_name_new_from_string_nt(&name, "f");
  EXPECT(name.size == 2);
  wasm_importtype_t* import =
      wasm_importtype_new(&module, &name, wasm_functype_as_externtype(wasm_functype_new_0_0()));
  wasm_importtype_t* import_copy = wasm_importtype_copy(import);
  EXPECT(is_named(wasm_importtype_module(import_copy), "env"));
  EXPECT(wasm_importtype_name(import_copy)->size == 2);
  EXPECT(wasm_externtype_kind(wasm_importtype_type(import_copy)) == WASM_EXTERN_FUNC);
  wasm_importtype_delete(import);
  wasm_importtype_delete(import_copy);

  wasm_name_new_from_string(&name, "g");
  wasm_exporttype_t* export =
      wasm_exporttype_new(&name, wasm_functype_as_externtype(wasm_functype_new_0_0()));
  wasm_exporttype_t* export_copy = wasm_exporttype_copy(export);
  EXPECT(is_named(wasm_exporttype_name(export_copy), "g"));
  EXPECT(wasm_externtype_kind(wasm_exporttype_type(export_copy)) == WASM_EXTERN_FUNC);
  wasm_exporttype_delete(export);
  wasm_exporttype_delete(export_copy);
}

int test_types(void) {
  test_value_types();
  test_short_hands();
  test_external_types();
  test_limits();
  test_named_types();
  return failures;
}
