#include "compiler/wasm/binary/read_module.h"

#include <gtest/gtest.h>

#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {
namespace {

// Returns the error of reading the module, or nothing.
std::string errorOf(const base::Bytes& bytes) {
  base::Result<Module> module = readModule("a.wasm", bytes);
  return module.ok() ? "" : module.error().text();
}

// Returns a module that consists of one section with these contents.
base::Bytes oneSection(SectionId id, std::initializer_list<uint8_t> contents) {
  ModuleBuilder builder;
  builder.contents(id, base::ByteView(contents.begin(), contents.size()));
  return builder.build();
}

TEST(ReadModule, Empty) {
  base::Bytes bytes = ModuleBuilder().build();
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  EXPECT_TRUE(module->functions.empty());
  EXPECT_EQ(module->fileName, "a.wasm");
  EXPECT_EQ(module->bytes.size(), 8u);
}

TEST(ReadModule, Header) {
  EXPECT_EQ(errorOf({}),
            "a.wasm:0x0: unexpected end: the magic number of 4 bytes, but only 0 are "
            "left");
  EXPECT_EQ(errorOf({0x7f, 'E', 'L', 'F', 1, 0, 0, 0}),
            "a.wasm:0x0: magic header not detected: not a WebAssembly module");
  EXPECT_EQ(errorOf({0, 'a', 's', 'm', 2, 0, 0, 0}), "a.wasm:0x4: unknown binary version 2");
  EXPECT_EQ(errorOf({0, 'a', 's', 'm', 13, 0, 1, 0}),
            "a.wasm:0x4: is a component, expected a core module");
}

// Two imports from "a" and none from "x". Types of imports without names are read as well.
TEST(ReadModule, CompactImports) {
  const std::initializer_list<uint8_t> items = {2, 1,   'x', 0,    0x7f, 0,  //
                                                1, 'a', 0,   0x7f, 2,    1,    'b',
                                                0, 0,   1,   'c',  3,    0x7e, 1};
  const std::initializer_list<uint8_t> names = {3, 1,   'x', 0,    0x7e, 2,    0,    1, 0,  //
                                                1, 'a', 0,   0x7e, 3,    0x7e, 1,    2, 1, 'b',
                                                1, 'c', 1,   'y',  0,    1,    0x70, 0, 4};
  base::Bytes bytes = oneSection(SectionId::Import, items);
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok()) << module.error().text();
  ASSERT_EQ(module->imports.size(), 2u);
  EXPECT_EQ(module->imports[0].module, "a");
  EXPECT_EQ(module->imports[0].name, "b");
  EXPECT_EQ(module->imports[0].kind, ExternKind::Function);
  EXPECT_EQ(module->imports[1].name, "c");
  EXPECT_EQ(module->imports[1].kind, ExternKind::Global);

  bytes = oneSection(SectionId::Import, names);
  module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok()) << module.error().text();
  ASSERT_EQ(module->imports.size(), 3u);
  EXPECT_EQ(module->importedGlobals, 2u);
  EXPECT_EQ(module->memories.size(), 0u);
  EXPECT_EQ(module->imports[1].name, "c");
  EXPECT_EQ(module->imports[1].index, 1u);
  EXPECT_TRUE(module->globals[1].isImport);
  EXPECT_EQ(module->imports[2].name, "");
  EXPECT_EQ(module->imports[2].kind, ExternKind::Table);
}

TEST(ReadModule, CompactImportsNeedAnEmptyName) {
  EXPECT_EQ(errorOf(oneSection(SectionId::Import, {1, 1, 'a', 1, 'b', 0x7f, 0})),
            "a.wasm:0xf: malformed import kind 0x7f, expected 0 to 4");
  // Groups do not nest, and the marker is a byte, not a number in LEB128.
  EXPECT_EQ(errorOf(oneSection(SectionId::Import, {1, 1, 'a', 0, 0x7f, 1, 0, 0x7f, 0})),
            "a.wasm:0x11: malformed import kind 0x7f, expected 0 to 4");
  EXPECT_EQ(errorOf(oneSection(SectionId::Import, {1, 1, 'a', 0, 0xff, 0x80, 0x00, 0})),
            "a.wasm:0xe: malformed import kind 0xff, expected 0 to 4");
  EXPECT_EQ(errorOf(oneSection(SectionId::Import, {1, 1, 'a', 0, 0x7e, 0x7e, 0})),
            "a.wasm:0xf: malformed import kind 0x7e, expected 0 to 4");
}

