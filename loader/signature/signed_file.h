// Signed artifacts: a file with signatures behind its content, which is the artifact as it was
// before it was signed (docs/artifact-format.md). The signatures are found from the end of the
// file, so that nothing of the content is read before it is known whose it is.
#pragma once

#include <span>
#include <vector>

#include "loader/signature/ed25519.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace loader {

// The signature of a content by the owner of a key.
struct KeySignature {
  PublicKey key;
  Signature signature;
};

// The parts of a file, which must outlive the content.
struct SignedFile {
  base::ByteView content;                // the whole file if it has no signatures
  std::vector<KeySignature> signatures;  // by ascending key, at most one of each

  // Returns the parts of `file`. Fails if it ends like a signed one, but its signatures are
  // damaged. Whether they are right is not checked. Errors have no `where`, here and below.
  static base::Result<SignedFile> split(base::ByteView file);
  // Returns the file.
  base::Bytes join() const;
  // Adds a signature of the content, or replaces that by the same key. Fails if there are too many.
  base::Result<void> sign(const PrivateKey& key);
  // Returns nothing if one of `keys` has signed the content and none of them something else, else
  // an error that says what to do.
  base::Result<void> check(std::span<const PublicKey> keys) const;
};

}  // namespace loader
