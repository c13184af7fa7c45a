// What the files of this program share: it uses every class of wasm.hh and every member.
#pragma once

#include <cstring>
#include <string>

#include "loader/embed/wasm2obj.h"
#include "loader/standard/wasm.hh"

// Expects a condition to hold. The second expects a trap with a part in its message.
#define EXPECT(condition) expect(condition, #condition, __FILE__, __LINE__)
#define EXPECT_TRAP(trap, part) \
  expect((trap) != nullptr && has(trap, part), part, __FILE__, __LINE__)

// Prints and counts what does not hold.
void expect(bool holds, const char* condition, const char* file, int line);
// Returns the number of conditions that did not hold.
int failureCount();
// Returns whether the message of a trap has a part, and ends with NUL.
bool has(const wasm::own<wasm::Trap>& trap, const char* part);
// Returns whether a name is a text.
bool isText(const wasm::Name& name, const char* text);
// A finalizer that counts its calls in an int.
void countUp(void* count);

// The modules standard.wat and catching.wat, as the program is given them.
struct Modules {
  wasm::vec<byte_t> standard;
  wasm::vec<byte_t> catching;
};

// An instance of standard.wat with objects of the program.
struct World {
  // What the imported function `nothing` does is `code`, with `env`.
  explicit World(const Modules& modules, wasm::Func::callback_with_env code = doNothing,
                 void* env = nullptr);

  // Returns an export, which belongs to the world.
  wasm::Extern* named(const char* name);
  // Calls an exported function.
  wasm::own<wasm::Trap> call(const char* name, const wasm::vec<wasm::Val>& args,
                             wasm::vec<wasm::Val>& results);
  // Makes another instance with the same imports.
  wasm::own<wasm::Instance> instantiate(wasm::own<wasm::Trap>* trap = nullptr);

  // A function of the program that does nothing.
  static wasm::own<wasm::Trap> doNothing(void* env, const wasm::vec<wasm::Val>& args,
                                         wasm::vec<wasm::Val>& results);

  wasm::own<wasm::Engine> engine;
  wasm::own<wasm::Store> store;
  wasm::own<wasm::Module> module;
  wasm::own<wasm::Func> mix;
  wasm::own<wasm::Func> nothing;
  wasm::own<wasm::Global> counter;
  wasm::own<wasm::Table> functions;
  wasm::own<wasm::Memory> memory;
  wasm::own<wasm::Instance> instance;
  wasm::ownvec<wasm::Extern> exports;
};

// The parts of the program.
void testVectors();
void testTypes();
void testValues(const Modules& modules);
void testModules(const Modules& modules);
void testCalls(const Modules& modules);
void testObjects(const Modules& modules);
void testTraps(const Modules& modules);
