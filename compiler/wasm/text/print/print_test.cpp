#include "compiler/wasm/text/print/print.h"

#include <gtest/gtest.h>

#include <span>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/name_section.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/text/parse/parse_module.h"

namespace wasm {
namespace {

constexpr uint8_t kEnd = 0x0b;

// Returns the text of a well-formed module.
std::string print(const base::Bytes& bytes) {
  base::Result<Module> module = readModule("a.wasm", bytes);
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<std::string> text = printModule(*module);
  EXPECT_TRUE(text.ok()) << text.error().text();
  return text.ok() ? *text : "";
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Print, Empty) { EXPECT_EQ(print(ModuleBuilder().build()), "(module\n)\n"); }

// The text of sampleModule().
constexpr std::string_view kSample = R"((module $m
  (type (;0;) (func))
  (type (;1;) (func (param i32 i64) (result i32 f64)))
  (type (;2;) (func (param i32)))
  (rec
    (type (;3;) (sub (struct (field (mut (ref null 4))))))
    (type (;4;) (sub final 3 (struct (field (mut (ref null 4))) (field i8))))
  )
  (type (;5;) (array (mut i16)))
  (import "host" "f" (func (;0;) (type 0)))
  (import "host" "table" (table (;0;) 2 20 funcref))
  (import "host" "memory" (memory (;0;) 1 2 shared))
  (import "host" "global" (global (;0;) i32))
  (import "host" "täg" (tag (;0;) (type 2) (param i32)))
  (table (;1;) 4 funcref ref.null func)
  (memory (;1;) i64 1 4)
  (tag (;1;) (type 0))
  (global (;1;) (mut i32) global.get 0 i32.const 1 i32.add)
  (export "run" (func $run))
  (export "memory" (memory 1))
  (start 0)
  (elem (;0;) (i32.const 0) func $run 2)
  (elem (;1;) func $run)
  (elem (;2;) (table 1) (i32.const 0) func $run)
  (elem (;3;) declare func 2)
  (elem (;4;) (i32.const 0) funcref (ref.func $run))
  (elem (;5;) funcref (ref.null func))
  (elem (;6;) (table 1) (i32.const 0) funcref (ref.func $run))
  (elem (;7;) declare externref (ref.null extern))
  (func $run (;1;) (type 1) (param i32 i64) (result i32 f64)
    (local i32 i32 f64)
    block ;; label = @1
      block ;; label = @2
        local.get 0
        br_table 0 (;@2;) 1 (;@1;) 0 (;@2;)
      end
    end
    local.get 0
    if (result i32) ;; label = @1
      i32.const 1
    else
      i32.const -1
    end
    f64.const 1
  )
  (func (;2;) (type 2) (param i32)
    local.get 0
    i32.load offset=8
    drop
    local.get 0
    table.get 1
    ref.is_null
    drop
    ref.func $run
    drop
    i32.const 0
    i32.const 0
    i32.const 0
    memory.init 1
    struct.new_default 3
    drop
  )
  (data (;0;) (i32.const 8) "hi")
  (data (;1;) "x")
  (data (;2;) (memory 1) (i64.const 0) "")
  (@custom "other" "\01\02\03")
)
)";

TEST(Print, Sample) { EXPECT_EQ(print(sampleModule()), kSample); }

// An instruction made by sampleInstruction() and its text.
struct ImmediateCase {
  Op op;
  const char* text;
};

// Expects that the instructions are printed so in a function body, where comments may follow.
void expectPrinted(std::span<const ImmediateCase> cases) {
  for (const ImmediateCase& row : cases) {
    // One block around the body, which label 1 leaves.
    base::Bytes code = {0x02, 0x40};
    base::append(code, encodeInstruction(sampleInstruction(row.op)));
    code.push_back(kEnd);
    ModuleBuilder builder;
    builder.function(builder.type({}, {}), code);
    std::string text = print(builder.build());
    EXPECT_TRUE(contains(text, std::string("\n      ") + row.text + "\n") ||
                contains(text, std::string("\n      ") + row.text + " ;;"))
        << row.text << "\n"
        << text;
  }
}

