// `wasm2obj sign`: adds a signature to an artifact.
#pragma once

#include <string>

#include "runtime/base/result.h"

namespace driver {

// What to sign.
struct SignRequest {
  std::string file;    // an artifact, signed or not
  std::string key;     // the PEM file of a private key
  std::string output;  // may be `file`, which is replaced atomically; "-" is standard output
};

// Writes the artifact with a signature by the key, and with those by other keys that it has. Fails
// if the file is not an artifact of this wasm2obj's ABI, or the key file is not as expected.
base::Result<void> signFile(const SignRequest& request);

}  // namespace driver
