// Lua: objects, closures, tables, strings, patterns and floats, in script.lua.
#include <lauxlib.h>
#include <lualib.h>

#include "input.h"

static const char kScript[] = {
#embed "script.lua"
};

// Without files and the operating system, which WASI has only in part.
static const luaL_Reg kLibraries[] = {{"_G", luaopen_base},
                                      {"table", luaopen_table},
                                      {"string", luaopen_string},
                                      {"math", luaopen_math}};

int main(void) {
  lua_State* L = luaL_newstate();
  for (size_t i = 0; i < sizeof kLibraries / sizeof *kLibraries; ++i) {
    luaL_requiref(L, kLibraries[i].name, kLibraries[i].func, 1);
    lua_pop(L, 1);
  }
  int ok = luaL_loadbuffer(L, kScript, sizeof kScript, "script");
  inputCheck(ok == LUA_OK, "load");
  benchBegin();
  lua_call(L, 0, 0);
  benchEnd();
  lua_close(L);
}
