#include "loader/signature/signed_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace loader {
namespace {

PrivateKey keyOf(uint8_t seed) { return PrivateKey(PrivateKey::Seed{seed}); }

base::Bytes contentOf(size_t size) {
  base::Bytes content(size);
  for (size_t i = 0; i < size; ++i) content[i] = static_cast<uint8_t>(i * 7);
  return content;
}

base::Bytes signedBy(base::ByteView content, std::initializer_list<uint8_t> seeds) {
  SignedFile file{content, {}};
  for (uint8_t seed : seeds) EXPECT_TRUE(file.sign(keyOf(seed)).ok());
  return file.join();
}

// Returns why a file is refused by those who require the key, or "accepted". The file is copied to
// memory of exactly its size, so that AddressSanitizer detects every access beyond it.
std::string refusal(base::ByteView file, std::initializer_list<uint8_t> seeds) {
  std::unique_ptr<uint8_t[]> exact(new uint8_t[file.size()]);
  std::copy(file.begin(), file.end(), exact.get());
  auto parts = SignedFile::split({exact.get(), file.size()});
  if (!parts) return parts.error().text();
  std::vector<PublicKey> keys;
  for (uint8_t seed : seeds) keys.push_back(keyOf(seed).publicKey());
  auto checked = parts->check(keys);
  return checked ? "accepted" : checked.error().text();
}

TEST(SignedFile, SplitsWhatItJoins) {
  for (size_t size : {0, 1, 23, 24, 1000}) {
    base::Bytes content = contentOf(size);
    base::Bytes file = signedBy(content, {1, 2, 3});
    EXPECT_EQ(file.size(), size + 3 * sizeof(KeySignature) + 24);
    auto parts = SignedFile::split(file);
    ASSERT_TRUE(parts.ok());
    EXPECT_TRUE(std::ranges::equal(parts->content, content));
    EXPECT_EQ(parts->signatures.size(), 3u);
    EXPECT_EQ(parts->join(), file);
  }
}

TEST(SignedFile, HasNoSignatures) {
  for (size_t size : {0, 1, 23, 24, 1000}) {
    base::Bytes content = contentOf(size);
    auto parts = SignedFile::split(content);
    ASSERT_TRUE(parts.ok());
    EXPECT_EQ(parts->content.size(), size);
    EXPECT_EQ(parts->join(), content);
    EXPECT_NE(refusal(content, {1}).find("is not signed"), std::string::npos);
  }
}

TEST(SignedFile, DoesNotDependOnTheOrder) {
  base::Bytes content = contentOf(100);
  EXPECT_EQ(signedBy(content, {1, 2, 3}), signedBy(content, {3, 1, 2, 1, 3}));
}

TEST(SignedFile, IsAcceptedForOneKey) {
  base::Bytes file = signedBy(contentOf(100), {1, 2});
  EXPECT_EQ(refusal(file, {1}), "accepted");
  EXPECT_EQ(refusal(file, {2}), "accepted");
  EXPECT_EQ(refusal(file, {3, 2}), "accepted");
  EXPECT_NE(refusal(file, {3}).find("which is not the required one"), std::string::npos);
  EXPECT_NE(refusal(file, {}).find("which is not the required one"), std::string::npos);
}

TEST(SignedFile, HasALimit) {
  base::Bytes content = contentOf(1);
  SignedFile file{content, {}};
  for (uint8_t seed = 0; seed < 16; ++seed) EXPECT_TRUE(file.sign(keyOf(seed)).ok());
  EXPECT_NE(file.sign(keyOf(16)).error().text().find("has 16 signatures"), std::string::npos);
  base::Bytes joined = file.join();
  EXPECT_EQ(refusal(joined, {7}), "accepted");
}

TEST(SignedFile, EveryFlippedBitIsRefused) {
  base::Bytes file = signedBy(contentOf(40), {1});
  for (size_t at = 0; at < file.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      file[at] ^= static_cast<uint8_t>(1 << bit);
      EXPECT_NE(refusal(file, {1}), "accepted") << "byte " << at << ", bit " << bit;
      file[at] ^= static_cast<uint8_t>(1 << bit);
    }
  }
}

TEST(SignedFile, EveryTruncationAndAdditionIsRefused) {
  base::Bytes file = signedBy(contentOf(40), {1, 2});
  for (size_t size = 0; size < file.size(); ++size) {
    EXPECT_NE(refusal(base::ByteView(file).first(size), {1}), "accepted") << "first " << size;
    EXPECT_NE(refusal(base::ByteView(file).last(size), {1}), "accepted") << "last " << size;
  }
  for (size_t at = 0; at <= file.size(); ++at) {
    base::Bytes longer = file;
    longer.insert(longer.begin() + static_cast<ptrdiff_t>(at), uint8_t{0});
    EXPECT_NE(refusal(longer, {1}), "accepted") << "zero at " << at;
  }
}

// A wrong signature by a required key is refused also beside a right one by another.
TEST(SignedFile, EveryRequiredKeyMustBeRight) {
  base::Bytes content = contentOf(40);
  SignedFile file{content, {}};
  ASSERT_TRUE(file.sign(keyOf(1)).ok());
  ASSERT_TRUE(file.sign(keyOf(2)).ok());
  file.signatures[0].signature[0] ^= 1;
  base::Bytes joined = file.join();
  EXPECT_NE(refusal(joined, {1, 2}).find("has been changed"), std::string::npos);
}

// For such a key every message has the signature (R = identity, S = 0).
TEST(SignedFile, KeysOfSmallOrderSignNothing) {
  KeySignature entry{};
  entry.key.bytes[0] = 1;
  entry.signature[0] = 1;
  base::Bytes content = contentOf(40);
  SignedFile file{content, {entry}};
  EXPECT_FALSE(file.check(std::array{entry.key}).ok());
}

// The second example of RFC 8032, section 7.1.
TEST(Ed25519, SignsAsRfc8032Says) {
  const PrivateKey key({0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3,
                        0x46, 0xec, 0x11, 0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab,
                        0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb});
  EXPECT_EQ(hexText(key.publicKey()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const uint8_t message[] = {0x72};
  const Signature expected = {0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82,
                              0x0b, 0x5f, 0x64, 0x25, 0x40, 0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50,
                              0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb, 0x69, 0xda, 0x08,
                              0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45, 0x8f, 0x36, 0x13,
                              0xd0, 0xf1, 0x1d, 0x8c, 0x38, 0x7b, 0x2e, 0xae, 0xb4, 0x30, 0x2a,
                              0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c, 0x00};
  EXPECT_EQ(key.sign(message), expected);
  EXPECT_TRUE(isSigned(key.publicKey(), message, expected));
  EXPECT_FALSE(isSigned(key.publicKey(), {}, expected));
}

}  // namespace
}  // namespace loader