// A module that has every section; its contents are in testing/samples.cpp.
class SampleModule : public testing::Test {
 protected:
  void SetUp() override {
    bytes_ = sampleModule();
    base::Result<Module> result = readModule("a.wasm", bytes_);
    ASSERT_TRUE(result.ok()) << result.error().text();
    module_ = std::move(result).value();
  }

  base::Bytes bytes_;
  Module module_;
};

TEST_F(SampleModule, Types) {
  ASSERT_EQ(module_.types.size(), 6u);
  EXPECT_EQ(text(module_.types[1].func), "[i32 i64] -> [i32 f64]");
  const SubType& base = module_.types[3];
  EXPECT_EQ(base.kind, CompositeKind::Struct);
  EXPECT_FALSE(base.isFinal);
  EXPECT_EQ(base.group, 3u);
  EXPECT_EQ(base.groupSize, 2u);
  const SubType& derived = module_.types[4];
  EXPECT_TRUE(derived.isFinal);
  EXPECT_EQ(derived.supertype, 3u);
  EXPECT_EQ(derived.group, 3u);
  EXPECT_EQ(derived.fields[1].packed, PackedKind::I8);
  EXPECT_EQ(module_.types[5].fields[0].packed, PackedKind::I16);
  EXPECT_TRUE(module_.types[5].fields[0].isMutable);
  EXPECT_EQ(module_.types[5].groupSize, 1u);
}

TEST_F(SampleModule, ImportsComeFirstInTheirIndexSpaces) {
  ASSERT_EQ(module_.imports.size(), 5u);
  EXPECT_EQ(module_.imports[0].module, "host");
  EXPECT_EQ(module_.imports[4].name, "t\xc3\xa4g");
  EXPECT_EQ(module_.imports[4].kind, ExternKind::Tag);
  EXPECT_EQ(module_.importedFunctions, 1u);
  EXPECT_EQ(module_.importedTables, 1u);
  EXPECT_EQ(module_.importedMemories, 1u);
  EXPECT_EQ(module_.importedGlobals, 1u);
  EXPECT_EQ(module_.importedTags, 1u);
  EXPECT_TRUE(module_.functions[0].isImport);
  EXPECT_TRUE(module_.functions[0].body.empty());
  EXPECT_FALSE(module_.functions[1].isImport);
  EXPECT_EQ(module_.tables[0].type.limits.max, 20u);
  EXPECT_TRUE(module_.memories[0].type.limits.isShared);
}

TEST_F(SampleModule, Definitions) {
  EXPECT_FALSE(module_.tables[1].init.empty());
  EXPECT_TRUE(module_.memories[1].type.limits.is64);
  EXPECT_EQ(module_.memories[1].type.limits.min, 1u);
  EXPECT_TRUE(module_.globals[1].type.isMutable);
  EXPECT_EQ(module_.bytes[module_.globals[1].init.end - 1], 0x0b);
  EXPECT_EQ(module_.tags[1].typeIndex, 0u);
  EXPECT_EQ(module_.start, 0u);
  ASSERT_EQ(module_.exports.size(), 2u);
  EXPECT_EQ(module_.exports[1].name, "memory");
  EXPECT_EQ(module_.exports[1].index, 1u);
}

TEST_F(SampleModule, Functions) {
  ASSERT_EQ(module_.functions.size(), 3u);
  const Function& function = module_.functions[1];
  EXPECT_EQ(module_.functionType(1).params, (ValueTypes{kI32, kI64}));
  ASSERT_EQ(function.locals.size(), 2u);
  EXPECT_EQ(function.locals[0].count, 2u);
  EXPECT_EQ(function.locals[1].type, kF64);
  EXPECT_EQ(module_.bytes[function.body.begin], 0x02);
  EXPECT_EQ(module_.bytes[function.body.end - 1], 0x0b);
}

