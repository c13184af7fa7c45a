#include "runtime/base/blake2b.h"

#include <gtest/gtest.h>

namespace base {
namespace {

std::string hashOf(std::string_view text) {
  return hexText(
      Blake2b().add({reinterpret_cast<const uint8_t*>(text.data()), text.size()}).digest());
}

// The digests are those of `b2sum -l 256`.
TEST(Blake2b, KnownDigests) {
  EXPECT_EQ(hashOf(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(hashOf("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(hashOf(std::string(128, 'a')),
            "ae2aa48507885c4c950fb809b2076f959cde9f8ea6da260d9a3587df33dac450");
  EXPECT_EQ(hashOf(std::string(129, 'a')),
            "2f64744a6de0d2c0b56e64cf6e29a5aaa255010d415d51c75ccc82f73dccd865");
  EXPECT_EQ(hashOf(std::string(100000, 'a')),
            "b717c86cf745507ec5373f12f21350eb8550039b4263f7ba6e8df9030b5673c6");
}

TEST(Blake2b, PiecesMakeTheWhole) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);
  for (size_t size : {1, 63, 127, 128, 129, 255, 256, 257}) {
    Blake2b hash;
    for (size_t at = 0; at < text.size(); at += size) {
      std::string piece = text.substr(at, size);
      hash.add({reinterpret_cast<const uint8_t*>(piece.data()), piece.size()});
    }
    EXPECT_EQ(hexText(hash.digest()), hashOf(text)) << "pieces of " << size;
  }
}

TEST(Blake2b, FieldsDoNotFlowTogether) {
  EXPECT_NE(Blake2b().addField("ab").addField("c").digest(),
            Blake2b().addField("a").addField("bc").digest());
}

}  // namespace
}  // namespace base