TEST(Print, Indices) {
  const ImmediateCase kCases[] = {
      {Op::Br, "br 300"},
      {Op::Call, "call 300"},
      {Op::CallRef, "call_ref 300"},
      {Op::TableGrow, "table.grow 300"},
      {Op::LocalTee, "local.tee 300"},
      {Op::GlobalSet, "global.set 300"},
      {Op::MemoryFill, "memory.fill 300"},
      {Op::Throw, "throw 300"},
      {Op::ElemDrop, "elem.drop 300"},
      {Op::DataDrop, "data.drop 300"},
      {Op::CallIndirect, "call_indirect 7 (type 300)"},
      {Op::TableInit, "table.init 7 300"},
      {Op::TableCopy, "table.copy 300 7"},
      {Op::MemoryInit, "memory.init 7 300"},
      {Op::MemoryCopy, "memory.copy 300 7"},
      {Op::StructGet, "struct.get 300 7"},
      {Op::ArrayCopy, "array.copy 300 7"},
      {Op::ArrayNewFixed, "array.new_fixed 300 7"},
      {Op::ArrayNewData, "array.new_data 300 7"},
      {Op::ArrayNewElem, "array.new_elem 300 7"},
  };
  expectPrinted(kCases);
}

TEST(Print, LabelsAndTypes) {
  const ImmediateCase kCases[] = {
      {Op::Block, "block (type 200)"},
      {Op::BrTable, "br_table 1 (;@0;) 300 2"},
      {Op::RefNull, "ref.null 70"},
      {Op::RefTest, "ref.test (ref 70)"},
      {Op::RefTestNull, "ref.test (ref null 70)"},
      {Op::BrOnCast, "br_on_cast 5 (ref any) (ref null 70)"},
      {Op::SelectTyped, "select (result (ref 70))"},
      {Op::TryTable,
       "try_table (type 200) (catch 3 200) (catch_ref 300 1 (;@0;)) (catch_all 2) "
       "(catch_all_ref 3)"},
  };
  expectPrinted(kCases);
}

TEST(Print, ConstantsAndAccesses) {
  const ImmediateCase kCases[] = {
      {Op::I32Const, "i32.const -2147483648"},
      {Op::I64Const, "i64.const -9223372036854775808"},
      {Op::F32Const, "f32.const nan:0x200001"},
      {Op::F64Const, "f64.const nan:0x4000000000001"},
      {Op::V128Const, "v128.const i32x4 0x06040200 0x0e0c0a08 0x16141210 0x1e1c1a18"},
      {Op::I8x16Shuffle, "i8x16.shuffle 0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30"},
      {Op::I32Load, "i32.load 300 offset=305419896 align=2"},
      {Op::I32AtomicLoad, "i32.atomic.load 300 offset=305419896 align=2"},
      {Op::V128Load32Lane, "v128.load32_lane 300 offset=305419896 align=2 1"},
      {Op::I8x16ReplaceLane, "i8x16.replace_lane 1"},
      {Op::AtomicFence, "atomic.fence"},
  };
  expectPrinted(kCases);
}

// The natural alignment, the offset 0, and the indices of memory 0 and table 0 are defaults.
TEST(Print, WhatIsUsualIsLeftOut) {
  ModuleBuilder builder;
  builder.function(builder.type({}, {}), {0x28, 2, 0, 0x3f, 0, 0xfc, 10, 0, 0, 0xfc, 12, 1, 0});
  std::string text = print(builder.build());
  EXPECT_TRUE(
      contains(text, "\n    i32.load\n    memory.size\n    memory.copy\n    table.init 1\n"))
      << text;
}

