// The classes of two modules that share objects: ownership of references, and errors.
#include <cstdio>
#include <cstring>
#include <left.hpp>
#include <right.hpp>
#include <string>
#include <utility>

namespace {

int dropped = 0;
void drop(void*) { ++dropped; }

// The environment of an instance: what its functions of the program work on.
struct Environment {
  const left_guest* left;
  std::string notes;
};

Environment& environmentOf(right_instance* instance) {
  return *static_cast<Environment*>(wasm2obj_instance_env(right_base(instance)));
}

std::string firstLine(const wasm2obj::Error& error) {
  std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

void useMemory(left_guest& left, right_guest& right) {
  wasm2obj::Bytes bytes = left.memory();
  right.poke(0, 0x01020304);
  left.grow();
  // The bytes that are held remain where they are.
  std::printf("held %d of %zu, now %zu, moved %d\n", static_cast<int>(bytes[0]), bytes.size(),
              left.memory().size(), bytes.data() != left.memory().data());
  std::printf("second %zu\n", left.second().size());
}

void useReferences(left_guest& left, right_guest& right) {
  using wasm2obj::Ref;
  Ref ref = Ref::host(left.base(), const_cast<char*>("a string"), drop);
  Ref copy = ref;
  Ref moved = std::move(copy);
  auto [number, back] = left.both(moved, 5);
  std::printf("both %d %s\n", number, static_cast<const char*>(back.pointer()));
  left.set_any(right.note(ref));
  ref = moved = back = nullptr;
  wasm2obj_instance_collect(left.base());
  std::printf("any %s, dropped %d\n", static_cast<const char*>(left.get_any().pointer()), dropped);
  left.set_any(Ref());
  wasm2obj_instance_collect(left.base());
  std::printf("null %d, dropped %d\n", !left.get_any(), dropped);
}

void useErrors(left_guest& left, right_guest& right) {
  std::printf("caught %d\n", right.catch_(8));
  try {
    right.escape(9);
  } catch (const right_error& error) {
    std::printf("escaped %d: %s\n", static_cast<int>(error.kind()), firstLine(error).c_str());
    std::printf("oops %d\n",
                wasm2obj_ref_has_tag(wasm2obj_error_exception(error.get()), left.handle_oops()));
  }
  try {
    left.call(0, 100);
  } catch (const wasm2obj::Error& error) {
    std::printf("%s\n", firstLine(error).c_str());
  }
  try {
    right_imports none{};
    right_guest wrong(none);
  } catch (const wasm2obj::Error& error) {
    std::printf("%s\n", firstLine(error).c_str());
  }
}

}  // namespace

wasm2obj_ref_t* right_host_note(right_instance* instance, const wasm2obj_ref_t* p0) {
  environmentOf(instance).notes += static_cast<const char*>(wasm2obj_ref_host(p0));
  return wasm2obj_ref_new_copy(p0);
}

void right_host_fail(right_instance* instance, int32_t p0) {
  wasm2obj_value_t argument{};
  argument.type = WASM2OBJ_I32;
  argument.of.i32 = p0 + 1;
  wasm2obj_ref_t* exception = nullptr;
  wasm2obj_error_t* error =
      wasm2obj_exception_new(environmentOf(instance).left->handle_oops(), &argument, 1, &exception);
  if (error == nullptr) error = wasm2obj_instance_throw(right_base(instance), exception);
  wasm2obj_ref_delete(exception);
  wasm2obj_error_delete(error);
}

int main() {
  try {
    wasm2obj::Store store;
    left_guest left(store);
    Environment environment{&left, ""};
    right_imports imports{};
    imports.from_left = left.base();
    right_guest right(imports, nullptr, nullptr, &environment);
    useMemory(left, right);
    useReferences(left, right);
    useErrors(left, right);
    left.set_count(3);
    left.set_vec(wasm2obj_v128_t{7, 8});
    std::printf("count %d, vector %d, notes %s\n", right.count(),
                static_cast<int>(left.get_vec()[0]), environment.notes.c_str());
  } catch (const wasm2obj::Error& error) {
    std::printf("error: %s\n", error.what());
    return 1;
  }
}
