#include "compiler/wasm/binary/name_section.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

ModuleNames allNames() {
  ModuleNames names;
  names.module = "m";
  names.functions = {{0, "f"}, {200, "g"}};
  names.locals = {{1, {{0, "x"}, {1, ""}}}};
  names.labels = {{0, {{2, "l"}}}, {3, {}}};
  names.types = {{1, "t"}};
  names.tables = {{2, "tab"}};
  names.memories = {{3, "mem"}};
  names.globals = {{4, "g"}};
  names.elements = {{5, "e"}};
  names.data = {{6, "d"}};
  names.fields = {{7, {{8, "field"}}}};
  names.tags = {{9, "t\xc3\xa4g"}};
  return names;
}

TEST(NameSection, WhatIsWrittenIsRead) {
  base::Bytes bytes = writeNameSection(allNames());
  base::Result<ModuleNames> names = readNameSection(bytes);
  ASSERT_TRUE(names.ok()) << names.error().text();
  EXPECT_EQ(*names, allNames());
}

TEST(NameSection, NoNamesNoBytes) {
  EXPECT_EQ(writeNameSection({}), base::Bytes());
  ModuleNames module;
  module.module = "mm";
  EXPECT_EQ(writeNameSection(module), (base::Bytes{0, 3, 2, 'm', 'm'}));
  ModuleNames local;
  local.locals = {{5, {{1, "x"}}}};
  EXPECT_EQ(writeNameSection(local), (base::Bytes{2, 6, 1, 5, 1, 1, 1, 'x'}));
}

TEST(NameSection, MalformedIsAnError) {
  struct Case {
    base::Bytes bytes;
    const char* message;
  };
  const Case cases[] = {
      {{12, 0}, "name section:0x0: unknown subsection 12"},
      {{1, 1, 0, 0, 2, 1, 'm'}, "name section:0x3: subsection 0 is not in order"},
      {{1, 1, 0, 1, 1, 0}, "name section:0x3: subsection 1 is not in order"},
      {{4, 5, 2, 1, 0, 1, 0}, "name section:0x5: names are not in order: index 1 after 1"},
      {{2, 5, 2, 1, 0, 0, 0}, "name section:0x5: names are not in order: index 0 after 1"},
      {{0, 3, 1, 'm', 0}, "name section:0x4: bytes after the names"},
      {{0, 2, 1, 0xff}, "name section:0x3: malformed UTF-8 encoding"},
      {{1, 9, 0}, "name section:0x2: unexpected end: a subsection of 9 bytes, but only 1 are left"},
  };
  for (const Case& row : cases) {
    base::Result<ModuleNames> names = readNameSection(row.bytes);
    ASSERT_FALSE(names.ok()) << row.message;
    EXPECT_EQ(names.error().text(), row.message);
  }
}

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
  base::Bytes module = {0, 2, 1, 0xff};
  EXPECT_EQ(readNames(module).module, "");
}

}  // namespace
}  // namespace wasm
