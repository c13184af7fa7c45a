// Duktape: script.js.
#include <duktape.h>

#include "input.h"

static const char kScript[] = {
#embed "script.js"
};

static duk_ret_t print(duk_context* context) {
  puts(duk_to_string(context, 0));
  return 0;
}

int main(void) {
  duk_context* context = duk_create_heap_default();
  duk_push_c_function(context, print, 1);
  duk_put_global_string(context, "print");
  benchBegin();
  duk_eval_lstring_noresult(context, kScript, sizeof kScript);
  benchEnd();
  duk_destroy_heap(context);
}
