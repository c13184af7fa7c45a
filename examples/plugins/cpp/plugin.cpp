// A plugin in C++: it greets people, whom the host looks up for it.
//
//   clang++ --target=wasm32-wasi -mexec-model=reactor -fno-exceptions -O2 plugin.cpp -o plugin.wasm
//   wasm2obj plugin.wasm -o plugin.so
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The host's: writes the full name of a user into `into`, at most `size` bytes, and returns its
// length; -1 if there is no such user.
extern "C" __attribute__((import_module("host"), import_name("lookup"))) int32_t hostLookup(
    const char* user, size_t userSize, char* into, size_t size);

// The host writes the input here and reads the output, so that nobody allocates for the other.
static char buffer[4096];
extern "C" __attribute__((export_name("buffer"))) char* bufferAddress() { return buffer; }
extern "C" __attribute__((export_name("buffer_size"))) size_t bufferSize() { return sizeof buffer; }

static size_t reply(std::string_view text) { return text.copy(buffer, sizeof buffer); }

// Takes the length of the input and returns that of the output.
extern "C" __attribute__((export_name("greet"))) size_t greet(size_t size) {
  char name[100];
  int32_t length = hostLookup(buffer, size, name, sizeof name);
  if (length < 0) return reply("nobody is called " + std::string(buffer, size));
  return reply("Hello, " + std::string(name, static_cast<size_t>(length)) + "!");
}

static size_t recurse(size_t depth) {
  volatile char room[1024];
  room[0] = static_cast<char>(depth);
  return recurse(depth + 1) + static_cast<size_t>(room[0]);
}
extern "C" __attribute__((export_name("recurse"))) size_t exhaust(size_t size) {
  return recurse(size);
}
extern "C" __attribute__((export_name("fail"))) size_t fail(size_t) { std::abort(); }
extern "C" __attribute__((export_name("spin"))) size_t spin(size_t) {
  for (volatile int count = 0;; count = count + 1) {
  }
}
// Breaks the convention.
extern "C" __attribute__((export_name("lie"))) size_t lie(size_t) { return SIZE_MAX; }
