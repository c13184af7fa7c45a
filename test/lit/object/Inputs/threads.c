/* Each of four threads has two instances that share a memory, and traps, throws and is called back
 * at the same time as the others. */
#include <left.h>
#include <pthread.h>
#include <right.h>
#include <stdio.h>

/* Of one thread. */
typedef struct task {
  pthread_t thread;
  int32_t number;
  left_instance* left;
  int32_t failures;
} task;

static task* task_of(right_instance* instance) {
  return (task*)wasm2obj_instance_env(right_base(instance));
}

wasm2obj_ref_t* right_host_note(right_instance* instance, const wasm2obj_ref_t* p0) {
  task* of = (task*)wasm2obj_ref_host(p0);
  if (of != task_of(instance)) ++of->failures;
  return wasm2obj_ref_new_copy(p0);
}

void right_host_fail(right_instance* instance, int32_t p0) {
  wasm2obj_value_t argument;
  wasm2obj_ref_t* exception = NULL;
  argument.type = WASM2OBJ_I32;
  argument.of.i32 = p0;
  wasm2obj_tag_t* tag = left_handle_oops(task_of(instance)->left);
  wasm2obj_error_delete(wasm2obj_exception_new(tag, &argument, 1, &exception));
  wasm2obj_error_delete(wasm2obj_instance_throw(right_base(instance), exception));
  wasm2obj_ref_delete(exception);
}

static void use(task* of, right_instance* right) {
  wasm2obj_ref_t *ref = NULL, *back;
  right_poke(right, 4, of->number);
  if (right_peek(right, 4) != of->number) ++of->failures;
  left_set_count(of->left, of->number);
  if (right_count(right) != of->number) ++of->failures;
  if (right_catch(right, of->number) != of->number) ++of->failures;
  wasm2obj_error_t* error = right_try_poke(right, -1, 0);
  if (error == NULL || wasm2obj_error_kind(error) != WASM2OBJ_ERROR_TRAP) ++of->failures;
  wasm2obj_error_delete(error);
  if (wasm2obj_ref_new_host(left_base(of->left), of, NULL, &ref) != NULL) ++of->failures;
  back = right_note(right, ref);
  if (!wasm2obj_ref_is_same(ref, back)) ++of->failures;
  wasm2obj_ref_delete(ref);
  wasm2obj_ref_delete(back);
}

static void* run(void* argument) {
  task* of = argument;
  for (int i = 0; i < 200; ++i) {
    right_instance* right = NULL;
    right_imports imports = {NULL};
    if (left_new(NULL, NULL, NULL, &of->left) != NULL) ++of->failures;
    imports.from_left = left_base(of->left);
    if (right_new(&imports, NULL, NULL, of, &right) != NULL) ++of->failures;
    for (int j = 0; j < 10; ++j) use(of, right);
    /* In both orders. */
    if (i % 2 == 0) right_delete(right);
    left_delete(of->left);
    if (i % 2 != 0) right_delete(right);
  }
  return NULL;
}

int main(void) {
  task tasks[4] = {{0, 0, NULL, 0}};
  wasm2obj_error_delete(wasm2obj_linked_pool(&left_module, 4));
  for (int i = 0; i < 4; ++i) {
    tasks[i].number = 100 + i;
    if (pthread_create(&tasks[i].thread, NULL, run, &tasks[i]) != 0) return 1;
  }
  for (int i = 0; i < 4; ++i) {
    pthread_join(tasks[i].thread, NULL);
    printf("thread %d: %d failures\n", i, tasks[i].failures);
  }
  return 0;
}
