// The keys that signed modules are checked with.
#include "loader/embed/keys.h"

#include "loader/embed/error.h"
#include "loader/signature/key_file.h"

namespace {

wasm2obj_error_t* add(wasm2obj_keys_t* keys, const base::Result<loader::PublicKey>& key) {
  if (!key) return embed::makeError(key.error());
  keys->keys.push_back(*key);
  return nullptr;
}

}  // namespace

wasm2obj_keys_t* wasm2obj_keys_new() { return new wasm2obj_keys_t; }

void wasm2obj_keys_delete(wasm2obj_keys_t* keys) { delete keys; }

wasm2obj_error_t* wasm2obj_keys_add(wasm2obj_keys_t* keys, const char* pem) {
  return add(keys, loader::parsePublicKey(pem));
}

wasm2obj_error_t* wasm2obj_keys_add_file(wasm2obj_keys_t* keys, const char* path) {
  return add(keys, loader::readPublicKey(path));
}