// A module with an item of each kind that can have a name.
ModuleBuilder namedModule() {
  ModuleBuilder builder;
  builder.type({kI32, kI64}, {});
  builder.rawType(base::Bytes{0x5f, 2, 0x7f, 0, 0x63, 1, 1});  // (struct i32 (mut (ref null 1)))
  builder.import("m", "f", ExternKind::Function, base::Bytes{0});
  builder.item(SectionId::Table, {0x70, 0, 1});
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Tag, {0, 0});
  builder.item(SectionId::Global, {0x7f, 0, 0x41, 0, kEnd});
  builder.item(SectionId::Element, {1, 0, 1, 1});
  builder.item(SectionId::Data, {1, 0});
  builder.function(0, {0x02, 0x40, 0x02, 0x40, 0x0c, 0, 0x0c, 1, kEnd, kEnd, 0x20, 2, 0x20, 3,  //
                       0xfb, 2,    1,    1,    0x23, 0, 0x10, 1},
                   {{2, kI32}});
  return builder;
}

ModuleNames allNames() {
  ModuleNames names;
  names.module = "m m";
  names.functions = {{0, "f"}, {1, "g\"\n\xc3\xa4"}};
  names.locals = {{0, {{1, "p"}}}, {1, {{0, "x"}, {2, "y"}}}};
  names.labels = {{1, {{0, "l"}, {1, "l"}}}};
  names.types = {{0, "t"}, {1, "s"}};
  names.tables = {{0, "tab"}};
  names.memories = {{0, "mem"}};
  names.globals = {{0, "glob"}};
  names.elements = {{0, "el"}};
  names.data = {{0, "dat"}};
  names.fields = {{1, {{1, "next"}}}};
  names.tags = {{0, "tag"}};
  return names;
}

// Returns the text of namedModule() with this name section.
std::string printNamed(const ModuleNames& names) {
  ModuleBuilder builder = namedModule();
  builder.custom("name", writeNameSection(names));
  return print(builder.build());
}

TEST(Print, Identifiers) {
  EXPECT_EQ(printNamed(allNames()), R"((module $"m m"
  (type $t (;0;) (func (param i32 i64)))
  (type $s (;1;) (struct (field i32) (field $next (mut (ref null $s)))))
  (import "m" "f" (func $f (;0;) (type $t) (param i32) (param $p i64)))
  (table $tab (;0;) 1 funcref)
  (memory $mem (;0;) 1)
  (tag $tag (;0;) (type $t) (param i32 i64))
  (global $glob (;0;) i32 i32.const 0)
  (elem $el (;0;) func $"g\"\0aä")
  (func $"g\"\0aä" (;1;) (type $t) (param $x i32) (param i64)
    (local $y i32) (local i32)
    block $l
      block $l
        br $l
        br 1 (;@1;)
      end
    end
    local.get $y
    local.get 3
    struct.get $s $next
    global.get $glob
    call $"g\"\0aä"
  )
  (data $dat (;0;) "")
)
)");
}

// Names that cannot be identifiers are printed as bytes of the name section.
TEST(Print, NamesThatAreNoIdentifiers) {
  EXPECT_FALSE(contains(printNamed(allNames()), "@custom"));
  const std::pair<const char*, void (*)(ModuleNames&)> cases[] = {
      {"a function twice", [](ModuleNames& names) { names.functions[1] = "f"; }},
      {"an empty name", [](ModuleNames& names) { names.globals[0] = ""; }},
      {"no such function", [](ModuleNames& names) { names.functions[2] = "h"; }},
      {"no such local", [](ModuleNames& names) { names.locals[1][4] = "z"; }},
      {"no such label", [](ModuleNames& names) { names.labels[1][2] = "k"; }},
      {"labels of an import", [](ModuleNames& names) { names.labels[0][0] = "k"; }},
      {"no such field", [](ModuleNames& names) { names.fields[1][2] = "z"; }},
      {"a field of no struct", [](ModuleNames& names) { names.fields[0][0] = "z"; }},
      {"a list of nothing", [](ModuleNames& names) { names.locals[0].clear(); }},
  };
  for (const auto& [what, change] : cases) {
    ModuleNames names = allNames();
    change(names);
    std::string text = printNamed(names);
    EXPECT_TRUE(contains(text, "(@custom \"name\" \"\\00\\04\\03m m")) << what << "\n" << text;
    EXPECT_TRUE(contains(text, "(func $f (;0;)")) << what;
  }
}

