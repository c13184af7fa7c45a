// Uses every class of wasm.hh and every member. The arguments are the files of the modules
// standard.wat and catching.wat, compiled or not. Prints the number of failures.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "test/embed/standard/cpp/world.h"

namespace {

wasm::vec<byte_t> readFile(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return wasm::vec<byte_t>::make(
      std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  Modules modules = {readFile(argv[1]), readFile(argv[2])};
  testVectors();
  testTypes();
  testValues(modules);
  testModules(modules);
  testCalls(modules);
  testObjects(modules);
  testTraps(modules);
  std::printf("%d failures\n", failureCount());
  return failureCount() != 0;
}