// In the order of the flags 0 to 7.
TEST_F(SampleModule, ElementSegmentsOfAllKinds) {
  struct Expected {
    SegmentMode mode;
    ValueType type;
    uint32_t table;
    size_t functions, expressions;
  };
  const Expected kExpected[] = {
      {SegmentMode::Active, kElementFunction, 0, 2, 0},
      {SegmentMode::Passive, kElementFunction, 0, 1, 0},
      {SegmentMode::Active, kElementFunction, 1, 1, 0},
      {SegmentMode::Declared, kElementFunction, 0, 1, 0},
      {SegmentMode::Active, kFuncRef, 0, 0, 1},
      {SegmentMode::Passive, kFuncRef, 0, 0, 1},
      {SegmentMode::Active, kFuncRef, 1, 0, 1},
      {SegmentMode::Declared, kExternRef, 0, 0, 1},
  };
  ASSERT_EQ(module_.elements.size(), std::size(kExpected));
  for (size_t i = 0; i < std::size(kExpected); ++i) {
    const ElementSegment& segment = module_.elements[i];
    EXPECT_EQ(segment.mode, kExpected[i].mode) << i;
    EXPECT_EQ(segment.type, kExpected[i].type) << i;
    EXPECT_EQ(segment.table, kExpected[i].table) << i;
    EXPECT_EQ(segment.functions.size(), kExpected[i].functions) << i;
    EXPECT_EQ(segment.expressions.size(), kExpected[i].expressions) << i;
    EXPECT_EQ(segment.tableOffset.empty(), segment.mode != SegmentMode::Active) << i;
  }
}

TEST_F(SampleModule, DataSegmentsOfAllKinds) {
  ASSERT_EQ(module_.data.size(), 3u);
  EXPECT_EQ(module_.dataCount, 3u);
  EXPECT_EQ(base::asText(module_.data[0].bytes), "hi");
  EXPECT_EQ(module_.data[1].mode, SegmentMode::Passive);
  EXPECT_EQ(module_.data[2].memory, 1u);
  EXPECT_TRUE(module_.data[2].bytes.empty());
}

TEST_F(SampleModule, CustomSectionsAndNames) {
  ASSERT_EQ(module_.customs.size(), 2u);
  EXPECT_EQ(module_.customs[1].name, "other");
  EXPECT_EQ(module_.customs[1].bytes.size(), 3u);
  EXPECT_EQ(module_.names.module, "m");
  EXPECT_EQ(module_.names.functions.at(1), "run");
}

// An import or export starts with the length of its first name.
TEST_F(SampleModule, OffsetsPointIntoTheFile) {
  EXPECT_EQ(module_.types[0].offset, 11u);
  for (const Import& import : module_.imports) {
    EXPECT_EQ(bytes_[import.offset], import.module.size());
  }
  for (const Export& item : module_.exports) EXPECT_EQ(bytes_[item.offset], item.name.size());
}

// A truncated module is accepted only if it ends at a place where a module may end.
TEST_F(SampleModule, EveryTruncationIsRefusedOrComplete) {
  size_t accepted = 0;
  for (size_t size = 0; size < bytes_.size(); ++size) {
    base::Bytes cut(bytes_.begin(), bytes_.begin() + static_cast<ptrdiff_t>(size));
    accepted += readModule("a.wasm", cut).ok();
  }
  // Accepted are the header alone, and with the sections up to type, import, data and the first
  // custom section.
  EXPECT_EQ(accepted, 5u);
}

// Each module may be accepted or refused. Some must be accepted and most refused, since the test
// would otherwise not reach the validator or its checks.
TEST_F(SampleModule, NoFlippedBitsCrash) {
  size_t accepted = 0;
  for (size_t at = 0; at < bytes_.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      base::Bytes flipped = bytes_;
      flipped[at] ^= static_cast<uint8_t>(1 << bit);
      base::Result<Module> module = readModule("a.wasm", flipped);
      if (module.ok()) accepted += validate(std::move(module).value()).ok();
    }
  }
  EXPECT_GT(accepted, 0u);
  EXPECT_LT(accepted, bytes_.size() * 4);
}

// A section whose contents start at offset 0xa, and the error of the module without its file name.
struct Malformed {
  const char* what;
  SectionId section;
  std::initializer_list<uint8_t> contents;
  const char* error;
};

