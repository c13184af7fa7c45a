#include "runtime/instance/table.h"

#include <gtest/gtest.h>

#include <bit>

#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

constexpr uint64_t kMostElements = Limits{}.tableElements;

class TableTest : public ::testing::Test {
 protected:
  Budget budget{Limits{}};
};

// Returns a reference to a function that is never called.
abi::FuncRef reference(uint32_t typeId) {
  static int code[8];
  return {&code[typeId], nullptr, &code[7], typeId, 0};
}

TEST_F(TableTest, HoldsFunctionsInline) {
  auto table = Table::create(fixture::tableType(2), nullptr, budget).value();
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

TEST_F(TableTest, RefusesOtherKindsAndIndices) {
  auto table = Table::create(fixture::tableType(2), nullptr, budget).value();
  EXPECT_EQ(table->get(2).error().text(), "element 2 of a table of 2");
  EXPECT_EQ(table->set(~uint64_t{0}, Value::funcRef(nullptr)).error().text(),
            "element 18446744073709551615 of a table of 2");
  EXPECT_EQ(table->set(0, Value::i32(1)).error().text(), "i32 for a table of funcref");
}

TEST_F(TableTest, GrowsWithAValue) {
  int word = 0;
  auto table = Table::create(fixture::tableType(1, 4, abi::kExternRef), nullptr, budget).value();
  EXPECT_EQ(table->grow(2, &word), 1u);
  EXPECT_EQ(table->get(0)->slot.ref, nullptr);
  EXPECT_EQ(table->get(1)->slot.ref, &word);
  EXPECT_EQ(table->get(2)->slot.ref, &word);
  EXPECT_EQ(table->grow(2, nullptr), std::nullopt);
  EXPECT_EQ(table->grow(~uint64_t{0}, nullptr), std::nullopt);
  EXPECT_EQ(table->grow(1, nullptr), 3u);
  EXPECT_EQ(table->currentType().min, 4u);
}

TEST_F(TableTest, IsBoundedWithoutAMaximumToo) {
  auto table = Table::create(fixture::tableType(0), nullptr, budget).value();
  EXPECT_EQ(table->grow(kMostElements + 1, nullptr), std::nullopt);
  auto tooLarge = Table::create(fixture::tableType(kMostElements + 1), nullptr, budget);
  ASSERT_FALSE(tooLarge.ok());
  EXPECT_EQ(tooLarge.error().text(),
            "cannot allocate a table of 10000001 elements: 10000001 elements of tables on top of 0 "
            "exceed "
            "the limit of 10000000, which is set by StoreOptions::limits.tableElements (wasmrun "
            "--max-table-elements, in C WASM2OBJ_LIMIT_TABLE_ELEMENTS)");
}

TEST_F(TableTest, CopiesOverlappingRanges) {
  auto table = Table::create(fixture::tableType(4), nullptr, budget).value();
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

TEST_F(TableTest, MaskedIndicesFindElementsOfItsOwn) {
  auto table = Table::create(fixture::tableType(0), nullptr, budget).value();
  for (uint64_t size : {0, 1, 2, 3, 5, 17, 1000, 1024, 1025}) {
    table->grow(size - table->size(), nullptr);
    const abi::TableDef& def = *table->def();
    EXPECT_TRUE(std::has_single_bit(def.indexMask + 1));
    EXPECT_GE(def.indexMask + 1, size);
    auto* elements = static_cast<const abi::FuncElement*>(def.elements);
    for (uint64_t i = size; i <= def.indexMask; ++i) EXPECT_EQ(elements[i].fastEntry, nullptr);
  }
}

TEST(TableLimit, HoldsForAllTablesTogether) {
  Budget budget{Limits{.tableElements = 100, .hostBytes = 1 << 20}};
  auto first = Table::create(fixture::tableType(40), nullptr, budget).value();
  auto second = Table::create(fixture::tableType(40), nullptr, budget).value();
  EXPECT_EQ(first->grow(21, nullptr), std::nullopt);
  EXPECT_EQ(first->grow(20, nullptr), 40u);
  EXPECT_EQ(second->grow(1, nullptr), std::nullopt);
  first.reset();
  EXPECT_EQ(second->grow(60, nullptr), 40u);
}

TEST(TableLimit, OfTheHostHoldsToo) {
  Budget budget{Limits{.hostBytes = 100 * sizeof(abi::FuncElement)}};
  auto table = Table::create(fixture::tableType(40), nullptr, budget).value();
  EXPECT_EQ(table->grow(61, nullptr), std::nullopt);
  EXPECT_EQ(table->grow(60, nullptr), 40u);
}

}  // namespace
}  // namespace runtime
