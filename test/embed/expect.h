/* What the C programs of this folder check: they print what is not as expected and count it. */
#ifndef WASM2OBJ_TEST_EMBED_EXPECT_H
#define WASM2OBJ_TEST_EMBED_EXPECT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/embed/wasm2obj.h"

static _Atomic int failures; /* checks may be made by several threads */

/* Call the functions below with the number of the line. */
#define EXPECT(condition) expect(condition, #condition, __LINE__)
#define MUST(error) must(error, __LINE__)
#define EXPECT_ERROR(error, kind, part) expect_error(error, kind, part, __LINE__)

/* Expects a condition to hold. */
static inline void expect(bool holds, const char* condition, int line) {
  if (holds) return;
  printf("line %d: not so: %s\n", line, condition);
  ++failures;
}

/* Ends the program if there is an error. */
static inline void must(wasm2obj_error_t* error, int line) {
  if (error == NULL) return;
  printf("line %d: %s\n", line, wasm2obj_error_text(error));
  exit(1);
}

/* Expects an error of the kind with this part of its message, and deletes it. */
static inline void expect_error(wasm2obj_error_t* error, wasm2obj_error_kind_t kind,
                                const char* part, int line) {
  if (error == NULL || wasm2obj_error_kind(error) != kind ||
      strstr(wasm2obj_error_text(error), part) == NULL) {
    printf("line %d: expected an error of kind %d with '%s', got '%s'\n", line, kind, part,
           error == NULL ? "" : wasm2obj_error_text(error));
    ++failures;
  }
  wasm2obj_error_delete(error);
}

#endif
