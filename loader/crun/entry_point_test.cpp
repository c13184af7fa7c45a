#include "loader/crun/entry_point.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace crun {
namespace {

namespace fs = std::filesystem;

TEST(NormalizedTest, RemovesWhatHasNoMeaning) {
  EXPECT_EQ(normalized("/a/b"), "/a/b");
  EXPECT_EQ(normalized("//a/./b/"), "/a/b");
  EXPECT_EQ(normalized("/a/../../b"), "/b");
  EXPECT_EQ(normalized("/.."), "/");
  EXPECT_EQ(normalized(""), "/");
  EXPECT_EQ(normalized("a"), "/a");
  EXPECT_EQ(normalized("/...a/..b"), "/...a/..b");
}

class EntryPointTest : public testing::Test {
 protected:
  EntryPointTest() {
    std::string folder = testing::TempDir() + "entryXXXXXX";
    folder_ = ::mkdtemp(folder.data());
    bundle_.root = folder_ + "/root";
    bundle_.workingDirectory = "/app";
    bundle_.searchPath = "/usr/bin:/bin";
    make("/root/app/a");
    make("/outside/a");
  }
  ~EntryPointTest() override { fs::remove_all(folder_); }

  // Makes a file whose content is its path.
  void make(const std::string& path, mode_t mode = 0644) {
    fs::create_directories((folder_ + path).substr(0, (folder_ + path).rfind('/')));
    std::ofstream(folder_ + path) << path;
    ::chmod((folder_ + path).c_str(), mode);
  }

  // Returns the content of the file that is found, or nothing, or "error".
  std::string find(const std::string& program) {
    bundle_.program = program;
    auto entry = findEntryPoint(bundle_);
    if (!entry) return "error";
    if (!*entry) return "";
    char content[100];
    ssize_t size = ::pread((*entry)->file.get(), content, sizeof content, 0);
    return std::string(content, static_cast<size_t>(size));
  }

  std::string folder_;
  Bundle bundle_;
};

TEST_F(EntryPointTest, FindsPaths) {
  EXPECT_EQ(find("/app/a"), "/root/app/a");
  EXPECT_EQ(find("./a"), "/root/app/a");
  EXPECT_EQ(find("a"), "/root/app/a");
  EXPECT_EQ(find("/a"), "");
  EXPECT_EQ(find("/app"), "");
}

TEST_F(EntryPointTest, FindsExecutableFilesOnThePath) {
  make("/root/usr/bin/a");
  EXPECT_EQ(find("a"), "/root/app/a");
  make("/root/bin/a", 0755);
  EXPECT_EQ(find("a"), "/root/bin/a");
  make("/root/usr/bin/a", 0755);
  EXPECT_EQ(find("a"), "/root/usr/bin/a");
  bundle_.searchPath = ":bin::";
  EXPECT_EQ(find("a"), "/root/app/a");
}

TEST_F(EntryPointTest, LinksStayWithinTheRoot) {
  const fs::path root = bundle_.root;
  fs::create_symlink("/app/a", root / "absolute");
  fs::create_symlink("../../../../../../../app/a", root / "up");
  fs::create_symlink("../outside/a", root / "out");
  fs::create_symlink(folder_ + "/outside", root / "folder");
  fs::create_symlink("loop", root / "loop");
  fs::create_symlink("/proc/self/root" + folder_ + "/outside/a", root / "magic");
  EXPECT_EQ(find("/absolute"), "/root/app/a");
  EXPECT_EQ(find("/up"), "/root/app/a");
  for (const char* path : {"/out", "/folder/a", "/loop", "/magic", "/../outside/a"})
    EXPECT_EQ(find(path), "") << path;
}

TEST_F(EntryPointTest, FilesOfMountsCoverThoseBelow) {
  bundle_.mounts = {{"", "/"}, {folder_ + "/outside", "/app"}};
  EXPECT_EQ(find("/app/a"), "/outside/a");
  EXPECT_EQ(find("/app/../a"), "");
  bundle_.mounts = {{folder_ + "/outside/a", "/file/"}};
  EXPECT_EQ(find("/file"), "/outside/a");
  EXPECT_EQ(find("/file/a"), "");
  EXPECT_EQ(find("/app/a"), "/root/app/a");
  // Of other file systems, nothing is known.
  bundle_.mounts = {{folder_ + "/outside", "/app"}, {"", "/app"}};
  EXPECT_EQ(find("/app/a"), "");
  bundle_.mounts = {{folder_ + "/missing", "/app"}};
  EXPECT_EQ(find("/app/a"), "");
  bundle_.mounts = {{"", "/ap"}};
  EXPECT_EQ(find("/app/a"), "/root/app/a");
}

TEST_F(EntryPointTest, DoesNotWaitForPipes) {
  ASSERT_EQ(::mkfifo((bundle_.root + "/pipe").c_str(), 0755), 0);
  EXPECT_EQ(find("/pipe"), "");
}

}  // namespace
}  // namespace crun
