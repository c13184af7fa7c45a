#include "compiler/wasm/validate/validate.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/limits.h"
#include "compiler/wasm/testing/playground.h"

namespace wasm {
namespace {

// A module that `add` builds, and the expected error with its offset in the file.
struct Case {
  const char* what;
  void (*add)(ModuleBuilder&);
  const char* error;  // null if valid
};

void checkAll(std::span<const Case> cases) {
  for (const Case& item : cases) {
    ModuleBuilder builder;
    item.add(builder);
    std::string expected = item.error == nullptr ? "" : std::string("a.wasm:") + item.error;
    EXPECT_EQ(validateBytes(builder.build()), expected) << item.what;
  }
}

TEST(Validate, SampleModule) {
  EXPECT_EQ(validateBytes(sampleModule()), "");
  EXPECT_EQ(validateBytes(ModuleBuilder().build()), "");
}

// Bytes of types: 0x60 func, 0x5f struct, 0x5e array, 0x50 sub, 0x4e rec, 0x63 (ref null index).
TEST(Validate, Types) {
  const Case kCases[] = {
      {"its own group",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x60, 1, 0x63, 0, 0});
       },
       nullptr},
      {"a later group",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x60, 1, 0x63, 1, 0});
         b.type({}, {});
       },
       "0xb: unknown type 1"},
      {"later in its group",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x4e, 2, 0x60, 1, 0x63, 1, 0, 0x60, 0, 0});
       },
       nullptr},
      {"supertype behind it",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x50, 1, 0, 0x5f, 0});
       },
       "0xb: unknown type 0"},
      {"final supertype",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x5f, 0});
         b.rawType(base::Bytes{0x50, 1, 0, 0x5f, 0});
       },
       "0xd: sub type 1 does not match super type 0, which is final"},
      {"supertype of another kind",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x50, 0, 0x5f, 0});
         b.rawType(base::Bytes{0x50, 1, 0, 0x60, 0, 0});
       },
       "0xf: sub type 1 does not match super type 0"},
      {"subtype with more fields",
       [](ModuleBuilder& b) {
         b.rawType(base::Bytes{0x50, 0, 0x5f, 0});
         b.rawType(base::Bytes{0x50, 1, 0, 0x5f, 1, 0x7f, 0});
       },
       nullptr},
  };
  checkAll(kCases);
}

TEST(Validate, DepthOfSubtypes) {
  auto chain = [](uint32_t length) {
    ModuleBuilder builder;
    builder.rawType(base::Bytes{0x50, 0, 0x5f, 0});
    for (uint8_t i = 1; i <= length; ++i) {
      builder.rawType(base::Bytes{0x50, 1, static_cast<uint8_t>(i - 1), 0x5f, 0});
    }
    return validateBytes(builder.build());
  };
  EXPECT_EQ(chain(kMaxSubtypeDepth), "");
  EXPECT_NE(chain(kMaxSubtypeDepth + 1).find("type 64 has more than 63 supertypes above it"),
            std::string::npos);
}

TEST(Validate, Functions) {
  const Case kCases[] = {
      {"unknown type", [](ModuleBuilder& b) { b.function(0, {}); }, "0xf: unknown type 0"},
      {"struct type",
       [](ModuleBuilder& b) {
         b.function(b.rawType(base::Bytes{0x5f, 0}), {});
       },
       "0x14: type 0 is not a function type"},
      {"imported",
       [](ModuleBuilder& b) { b.import("m", "f", ExternKind::Function, base::Bytes{3}); },
       "0x10: unknown type 3"},
      {"start",
       [](ModuleBuilder& b) {
         b.function(b.type({kI32}, {}), {});
         b.contents(SectionId::Start, base::Bytes{0});
       },
       "0x15: start function must have type [] -> [], found [i32] -> []"},
      {"unknown start", [](ModuleBuilder& b) { b.contents(SectionId::Start, base::Bytes{4}); },
       "0xa: unknown function 4"},
  };
  checkAll(kCases);
}