const Malformed kMalformed[] = {
    {"type count",
     SectionId::Type,
     {0xff, 0xff, 0xff, 0xff, 0x0f},
     "0xa: length out of bounds: 4294967295 types, but only 0 bytes are left"},
    {"type form",
     SectionId::Type,
     {1, 0x40},
     "0xb: malformed type: found 0x40, expected a function, struct or array type"},
    {"two supertypes",
     SectionId::Type,
     {1, 0x50, 2, 0, 0, 0x60, 0, 0},
     "0xc: a type has at most one supertype"},
    {"bytes left",
     SectionId::Type,
     {1, 0x60, 0, 0, 9},
     "0xe: section size mismatch: 1 bytes left in type section"},
    {"field mutability",
     SectionId::Type,
     {1, 0x5e, 0x78, 2},
     "0xd: malformed mutability 0x02, expected 0 or 1"},
    {"params",
     SectionId::Type,
     {1, 0x60, 0xe9, 0x07, 0},
     "0xc: length out of bounds: 1001 parameters, but only 1 bytes are left"},
    {"import kind",
     SectionId::Import,
     {1, 0, 0, 5, 0},
     "0xd: malformed import kind 0x05, expected 0 to 4"},
    {"import name", SectionId::Import, {1, 1, 0x80, 0, 0, 0}, "0xc: malformed UTF-8 encoding"},
    {"table flags", SectionId::Table, {1, 0x70, 2, 0}, "0xc: malformed limits flags 0x02"},
    {"table type",
     SectionId::Table,
     {1, 0x7f, 0, 0},
     "0xb: malformed type: found 0x7f, expected a reference type"},
    {"table init", SectionId::Table, {1, 0x40, 1, 0x70, 0, 0}, "0xc: malformed table, expected 0"},
    {"memory flags", SectionId::Memory, {1, 0x10, 0}, "0xb: malformed limits flags 0x10"},
    {"page size", SectionId::Memory, {1, 8, 0, 65}, "0xd: invalid custom page size 2^65"},
    {"memory cut",
     SectionId::Memory,
     {1, 1, 0},
     "0xd: unexpected end, expected an unsigned integer"},
    {"tag attribute", SectionId::Tag, {1, 1, 0}, "0xb: malformed tag attribute, expected 0"},
    {"global mutability",
     SectionId::Global,
     {1, 0x7f, 2, 0x41, 0, 0x0b},
     "0xc: malformed mutability 0x02, expected 0 or 1"},
    {"global without end",
     SectionId::Global,
     {1, 0x7f, 0, 0x41, 0},
     "0xf: unexpected end, expected a byte"},
    {"export kind",
     SectionId::Export,
     {1, 0, 9, 0},
     "0xc: malformed export kind 0x09, expected 0 to 4"},
    {"element kind",
     SectionId::Element,
     {1, 8},
     "0xb: malformed elements segment kind, expected 0 to 7"},
    {"element type", SectionId::Element, {1, 1, 1, 0}, "0xc: malformed element kind, expected 0"},
    {"data kind", SectionId::Data, {1, 3}, "0xb: malformed data segment kind, expected 0 to 2"},
    {"data cut",
     SectionId::Data,
     {1, 1, 2, 0},
     "0xd: unexpected end: a data segment of 2 bytes, but only 1 are left"},
    {"data count",
     SectionId::DataCount,
     {1},
     "0xb: data count and data section have inconsistent lengths"},
    {"functions without code",
     SectionId::Function,
     {1, 0},
     "0xc: function and code section have inconsistent lengths"},
    {"code without functions",
     SectionId::Code,
     {1, 2, 0, 0x0b},
     "0xa: function and code section have inconsistent lengths: 0 functions, 1 bodies"},
    {"custom name",
     SectionId::Custom,
     {2, 'x'},
     "0xb: unexpected end: a name of 2 bytes, but only 1 are left"},
};

TEST(ReadModule, MalformedSections) {
  for (const Malformed& item : kMalformed) {
    base::Bytes contents(item.contents.begin(), item.contents.end());
    base::Bytes bytes = ModuleBuilder().build();
    bytes.push_back(static_cast<uint8_t>(item.section));
    base::appendUleb(bytes, contents.size());
    base::append(bytes, contents);
    EXPECT_EQ(errorOf(bytes), std::string("a.wasm:") + item.error) << item.what;
  }
}

