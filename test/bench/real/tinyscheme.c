// TinyScheme: script.scm, after its own library of definitions.
#include "input.h"
#include "scheme-private.h"

static char script[] = {
#embed "init.scm"
    ,
#embed "script.scm"
    , 0};

int main(void) {
  scheme interpreter;
  inputCheck(scheme_init(&interpreter), "initialize");
  scheme_set_output_port_file(&interpreter, stdout);
  benchBegin();
  scheme_load_string(&interpreter, script);
  benchEnd();
  inputCheck(interpreter.retcode == 0, "script");
  scheme_deinit(&interpreter);
}
