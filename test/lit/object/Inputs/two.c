/* Two modules, of which one calls a function of the other. */
#include <left.h>
#include <right.h>
#include <stdio.h>

/* The import of `right` is the export of `left`. */
int32_t right_left_twice(right_instance* instance, int32_t p0) {
  return left_twice((left_instance*)wasm2obj_instance_env(right_base(instance)), p0);
}

void left_env_f(left_instance* instance) { (void)instance; }

int main(void) {
  left_instance* left = NULL;
  right_instance* right = NULL;
  if (left_new(NULL, NULL, NULL, &left) != NULL) return 1;
  if (right_new(NULL, NULL, left, &right) != NULL) return 1;
  printf("%d\n", right_quadruple(right, 10));
  left_caught(left);
  right_caught(right);
  printf("caught\n");
  right_delete(right);
  left_delete(left);
  return 0;
}
