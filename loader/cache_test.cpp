#include "loader/cache.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace loader {
namespace {

namespace fs = std::filesystem;

class CacheTest : public testing::Test {
 protected:
  CacheTest() { root_ = ::mkdtemp(path_.data()); }
  ~CacheTest() override { fs::remove_all(root_); }

  static std::string contentOf(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::string path_ = testing::TempDir() + "cacheXXXXXX";
  std::string root_;
};

const uint8_t kModule[] = {1, 2, 3};

TEST_F(CacheTest, KeyTellsModulesAndCompilersApart) {
  CacheKey key = CacheKey::of(kModule, {}, "a");
  EXPECT_EQ(key.module, CacheKey::of(kModule, {}, "b").module);
  EXPECT_NE(key.compiler, CacheKey::of(kModule, {}, "b").compiler);
  EXPECT_NE(key.module, CacheKey::of(kModule, {"--deterministic"}, "a").module);
  EXPECT_NE(key.module, CacheKey::of(base::ByteView(kModule).first(2), {}, "a").module);
}

TEST_F(CacheTest, MakesAPrivateDirectory) {
  auto cache = Cache::open(root_ + "/a/b");
  ASSERT_TRUE(cache.ok()) << cache.error().text();
  struct stat status;
  ASSERT_EQ(::stat((root_ + "/a/b").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(CacheTest, RefusesADirectoryThatOthersMayChange) {
  std::string directory = root_ + "/open";
  ASSERT_EQ(::mkdir(directory.c_str(), 0700), 0);
  ASSERT_EQ(::chmod(directory.c_str(), 0777), 0);
  auto cache = Cache::open(directory);
  ASSERT_FALSE(cache.ok());
  EXPECT_NE(cache.error().text().find("mode 777, expected 700"), std::string::npos);
}

TEST_F(CacheTest, RefusesALink) {
  std::string link = root_ + "/link";
  ASSERT_EQ(::symlink("/tmp", link.c_str()), 0);
  EXPECT_FALSE(Cache::open(link).ok());
}

TEST_F(CacheTest, RefusesAFile) {
  std::ofstream(root_ + "/file") << "x";
  EXPECT_FALSE(Cache::open(root_ + "/file").ok());
  EXPECT_FALSE(Cache::open(root_ + "/file/below").ok());
}

TEST_F(CacheTest, PublishesAtOnce) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  CacheKey key = CacheKey::of(kModule, {}, "a");
  for (const char* content : {"first", "second"}) {
    auto file = cache->createFile();
    ASSERT_TRUE(file.ok()) << file.error().text();
    std::ofstream(*file) << content;
    ASSERT_TRUE(cache->publish(*file, key).ok());
    EXPECT_EQ(contentOf(cache->pathOf(key)), content);
    EXPECT_FALSE(fs::exists(*file));
  }
}

TEST_F(CacheTest, FindsTheArtifactOfAnotherCompiler) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  EXPECT_EQ(cache->anyPathOf(CacheKey::of(kModule, {}, "")), "");
  CacheKey key = CacheKey::of(kModule, {}, "a");
  auto file = cache->createFile();
  ASSERT_TRUE(file.ok() && cache->publish(*file, key).ok());
  EXPECT_EQ(cache->anyPathOf(CacheKey::of(kModule, {}, "")), cache->pathOf(key));
  EXPECT_EQ(cache->anyPathOf(CacheKey::of(base::ByteView(kModule).first(2), {}, "")), "");
}

TEST_F(CacheTest, RemovesWhatAKilledCompilerLeft) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  auto abandoned = cache->createFile();
  auto recent = cache->createFile();
  ASSERT_TRUE(abandoned.ok() && recent.ok());
  fs::last_write_time(*abandoned, fs::file_time_type::clock::now() - std::chrono::hours(48));
  ASSERT_TRUE(cache->createFile().ok());
  EXPECT_FALSE(fs::exists(*abandoned));
  EXPECT_TRUE(fs::exists(*recent));
}

TEST_F(CacheTest, TemporaryLeavesNothing) {
  std::string directory;
  {
    auto cache = Cache::temporary();
    ASSERT_TRUE(cache.ok());
    directory = cache->directory();
    ASSERT_TRUE(cache->createFile().ok());
  }
  EXPECT_FALSE(fs::exists(directory));
}

TEST_F(CacheTest, DefaultFollowsTheEnvironment) {
  ::setenv("XDG_CACHE_HOME", root_.c_str(), 1);
  auto cache = Cache::openDefault();
  ASSERT_TRUE(cache.ok());
  EXPECT_EQ(cache->directory(), root_ + "/wasm2obj");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  ::setenv("HOME", root_.c_str(), 1);
  auto home = Cache::openDefault();
  ASSERT_TRUE(home.ok());
  EXPECT_EQ(home->directory(), root_ + "/.cache/wasm2obj");
}

}  // namespace
}  // namespace loader
