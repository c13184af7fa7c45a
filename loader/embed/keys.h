// The C interface's set of keys.
#pragma once

#include <vector>

#include "loader/embed/wasm2obj.h"
#include "loader/signature/ed25519.h"

// The public keys of those whose modules may be loaded.
struct wasm2obj_keys_t {
  std::vector<loader::PublicKey> keys;
};
