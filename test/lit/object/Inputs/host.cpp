// A program in C++ whose handler of errors throws.
#include <lib.h>

#include <cstdio>
#include <stdexcept>
#include <string>

void lib_env_log(lib_instance*, int32_t) {}
void lib_env_two_results(lib_instance*, int64_t, double, int64_t*, double*) {}
int32_t lib_env_again(lib_instance*, int32_t) { return 0; }

namespace {

void throwError(wasm2obj_instance_t*, wasm2obj_error_t* error) {
  std::string text = wasm2obj_error_text(error);
  wasm2obj_error_delete(error);
  throw std::runtime_error(text);
}

}  // namespace

int main() {
  lib_instance* lib = nullptr;
  if (lib_new(nullptr, nullptr, nullptr, &lib) != nullptr) return 1;
  lib_on_error(lib, throwError);
  try {
    lib_divide(lib, 1, 0);
  } catch (const std::runtime_error& error) {
    std::string text = error.what();
    std::printf("caught %s\n", text.substr(0, text.find('\n')).c_str());
  }
  std::printf("add %d\n", lib_add(lib, 1, 2));
  lib_delete(lib);
}
