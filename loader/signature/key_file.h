// Keys in the PEM files that `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write
// (RFC 7468 and 8410).
#pragma once

#include <string>
#include <string_view>

#include "loader/signature/ed25519.h"
#include "runtime/base/result.h"

namespace loader {

// Return the key in the text of a PEM file. It must be the only one, and not be encrypted. Errors
// say what the file has instead and how to get what is expected; they have no `where`.
base::Result<PublicKey> parsePublicKey(std::string_view text);
base::Result<PrivateKey> parsePrivateKey(std::string_view text);

// Return the key in the file at `path`. Errors contain the path.
base::Result<PublicKey> readPublicKey(const std::string& path);
base::Result<PrivateKey> readPrivateKey(const std::string& path);

}  // namespace loader