// The names before the malformed part are identifiers, and the section is printed as bytes.
TEST(Print, MalformedNames) {
  ModuleBuilder builder = namedModule();
  builder.custom("name", base::Bytes{1, 4, 1, 0, 1, 'f', 99});
  std::string text = print(builder.build());
  EXPECT_TRUE(contains(text, "(func $f (;0;)")) << text;
  EXPECT_TRUE(contains(text, "(@custom \"name\" \"\\01\\04\\01\\00\\01fc\")")) << text;
}

base::Bytes custom(std::string_view name, base::ByteView bytes) {
  base::Bytes contents = concat({encodeName(name), bytes});
  base::Bytes out = {0};
  base::appendUleb(out, contents.size());
  return concat({out, contents});
}

// Sections are concatenated by hand, since ModuleBuilder puts custom sections at the end.
TEST(Print, CustomSectionsSayWhereTheyStand) {
  const base::Bytes header = {0, 'a', 's', 'm', 1, 0, 0, 0};
  const base::Bytes types = {1, 4, 1, 0x60, 0, 0};
  const base::Bytes functions = {3, 2, 1, 0};
  const base::Bytes code = {10, 9, 1, 7, 0, 0x41, 0, 0x04, 0x40, kEnd, kEnd};
  const base::Bytes names = writeNameSection({.module = "m"});
  const base::Bytes hints = {1, 0, 1, 3, 1, 1};
  auto fields = [](const std::string& text) {
    size_t first = text.find("  (@custom");
    return first == text.npos ? "" : text.substr(first, text.rfind(")\n") - first);
  };
  EXPECT_EQ(fields(print(concat({header, custom("a", {}), types, custom("b", {}), functions,
                                 custom("c", {}), code, custom("name", names), custom("d", {})}))),
            R"(  (@custom "a" (before type) "")
  (@custom "b" (after type) "")
  (@custom "c" (after func) "")
  (@custom "d" "")
)");
  // Name section and hints have default positions; only other positions are printed.
  EXPECT_EQ(fields(print(concat({header, types, custom("name", names), functions, code}))),
            "  (@custom \"name\" (after type))\n");
  EXPECT_EQ(fields(print(
                concat({header, types, functions, code, custom("d", {}), custom("name", names)}))),
            "  (@custom \"d\" \"\")\n  (@custom \"name\")\n");
  std::string hinted =
      print(concat({header, types, functions, custom(kBranchHintSection, hints), code}));
  EXPECT_EQ(fields(hinted), "");
  EXPECT_TRUE(contains(hinted, "    (@metadata.code.branch_hint \"\\01\")\n    if ;;")) << hinted;
  EXPECT_EQ(
      fields(print(concat({header, types, custom(kBranchHintSection, hints), functions, code}))),
      "  (@custom \"metadata.code.branch_hint\" (after type))\n");
  EXPECT_EQ(fields(print(concat({header, types, custom(kBranchHintSection, {}), functions, code}))),
            "  (@custom \"metadata.code.branch_hint\" (after type) \"\")\n");
}

// writeModule() puts generated hints between data count and code section.
TEST(Print, HintsBeforeADataCountStayThere) {
  const base::Bytes header = {0, 'a', 's', 'm', 1, 0, 0, 0};
  const base::Bytes types = {1, 4, 1, 0x60, 0, 0};
  const base::Bytes functions = {3, 2, 1, 0};
  const base::Bytes hints = custom(kBranchHintSection, base::Bytes{1, 0, 1, 3, 1, 1});
  const base::Bytes dataCount = {12, 1, 1};
  const base::Bytes code = {10, 12, 1, 10, 0, 0x41, 0, 0x04, 0x40, kEnd, 0xfc, 9, 0, kEnd};
  const base::Bytes data = {11, 4, 1, 1, 1, 'x'};
  for (const base::Bytes& bytes :
       {concat({header, types, functions, hints, dataCount, code, data}),
        concat({header, types, functions, dataCount, hints, code, data})}) {
    auto parsed = parseModule("a.wat", print(bytes));
    ASSERT_TRUE(parsed.ok()) << parsed.error().text();
    EXPECT_EQ(writeModule(parsed->module).value(), bytes) << print(bytes);
  }
}

