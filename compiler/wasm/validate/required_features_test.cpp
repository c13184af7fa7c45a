#include "compiler/wasm/validate/required_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {
namespace {

constexpr Support kNothing = {{}, {}};

// Returns support for types and instructions of these features.
constexpr Support whole(FeatureSet features) { return {features, features}; }

std::string unsupported(const base::Bytes& bytes, const Support& supported) {
  base::Result<Module> module = readModule("a.wasm", bytes);
  if (!module.ok()) return module.error().text();
  base::Result<ValidModule> valid = validate(std::move(module).value());
  if (!valid.ok()) return valid.error().text();
  base::Result<void> result = checkSupported(*valid, supported);
  return result.ok() ? "" : result.error().text();
}

TEST(RequiredFeatures, KeepsTheFirstUseInTheInput) {
  RequiredFeatures features;
  EXPECT_FALSE(features.use(Feature::simd));
  features.noteInstruction(Feature::simd, 20, "late");
  features.noteInstruction(Feature::simd, 10, "early");
  features.noteDeclaration(Feature::simd, 15, "between");
  features.noteDeclaration(Feature::gc, 12, "struct type");
  EXPECT_EQ(features.use(Feature::simd)->offset, 10u);
  EXPECT_EQ(features.use(Feature::simd)->what, "early");
  EXPECT_EQ(features.firstOutside(kNothing)->feature, Feature::simd);
  EXPECT_EQ(features.firstOutside(whole({Feature::simd}))->feature, Feature::gc);
  EXPECT_FALSE(features.firstOutside(whole({Feature::simd, Feature::gc})));
}

TEST(RequiredFeatures, AnInstructionIsNamedWithItsOffset) {
  ModuleBuilder builder;
  builder.function(builder.type({}, {}), {0x41, 0, 0xc0, 0x1a});
  EXPECT_EQ(unsupported(builder.build(), kNothing),
            "a.wasm:0x19: needs sign-extension (i32.extend8_s), which is not supported yet");
  EXPECT_EQ(unsupported(builder.build(), whole({Feature::signExtension})), "");
}

struct Case {
  Feature feature;
  void (*add)(ModuleBuilder&);
};

// Each module needs the feature, and no others but those in `implied`.
const Case kCases[] = {
    {Feature::multiValue,
     [](ModuleBuilder& b) {
       b.type({}, {kI32, kI32});
     }},
    {Feature::simd, [](ModuleBuilder& b) { b.type({kV128}, {}); }},
    {Feature::referenceTypes, [](ModuleBuilder& b) { b.type({kExternRef}, {}); }},
    {Feature::gc,
     [](ModuleBuilder& b) {
       b.rawType(base::Bytes{0x5f, 0});
     }},
    {Feature::gc,
     [](ModuleBuilder& b) {
       b.rawType(base::Bytes{0x4e, 0});
       b.type({}, {});
       b.rawType(base::Bytes{0x50, 0, 0x60, 0, 0});
     }},
    {Feature::memory64,
     [](ModuleBuilder& b) {
       b.item(SectionId::Memory, {4, 1});
     }},
    {Feature::memory64,
     [](ModuleBuilder& b) {
       b.item(SectionId::Table, {0x70, 4, 1});
     }},
    {Feature::threads,
     [](ModuleBuilder& b) {
       b.item(SectionId::Memory, {3, 1, 1});
     }},
    {Feature::customPageSizes,
     [](ModuleBuilder& b) {
       b.item(SectionId::Memory, {8, 1, 0});
     }},
    {Feature::multiMemory,
     [](ModuleBuilder& b) {
       b.item(SectionId::Memory, {0, 1});
       b.item(SectionId::Memory, {0, 1});
     }},
    {Feature::referenceTypes,
     [](ModuleBuilder& b) {
       b.item(SectionId::Table, {0x70, 0, 1});
       b.item(SectionId::Table, {0x70, 0, 1});
     }},
    {Feature::mutableGlobals,
     [](ModuleBuilder& b) {
       b.import("m", "g", ExternKind::Global, base::Bytes{0x7f, 1});
     }},
    {Feature::mutableGlobals,
     [](ModuleBuilder& b) {
       b.item(SectionId::Global, {0x7f, 1, 0x41, 0, 0x0b});
       b.exportItem("g", ExternKind::Global, 0);
     }},
    {Feature::extendedConst,
     [](ModuleBuilder& b) {
       b.item(SectionId::Global, {0x7f, 0, 0x41, 0, 0x41, 0, 0x6a, 0x0b});
     }},
    {Feature::bulkMemory,
     [](ModuleBuilder& b) {
       b.item(SectionId::Data, {1, 0});
     }},
    {Feature::exceptions,
     [](ModuleBuilder& b) {
       b.type({}, {});
       b.item(SectionId::Tag, {0, 0});
     }},
    {Feature::tailCall,
     [](ModuleBuilder& b) {
       b.function(b.type({}, {}), {0x12, 0});
     }},
    {Feature::wideArithmetic,
     [](ModuleBuilder& b) {
       b.function(b.type({}, {}), {0x42, 0, 0x42, 0, 0xfc, 0x15, 0x1a, 0x1a});
     }},
    {Feature::legacyExceptions,
     [](ModuleBuilder& b) {
       b.function(b.type({}, {}), {0x06, 0x40, 0x0b});
     }},
};

TEST(RequiredFeatures, EveryWayToNeedOne) {
  for (const Case& item : kCases) {
    ModuleBuilder builder;
    item.add(builder);
    EXPECT_NE(unsupported(builder.build(), kNothing), "") << featureName(item.feature);
    EXPECT_EQ(unsupported(builder.build(), whole({item.feature})), "") << featureName(item.feature);
  }
}

TEST(RequiredFeatures, TypesAndInstructionsOfAFeatureAreApart) {
  constexpr Support kTypesOnly = {{Feature::referenceTypes},
                                  FeatureSet{Feature::referenceTypes}.with({Feature::gc})};
  ModuleBuilder builder;
  uint32_t structure = builder.rawType(base::Bytes{0x5f, 0});
  uint32_t nothing = builder.type({}, {});
  builder.function(nothing, {0xd0, 0x6e, 0x1a});  // ref.null any
  EXPECT_EQ(unsupported(builder.build(), kTypesOnly), "");
  builder.function(nothing, {0xfb, 0x01, static_cast<uint8_t>(structure), 0x1a});
  EXPECT_THAT(unsupported(builder.build(), kTypesOnly),
              ::testing::HasSubstr("needs gc (struct.new_default), which"));
  builder.item(SectionId::Global, {0x6e, 0, 0xfb, 0x01, static_cast<uint8_t>(structure), 0x0b});
  EXPECT_THAT(unsupported(builder.build(), kTypesOnly),
              ::testing::HasSubstr("needs gc (struct.new_default), which"));
}

TEST(RequiredFeatures, FirstVersionNeedsNothing) {
  ModuleBuilder builder;
  builder.function(builder.type({kI32}, {kI32}), {0x20, 0, 0x28, 2, 0});
  builder.item(SectionId::Table, {0x70, 1, 1, 1});
  builder.item(SectionId::Memory, {1, 1, 2});
  builder.item(SectionId::Global, {0x7f, 1, 0x41, 0, 0x0b});
  builder.item(SectionId::Element, {0, 0x41, 0, 0x0b, 1, 0});
  builder.item(SectionId::Data, {0, 0x41, 0, 0x0b, 1, 'x'});
  EXPECT_EQ(unsupported(builder.build(), kNothing), "");
}

}  // namespace
}  // namespace wasm
