#include "runtime/base/file_kind.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using namespace std::string_view_literals;

FileKind kindOf(std::string_view content) {
  return fileKind({reinterpret_cast<const uint8_t*>(content.data()), content.size()});
}

TEST(FileKind, IsToldByTheFirstBytes) {
  EXPECT_EQ(kindOf(""), FileKind::Empty);
  EXPECT_EQ(kindOf("\x7f"
                   "ELF\2"),
            FileKind::Elf);
  EXPECT_EQ(kindOf("\0asm\1\0\0\0"sv), FileKind::BinaryModule);
  EXPECT_EQ(kindOf("(module)"), FileKind::TextModule);
  EXPECT_EQ(kindOf(" \t\r\n;; a comment"), FileKind::TextModule);
  for (std::string_view other : {" \n"sv, "\0as"sv, "module"sv, "#!/bin/sh"sv}) {
    EXPECT_EQ(kindOf(other), FileKind::Other) << other;
  }
}

TEST(FileKind, ForeignFilesAreDescribed) {
  EXPECT_TRUE(describeForeign({reinterpret_cast<const uint8_t*>("BZh9"), 4}).has_value());
  EXPECT_FALSE(describeForeign({reinterpret_cast<const uint8_t*>("(module)"), 8}).has_value());
}

}  // namespace
}  // namespace base
