#include "compiler/wasm/position.h"

#include <gtest/gtest.h>

#include <string>

namespace wasm {
namespace {

TEST(Position, LineAndColumn) {
  std::string_view text = "a\nbc\r\nd\re\xc3\xa9 f";
  EXPECT_EQ(lineColumn(text, 0), (LineColumn{1, 1}));
  EXPECT_EQ(lineColumn(text, 1), (LineColumn{1, 2}));
  EXPECT_EQ(lineColumn(text, 3), (LineColumn{2, 2}));
  EXPECT_EQ(lineColumn(text, 6), (LineColumn{3, 1}));
  EXPECT_EQ(lineColumn(text, 8), (LineColumn{4, 1}));
  EXPECT_EQ(lineColumn(text, 12), (LineColumn{4, 4}));
  EXPECT_EQ(lineColumn(text, 100), (LineColumn{4, 5}));
}

TEST(Position, ErrorShowsTheLine) {
  EXPECT_EQ(textError("a.wat", "(module\n\t(fnc))\n", 10, "unknown field").text(),
            "a.wat:2:3: unknown field\n\t(fnc))\n\t ^");
  EXPECT_EQ(textError("a.wat", "", 0, "empty").text(), "a.wat:1:1: empty\n\n^");
  EXPECT_EQ(textError("a.wat", "x\n", 2, "end").text(), "a.wat:2:1: end\n\n^");
}

TEST(Position, LongLinesAreCut) {
  std::string text = std::string(1'000'000, 'x') + "(" + std::string(1'000'000, 'y');
  std::string message = textError("a.wat", text, 1'000'000, "m").text();
  EXPECT_EQ(message, "a.wat:1:1000001: m\n..." + std::string(60, 'x') + "(" + std::string(59, 'y') +
                         "...\n" + std::string(63, ' ') + "^");
}

TEST(Position, WhatCannotBeShownIsReplaced) {
  EXPECT_EQ(textError("a", "\x1b[0m\x80 z", 6, "m").message, "m\n?[0m? z\n      ^");
  EXPECT_EQ(textError("a", "\xc3\xa9z", 2, "m").message, "m\n\xc3\xa9z\n ^");
}

TEST(Position, MapsToTheLastStart) {
  TextPositions positions("some text");
  positions.add(0, 3);
  positions.add(5, 9);
  EXPECT_EQ(positions.textOffset(0), 3u);
  EXPECT_EQ(positions.textOffset(4), 3u);
  EXPECT_EQ(positions.textOffset(5), 9u);
  EXPECT_EQ(positions.textOffset(500), 9u);
}

}  // namespace
}  // namespace wasm
