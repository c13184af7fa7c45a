// Strings of the JS string builtins.
#include <algorithm>
#include <string>
#include <string_view>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/ref.h"
#include "runtime/strings/host_strings.h"

wasm2obj_error_t* wasm2obj_ref_new_string(wasm2obj_instance_t* instance, const char* text,
                                          size_t size, wasm2obj_ref_t** ref) {
  if (auto usable = embed::checkUsable(*instance); !usable) return embed::makeError(usable.error());
  auto value = strings::makeString(*instance->store, std::string_view(text, size));
  if (!value) return embed::makeError(value.error());
  *ref = embed::newRef(instance->store, *value);
  return nullptr;
}

size_t wasm2obj_ref_string(const wasm2obj_ref_t* ref, char* text, size_t size) {
  if (wasm2obj_ref_kind(ref) != WASM2OBJ_REF_STRING || ref->store.expired()) return 0;
  std::string utf8 = strings::stringText(ref->word());
  std::copy_n(utf8.data(), std::min(size, utf8.size()), text);
  return utf8.size();
}
