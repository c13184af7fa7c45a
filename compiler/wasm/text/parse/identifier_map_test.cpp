#include "compiler/wasm/text/parse/identifier_map.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace wasm {
namespace {

TEST(IdentifierMap, FindsWhatWasInserted) {
  IdentifierMap map;
  EXPECT_EQ(map.find("a"), IdentifierMap::kAbsent);
  std::deque<std::string> names;
  for (uint32_t i = 0; i < 1000; ++i) {
    EXPECT_TRUE(map.insert(names.emplace_back(std::to_string(i)), i));
  }
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(map.find(names[i]), i);
  EXPECT_FALSE(map.insert("7", 8));
  EXPECT_EQ(map.find("1000"), IdentifierMap::kAbsent);
  map.at("7") = 70;
  EXPECT_EQ(map.find("7"), 70u);
}

TEST(IdentifierMap, ClearForgets) {
  IdentifierMap map;
  for (uint32_t round = 0; round < 3; ++round) {
    EXPECT_TRUE(map.insert("a", round));
    EXPECT_EQ(map.find("a"), round);
    EXPECT_EQ(map.find("b"), IdentifierMap::kAbsent);
    map.clear();
    EXPECT_EQ(map.find("a"), IdentifierMap::kAbsent);
  }
}

}  // namespace
}  // namespace wasm
