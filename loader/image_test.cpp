#include "loader/image.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "loader/host/libcalls.h"
#include "loader/signature/signed_file.h"
#include "loader/testing/test_artifact.h"

namespace loader {
namespace {

// Returns the access rights of the page at `address` in /proc/self/maps, such as "r-xp".
std::string rightsAt(const void* address) {
  std::FILE* maps = std::fopen("/proc/self/maps", "re");
  char line[512];
  std::string found;
  while (found.empty() && std::fgets(line, sizeof line, maps) != nullptr) {
    unsigned long begin = 0, end = 0;
    char rights[8] = "";
    std::sscanf(line, "%lx-%lx %7s", &begin, &end, rights);
    auto wanted = reinterpret_cast<uintptr_t>(address);
    if (begin <= wanted && wanted < end) found = rights;
  }
  std::fclose(maps);
  return found;
}

// Checks an image of a TestArtifact: its code runs, it is relocated, and its pages are protected.
void expectLoaded(const Image& image) {
  const abi::ModuleDescriptor* module = image.descriptor();
  EXPECT_EQ(module->magic, abi::kDescriptorMagic);
  const uint8_t* base =
      reinterpret_cast<const uint8_t*>(module->memoryImage.get()) - TestArtifact::kImage;
  auto* code = module->functions[0].code.get();
  EXPECT_EQ(image.code().data(), code);
  EXPECT_EQ(image.loaded().data(), base);
  EXPECT_EQ(image.unwindHeader().size(), 8u);
  EXPECT_EQ(image.unwindHeader().front(), 1);  // its version
  EXPECT_EQ(reinterpret_cast<int (*)()>(code)(), 42);
  EXPECT_EQ(base::loadUnaligned<void*>(base + TestArtifact::kRelro), code);
  EXPECT_EQ(std::memcmp(module->libcalls.get(), kLibcalls, sizeof kLibcalls), 0);
  EXPECT_EQ(rightsAt(base), "r--p");
  EXPECT_EQ(rightsAt(code), "r-xp");
  EXPECT_EQ(rightsAt(base + TestArtifact::kRelro), "r--p");
  EXPECT_EQ(module->memoryImage.get()[0], 7);
}

// A file that exists as long as the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(base::ByteView content) {
    int fd = ::mkstemp(path_.data());
    EXPECT_EQ(::write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    ::close(fd);
  }
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_ = testing::TempDir() + "artifactXXXXXX";
};

TEST(Image, LoadsFromMemory) {
  TestArtifact artifact;
  auto image = Image::fromMemory(artifact.file, "buffer");
  ASSERT_TRUE(image.ok()) << image.error().text();
  expectLoaded(**image);
}

TEST(Image, LoadsFromUnalignedMemory) {
  TestArtifact artifact;
  base::Bytes shifted(1);
  base::append(shifted, artifact.file);
  auto image = Image::fromMemory(base::ByteView(shifted).subspan(1), "buffer");
  ASSERT_TRUE(image.ok()) << image.error().text();
  expectLoaded(**image);
}

TEST(Image, LoadsFromFile) {
  TestArtifact artifact;
  TemporaryFile file(artifact.file);
  auto image = Image::open(file.path());
  ASSERT_TRUE(image.ok()) << image.error().text();
  expectLoaded(**image);
}

// A signed artifact is the same, whether its signature is required or not.
TEST(Image, LoadsWhatIsSigned) {
  TestArtifact artifact;
  const PrivateKey key(PrivateKey::Seed{1});
  const PublicKey keys[] = {PrivateKey(PrivateKey::Seed{2}).publicKey(), key.publicKey()};
  SignedFile parts{artifact.file, {}};
  ASSERT_TRUE(parts.sign(key).ok());
  const base::Bytes file = parts.join();
  for (size_t count : {0, 2}) {
    auto image = Image::fromMemory(file, "buffer", std::span(keys).first(count));
    ASSERT_TRUE(image.ok()) << image.error().text();
    expectLoaded(**image);
  }
  TemporaryFile onDisk(file);
  EXPECT_TRUE(Image::open(onDisk.path(), keys).ok());
  EXPECT_FALSE(Image::open(onDisk.path(), std::span(keys).first(1)).ok());
}

TEST(Image, RefusesWhatIsNotSigned) {
  TestArtifact artifact;
  const PublicKey keys[] = {PrivateKey(PrivateKey::Seed{1}).publicKey()};
  auto image = Image::fromMemory(artifact.file, "buffer", keys);
  ASSERT_FALSE(image.ok());
  EXPECT_EQ(image.error().text().rfind("buffer: is not signed", 0), 0u) << image.error().text();
}

// Also bytes that the checksum does not cover, such as symbols.
TEST(Image, RefusesEveryChangeOfWhatIsSigned) {
  TestArtifact artifact;
  const PrivateKey key(PrivateKey::Seed{1});
  const PublicKey keys[] = {key.publicKey()};
  SignedFile parts{artifact.file, {}};
  ASSERT_TRUE(parts.sign(key).ok());
  base::Bytes file = parts.join();
  const size_t end = artifact.file.size();
  for (size_t at = 0; at < file.size(); at += at < 0x400 || at >= end ? 1 : 613) {
    file[at] ^= 0x10;
    auto image = Image::fromMemory(file, "buffer", keys);
    ASSERT_FALSE(image.ok()) << "byte " << at;
    file[at] ^= 0x10;
  }
}

// What is signed but no artifact is refused nevertheless.
TEST(Image, VerifiesWhatIsSigned) {
  TestArtifact artifact;
  artifact.note->arch = static_cast<abi::Arch>(9);
  const PrivateKey key(PrivateKey::Seed{1});
  const PublicKey keys[] = {key.publicKey()};
  SignedFile parts{artifact.file, {}};
  ASSERT_TRUE(parts.sign(key).ok());
  EXPECT_FALSE(Image::fromMemory(parts.join(), "buffer", keys).ok());
}

// Changes of the file after loading do not affect the image.
TEST(Image, OutlivesItsFile) {
  TestArtifact artifact;
  TemporaryFile file(artifact.file);
  auto image = Image::open(file.path());
  ASSERT_TRUE(image.ok()) << image.error().text();
  std::ofstream(file.path(), std::ios::in) << std::string(artifact.file.size(), 'x');
  expectLoaded(**image);
  ASSERT_EQ(::truncate(file.path().c_str(), 0), 0);
  expectLoaded(**image);
}

// The kernel refuses to make writable memory executable, as with MemoryDenyWriteExecute of systemd.
// A child process runs the test, since the setting cannot be undone.
TEST(Image, LoadsWhereWrittenMemoryCannotBeMadeExecutable) {
  constexpr int kSetMdwe = 65;  // PR_SET_MDWE, of Linux 6.3
  constexpr unsigned long kRefuseExecGain = 1;
  constexpr int kUnsupported = 77;
  pid_t child = ::fork();
  if (child == 0) {
    if (::prctl(kSetMdwe, kRefuseExecGain, 0, 0, 0) != 0) ::_exit(kUnsupported);
    TestArtifact artifact;
    auto image = Image::fromMemory(artifact.file, "buffer");
    if (image.ok()) expectLoaded(**image);
    ::_exit(image.ok() && !testing::Test::HasFailure() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == kUnsupported) GTEST_SKIP() << "needs Linux 6.3";
  EXPECT_EQ(status, 0);
}

TEST(Image, RefusesAPipeWithoutWaiting) {
  std::string path = testing::TempDir() + "pipe" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  auto image = Image::open(path);
  ASSERT_FALSE(image.ok());
  EXPECT_EQ(image.error().text(), path + ": is not a regular file");
  ::unlink(path.c_str());
}

TEST(Image, TwoOfOneFileAreIndependent) {
  TestArtifact artifact;
  auto first = Image::fromMemory(artifact.file, "buffer");
  auto second = Image::fromMemory(artifact.file, "buffer");
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_NE((*first)->descriptor(), (*second)->descriptor());
  *first = nullptr;
  expectLoaded(**second);
}

TEST(Image, ErrorsNameTheFile) {
  auto missing = Image::open("/nonexistent/x.so");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().text(), "/nonexistent/x.so: No such file or directory");
  TestArtifact artifact;
  artifact.file[0] = 'X';
  auto foreign = Image::fromMemory(artifact.file, "x.so");
  ASSERT_FALSE(foreign.ok());
  EXPECT_EQ(foreign.error().text(),
            "x.so: is not an ELF file: expected a module compiled by wasm2obj");
}

}  // namespace
}  // namespace loader
