#include "runtime/table.h"

#include <gtest/gtest.h>

#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

abi::FuncRef reference(uint32_t typeId) {
  static int code[8];
  return {&code[typeId], nullptr, &code[7], typeId, 0};
}

TEST(Table, HoldsFunctionsInline) {
  auto table = Table::create(fixture::tableType(2), nullptr).value();
  auto* elements = static_cast<abi::FuncElement*>(table->def()->elements);
  EXPECT_EQ(elements[1].typeId, abi::kNullTypeId);
  EXPECT_EQ(elements[1].fastEntry, nullptr);
  EXPECT_EQ(elements[1].reference, nullptr);

  abi::FuncRef function = reference(3);
  ASSERT_TRUE(table->set(1, Value::funcRef(&function)).ok());
  EXPECT_EQ(elements[1].typeId, 3u);
  EXPECT_EQ(elements[1].fastEntry, function.fastEntry);
  EXPECT_EQ(elements[1].context, function.context);
  EXPECT_EQ(table->get(1)->slot.ref, &function);
  EXPECT_EQ(table->get(1)->kind, abi::ValueKind::FuncRef);
  ASSERT_TRUE(table->set(1, Value::funcRef(nullptr)).ok());
  EXPECT_EQ(elements[1].typeId, abi::kNullTypeId);
}

TEST(Table, RefusesOtherKindsAndIndices) {
  auto table = Table::create(fixture::tableType(2), nullptr).value();
  EXPECT_EQ(table->get(2).error().text(), "element 2 of a table of 2");
  EXPECT_EQ(table->set(~uint64_t{0}, Value::funcRef(nullptr)).error().text(),
            "element 18446744073709551615 of a table of 2");
  EXPECT_EQ(table->set(0, Value::i32(1)).error().text(), "i32 for a table of funcref");
}

TEST(Table, GrowsWithAValue) {
  int word = 0;
  auto table = Table::create(fixture::tableType(1, 4, abi::kExternRef), nullptr).value();
  EXPECT_EQ(table->grow(2, &word), 1u);
  EXPECT_EQ(table->get(0)->slot.ref, nullptr);
  EXPECT_EQ(table->get(1)->slot.ref, &word);
  EXPECT_EQ(table->get(2)->slot.ref, &word);
  EXPECT_EQ(table->grow(2, nullptr), std::nullopt);
  EXPECT_EQ(table->grow(~uint64_t{0}, nullptr), std::nullopt);
  EXPECT_EQ(table->grow(1, nullptr), 3u);
  EXPECT_EQ(table->currentType().min, 4u);
}

TEST(Table, IsBoundedWithoutAMaximumToo) {
  auto table = Table::create(fixture::tableType(0), nullptr).value();
  EXPECT_EQ(table->grow(kMaxTableElements + 1, nullptr), std::nullopt);
  auto tooLarge = Table::create(fixture::tableType(kMaxTableElements + 1), nullptr);
  ASSERT_FALSE(tooLarge.ok());
  EXPECT_EQ(tooLarge.error().text(), "cannot allocate a table of 10000001 elements");
}

TEST(Table, CopiesOverlappingRanges) {
  auto table = Table::create(fixture::tableType(4), nullptr).value();
  abi::FuncRef functions[3] = {reference(0), reference(1), reference(2)};
  for (uint64_t i = 0; i < 3; ++i) table->setReference(i, &functions[i]);
  table->copyFrom(*table, 1, 0, 3);
  EXPECT_EQ(table->reference(0), &functions[0]);
  EXPECT_EQ(table->reference(1), &functions[0]);
  EXPECT_EQ(table->reference(3), &functions[2]);
  EXPECT_TRUE(table->contains(4, 0));
  EXPECT_FALSE(table->contains(5, 0));
  EXPECT_FALSE(table->contains(1, ~uint64_t{0}));
}

}  // namespace
}  // namespace runtime
