// A program in C++ whose handler of errors throws.
#include <cstdio>
#include <lib.hpp>
#include <stdexcept>
#include <string>

void lib_env_log(lib_instance*, int32_t) {}
void lib_env_two_x2D_results(lib_instance*, int64_t, double, int64_t*, double*) {}
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

  lib_guest guest;
  std::printf("guest %d\n", guest.add(3, 4));
  auto [f, i] = guest.swap(5, 0.5f);
  std::printf("swapped %g %d\n", f, static_cast<int>(i));
  guest.store(8, 77);
  std::printf("stored %d of %zu\n", static_cast<int>(guest.memory()[8]), guest.memory().size());
  try {
    guest.divide(1, 0);
  } catch (const lib_error& error) {
    std::printf("kind %d\n", static_cast<int>(error.kind()));
  }
  try {
    guest.throw_(1);
  } catch (const lib_error& error) {
    std::printf("exception %zu\n", wasm2obj_ref_size(wasm2obj_error_exception(error.get())));
  }
  lib_guest moved = std::move(guest);
  std::printf("moved %d\n", moved.add(1, 1));
}
