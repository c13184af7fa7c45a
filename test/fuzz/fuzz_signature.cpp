// Fuzzes what is read before anything is trusted: key files and the signatures of a file. Keys are
// refused or have a form that can be used; a file is refused or is what its parts give.
#include "loader/signature/key_file.h"
#include "loader/signature/signed_file.h"
#include "runtime/base/check.h"

namespace {

using loader::SignedFile;

void readKeys(base::ByteView bytes) {
  std::string_view text = base::asText(bytes);
  auto known = loader::parsePublicKey(text);
  auto secret = loader::parsePrivateKey(text);
  CHECK(!known.ok() || !secret.ok());
  CHECK(known.ok() || !known.error().message.empty());
  CHECK(secret.ok() || !secret.error().message.empty());
}

void readSignatures(base::ByteView bytes) {
  static const loader::PrivateKey kKey(loader::PrivateKey::Seed{1});
  static const loader::PublicKey kKeys[] = {kKey.publicKey()};
  auto parts = SignedFile::split(bytes);
  if (!parts) return;
  base::Bytes joined = parts->join();
  CHECK(std::equal(joined.begin(), joined.end(), bytes.begin(), bytes.end()));
  // Nobody but this fuzzer has the key, and a good signature is not found by chance.
  CHECK(!parts->check(kKeys).ok());
  if (!parts->sign(kKey).ok()) return;
  base::Bytes file = parts->join();
  auto again = SignedFile::split(file);
  CHECK(again.ok() && again->check(kKeys).ok());
  CHECK(again->content.size() == parts->content.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  readKeys({data, size});
  readSignatures({data, size});
  return 0;
}
