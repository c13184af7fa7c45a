#include "loader/signature/signed_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace loader {
namespace {

using base::Error;
using base::Result;

// The end of a signed file, behind the signatures.
struct Trailer {
  uint32_t count;
  uint32_t version;
  char magic[16];
};
constexpr char kMagic[] = "wasm2obj-signed";
static_assert(sizeof kMagic == sizeof Trailer::magic);
constexpr uint32_t kVersion = 1;

constexpr uint32_t kMostSignatures = 16;
static_assert(sizeof(KeySignature) == sizeof(PublicKey) + sizeof(Signature));

constexpr char kHowToSign[] = "sign it with wasm2obj sign --key PRIVATE.pem FILE";

}  // namespace

Result<SignedFile> SignedFile::split(base::ByteView file) {
  SignedFile parts{file, {}};
  if (file.size() < sizeof(Trailer)) return parts;
  auto trailer = base::loadUnaligned<Trailer>(file.data() + file.size() - sizeof(Trailer));
  if (std::memcmp(trailer.magic, kMagic, sizeof kMagic) != 0) return parts;
  if (trailer.version != kVersion)
    return Error{"", fmt::format("its signatures are of version {}, expected {}: {} again",
                                 trailer.version, kVersion, kHowToSign)};
  if (trailer.count == 0 || trailer.count > kMostSignatures)
    return Error{"", fmt::format("damaged signatures: their number is {}, expected 1 to {}",
                                 trailer.count, kMostSignatures)};
  size_t size = sizeof(Trailer) + trailer.count * sizeof(KeySignature);
  if (file.size() < size) return Error{"", "damaged signatures: they are larger than the file"};
  parts.content = file.first(file.size() - size);
  for (uint32_t i = 0; i < trailer.count; ++i) {
    auto next = base::loadUnaligned<KeySignature>(parts.content.data() + parts.content.size() +
                                                  i * sizeof(KeySignature));
    // There is one file with the same signatures only.
    if (!parts.signatures.empty() && next.key <= parts.signatures.back().key)
      return Error{"", "damaged signatures: they are not in the order of their keys"};
    parts.signatures.push_back(next);
  }
  return parts;
}

base::Bytes SignedFile::join() const {
  base::Bytes file(content.begin(), content.end());
  if (signatures.empty()) return file;
  auto add = [&file](const auto& value) {
    base::append(file, {reinterpret_cast<const uint8_t*>(&value), sizeof value});
  };
  for (const KeySignature& entry : signatures) add(entry);
  Trailer trailer{static_cast<uint32_t>(signatures.size()), kVersion, {}};
  std::memcpy(trailer.magic, kMagic, sizeof kMagic);
  add(trailer);
  return file;
}

Result<void> SignedFile::sign(const PrivateKey& key) {
  std::erase_if(signatures,
                [&](const KeySignature& entry) { return entry.key == key.publicKey(); });
  if (signatures.size() == kMostSignatures)
    return Error{
        "", fmt::format("has {} signatures already, the most that are possible", kMostSignatures)};
  signatures.push_back({key.publicKey(), key.sign(content)});
  std::ranges::sort(signatures, {}, &KeySignature::key);
  return {};
}

Result<void> SignedFile::check(std::span<const PublicKey> keys) const {
  if (signatures.empty())
    return Error{"", fmt::format("is not signed, and only what is signed by the required key is "
                                 "loaded: {}",
                                 kHowToSign)};
  bool isFound = false;
  for (const KeySignature& entry : signatures) {
    if (std::ranges::find(keys, entry.key) == keys.end()) continue;
    if (!isSigned(entry.key, content, entry.signature))
      return Error{"", fmt::format("has been changed since it was signed, or its signature by key "
                                   "{} is of another file: get the original, or {}",
                                   hexText(entry.key), kHowToSign)};
    isFound = true;
  }
  if (isFound) return {};
  return Error{"", fmt::format("is signed by key {}, which is not the required one: {}",
                               hexText(signatures.front().key), kHowToSign)};
}

}  // namespace loader
