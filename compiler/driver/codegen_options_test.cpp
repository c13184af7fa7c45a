#include "compiler/driver/codegen_options.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace driver {
namespace {

// Returns the options that the words select, as words again.
std::vector<std::string> readAndWrite(std::vector<std::string> words) {
  CLI::App app;
  codegen::Options options;
  addCodegenOptions(app, options);
  std::ranges::reverse(words);  // CLI11 takes them from the end
  app.parse(words);
  return codegenWords(options);
}

TEST(CodegenWords, SelectTheSameOptions) {
  std::vector<std::string> defaults = codegenWords({.verifyIr = false});
  EXPECT_EQ(defaults, (std::vector<std::string>{"-O2", "--bounds=guard", "--spectre=tables"}));
  std::vector<std::string> others = {
      "-Os",
      "--bounds=explicit",
      "--spectre=off",
      "--cpu=x86-64-v2",
      "--cpu-features=+avx2,-fma",
      "--target=aarch64-linux-gnu",
      "--deterministic",
      "--exact-traps",
      "--count-fuel",
      "--disable-pass=" + std::string(codegen::optionalPassNames().front()),
      "--disable-pass=" + std::string(codegen::optionalPassNames().back()),
      "--verify-ir"};
  EXPECT_EQ(readAndWrite(others), others);
}

}  // namespace
}  // namespace driver
