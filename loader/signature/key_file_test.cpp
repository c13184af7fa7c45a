#include "loader/signature/key_file.h"

#include <gtest/gtest.h>

#include <cstring>
#include <utility>

namespace loader {
namespace {

// Files that OpenSSL 3.0 has written.
constexpr char kPrivatePem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIOnsGFaQT3iBx79ZiOAY/XT5TeHaI9IAG4giss47Y6v6\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublicPem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEALwmqTPmEO1pZE6Wgp0jbF3LP2srS3G85RaoRRAEvmg8=\n"
    "-----END PUBLIC KEY-----\n";

std::string withText(std::string text, const char* from, const char* to) {
  size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, std::strlen(from), to);
}

std::string publicRefusal(const std::string& text) {
  auto key = parsePublicKey(text);
  return key ? "accepted" : key.error().text();
}

std::string privateRefusal(const std::string& text) {
  auto key = parsePrivateKey(text);
  return key ? "accepted" : key.error().text();
}

TEST(KeyFile, ReadsAPair) {
  auto secret = parsePrivateKey(kPrivatePem);
  auto known = parsePublicKey(kPublicPem);
  ASSERT_TRUE(secret.ok() && known.ok());
  EXPECT_EQ(secret->publicKey(), *known);
  EXPECT_EQ(hexText(*known), "2f09aa4cf9843b5a5913a5a0a748db1772cfdacad2dc6f3945aa1144012f9a0f");
}

TEST(KeyFile, ReadsOtherLineEndsAndText) {
  std::string text = kPublicPem;
  for (size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 2) text.replace(at, 1, "\r\n");
  EXPECT_EQ(publicRefusal("ED25519 Public-Key:\r\n" + text + "\r\n"), "accepted");
  EXPECT_EQ(publicRefusal(text.substr(0, text.size() - 2)), "accepted");
}

TEST(KeyFile, RefusesWhatIsNoPem) {
  for (const char* text : {"", "-", "-----", "-----BEGIN", "ssh-ed25519 AAAA me@host"})
    EXPECT_NE(publicRefusal(text).find("is no PEM file, expected an Ed25519 key"),
              std::string::npos)
        << text;
  const std::string text = kPublicPem;
  for (size_t size = 11; size < text.size() - 6; ++size)
    EXPECT_NE(publicRefusal(text.substr(0, size)), "accepted") << size;
}

TEST(KeyFile, RefusesOtherLabels) {
  EXPECT_NE(publicRefusal(kPrivatePem).find("has a 'PRIVATE KEY'"), std::string::npos);
  EXPECT_NE(privateRefusal(kPublicPem).find("has a 'PUBLIC KEY'"), std::string::npos);
  EXPECT_NE(publicRefusal(withText(kPublicPem, "END PUBLIC", "END OTHER")).find("is a damaged PEM"),
            std::string::npos);
  EXPECT_NE(privateRefusal("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"
                           "-----END ENCRYPTED PRIVATE KEY-----\n")
                .find("is encrypted"),
            std::string::npos);
  // Labels are of the file, and messages go to a terminal.
  EXPECT_NE(publicRefusal("-----BEGIN \x1b[2J-----\n-----END \x1b[2J-----\n").find("\\u{1b}[2J"),
            std::string::npos);
}

TEST(KeyFile, RefusesSeveralKeys) {
  EXPECT_NE(publicRefusal(std::string(kPublicPem) + kPublicPem).find("has more than one key"),
            std::string::npos);
}

TEST(KeyFile, RefusesOtherContents) {
  const char* const kNoKey = "has no key of Ed25519";
  // Another algorithm (X25519), a key that is too short or too long, and what is no Base64.
  for (auto [from, to] : {std::pair{"MCowBQYDK2Vw", "MCowBQYDK2Vu"},
                          {"MCow", ""},
                          {"MCow", "MCowMCow"},
                          {"MCow", "M*ow"},
                          {"MCow", "MCow===="},
                          {"MCowBQYDK2Vw", "\0"}})
    EXPECT_NE(publicRefusal(withText(kPublicPem, from, to)).find(kNoKey), std::string::npos) << to;
  EXPECT_NE(publicRefusal("-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----").find(kNoKey),
            std::string::npos);
  EXPECT_NE(privateRefusal(withText(kPrivatePem, "MC4C", "MC4D")).find(kNoKey), std::string::npos);
}

TEST(KeyFile, NamesTheFile) {
  EXPECT_EQ(readPublicKey("/nonexistent/key.pem").error().where, "/nonexistent/key.pem");
  EXPECT_EQ(readPrivateKey("/dev/null").error().where, "/dev/null");
}

}  // namespace
}  // namespace loader
