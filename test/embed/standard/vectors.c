/* Vectors of all types of elements, and values. */
#include "test/embed/standard/check.h"

/* Tests the functions for vectors of pointers. `make` makes an element, is_whole() tells whether a
 * copy of it is one. */
#define DEFINE_TEST(name, make, is_whole)                   \
  static void test_##name##_vec(void) {                     \
    wasm_##name##_vec_t vec, copy;                          \
    wasm_##name##_vec_new_empty(&vec);                      \
    EXPECT(vec.size == 0);                                  \
    wasm_##name##_vec_delete(&vec);                         \
    wasm_##name##_vec_new_uninitialized(&vec, 2);           \
    EXPECT(vec.size == 2 && vec.data != NULL);              \
    vec.data[0] = make;                                     \
    wasm_##name##_vec_copy(&copy, &vec);                    \
    EXPECT(copy.size == 2 && copy.data[0] != vec.data[0]);  \
    EXPECT(is_whole(copy.data[0]) && copy.data[1] == NULL); \
    wasm_##name##_vec_delete(&copy);                        \
    EXPECT(copy.size == 0 && copy.data == NULL);            \
    wasm_##name##_vec_delete(&vec);                         \
    wasm_##name##_t* elements[] = {make, make};             \
    wasm_##name##_vec_new(&vec, 2, elements);               \
    EXPECT(vec.size == 2 && vec.data[1] == elements[1]);    \
    wasm_##name##_vec_delete(&vec);                         \
  }

static wasm_limits_t limits = {1, 2};

static wasm_externtype_t* make_extern(void) {
  return wasm_memorytype_as_externtype(wasm_memorytype_new(&limits));
}
static wasm_importtype_t* make_import(void) {
  wasm_name_t module, name;
  wasm_name_new_from_string(&module, "m");
  wasm_name_new_from_string(&name, "n");
  return wasm_importtype_new(&module, &name, make_extern());
}
static wasm_exporttype_t* make_export(void) {
  wasm_name_t name;
  wasm_name_new_from_string(&name, "n");
  return wasm_exporttype_new(&name, make_extern());
}

#define IS_I32(type) (wasm_valtype_kind(type) == WASM_I32)
#define HAS_PARAM(type) (wasm_functype_params(type)->size == 1)
#define IS_VAR(type) (wasm_globaltype_mutability(type) == WASM_VAR)
#define IS_TABLE(type) (wasm_tabletype_limits(type)->max == 2)
#define IS_MEMORY(type) (wasm_memorytype_limits(type)->max == 2)
#define IS_TAG(type) HAS_PARAM(wasm_tagtype_functype(type))
#define IS_EXTERN(type) (wasm_externtype_kind(type) == WASM_EXTERN_MEMORY)
#define IS_IMPORT(type) IS_EXTERN(wasm_importtype_type(type))
#define IS_EXPORT(type) IS_EXTERN(wasm_exporttype_type(type))

#define MAKE_FUNC wasm_functype_new_1_0(wasm_valtype_new_i32())
DEFINE_TEST(valtype, wasm_valtype_new_i32(), IS_I32)
DEFINE_TEST(functype, MAKE_FUNC, HAS_PARAM)
DEFINE_TEST(globaltype, wasm_globaltype_new(wasm_valtype_new_i32(), WASM_VAR), IS_VAR)
DEFINE_TEST(tabletype, wasm_tabletype_new(wasm_valtype_new_funcref(), &limits), IS_TABLE)
DEFINE_TEST(memorytype, wasm_memorytype_new(&limits), IS_MEMORY)
DEFINE_TEST(tagtype, wasm_tagtype_new(MAKE_FUNC), IS_TAG)
DEFINE_TEST(externtype, make_extern(), IS_EXTERN)
DEFINE_TEST(importtype, make_import(), IS_IMPORT)
DEFINE_TEST(exporttype, make_export(), IS_EXPORT)

static void test_byte_vec(void) {
  wasm_byte_vec_t bytes, copy;
  wasm_byte_vec_new_empty(&bytes);
  EXPECT(bytes.size == 0);
  wasm_byte_vec_new(&bytes, 3, "abc");
  wasm_byte_vec_copy(&copy, &bytes);
  EXPECT(copy.size == 3 && memcmp(copy.data, "abc", 3) == 0 && copy.data != bytes.data);
  wasm_byte_vec_delete(&copy);
  wasm_byte_vec_delete(&bytes);
  wasm_byte_vec_new_uninitialized(&bytes, 5);
  EXPECT(bytes.size == 5);
  wasm_byte_vec_delete(&bytes);
  wasm_byte_vec_new_uninitialized(&bytes, SIZE_MAX);
  EXPECT(bytes.size == 0 && bytes.data == NULL);
}

static void test_val_vec(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasm_ref_t* ref = wasm_foreign_as_ref(wasm_foreign_new(store));
  wasm_val_vec_t values, copy;
  wasm_val_vec_new_empty(&values);
  wasm_val_vec_delete(&values);
  wasm_val_vec_new_uninitialized(&values, 1);
  wasm_val_vec_delete(&values);
  wasm_val_t elements[] = {WASM_I64_VAL(5), WASM_REF_VAL(ref), WASM_INIT_VAL, WASM_F32_VAL(1.5f),
                           WASM_F64_VAL(2.5)};
  wasm_val_vec_new(&values, 5, elements);
  wasm_val_vec_copy(&copy, &values);
  EXPECT(copy.size == 5 && copy.data[0].of.i64 == 5 && copy.data[4].of.f64 == 2.5);
  EXPECT(copy.data[1].of.ref != ref && wasm_ref_same(copy.data[1].of.ref, ref));
  EXPECT(copy.data[2].of.ref == NULL && copy.data[3].of.f32 == 1.5f);
  wasm_val_delete(&copy.data[1]);
  EXPECT(copy.data[1].of.ref == NULL);
  wasm_val_copy(&copy.data[1], &values.data[1]);
  wasm_val_vec_delete(&copy);
  wasm_val_vec_delete(&values);
  wasm_val_t pointer;
  wasm_val_init_ptr(&pointer, &values);
  EXPECT(wasm_val_ptr(&pointer) == &values);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
}

int test_vectors(void) {
  test_valtype_vec();
  test_functype_vec();
  test_globaltype_vec();
  test_tabletype_vec();
  test_memorytype_vec();
  test_tagtype_vec();
  test_externtype_vec();
  test_importtype_vec();
  test_exporttype_vec();
  test_byte_vec();
  test_val_vec();
  return failures;
}
