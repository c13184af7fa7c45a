#include "runtime/types/type_descriptors.h"

#include <gtest/gtest.h>

#include <vector>

namespace runtime {
namespace {

using abi::FieldType;
using abi::PackedKind;
using abi::TypeDescriptor;

constexpr abi::ValueType kAny = {abi::ValueKind::AnyRef, abi::HeapKind::Any, 1, 0, 0};
constexpr FieldType kByte = {abi::kI32, PackedKind::I8, 1, {}};
constexpr FieldType kShort = {abi::kI32, PackedKind::I16, 1, {}};
constexpr FieldType kWord = {abi::kI32, PackedKind::None, 1, {}};
constexpr FieldType kLong = {abi::kI64, PackedKind::None, 1, {}};
constexpr FieldType kVector = {abi::kV128, PackedKind::None, 1, {}};
constexpr FieldType kReference = {kAny, PackedKind::None, 1, {}};
constexpr FieldType kFunction = {abi::kFuncRef, PackedKind::None, 1, {}};

// Returns the offsets of fields of these sizes.
std::vector<uint32_t> placed(std::initializer_list<uint32_t> sizes) {
  abi::FieldPlacer placer = abi::FieldPlacer::forStruct();
  std::vector<uint32_t> offsets;
  for (uint32_t size : sizes) offsets.push_back(placer.place(size));
  return offsets;
}

TEST(FieldPlacer, FillsGaps) {
  EXPECT_EQ(placed({4, 8}), (std::vector<uint32_t>{4, 8}));
  EXPECT_EQ(placed({8, 4}), (std::vector<uint32_t>{8, 4}));
  EXPECT_EQ(placed({1, 4, 2, 1}), (std::vector<uint32_t>{4, 8, 6, 5}));
  EXPECT_EQ(placed({2, 8, 1, 4, 1, 4}), (std::vector<uint32_t>{4, 8, 6, 16, 7, 20}));
  EXPECT_EQ(placed({16, 4, 16}), (std::vector<uint32_t>{8, 4, 24}));
}

// No two fields overlap, each is aligned to its size, and a prefix has the same places.
TEST(FieldPlacer, AnySequence) {
  constexpr uint32_t kSizes[] = {1, 2, 4, 8, 16};
  uint32_t random = 1;
  for (int round = 0; round < 1000; ++round) {
    abi::FieldPlacer placer = abi::FieldPlacer::forStruct();
    std::vector<bool> used(4096);
    for (int i = 0; i < 100; ++i) {
      random = random * 1664525 + 1013904223;
      uint32_t size = kSizes[(random >> 16) % 5];
      uint32_t offset = placer.place(size);
      ASSERT_EQ(offset % std::min(size, 8u), 0u);
      ASSERT_GE(offset, 4u);
      for (uint32_t byte = offset; byte < offset + size; ++byte) {
        ASSERT_FALSE(used[byte]) << "field " << i;
        used[byte] = true;
      }
      ASSERT_LE(offset + size, placer.size());
      ASSERT_EQ(placer.size() % 8, 0u);
    }
  }
}

// Ids that no other test of the process registers.
class TypeDescriptorTest : public ::testing::Test {
 protected:
  const TypeDescriptor& describe(uint32_t offset, const std::vector<FieldType>& fields,
                                 abi::CompositeKind kind = abi::CompositeKind::Struct,
                                 const TypeDescriptor* supertype = nullptr) {
    abi::SubType& type = types_[offset];
    type.kind = kind;
    std::copy(fields.begin(), fields.end(), fields_);
    EXPECT_TRUE(type.fields.data.set(fields_));
    type.fields.count = static_cast<uint32_t>(fields.size());
    map_ = describeType(kFirst + offset, type, supertype);
    return typeDescriptor(abi::typeWord(kFirst + offset));
  }

  static constexpr uint32_t kFirst = kMaxTypes - 100;
  FieldType fields_[200] = {};
  abi::SubType types_[20] = {};
  ReferenceMap map_;
};

TEST_F(TypeDescriptorTest, StructsHaveSizeAndReferences) {
  const TypeDescriptor& row =
      describe(0, {kWord, kReference, kFunction, kByte, kShort, kLong, kVector, kReference});
  EXPECT_EQ(row.kind, abi::ObjectKind::Struct);
  // Words: header with i32, reference, funcref, packed fields, i64, v128 (two), reference. The
  // packed fields share a word.
  EXPECT_EQ(row.size, 64u);
  EXPECT_EQ(row.references, uint64_t{1} << 1 | uint64_t{1} << 7);
  EXPECT_EQ(map_, nullptr);
}

TEST_F(TypeDescriptorTest, LargeStructsHaveAMap) {
  std::vector<FieldType> fields(150, kLong);
  fields[0] = fields[100] = kReference;
  const TypeDescriptor& row = describe(0, fields);
  EXPECT_EQ(row.size, 151u * 8);
  ASSERT_NE(map_, nullptr);
  EXPECT_EQ(row.references, reinterpret_cast<uint64_t>(map_.get()));
  EXPECT_EQ(map_[0], uint64_t{1} << 1);
  EXPECT_EQ(map_[1], uint64_t{1} << (101 - 64));
  EXPECT_EQ(map_[2], 0u);
}

TEST_F(TypeDescriptorTest, Arrays) {
  const TypeDescriptor& bytes = describe(0, {kByte}, abi::CompositeKind::Array);
  EXPECT_EQ(bytes.elementSizeLog2, 0);
  EXPECT_EQ(bytes.references, 0u);
  const TypeDescriptor& references = describe(1, {kReference}, abi::CompositeKind::Array);
  EXPECT_EQ(references.elementSizeLog2, 3);
  EXPECT_EQ(references.references, 1u);
  EXPECT_EQ(describe(2, {kFunction}, abi::CompositeKind::Array).references, 0u);
  EXPECT_EQ(describe(3, {kVector}, abi::CompositeKind::Array).elementSizeLog2, 4);
}

TEST_F(TypeDescriptorTest, DisplaysEndAtTheTypeItself) {
  const TypeDescriptor* above = nullptr;
  for (uint32_t depth = 0; depth < 15; ++depth) {
    const TypeDescriptor& row = describe(depth, {}, abi::CompositeKind::Struct, above);
    EXPECT_EQ(row.depth, depth);
    for (uint32_t i = 0; i < abi::kDisplaySize; ++i) {
      EXPECT_EQ(row.display[i], i <= depth ? abi::typeWord(kFirst + i) : 0u);
    }
    above = &row;
  }
}

}  // namespace
}  // namespace runtime
