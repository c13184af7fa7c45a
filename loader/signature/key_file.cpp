#include "loader/signature/key_file.h"

#include <fmt/format.h>
#include <sodium/utils.h>

#include <algorithm>
#include <span>

#include "runtime/base/file_content.h"
#include "runtime/base/utf8.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

// What precedes the 32 bytes of the key in the content of a file: the structures of RFC 8410 in
// DER, which have only this form.
constexpr uint8_t kPublicPrefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                     0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr uint8_t kPrivatePrefix[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                      0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
constexpr size_t kKeySize = 32;

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

// A kind of key file.
struct Kind {
  std::string_view label;
  std::span<const uint8_t> prefix;
  std::string_view advice;  // if the file is of another kind
};
constexpr Kind kPublic = {
    "PUBLIC KEY", kPublicPrefix,
    "openssl pkey -in PRIVATE.pem -pubout -out PUBLIC.pem writes the public key of a private one"};
constexpr Kind kPrivate = {"PRIVATE KEY", kPrivatePrefix,
                           "openssl genpkey -algorithm ed25519 -out PRIVATE.pem makes one"};

// The text between the first two boundaries, and what they are boundaries of.
struct Block {
  std::string_view label;
  std::string_view base64;
};

Error refuse(const Kind& kind, std::string_view what) {
  return Error{"", fmt::format("{}, expected an Ed25519 key in PEM ('{}'): {}", what, kind.label,
                               kind.advice)};
}

Result<Block> findBlock(const Kind& kind, std::string_view text) {
  size_t begin = text.find(kBegin);
  if (begin == text.npos) return refuse(kind, "is no PEM file");
  std::string_view rest = text.substr(begin + kBegin.size());
  size_t labelEnd = rest.find(kDashes);
  size_t end = rest.find(kEnd);
  if (end == rest.npos || labelEnd > end) return refuse(kind, "is a truncated PEM file");
  size_t contentBegin = labelEnd + kDashes.size();
  if (contentBegin > end) return refuse(kind, "is a damaged PEM file");
  Block block{rest.substr(0, labelEnd), rest.substr(contentBegin, end - contentBegin)};
  std::string_view closing = rest.substr(end + kEnd.size());
  if (!closing.starts_with(block.label) || !closing.substr(block.label.size()).starts_with(kDashes))
    return refuse(kind, "is a damaged PEM file");
  if (closing.find(kBegin) != closing.npos) return refuse(kind, "has more than one key");
  return block;
}

// Returns the 32 bytes of the key.
Result<std::array<uint8_t, kKeySize>> parse(const Kind& kind, std::string_view text) {
  TRY_ASSIGN(Block block, findBlock(kind, text));
  if (block.label == "ENCRYPTED PRIVATE KEY")
    return refuse(kind, "is encrypted (openssl pkey -in FILE -out PLAIN.pem decrypts it)");
  if (block.label != kind.label) {
    constexpr size_t kShown = 40;
    return refuse(kind, fmt::format("has a '{}'", base::printable(block.label.substr(0, kShown))));
  }
  // One byte more than the content, so that a longer one is noticed.
  std::array<uint8_t, sizeof kPrivatePrefix + kKeySize + 1> content{};
  size_t size = 0;
  const char* end = nullptr;
  bool isBase64 =
      ::sodium_base642bin(content.data(), content.size(), block.base64.data(), block.base64.size(),
                          " \t\r\n", &size, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
      end == block.base64.data() + block.base64.size();
  bool isKey = isBase64 && size == kind.prefix.size() + kKeySize &&
               std::ranges::equal(kind.prefix, std::span(content).first(kind.prefix.size()));
  std::array<uint8_t, kKeySize> key;
  std::copy_n(content.begin() + static_cast<ptrdiff_t>(kind.prefix.size()), kKeySize, key.begin());
  ::sodium_memzero(content.data(), content.size());
  if (!isKey) return refuse(kind, "has no key of Ed25519");
  return key;
}

template <class Key>
Result<Key> readFrom(const std::string& path, Result<Key> (*parse)(std::string_view text)) {
  TRY_ASSIGN(base::FileContent content, base::FileContent::read(path));
  auto key = parse(base::asText(content.bytes()));
  if (!key) return Error{path, key.error().message};
  return key;
}

}  // namespace

Result<PublicKey> parsePublicKey(std::string_view text) {
  TRY_ASSIGN(auto bytes, parse(kPublic, text));
  return PublicKey{bytes};
}

Result<PrivateKey> parsePrivateKey(std::string_view text) {
  TRY_ASSIGN(PrivateKey::Seed seed, parse(kPrivate, text));
  PrivateKey key(seed);
  ::sodium_memzero(seed.data(), seed.size());
  return key;
}

Result<PublicKey> readPublicKey(const std::string& path) { return readFrom(path, parsePublicKey); }

Result<PrivateKey> readPrivateKey(const std::string& path) {
  return readFrom(path, parsePrivateKey);
}

}  // namespace loader
