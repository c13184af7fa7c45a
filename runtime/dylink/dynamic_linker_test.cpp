#include "runtime/dylink/dynamic_linker.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"
#include "runtime/instance/store_state.h"

namespace runtime {
namespace {

using abi::ExternKind;
using fixture::ModuleBuilder;

constexpr uint32_t kPage = 65536;

uint32_t importBase(ModuleBuilder& builder, const char* name) {
  return builder.importGlobal("env", name, fixture::globalType(abi::kI32, false));
}

// Adds an import of an address and exports it by the same name.
void useAddress(ModuleBuilder& builder, const char* got, const char* name) {
  uint32_t address = builder.importGlobal(got, name, fixture::globalType(abi::kI32, true));
  builder.exportAs(std::string("use of ") + name, ExternKind::Global, address);
}

// Returns a library with 16 bytes of data, aligned to 2^`alignment`, and the data symbol `name` at
// byte 4 of them.
ModuleBuilder library(const char* name, uint8_t alignment) {
  ModuleBuilder builder("library", fixture::codeB());
  builder.dylink({1, 4, 16, alignment, 0, 0});
  builder.importMemory("env", "memory", fixture::memoryType(1));
  uint32_t base = importBase(builder, "__memory_base");
  builder.exportAs(std::string("base of ") + name, ExternKind::Global, base);
  builder.exportAs(name, ExternKind::Global,
                   builder.global(fixture::globalType(abi::kI32, false), fixture::constI32(4)));
  builder.data(abi::SegmentMode::Active, {1, 2, 3}, fixture::globalGet(base));
  return builder;
}

// Returns a program that is position-independent and has the memory.
ModuleBuilder program() {
  ModuleBuilder builder;
  builder.dylink({1, 4, 8, 0, 0, 0});
  importBase(builder, "__memory_base");
  builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1)));
  return builder;
}

uint32_t valueOf(const Instance& instance, std::string_view name) {
  return instance.global(name)->get().slot.i32;
}

struct DynamicLinkerTest : testing::Test {
  Store store;
  Linker linker;
  DynamicLinker dynamic{store, linker};

  std::string errorOf(const ModuleBuilder& builder) {
    auto linked = dynamic.link(builder.build());
    return linked ? "" : linked.error().text();
  }
};

TEST_F(DynamicLinkerTest, PlacesDataBehindTheMemory) {
  ModuleBuilder builder = program();
  useAddress(builder, "GOT.mem", "x");
  useAddress(builder, "GOT.mem", "y");
  useAddress(builder, "GOT.mem", "__heap_base");
  dynamic.add("a", library("x", 4).build());
  dynamic.add("b", library("y", 17).build());
  Instance& instance = *dynamic.link(builder.build()).value();
  EXPECT_EQ(valueOf(instance, "use of x"), kPage + 4);
  // The next address that is a multiple of 128 KiB, although pages are smaller.
  EXPECT_EQ(valueOf(instance, "use of y"), 2 * kPage + 4);
  EXPECT_EQ(valueOf(instance, "use of __heap_base"), 3 * kPage);
  const Memory& memory = *instance.memory("memory");
  EXPECT_EQ(memory.pages(), 3u);
  EXPECT_EQ(memory.base()[kPage], 1);
  EXPECT_EQ(memory.base()[2 * kPage + 2], 3);
}

TEST_F(DynamicLinkerTest, TakesTheFirstDefinition) {
  ModuleBuilder builder = program();
  builder.exportAs("y", ExternKind::Global,
                   builder.global(fixture::globalType(abi::kI32, false), fixture::constI32(2)));
  ModuleBuilder user("user", fixture::codeB());
  user.dylink({1, 4, 0, 0, 0, 0});
  useAddress(user, "GOT.mem", "x");
  useAddress(user, "GOT.mem", "y");
  dynamic.add("a", library("x", 0).build());
  dynamic.add("b", library("x", 0).build());
  dynamic.add("c", library("y", 0).build());
  dynamic.add("d", user.build());
  ASSERT_TRUE(dynamic.link(builder.build()).ok());
  const Instance& last = *store.state().instances.back();
  EXPECT_EQ(valueOf(last, "use of x"), kPage + 4);
  // Of the program, whose data begins at 1024.
  EXPECT_EQ(valueOf(last, "use of y"), 1026u);
}

TEST_F(DynamicLinkerTest, BindsFunctionsOfLaterModules) {
  ModuleBuilder builder = program();
  uint32_t type = builder.type<uint32_t, uint32_t>();
  builder.exportAs("imported", ExternKind::Function, builder.importFunction("env", "f", type));
  builder.exportAs("call", ExternKind::Function,
                   builder.function(type, fixture::guestCallImport, "call"));
  builder.exportAs("__indirect_function_table", ExternKind::Table,
                   builder.table(fixture::tableType(1)));
  useAddress(builder, "GOT.func", "f");
  ModuleBuilder later("later", fixture::codeB());
  later.dylink({1, 4, 0, 0, 0, 0});
  uint32_t same = later.type<uint32_t, uint32_t>();
  later.exportAs("f", ExternKind::Function, later.function(same, fixture::guestTriple));
  dynamic.add("later", later.build());
  Instance& instance = *dynamic.link(builder.build()).value();
  EXPECT_EQ(fixture::call(instance, "imported", {Value::i32(5)}).slot.i32, 15u);
  EXPECT_EQ(fixture::call(instance, "call", {Value::i32(6)}).slot.i32, 18u);
  const Table& table = *instance.table("__indirect_function_table");
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(valueOf(instance, "use of f"), 1u);
  EXPECT_EQ(store.function(static_cast<abi::FuncRef*>(table.reference(1)))
                .call({Value::i32(7)})
                .value()
                .front()
                .slot.i32,
            21u);
}

TEST_F(DynamicLinkerTest, RefusesWhatIsUndefined) {
  ModuleBuilder builder = program();
  useAddress(builder, "GOT.mem", "x");
  EXPECT_EQ(errorOf(builder), "unknown import GOT.mem.x (global mutable i32)");
}

TEST_F(DynamicLinkerTest, RefusesMoreThanTheLimits) {
  ModuleBuilder greedy("greedy", fixture::codeB());
  greedy.dylink({1, 8, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0});
  dynamic.add("a", greedy.build());
  EXPECT_EQ(errorOf(program()), "library a: the memory cannot grow by 4294967295 bytes");
}

TEST_F(DynamicLinkerTest, RefusesAMissingLibrary) {
  ModuleBuilder builder = program();
  builder.dylink({2, 3, 1, 1, 'm'});
  EXPECT_EQ(errorOf(builder), "needs the library m, which is not preloaded");
}

}  // namespace
}  // namespace runtime
