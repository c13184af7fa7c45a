#include <gtest/gtest.h>

#include "compiler/wasm/binary/sections.h"

namespace wasm {
namespace {

TEST(ReadNames, ModuleAndFunctions) {
  base::Bytes bytes = {0, 3, 2, 'm', 'm', 1, 7, 2, 0, 1, 'f', 5, 1, 'g'};
  Names names = readNames(bytes);
  EXPECT_EQ(names.module, "mm");
  EXPECT_EQ(names.functions.size(), 2u);
  EXPECT_EQ(names.functions.at(0), "f");
  EXPECT_EQ(names.functions.at(5), "g");
}

TEST(ReadNames, OtherSubsectionsAreSkipped) {
  base::Bytes bytes = {2, 2, 9, 9, 0, 2, 1, 'm'};
  EXPECT_EQ(readNames(bytes).module, "m");
}

TEST(ReadNames, WhatComesBeforeAnErrorIsKept) {
  base::Bytes bytes = {1, 6, 2, 0, 1, 'f', 1, 9};
  Names names = readNames(bytes);
  EXPECT_EQ(names.functions.size(), 1u);
  EXPECT_EQ(names.functions.at(0), "f");

  base::Bytes cut = {0, 2, 1, 'm', 1, 100};
  EXPECT_EQ(readNames(cut).module, "m");
  EXPECT_TRUE(readNames({}).functions.empty());
}

TEST(ReadNames, NamesAreUtf8) {
  base::Bytes bytes = {1, 4, 1, 0, 1, 0xff};
  EXPECT_TRUE(readNames(bytes).functions.empty());
}

}  // namespace
}  // namespace wasm