// The bytes of limits are the flags, the minimum and the maximum; 0x80 0x80 4 is 65536.
TEST(Validate, Limits) {
  const Case kCases[] = {
      {"memory",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {1, 2, 1});
       },
       "0xb: size minimum must not be greater than maximum: memory of 2 to 1"},
      {"4 GiB",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {0, 0x80, 0x80, 4});
       },
       nullptr},
      {"more",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {0, 0x81, 0x80, 4});
       },
       "0xb: memory size must be at most 65536, found 65537"},
      {"more in 64 bits",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {4, 0x81, 0x80, 4});
       },
       nullptr},
      {"shared without maximum",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {2, 1});
       },
       "0xb: shared memory must have maximum"},
      {"small pages",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {8, 0x81, 0x80, 4, 0});
       },
       nullptr},
      {"other pages",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {8, 1, 12});
       },
       "0xb: invalid custom page size 2^12, expected 1 or 65536"},
      {"table",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x70, 1, 5, 4});
       },
       "0xb: size minimum must not be greater than maximum: table of 5 to 4"},
      {"large table",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x70, 0, 0x80, 0x80, 0x80, 0x80, 0x10});
       },
       "0xb: table size must be at most 4294967295, found 4294967296"},
  };
  checkAll(kCases);
}

TEST(Validate, TablesAndTags) {
  const Case kCases[] = {
      {"non-null without value",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x64, 0x70, 0, 1});
       },
       "0xb: type mismatch: table of (ref func) expects an initial value"},
      {"value of another type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x40, 0, 0x70, 0, 1, 0xd0, 0x6f, 0x0b});
       },
       "0x12: end expects funcref, found externref"},
      {"unknown element type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x63, 9, 0, 1});
       },
       "0xb: unknown type 9"},
      {"tag with results",
       [](ModuleBuilder& b) {
         b.type({}, {kI32});
         b.item(SectionId::Tag, {0, 0});
       },
       "0x12: non-empty tag result type"},
  };
  checkAll(kCases);
}

// A global is its type, its mutability and an expression: 0x41 i32.const, 0x42 i64.const, 0x0b end.
TEST(Validate, ConstantExpressions) {
  const Case kCases[] = {
      {"arithmetic",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7e, 0, 0x42, 2, 0x42, 3, 0x7e, 0x0b});
       },
       nullptr},
      {"another type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x42, 0, 0x0b});
       },
       "0xf: end expects i32, found i64"},
      {"two values",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x41, 0, 0x41, 0, 0x0b});
       },
       "0x11: end expects 1 results, found 1 more operands"},
      {"division",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x41, 1, 0x41, 1, 0x6d, 0x0b});
       },
       "0x11: constant expression required, found i32.div_s"},
      {"block",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x02, 0x7f, 0x41, 0, 0x0b, 0x0b});
       },
       "0xd: constant expression required, found block"},
  };
  checkAll(kCases);
}

// 0x23 is global.get, 0xd2 ref.func. Only globals that are created before may be read.
TEST(Validate, NamesInConstantExpressions) {
  const Case kCases[] = {
      {"an earlier global",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x41, 0, 0x0b});
         b.item(SectionId::Global, {0x7f, 0, 0x23, 0, 0x0b});
       },
       nullptr},
      {"itself",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 0, 0x23, 0, 0x0b});
       },
       "0xd: unknown global 0"},
      {"a mutable global",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x7f, 1, 0x41, 0, 0x0b});
         b.item(SectionId::Global, {0x7f, 0, 0x23, 0, 0x0b});
       },
       "0x12: constant expression required, found a mutable global"},
      {"unknown function",
       [](ModuleBuilder& b) {
         b.item(SectionId::Global, {0x70, 0, 0xd2, 0, 0x0b});
       },
       "0xd: unknown function 0"},
      {"an imported global of an unknown type in a table's initial value",
       [](ModuleBuilder& b) {
         b.import("m", "g", ExternKind::Global, base::Bytes{0x64, 8, 0});
         b.item(SectionId::Table, {0x40, 0, 0x70, 0, 1, 0x23, 0, 0x0b});
       },
       "0x10: unknown type 8"},
      {"a global in a table's initial value",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x40, 0, 0x70, 0, 1, 0x23, 0, 0x0b});
         b.item(SectionId::Global, {0x70, 0, 0xd0, 0x70, 0x0b});
       },
       "0x10: unknown global 0"},
  };
  checkAll(kCases);
}

