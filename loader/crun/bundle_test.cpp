#include "loader/crun/bundle.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace crun {
namespace {

class BundleTest : public testing::Test {
 protected:
  BundleTest() {
    std::string folder = testing::TempDir() + "bundleXXXXXX";
    folder_ = ::mkdtemp(folder.data());
    before_ = std::filesystem::current_path();
    std::filesystem::current_path(folder_);
  }
  ~BundleTest() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }
  void write(const std::string& config) { std::ofstream("config.json") << config; }

  std::filesystem::path before_;
  std::filesystem::path folder_;
};

TEST_F(BundleTest, ReadsAConfiguration) {
  write(R"({"root": {"path": "rootfs"},
            "process": {"args": ["a", "b"], "cwd": "/c", "env": ["HOME=/", "PATH=/x", "PATHS=y"]},
            "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                       {"destination": "/d", "type": "bind", "source": "/s"},
                       {"destination": "/e", "type": "none", "source": "/t", "options": ["rbind"]}],
            "linux": {"root": {"path": "other"}},
            "annotations": {"run.oci.handler": "h", "module.wasm.image\/variant": "v"}})");
  auto bundle = readBundle();
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  EXPECT_EQ(bundle->root, "rootfs");
  EXPECT_EQ(bundle->program, "a");
  EXPECT_EQ(bundle->workingDirectory, "/c");
  EXPECT_EQ(bundle->searchPath, "/x");
  ASSERT_EQ(bundle->mounts.size(), 3u);
  EXPECT_EQ(bundle->mounts[0].source, "");
  EXPECT_EQ(bundle->mounts[1].source, "/s");
  EXPECT_EQ(bundle->mounts[2].source, "/t");
  EXPECT_EQ(bundle->mounts[2].destination, "/e");
  EXPECT_EQ(bundle->handler, "h");
  EXPECT_EQ(bundle->variant, "v");
}

TEST_F(BundleTest, AcceptsAnythingOfAnotherType) {
  for (const char* config :
       {"{}", R"({"root": 1, "process": [], "mounts": {}, "annotations": null})",
        R"({"root": {"path": 1}, "process": {"args": [], "env": "x", "cwd": []}, "mounts": "x"})",
        R"({"process": {"args": {"a": 1}, "env": [1, null]}, "mounts": [1, {"options": 5}]})"}) {
    write(config);
    auto bundle = readBundle();
    ASSERT_TRUE(bundle.ok()) << config;
    EXPECT_EQ(bundle->program, "");
  }
}

TEST_F(BundleTest, RefusesWhatIsNotJson) {
  EXPECT_FALSE(readBundle().ok());
  for (const char* config : {"", "[]", "{", "{\"a\": \"\xff\"}", "1", "{} {}"}) {
    write(config);
    auto bundle = readBundle();
    ASSERT_FALSE(bundle.ok()) << config;
    EXPECT_EQ(bundle.error().text(), "config.json: is not a JSON object");
  }
}

TEST_F(BundleTest, KnowsNamesOfOtherHandlers) {
  auto wants = [&](const std::string& program, const std::string& key, const std::string& value) {
    write("{\"process\": {\"args\": [\"" + program + "\"]}, \"annotations\": {\"" + key + "\": \"" +
          value + "\"}}");
    return wantsWebAssembly();
  };
  EXPECT_TRUE(wants("/a", "module.wasm.image/variant", "compat"));
  EXPECT_TRUE(wants("/a.wasm", "module.wasm.image/variant", "compat-smart"));
  EXPECT_FALSE(wants("/a", "module.wasm.image/variant", "compat-smart"));
  EXPECT_FALSE(wants("/a.wasm", "module.wasm.image/variant", "other"));
  EXPECT_TRUE(wants("/a.wat", "run.oci.handler", "wasm-smart"));
  EXPECT_FALSE(wants("/a", "run.oci.handler", "wasm-smart"));
  EXPECT_FALSE(wants("/a.wasm", "run.oci.handler", "krun"));
  EXPECT_FALSE(wants("/a.wasm", "other", "compat"));
}

TEST_F(BundleTest, WithoutAConfigurationNothingIsWanted) { EXPECT_FALSE(wantsWebAssembly()); }

}  // namespace
}  // namespace crun
