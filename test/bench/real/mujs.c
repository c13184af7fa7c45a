// MuJS: script.js.
#include <mujs.h>

#include "input.h"

static const char kScript[] = {
#embed "script.js"
    , 0};

static void print(js_State* J) {
  puts(js_tostring(J, 1));
  js_pushundefined(J);
}

int main(void) {
  js_State* J = js_newstate(NULL, NULL, 0);
  js_newcfunction(J, print, "print", 1);
  js_setglobal(J, "print");
  benchBegin();
  inputCheck(js_dostring(J, kScript) == 0, "script");
  benchEnd();
  js_freestate(J);
}
