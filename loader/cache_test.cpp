#include "loader/cache.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace loader {
namespace {

namespace fs = std::filesystem;

class CacheTest : public testing::Test {
 protected:
  CacheTest() { root_ = ::mkdtemp(path_.data()); }
  ~CacheTest() override { fs::remove_all(root_); }

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

TEST_F(CacheTest, LocksAreExclusive) {
  auto cache = Cache::open(root_ + "/cache");
  ASSERT_TRUE(cache.ok());
  const CacheKey key = CacheKey::of(kModule, {}, "a");
  std::atomic<bool> isHeld = true;
  auto first = cache->lock(key);
  ASSERT_TRUE(first.ok()) << first.error().text();
  std::thread waiting([&] {
    auto second = cache->lock(key);
    EXPECT_TRUE(second.ok());
    EXPECT_FALSE(isHeld);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  isHeld = false;
  { base::OwnedFd released = std::move(*first); }
  waiting.join();
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

TEST_F(CacheTest, RefusesDirectoriesBelowWhatOthersMayChange) {
  std::string open = root_ + "/open";
  ASSERT_EQ(::mkdir(open.c_str(), 0700), 0);
  ASSERT_TRUE(Cache::open(open + "/made/cache").ok());
  ASSERT_EQ(::chmod(open.c_str(), 0777), 0);
  for (const char* path : {"/made/cache", "/made/other", "/missing/cache"}) {
    auto cache = Cache::open(open + path);
    ASSERT_FALSE(cache.ok());
    EXPECT_EQ(cache.error().text(), open + ": others may change it (mode 777)");
  }
  EXPECT_FALSE(fs::exists(open + "/missing"));
  // With the sticky bit, users can replace only their own entries.
  ASSERT_EQ(::chmod(open.c_str(), 01777), 0);
  EXPECT_TRUE(Cache::open(open + "/made/cache").ok());
}

// The directories above the target of a symbolic link are checked, not only those above the link.
TEST_F(CacheTest, LooksBehindLinksAboveIt) {
  ASSERT_EQ(::mkdir((root_ + "/open").c_str(), 0700), 0);
  ASSERT_EQ(::mkdir((root_ + "/open/target").c_str(), 0700), 0);
  ASSERT_EQ(::symlink((root_ + "/open/target").c_str(), (root_ + "/link").c_str()), 0);
  EXPECT_TRUE(Cache::open(root_ + "/link/cache").ok());
  ASSERT_EQ(::chmod((root_ + "/open").c_str(), 0777), 0);
  EXPECT_FALSE(Cache::open(root_ + "/link/cache").ok());
}

std::string textOf(const base::Result<std::optional<base::FileContent>>& content) {
  if (!content) return "error: " + content.error().text();
  return *content ? std::string(base::asText((*content)->bytes())) : "none";
}

TEST_F(CacheTest, StoresAtOnce) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  CacheKey key = CacheKey::of(kModule, {}, "a");
  EXPECT_EQ(textOf(cache->find(key)), "none");
  for (const char* content : {"first", "second"}) {
    ASSERT_TRUE(cache->store(key, base::asBytes(content)).ok());
    EXPECT_EQ(textOf(cache->find(key)), content);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(root_ + "/c"), {}), 1);
}

TEST_F(CacheTest, FindsTheArtifactOfAnotherCompiler) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  EXPECT_EQ(textOf(cache->findAny(CacheKey::of(kModule, {}, ""))), "none");
  ASSERT_TRUE(cache->store(CacheKey::of(kModule, {}, "a"), base::asBytes("x")).ok());
  EXPECT_EQ(textOf(cache->findAny(CacheKey::of(kModule, {}, ""))), "x");
  EXPECT_EQ(textOf(cache->findAny(CacheKey::of(base::ByteView(kModule).first(2), {}, ""))), "none");
}

TEST_F(CacheTest, RefusesArtifactsThatOthersMayChange) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  CacheKey key = CacheKey::of(kModule, {}, "a");
  std::string path = root_ + "/c/" + Cache::nameOf(key);
  ASSERT_TRUE(cache->store(key, base::asBytes("x")).ok());
  ASSERT_EQ(::chmod(path.c_str(), 0620), 0);
  EXPECT_EQ(textOf(cache->find(key)), "error: " + path + ": others may change it (mode 620)");
  fs::remove(path);
  ASSERT_EQ(::symlink("/etc/passwd", path.c_str()), 0);
  EXPECT_EQ(textOf(cache->find(key)).substr(0, 5), "error");
  fs::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(textOf(cache->find(key)).substr(0, 5), "error");
  // Storing replaces any kind of file.
  ASSERT_TRUE(cache->store(key, base::asBytes("y")).ok());
  EXPECT_EQ(textOf(cache->find(key)), "y");
}

// A thread repeatedly exchanges the cache with a directory that is not private, and their parents,
// as an attacker would do between check and use.
TEST_F(CacheTest, FindsNothingOfOthersWhileDirectoriesAreSwapped) {
  CacheKey key = CacheKey::of(kModule, {}, "a");
  for (const char* name : {"/own", "/other"}) {
    auto cache = Cache::open(root_ + name + "/wasm2obj");
    ASSERT_TRUE(cache.ok() && cache->store(key, base::asBytes(name)).ok());
  }
  ASSERT_EQ(::chmod((root_ + "/other/wasm2obj").c_str(), 0777), 0);
  // Only root can change the owner of files. For other users, the mode alone differs.
  constexpr uid_t kOther = 54321;
  if (::geteuid() == 0) {
    for (const auto& entry : fs::recursive_directory_iterator(root_ + "/other"))
      ASSERT_EQ(::chown(entry.path().c_str(), kOther, kOther), 0);
  }
  std::atomic<bool> isDone = false;
  std::thread swapper([&] {
    while (!isDone)
      for (const char* name : {"", "/wasm2obj"})
        ::renameat2(AT_FDCWD, (root_ + "/own" + name).c_str(), AT_FDCWD,
                    (root_ + "/other" + name).c_str(), RENAME_EXCHANGE);
  });
  int found = 0;
  for (int i = 0; i < 20000; ++i) {
    auto cache = Cache::open(root_ + "/own/wasm2obj");
    if (!cache) continue;
    std::string text = textOf(cache->find(key));
    EXPECT_EQ(text, "/own");
    if (text != "/own") break;
    ++found;
  }
  isDone = true;
  swapper.join();
  EXPECT_GT(found, 0);
}

TEST_F(CacheTest, TellsOfAFullDisk) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{1000, before.rlim_max};
  auto* handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  CacheKey key = CacheKey::of(kModule, {}, "a");
  auto stored = cache->store(key, base::asBytes(std::string(5000, 'x')));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(stored.ok());
  EXPECT_EQ(stored.error().text(), root_ + "/c: File too large");
  EXPECT_EQ(textOf(cache->find(key)), "none");
  EXPECT_TRUE(fs::is_empty(root_ + "/c"));
}

TEST_F(CacheTest, RemovesWhatAKilledProcessLeft) {
  auto cache = Cache::open(root_ + "/c");
  ASSERT_TRUE(cache.ok());
  std::string abandoned = root_ + "/c/unfinished-1.so";
  std::string recent = root_ + "/c/unfinished-2.so";
  for (const std::string& path : {abandoned, recent}) std::ofstream(path) << "x";
  fs::last_write_time(abandoned, fs::file_time_type::clock::now() - std::chrono::hours(48));
  ASSERT_TRUE(cache->store(CacheKey::of(kModule, {}, "a"), base::asBytes("x")).ok());
  EXPECT_FALSE(fs::exists(abandoned));
  EXPECT_TRUE(fs::exists(recent));
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
