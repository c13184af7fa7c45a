#include "runtime/module/module.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/fixture/module_builder.h"
#include "runtime/trap/code_registry.h"

namespace runtime {
namespace {

using fixture::ModuleBuilder;

// Returns the descriptor of a ModuleBuilder's source, which is in writable storage.
abi::ModuleDescriptor& writable(ModuleSource& source) {
  return const_cast<abi::ModuleDescriptor&>(*source.descriptor);
}

// Returns the error of Module::create, or an empty string.
std::string refusal(ModuleSource source) {
  auto module = Module::create(std::move(source));
  return module.ok() ? "" : module.error().text();
}

TEST(Module, RefusesWhatIsOfAnotherBuild) {
  ModuleSource source = ModuleBuilder().source();
  writable(source).magic = 1;
  EXPECT_EQ(refusal(source), "compiled module: not a module descriptor");

  source = ModuleBuilder().source();
  writable(source).abiHash = 0x1234;
  EXPECT_NE(refusal(source).find("ABI 0x0000000000001234, this runtime has 0x"), std::string::npos);

  source = ModuleBuilder().source();
  writable(source).size -= 8;
  EXPECT_NE(refusal(source).find("descriptor of "), std::string::npos);

  source = ModuleBuilder().source();
  writable(source).arch = static_cast<abi::Arch>(9);
  EXPECT_NE(refusal(source).find("compiled for unknown, this machine is "), std::string::npos);
}

TEST(Module, RefusesContradictions) {
  ModuleSource source = ModuleBuilder().source();
  writable(source).counts.memories = 1;
  EXPECT_EQ(refusal(source), "compiled module: the context's counts contradict the descriptor");

  ModuleBuilder builder;
  builder.memory(fixture::memoryType(1));
  builder.image(0x10000, base::Bytes(0x10000));
  EXPECT_EQ(refusal(builder.source()),
            "compiled module: a memory's image is larger than the memory");

  ModuleBuilder bytes;
  bytes.memory({0, 0, 0xffff, 0});
  bytes.image(0, base::Bytes(0x10000));
  EXPECT_EQ(refusal(bytes.source()), "compiled module: a memory's image is larger than the memory");
}

TEST(Module, RefusesMemoriesThatTheRuntimeDoesNotSupport) {
  ModuleBuilder shared;
  shared.memory({abi::kShared, 16, 1, 0});
  EXPECT_EQ(refusal(shared.source()), "compiled module: a shared memory has no maximum");
  ModuleBuilder halves;
  halves.importMemory("env", "m", {0, 15, 1, 1});
  EXPECT_EQ(refusal(halves.source()), "compiled module: a memory has pages of 2^15 bytes");
}

TEST(Module, EqualTypesOfModulesHaveEqualIds) {
  ModuleBuilder a;
  a.type<void>();
  a.type<uint32_t, uint32_t>();
  ModuleBuilder b("", fixture::codeB());
  b.type<uint32_t, uint32_t>();
  EXPECT_EQ(a.build()->typeId(1), b.build()->typeId(0));
}

TEST(Module, FunctionsAreNamed) {
  ModuleBuilder builder("app");
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  uint32_t imported = builder.importFunction("env", "f", type);
  uint32_t named = builder.function(type, fixture::guestAdd, "add");
  uint32_t exported = builder.function(type, fixture::guestAdd);
  uint32_t nameless = builder.function(type, fixture::guestAdd);
  builder.exportAs("sum", abi::ExternKind::Function, exported);
  auto module = builder.build();
  EXPECT_EQ(module->name(), "app");
  EXPECT_EQ(module->functionName(imported), "func[0]");
  EXPECT_EQ(module->functionName(named), "add");
  EXPECT_EQ(module->functionName(exported), "sum");
  EXPECT_EQ(module->functionName(nameless), "func[3]");
  EXPECT_EQ(module->typeIndexOf(imported), type);
}

TEST(Module, SymbolizesInstructions) {
  ModuleBuilder builder("app");
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  builder.importFunction("env", "f", type);
  // The wasm offset increases by 16 after 4 bytes of code, and decreases by 3 after 200 more.
  base::Bytes rows;
  base::appendUleb(rows, 4);
  base::appendSleb(rows, 16);
  base::appendUleb(rows, 200);
  base::appendSleb(rows, -3);
  builder.function(type, fixture::guestAdd, "add", 100, rows);
  auto module = builder.build();
  auto* code = reinterpret_cast<const uint8_t*>(&fixture::guestAdd);

  std::vector<Frame> frames = module->symbolize(code);
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].module, "app");
  EXPECT_EQ(frames[0].function, "add");
  EXPECT_EQ(frames[0].functionIndex, 1u);
  EXPECT_EQ(frames[0].wasmOffset, 100u);
  EXPECT_EQ(module->symbolize(code + 3).at(0).wasmOffset, 100u);
  EXPECT_EQ(module->symbolize(code + 4).at(0).wasmOffset, 116u);
  EXPECT_TRUE(module->symbolize(code + fixture::codeSize(const_cast<uint8_t*>(code))).empty());
  EXPECT_TRUE(module->symbolize(&builder).empty());
}

// `outer` calls `middle` at 110, which calls `inner` at 155; both are inlined from code byte 4 on.
TEST(Module, SymbolizesInlinedCode) {
  ModuleBuilder builder("app");
  uint32_t type = builder.type<uint32_t, uint32_t, uint32_t>();
  base::Bytes rows;
  base::appendUleb(rows, 4);
  base::appendSleb(rows, 105);
  builder.function(type, fixture::guestAdd, "outer", 100, rows);
  builder.inlinedCalls({{4, 6, 110}, {4, 5, 155}});
  builder.function(type, fixture::guestTriple, "middle", 150);
  builder.function(type, fixture::guestRecurse, "inner", 200);
  auto module = builder.build();
  auto* code = reinterpret_cast<const uint8_t*>(&fixture::guestAdd);
  auto names = [&](const uint8_t* pc) {
    std::string text;
    for (const Frame& frame : module->symbolize(pc)) {
      text += fmt::format("{}:{} ", frame.function, frame.wasmOffset);
    }
    return text;
  };
  EXPECT_EQ(names(code), "outer:100 ");
  EXPECT_EQ(names(code + 4), "inner:205 middle:155 outer:110 ");
  EXPECT_EQ(names(code + 5), "inner:205 outer:110 ");
  EXPECT_EQ(names(code + 6), "outer:205 ");
}

TEST(Module, IsFoundByItsCodeAsLongAsItLives) {
  EXPECT_EQ(codeAt(fixture::codeA().begin), nullptr);
  {
    auto module = ModuleBuilder().build();
    auto other = ModuleBuilder("", fixture::codeB()).build();
    EXPECT_EQ(codeAt(fixture::codeA().begin), module.get());
    EXPECT_EQ(codeAt(fixture::codeB().begin), other.get());
    EXPECT_EQ(codeAt(static_cast<const uint8_t*>(fixture::codeA().end) - 1), module.get());
    EXPECT_EQ(codeAt(&module), nullptr);
  }
  EXPECT_EQ(codeAt(fixture::codeA().begin), nullptr);
}

}  // namespace
}  // namespace runtime