TEST(Validate, Exports) {
  const Case kCases[] = {
      {"unknown function", [](ModuleBuilder& b) { b.exportItem("f", ExternKind::Function, 0); },
       "0xb: unknown function 0"},
      {"unknown tag", [](ModuleBuilder& b) { b.exportItem("t", ExternKind::Tag, 2); },
       "0xb: unknown tag 2"},
      {"twice the same name",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {0, 1});
         b.exportItem("m", ExternKind::Memory, 0);
         b.exportItem("m", ExternKind::Memory, 0);
       },
       "0x14: duplicate export name \"m\""},
      {"exported functions may be named",
       [](ModuleBuilder& b) {
         b.function(b.type({}, {}), {0xd2, 0, 0x1a});
         b.exportItem("f", ExternKind::Function, 0);
       },
       nullptr},
  };
  checkAll(kCases);
}

// The first byte of a segment has its flags: 0 is active, 1 passive, 5 passive with expressions.
TEST(Validate, Segments) {
  const Case kCases[] = {
      {"data without memory",
       [](ModuleBuilder& b) {
         b.item(SectionId::Data, {0, 0x41, 0, 0x0b, 0});
       },
       "0xb: unknown memory 0"},
      {"data at an offset of another type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Memory, {0, 1});
         b.item(SectionId::Data, {0, 0x42, 0, 0x0b, 0});
       },
       "0x13: end expects i32, found i64"},
      {"elements without table",
       [](ModuleBuilder& b) {
         b.item(SectionId::Element, {0, 0x41, 0, 0x0b, 0});
       },
       "0xb: unknown table 0"},
      {"elements of another type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Table, {0x6f, 0, 1});
         b.item(SectionId::Element, {0, 0x41, 0, 0x0b, 0});
       },
       "0x11: type mismatch: table of externref, elements of (ref func)"},
      {"unknown function",
       [](ModuleBuilder& b) {
         b.item(SectionId::Element, {1, 0, 1, 7});
       },
       "0xb: unknown function 7"},
      {"value of another type",
       [](ModuleBuilder& b) {
         b.item(SectionId::Element, {5, 0x70, 1, 0xd0, 0x6f, 0x0b});
       },
       "0x10: end expects funcref, found externref"},
      {"memory.init without data count",
       [](ModuleBuilder& b) {
         b.function(b.type({}, {}), {0x00, 0xfc, 8, 0, 0});
         b.item(SectionId::Memory, {0, 1});
         b.item(SectionId::Data, {1, 0});
       },
       "0x1d: data count section required"},
  };
  checkAll(kCases);
}

TEST(Validate, ValidModuleKeepsItsParts) {
  base::Bytes bytes = sampleModule();
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  base::Result<ValidModule> valid = validate(std::move(module).value());
  ASSERT_TRUE(valid.ok());
  // The relations remain valid when the module is moved.
  ValidModule moved = std::move(valid).value();
  EXPECT_EQ(moved->fileName, "a.wasm");
  EXPECT_EQ((*moved).functions.size(), 3u);
  EXPECT_TRUE(moved.typeRelations().isSubtype(HeapType::concrete(4), HeapType::concrete(3)));
  EXPECT_TRUE(moved.requiredFeatures().use(Feature::gc));
}

}  // namespace
}  // namespace wasm