// Those that sampleModule() does not have.
TEST(Print, TypesOfEveryKind) {
  ModuleBuilder builder;
  builder.type({kV128, ValueType::ref(HeapType::kExn, true)},
               {ValueType::ref(HeapType::kEq, false)});
  builder.rawType(base::Bytes{0x50, 0, 0x5e, 0x78, 0});
  builder.item(SectionId::Table, {0x64, 0x70, 5, 1, 2});
  builder.item(SectionId::Memory, {8, 1, 0});
  builder.item(SectionId::Global, {0x63, 1, 1, 0xd0, 1, kEnd});
  builder.item(SectionId::Data, {0, kEnd, 0});
  EXPECT_EQ(print(builder.build()), R"((module
  (type (;0;) (func (param v128 exnref) (result (ref eq))))
  (type (;1;) (sub (array i8)))
  (table (;0;) i64 1 2 (ref func))
  (memory (;0;) 1 (pagesize 1))
  (global (;0;) (mut (ref null 1)) ref.null 1)
  (data (;0;) (offset) "")
)
)");
}

TEST(Print, MalformedCodeIsAnError) {
  ModuleBuilder builder;
  builder.function(builder.type({}, {}), {0x27});
  base::Bytes bytes = builder.build();
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  base::Result<std::string> text = printModule(*module);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().text(), "a.wasm:0x17: illegal opcode 0x27");
}

// The limit holds for all fields, of which sampleModule() has every kind.
TEST(Print, TextsHaveALimit) {
  base::Bytes bytes = sampleModule();
  Module module = readModule("a.wasm", bytes).value();
  const size_t size = printModule(module).value().size();
  EXPECT_TRUE(printModule(module, size).ok());
  for (size_t limit = 0; limit < size; ++limit) {
    base::Result<std::string> text = printModule(module, limit);
    ASSERT_FALSE(text.ok()) << limit;
    EXPECT_TRUE(contains(text.error().text(), "is more than 4 GiB as text"));
  }
  EXPECT_EQ(printModule(module, size - 1).error().text(), "a.wasm: is more than 4 GiB as text");
}

// Invalid modules are printed if they are well-formed.
TEST(Print, InvalidModules) {
  ModuleBuilder builder;
  builder.import("m", "f", ExternKind::Function, base::Bytes{99});
  builder.function(98, {kEnd, kEnd, 0x05, 0x18, 7, 0x0c, 100});
  builder.exportItem("x", ExternKind::Tag, 97);
  builder.contents(SectionId::Start, base::Bytes{96});
  builder.item(SectionId::Element, {2, 95, kEnd, 0, 1, 94});
  builder.item(SectionId::Memory, {8, 1, 63});
  std::string text = print(builder.build());
  for (const char* part :
       {"(type 99)", "(type 98)", "\n    end\n    end\n    else\n    delegate 7\n", "br 100",
        "(tag 97)", "(start 96)", "(table 95) (offset) func 94",
        "(pagesize 9223372036854775808)"}) {
    EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  }
}

TEST(Print, DeepNestingStaysSmall) {
  constexpr size_t kDepth = 100'000;
  base::Bytes code;
  for (size_t i = 0; i < kDepth; ++i) code.insert(code.end(), {0x02, 0x40});
  code.insert(code.end(), kDepth, kEnd);
  ModuleBuilder builder;
  builder.function(builder.type({}, {}), code);
  EXPECT_LT(print(builder.build()).size(), kDepth * 300);
}

}  // namespace
}  // namespace wasm