TEST(ReadModule, SectionFrame) {
  base::Bytes header = ModuleBuilder().build();
  EXPECT_EQ(errorOf(concat({header, base::Bytes{14, 0}})), "a.wasm:0x8: malformed section id");
  EXPECT_EQ(errorOf(concat({header, base::Bytes{1, 5, 0}})),
            "a.wasm:0x8: length out of bounds: type section of 5 bytes, but only 1 are left");
  EXPECT_EQ(errorOf(concat({header, base::Bytes{5, 1, 0, 1, 1, 0}})),
            "a.wasm:0xb: unexpected content: type section after memory section");
  EXPECT_EQ(errorOf(concat({header, base::Bytes{1, 1, 0, 1, 1, 0}})),
            "a.wasm:0xb: unexpected content: type section after type section");
  // The tag section comes between memory and global section, the data count section before the
  // code.
  EXPECT_EQ(errorOf(concat({header, base::Bytes{5, 1, 0, 13, 1, 0, 6, 1, 0, 10, 1, 0}})), "");
  EXPECT_NE(errorOf(concat({header, base::Bytes{10, 1, 0, 12, 1, 0}})), "");
  EXPECT_NE(errorOf(concat({header, base::Bytes{6, 1, 0, 13, 1, 0}})), "");
}

// The locals and the instructions of a function, and the error, which is null if there is none.
struct Body {
  const char* what;
  base::Bytes body;
  const char* error;
};

const Body kBodies[] = {
    {"no end", {0, 0x01}, "0x18: END opcode expected at the end of the function body"},
    {"no body", {0}, "0x17: END opcode expected at the end of the function body"},
    {"too many locals",
     {1, 0xd1, 0x86, 0x03, 0x7f, 0x0b},
     "0x16: too many locals: 50001, at most 50000 are supported"},
    {"locals that overflow",
     {2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x0b},
     "0x16: too many locals: 8589934590, at most 50000 are supported"},
    {"type of local",
     {1, 1, 0x40, 0x0b},
     "0x18: malformed type: found 0x40, expected a value type"},
    {"as many as there may be", {1, 0xd0, 0x86, 0x03, 0x7f, 0x0b}, nullptr},
};

TEST(ReadModule, FunctionBodies) {
  for (const Body& item : kBodies) {
    ModuleBuilder builder;
    builder.type({}, {});
    builder.item(SectionId::Function, {0});
    base::Bytes size = {static_cast<uint8_t>(item.body.size())};
    builder.item(SectionId::Code, concat({size, item.body}));
    std::string expected = item.error == nullptr ? "" : std::string("a.wasm:") + item.error;
    EXPECT_EQ(errorOf(builder.build()), expected) << item.what;
  }
}

// A body must not extend into the bytes after the code section.
TEST(ReadModule, BodyBeyondItsSection) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.item(SectionId::Function, {0});
  builder.item(SectionId::Code, {9, 0, 0x0b});
  EXPECT_EQ(errorOf(builder.build()),
            "a.wasm:0x16: unexpected end: a function body of 9 bytes, but only 2 are left");
}

// All flags at once, and a page size without a maximum.
TEST(ReadModule, LimitsFlags) {
  base::Bytes bytes = oneSection(SectionId::Memory, {2, 0x0f, 1, 2, 0, 0x0c, 3, 16});
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok()) << module.error().text();
  const MemoryType& first = module->memories[0].type;
  EXPECT_TRUE(first.limits.is64 && first.limits.isShared);
  EXPECT_EQ(first.limits.max, 2u);
  EXPECT_EQ(first.pageSizeLog2, 0u);
  const MemoryType& second = module->memories[1].type;
  EXPECT_FALSE(second.limits.max);
  EXPECT_EQ(second.pageSizeLog2, 16u);
}

TEST(ReadModule, BlocksInsideAnInitialValue) {
  // (block (nop)) i32.const 0: the expression is invalid, but its end is found.
  base::Bytes bytes =
      oneSection(SectionId::Global, {1, 0x7f, 0, 0x02, 0x40, 0x01, 0x0b, 0x41, 0, 0x0b});
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok()) << module.error().text();
  EXPECT_EQ(module->globals[0].init.end, bytes.size());
}

}  // namespace
}  // namespace wasm
