#include "runtime/base/file_content.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace base {
namespace {

namespace fs = std::filesystem;

class FileContentTest : public testing::Test {
 protected:
  FileContentTest() { ::mkdtemp(root_.data()); }
  ~FileContentTest() override { fs::remove_all(root_); }

  std::string write(const std::string& content) {
    std::string path = root_ + "/file";
    std::ofstream(path) << content;
    return path;
  }

  std::string root_ = testing::TempDir() + "contentXXXXXX";
};

TEST_F(FileContentTest, HoldsFilesOfAllSizes) {
  for (size_t size : {0, 1, 4095, 4096, 4097, 65536, (1 << 20) - 1, 1 << 20, (5 << 20) + 3}) {
    std::string text(size, 'a');
    if (size > 0) text.back() = 'z';
    auto content = FileContent::readRegular(write(text));
    ASSERT_TRUE(content.ok()) << content.error().text();
    EXPECT_EQ(asText(content->bytes()), text);
    ASSERT_GE(content->pages().size(), size + 1);
    EXPECT_EQ(content->pages()[size], 0);
    EXPECT_EQ(content->pages().size() % 4096, 0u);
    auto copy = FileContent::copyOf(content->bytes());
    ASSERT_TRUE(copy.ok());
    EXPECT_EQ(asText(copy->bytes()), text);
  }
}

TEST_F(FileContentTest, StaysWhatItWasWhenTheFileChanges) {
  std::string path = write(std::string(10000, 'a'));
  auto content = FileContent::read(path);
  ASSERT_TRUE(content.ok());
  ASSERT_EQ(::truncate(path.c_str(), 0), 0);
  EXPECT_EQ(asText(content->bytes()), std::string(10000, 'a'));
}

TEST_F(FileContentTest, ReadsPipesToTheirEnd) {
  std::string path = root_ + "/pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::string text(3000000, 'p');
  std::thread writer([&] { std::ofstream(path) << text; });
  auto content = FileContent::read(path);
  writer.join();
  ASSERT_TRUE(content.ok()) << content.error().text();
  EXPECT_EQ(asText(content->bytes()), text);
}

TEST_F(FileContentTest, ReadsFilesThatTellNoSize) {
  auto content = FileContent::read("/proc/self/status");
  ASSERT_TRUE(content.ok()) << content.error().text();
  EXPECT_NE(asText(content->bytes()).find("Pid:"), std::string_view::npos);
}

TEST_F(FileContentTest, RefusesDirectories) {
  for (auto read : {+[](const std::string& path) { return FileContent::read(path); },
                    +[](const std::string& path) { return FileContent::readRegular(path); }}) {
    auto content = read(root_);
    ASSERT_FALSE(content.ok());
    EXPECT_EQ(content.error().text(), root_ + ": is a directory, expected a file");
  }
}

TEST_F(FileContentTest, RefusesWhatIsNoFileWithoutWaiting) {
  std::string path = root_ + "/pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  auto content = FileContent::readRegular(path);
  ASSERT_FALSE(content.ok());
  EXPECT_EQ(content.error().text(), path + ": is not a regular file");
  EXPECT_FALSE(FileContent::readRegular(std::string("/dev/zero")).ok());
}

TEST_F(FileContentTest, TellsWhatIsMissing) {
  auto content = FileContent::read(root_ + "/none");
  ASSERT_FALSE(content.ok());
  EXPECT_EQ(content.error().text(), root_ + "/none: No such file or directory");
}

}  // namespace
}  // namespace base
