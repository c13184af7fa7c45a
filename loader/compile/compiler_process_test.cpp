#include "loader/compile/compiler_process.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace compile {
namespace {

// A shell script in the place of the compiler. Its words are: -o ARTIFACT --emit=so --input-name
// NAME -- MODULE.
class ConfinedTest : public testing::Test {
 protected:
  ConfinedTest() {
    std::string folder = testing::TempDir() + "compilerXXXXXX";
    folder_ = ::mkdtemp(folder.data());
  }
  ~ConfinedTest() override { std::filesystem::remove_all(folder_); }

  base::Result<base::FileContent> compile(const std::string& script, Confinement confinement) {
    const std::string path = folder_ + "/compiler";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    ::chmod(path.c_str(), 0700);
    const uint8_t module[] = {'m', 'o', 'd'};
    return CompilerProcess::at(path).compileConfined(module, "the name", confinement);
  }

  std::string folder_;
};

constexpr Confinement kNone = {[] { return true; }, 60};

TEST_F(ConfinedTest, ReturnsWhatIsWritten) {
  auto artifact = compile("cat $7 $7 > $2", kNone);
  ASSERT_TRUE(artifact.ok()) << artifact.error().text();
  EXPECT_EQ(base::asText(artifact->bytes()), "modmod");
}

TEST_F(ConfinedTest, ReturnsWhatIsPrinted) {
  auto artifact = compile("echo \"$5: no module\" >&2; exit 1", kNone);
  ASSERT_FALSE(artifact.ok());
  EXPECT_EQ(artifact.error().text(), "the name: no module");
  auto silent = compile("exit 1", kNone);
  ASSERT_FALSE(silent.ok());
  EXPECT_EQ(silent.error().text(), "wasm2obj failed without a message");
}

TEST_F(ConfinedTest, LimitsWhatIsPrinted) {
  auto artifact = compile("head -c 1000000 /dev/zero | tr '\\0' x; exit 1", kNone);
  ASSERT_FALSE(artifact.ok());
  EXPECT_EQ(artifact.error().text(), std::string(4096, 'x'));
}

TEST_F(ConfinedTest, EndsWithItsTime) {
  auto artifact = compile("exec sleep 60", {[] { return true; }, 1});
  ASSERT_FALSE(artifact.ok());
  EXPECT_EQ(artifact.error().text(), "wasm2obj: has been ended: it took more than 1 s");
}

TEST_F(ConfinedTest, DoesNotStartWithoutConfinement) {
  auto artifact = compile("echo x > $2", {[] { return false; }, 60});
  ASSERT_FALSE(artifact.ok());
  EXPECT_EQ(artifact.error().text(), "wasm2obj: cannot be confined, so it is not started");
}

}  // namespace
}  // namespace compile
