#include "runtime/linker.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/fixture/running.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

using abi::ExternKind;
using fixture::ModuleBuilder;

// Returns a host function of type [i32] -> [i32].
HostFunction identity() {
  return hostFunction(+[](Caller*, uint32_t a) { return a; });
}

// Instantiates the module. Returns the error, or an empty string.
std::string linkError(const Linker& linker, Store& store, const ModuleBuilder& builder) {
  auto result = linker.instantiate(store, builder.build());
  return result.ok() ? "" : result.error().text();
}

TEST(Linker, NamesEveryUnknownImport) {
  ModuleBuilder builder;
  uint32_t type = builder.type<void, uint32_t>();
  builder.importFunction("env", "foo", type);
  builder.importMemory("env", "mem", fixture::memoryType(1, 2));
  Linker linker;
  Store store;
  EXPECT_EQ(linkError(linker, store, builder),
            "unknown import env.foo (function [i32] -> [])\n"
            "unknown import env.mem (memory (min 1, max 2))");
  linker.define("env", "foo", hostFunction(+[](Caller*, uint32_t) {}));
  EXPECT_EQ(linkError(linker, store, builder), "unknown import env.mem (memory (min 1, max 2))");
}

TEST(Linker, MissingFunctionsCanBeMade) {
  ModuleBuilder builder;
  builder.importFunction("env", "missing", builder.type<uint32_t, uint32_t>());
  builder.importFunction("env", "other", builder.type<void>());
  Linker linker;
  linker.defineMissing([](std::string_view module, std::string_view name, const FuncType& type) {
    EXPECT_EQ(module, "env");
    std::optional<HostFunction> made;
    if (name == "missing" && text(type) == "[i32] -> [i32]") made = identity();
    return made;
  });
  Store store;
  EXPECT_EQ(linkError(linker, store, builder), "unknown import env.other (function [] -> [])");
  linker.define("env", "other", identity());
  EXPECT_EQ(linkError(linker, store, builder),
            "incompatible import type for env.other: expected function [] -> [], "
            "found function [i32] -> [i32]");
  linker.define("env", "other", hostFunction(+[](Caller*) {}));
  linker.define("env", "missing", hostFunction(+[](Caller*) {}));
  EXPECT_EQ(linkError(linker, store, builder), "");
}

TEST(Linker, FunctionTypesMustBeEqual) {
  ModuleBuilder builder;
  builder.importFunction("env", "f", builder.type<uint64_t, uint32_t>());
  Linker linker;
  linker.define("env", "f", identity());
  Store store;
  EXPECT_EQ(linkError(linker, store, builder),
            "incompatible import type for env.f: expected function [i32] -> [i64], "
            "found function [i32] -> [i32]");
  linker.define("env", "f", store.createMemory(fixture::memoryType(1)).value());
  EXPECT_EQ(linkError(linker, store, builder),
            "incompatible import type for env.f: expected function [i32] -> [i64], "
            "found memory (min 1)");
}

TEST(Linker, FunctionsOfAnyTypeMatchAllFunctions) {
  HostFunction any{.slotCode = [](HostFuncInstance&, abi::Slot*) {}, .isOfAnyType = true};
  for (uint32_t shape = 0; shape < 2; ++shape) {
    ModuleBuilder builder;
    builder.importFunction("env", "f",
                           shape == 0 ? builder.type<uint64_t, uint32_t>() : builder.type<void>());
    Linker linker;
    linker.define("env", "f", any);
    Store store;
    EXPECT_EQ(linkError(linker, store, builder), "");
  }
  ModuleBuilder builder;
  builder.importMemory("env", "f", fixture::memoryType(1));
  Linker linker;
  linker.define("env", "f", any);
  Store store;
  EXPECT_EQ(linkError(linker, store, builder),
            "incompatible import type for env.f: expected memory (min 1), found function of any "
            "type");
}

// What resolve() has found once serves for instances in several stores, if it is of no store.
TEST(Linker, ResolvedImportsServeForManyInstances) {
  ModuleBuilder builder;
  builder.importFunction("env", "f", builder.type<uint32_t, uint32_t>());
  auto module = builder.build();
  Linker linker;
  linker.define("env", "f", identity());
  Store first, second;
  std::vector<Extern> imports = linker.resolve(first, *module).value();
  ASSERT_EQ(imports.size(), 1u);
  EXPECT_TRUE(checkMatches(*module, module->descriptor().imports[0], imports[0]).ok());
  for (Store* store : {&first, &second, &second}) {
    EXPECT_TRUE(store->instantiate(module, imports).ok());
  }
  linker.define("env", "f", hostFunction(+[](Caller*) {}));
  imports = linker.resolve(first, *module).value();
  EXPECT_EQ(checkMatches(*module, module->descriptor().imports[0], imports[0]).error().text(),
            "incompatible import type for env.f: expected function [i32] -> [i32], "
            "found function [] -> []");
}

bool memoryLinks(abi::MemoryType wanted, abi::MemoryType given, uint64_t growth = 0) {
  ModuleBuilder builder;
  builder.importMemory("env", "m", wanted);
  Store store;
  Memory* memory = store.createMemory(given).value();
  CHECK(memory->grow(growth).has_value());
  Linker linker;
  linker.define("env", "m", memory);
  return linkError(linker, store, builder).empty();
}

TEST(Linker, MemoryLimitsMatchBySubtyping) {
  using fixture::memoryType;
  EXPECT_TRUE(memoryLinks(memoryType(1), memoryType(1)));
  EXPECT_TRUE(memoryLinks(memoryType(1), memoryType(2, 3)));
  EXPECT_FALSE(memoryLinks(memoryType(2), memoryType(1)));
  EXPECT_FALSE(memoryLinks(memoryType(1, 2), memoryType(1)));
  EXPECT_TRUE(memoryLinks(memoryType(1, 2), memoryType(1, 2)));
  EXPECT_FALSE(memoryLinks(memoryType(1, 2), memoryType(1, 3)));
  // The current size is matched, not the declared minimum.
  EXPECT_TRUE(memoryLinks(memoryType(2), memoryType(1), 1));
  abi::MemoryType is64 = memoryType(1);
  is64.flags = abi::kIndex64;
  EXPECT_FALSE(memoryLinks(is64, memoryType(1)));
  abi::MemoryType bytePages = memoryType(1);
  bytePages.pageSizeLog2 = 0;
  EXPECT_FALSE(memoryLinks(bytePages, memoryType(1)));
}

TEST(Linker, CodeThatReliesOnHeadroomTakesNoMemoryOfAllPages) {
  abi::MemoryType wanted = fixture::memoryType(1);
  EXPECT_TRUE(memoryLinks(wanted, fixture::memoryType(65536)));
  wanted.flags = abi::kHeadroom;
  EXPECT_TRUE(memoryLinks(wanted, fixture::memoryType(65535)));
  EXPECT_TRUE(memoryLinks(wanted, fixture::memoryType(0, 65536), 65535));
  EXPECT_FALSE(memoryLinks(wanted, fixture::memoryType(65536)));
}

TEST(Linker, CodeThatReliesOnGuardsTakesNoMemoryWithout) {
  abi::MemoryType checked = fixture::memoryType(1);
  checked.flags = abi::kChecked;
  EXPECT_TRUE(memoryLinks(checked, checked));
  EXPECT_TRUE(memoryLinks(checked, fixture::memoryType(1)));
  EXPECT_FALSE(memoryLinks(fixture::memoryType(1), checked));
}

TEST(Linker, TablesMatchByElementAndLimits) {
  ModuleBuilder builder;
  builder.importTable("env", "t", fixture::tableType(2, 5));
  Store store;
  auto links = [&](abi::TableType type) {
    Value null{type.element.kind, {}};
    Linker linker;
    linker.define("env", "t", store.createTable(type, null).value());
    return linkError(linker, store, builder);
  };
  EXPECT_EQ(links(fixture::tableType(3, 4)), "");
  EXPECT_EQ(links(fixture::tableType(3)),
            "incompatible import type for env.t: expected table (min 2, max 5) of funcref, "
            "found table (min 3) of funcref");
  EXPECT_EQ(links(fixture::tableType(3, 4, abi::kExternRef)),
            "incompatible import type for env.t: expected table (min 2, max 5) of funcref, "
            "found table (min 3, max 4) of externref");
}

TEST(Linker, GlobalsMatchExactly) {
  ModuleBuilder builder;
  builder.importGlobal("env", "g", fixture::globalType(abi::kI64, true));
  Store store;
  auto links = [&](abi::ValueType type, bool isMutable) {
    Linker linker;
    Value zero{type.kind, {}};
    linker.define("env", "g",
                  store.createGlobal(fixture::globalType(type, isMutable), zero).value());
    return linkError(linker, store, builder);
  };
  EXPECT_EQ(links(abi::kI64, true), "");
  EXPECT_EQ(links(abi::kI64, false),
            "incompatible import type for env.g: expected global mutable i64, found global i64");
  EXPECT_EQ(links(abi::kF64, true),
            "incompatible import type for env.g: expected global mutable i64, "
            "found global mutable f64");
}

abi::ValueType functionReference(uint32_t type, bool isNullable) {
  return {abi::ValueKind::FuncRef, abi::HeapKind::Concrete, isNullable, 0, type};
}

TEST(Linker, ImmutableGlobalsMatchBySubtyping) {
  Store store;
  auto links = [&](abi::ValueType wanted, abi::ValueType given, bool isMutable) {
    ModuleBuilder builder;
    builder.type<void, uint32_t>();
    builder.importGlobal("env", "g", fixture::globalType(wanted, isMutable));
    Value null{given.kind, {}};
    Linker linker;
    linker.define("env", "g",
                  store.createGlobal(fixture::globalType(given, isMutable), null).value());
    return linkError(linker, store, builder);
  };
  // The type that the module has as type 0.
  TypeIds held(FuncType{{abi::kI32}, {}});
  abi::ValueType wanted = functionReference(0, true);
  abi::ValueType given = functionReference(held[0], true);
  EXPECT_EQ(links(abi::kFuncRef, given, false), "");
  EXPECT_EQ(links(wanted, given, true), "");
  EXPECT_EQ(links(abi::kFuncRef, given, true),
            "incompatible import type for env.g: expected global mutable funcref, "
            "found global mutable (ref null (func [i32] -> []))");
  EXPECT_EQ(links(wanted, abi::kFuncRef, false),
            "incompatible import type for env.g: expected global (ref null (func [i32] -> [])), "
            "found global funcref");
}

TEST(Linker, TablesMatchByTheExactElementType) {
  ModuleBuilder builder;
  builder.type<void, uint32_t>();
  builder.importTable("env", "t", fixture::tableType(0, functionReference(0, true)));
  Store store;
  auto links = [&](abi::ValueType element) {
    Linker linker;
    linker.define("env", "t",
                  store.createTable(fixture::tableType(0, element), {element.kind, {}}).value());
    return linkError(linker, store, builder);
  };
  TypeIds held(FuncType{{abi::kI32}, {}}), other(FuncType{{abi::kI64}, {}});
  EXPECT_EQ(links(functionReference(held[0], true)), "");
  EXPECT_EQ(links(abi::kFuncRef),
            "incompatible import type for env.t: expected table (min 0) of "
            "(ref null (func [i32] -> [])), found table (min 0) of funcref");
  EXPECT_NE(links(functionReference(other[0], true)), "");
}

// Adds types 0 and 1, of which the second is a subtype of the first. They are the same types in all
// modules.
void addFamily(ModuleBuilder& builder) {
  builder.type<uint32_t, uint32_t>();
  builder.open();
  builder.type<uint32_t, uint32_t>();
  builder.open(0);
}

TEST(Linker, FunctionsMatchBySubtyping) {
  ModuleBuilder exporter("tripler", fixture::codeB());
  addFamily(exporter);
  for (uint32_t type : {0, 1}) {
    exporter.exportAs(type == 0 ? "parent" : "child", ExternKind::Function,
                      exporter.function(type, fixture::guestTriple));
  }
  Store store;
  Linker linker;
  linker.defineInstance("lib", fixture::instantiate(store, exporter.build()));
  linker.define("env", "parent", identity());

  ModuleBuilder importer;
  addFamily(importer);
  uint32_t child = importer.importFunction("lib", "child", 0);
  importer.exportAs("child", ExternKind::Function, child);
  auto module = importer.build();
  Instance& user = *linker.instantiate(store, module).value();
  EXPECT_EQ(fixture::call(user, "child", {Value::i32(5)}).slot.i32, 15u);
  // The function keeps its own type, which indirect calls compare.
  EXPECT_EQ(user.function("child")->reference()->typeId, module->typeId(1));

  ModuleBuilder narrower;
  addFamily(narrower);
  narrower.importFunction("lib", "parent", 1);
  EXPECT_EQ(linkError(linker, store, narrower),
            fmt::format("incompatible import type for lib.parent: "
                        "expected function [i32] -> [i32] (type ${}), "
                        "found function [i32] -> [i32] (type ${})",
                        module->typeId(1), module->typeId(0)));

  // The type of a host function is final and has no supertype.
  ModuleBuilder host;
  addFamily(host);
  host.importFunction("env", "parent", 0);
  EXPECT_NE(linkError(linker, store, host), "");
}

TEST(Linker, TagsMatchByType) {
  ModuleBuilder exporter;
  uint32_t type = exporter.type<void, uint32_t>();
  exporter.exportAs("tag", ExternKind::Tag, exporter.tag(type));
  Store store;
  Instance& library = fixture::instantiate(store, exporter.build());
  Tag* host = store.createTag({{abi::kI64}, {}});
  Linker linker;
  linker.defineInstance("lib", library);
  linker.define("env", "tag", host);

  ModuleBuilder importer("", fixture::codeB());
  uint32_t wanted = importer.type<void, uint32_t>();
  uint32_t imported = importer.importTag("lib", "tag", wanted);
  importer.exportAs("same", ExternKind::Tag, imported);
  importer.exportAs("own", ExternKind::Tag, importer.tag(wanted));
  Instance& user = *linker.instantiate(store, importer.build()).value();
  ASSERT_NE(library.tag("tag"), nullptr);
  EXPECT_EQ(user.tag("same"), library.tag("tag"));
  EXPECT_NE(user.tag("own"), library.tag("tag"));
  EXPECT_EQ(user.tag("none"), nullptr);

  ModuleBuilder other;
  other.importTag("env", "tag", other.type<void, uint32_t>());
  EXPECT_EQ(
      linkError(linker, store, other),
      "incompatible import type for env.tag: expected tag [i32] -> [], found tag [i64] -> []");
}

TEST(Linker, AnInstanceIsAllOfItsModule) {
  ModuleBuilder exporter;
  uint32_t type = exporter.type<uint32_t, uint32_t>();
  uint32_t function = exporter.function(type, fixture::guestCallTrap);
  exporter.exportAs("triple", ExternKind::Function, function);
  Store store;
  Linker linker;
  linker.addLibrary([](std::string_view, std::string_view) { return std::optional(identity()); });
  linker.defineMissing([](std::string_view, std::string_view, const FuncType&) {
    return std::optional(identity());
  });
  ModuleBuilder importer("", fixture::codeB());
  importer.importFunction("lib", "tripel", importer.type<uint32_t, uint32_t>());
  EXPECT_EQ(linkError(linker, store, importer), "");
  linker.defineInstance("lib", fixture::instantiate(store, exporter.build()));
  EXPECT_EQ(linkError(linker, store, importer),
            "unknown import lib.tripel (function [i32] -> [i32]); "
            "lib exports triple (function [i32] -> [i32])");
  linker.defineInstance("lib", fixture::instantiate(store, ModuleBuilder().build()));
  linker.defineInstance("none", fixture::instantiate(store, ModuleBuilder().build()));
  ModuleBuilder other("", fixture::codeB());
  other.importFunction("none", "f", other.type<void>());
  EXPECT_EQ(linkError(linker, store, other),
            "unknown import none.f (function [] -> []); none exports nothing");
}

TEST(Linker, RefusesFunctionsOfAnotherStore) {
  ModuleBuilder exporter;
  uint32_t type = exporter.type<uint32_t, uint32_t>();
  exporter.exportAs("f", ExternKind::Function, exporter.function(type, fixture::guestCallTrap));
  ModuleBuilder importer("", fixture::codeB());
  importer.importFunction("a", "f", importer.type<uint32_t, uint32_t>());
  Store storeA;
  Store storeB;
  auto module = exporter.build();
  Linker linker;
  linker.defineInstance("a", fixture::instantiate(storeA, module));
  EXPECT_EQ(linkError(linker, storeB, importer), "import a.f is of another store");
}

TEST(Linker, RefusesObjectsOfAnotherStore) {
  ModuleBuilder exporter;
  const abi::GlobalType global = fixture::globalType(abi::kI32, true);
  exporter.exportAs("t", ExternKind::Table, exporter.table(fixture::tableType(1)));
  exporter.exportAs("m", ExternKind::Memory, exporter.memory(fixture::memoryType(1)));
  exporter.exportAs("g", ExternKind::Global, exporter.global(global, fixture::constI32(1)));
  exporter.exportAs("e", ExternKind::Tag, exporter.tag(exporter.type<void, uint32_t>()));
  Store storeA;
  Store storeB;
  auto module = exporter.build();
  Linker linker;
  linker.defineInstance("a", fixture::instantiate(storeA, module));
  linker.define("host", "g", storeA.createGlobal(global, Value::i32(1)).value());
  auto expectRefused = [&](const char* name, auto import) {
    ModuleBuilder importer("", fixture::codeB());
    import(importer);
    EXPECT_EQ(linkError(linker, storeB, importer),
              std::string("import ") + name + " is of another store");
    EXPECT_TRUE(linker.instantiate(storeA, importer.build()).ok()) << name;
  };
  expectRefused("a.t", [](ModuleBuilder& b) { b.importTable("a", "t", fixture::tableType(1)); });
  expectRefused("a.m", [](ModuleBuilder& b) { b.importMemory("a", "m", fixture::memoryType(1)); });
  expectRefused("a.g", [&](ModuleBuilder& b) { b.importGlobal("a", "g", global); });
  expectRefused("host.g", [&](ModuleBuilder& b) { b.importGlobal("host", "g", global); });
  expectRefused("a.e", [](ModuleBuilder& b) { b.importTag("a", "e", b.type<void, uint32_t>()); });
}

// Also after the instance that has made it, and its store, are gone.
TEST(Linker, AcceptsSharedMemoriesOfAnotherStore) {
  abi::MemoryType type = fixture::memoryType(1, 3);
  type.flags |= abi::kShared;
  ModuleBuilder exporter;
  exporter.exportAs("m", ExternKind::Memory, exporter.memory(type));
  ModuleBuilder importer("", fixture::codeB());
  importer.exportAs("m", ExternKind::Memory, importer.importMemory("a", "m", type));
  Store store;
  Linker linker;
  auto first = std::make_unique<Store>();
  linker.defineInstance("a", fixture::instantiate(*first, exporter.build()));
  auto module = importer.build();
  Instance& instance = *linker.instantiate(store, module).value();
  Memory* memory = linker.instantiate(store, module).value()->memory("m");
  EXPECT_EQ(instance.memory("m"), memory);
  first.reset();
  EXPECT_EQ(memory->grow(1), 1u);
  memory->bytes().back() = 1;
  EXPECT_EQ(instance.memory("m")->pages(), 2u);
}

TEST(Linker, SharedMemoriesMatchSharedOnesOnly) {
  abi::MemoryType plain = fixture::memoryType(1, 2);
  abi::MemoryType shared = plain;
  shared.flags |= abi::kShared;
  Store store;
  Linker linker;
  linker.define("env", "plain", store.createMemory(plain).value());
  linker.define("env", "shared", store.createMemory(shared).value());
  ModuleBuilder wantsShared;
  wantsShared.importMemory("env", "plain", shared);
  EXPECT_EQ(linkError(linker, store, wantsShared),
            "incompatible import type for env.plain: expected memory (min 1, max 2, shared), found "
            "memory (min 1, max 2)");
  ModuleBuilder wantsPlain;
  wantsPlain.importMemory("env", "shared", plain);
  EXPECT_EQ(linkError(linker, store, wantsPlain),
            "incompatible import type for env.shared: expected memory (min 1, max 2), found memory "
            "(min 1, max 2, shared)");
}

TEST(Linker, LinksInstances) {
  ModuleBuilder exporter("tripler", fixture::codeB());
  uint32_t type = exporter.type<uint32_t, uint32_t>();
  exporter.exportAs("triple", ExternKind::Function, exporter.function(type, fixture::guestTriple));
  exporter.exportAs("table", ExternKind::Table, exporter.table(fixture::tableType(4)));
  exporter.exportAs("memory", ExternKind::Memory, exporter.memory(fixture::memoryType(1)));

  ModuleBuilder importer("user");
  type = importer.type<uint32_t, uint32_t>();
  uint32_t triple = importer.importFunction("lib", "triple", type);
  uint32_t table = importer.importTable("lib", "table", fixture::tableType(1));
  importer.importMemory("lib", "memory", fixture::memoryType(1));
  uint32_t call = importer.function(type, fixture::guestCallImport, "call");
  uint32_t indirect = importer.function(importer.type<uint32_t, uint32_t, uint32_t>(),
                                        fixture::guestCallIndirect, "indirect");
  importer.exportAs("call", ExternKind::Function, call);
  importer.exportAs("triple", ExternKind::Function, triple);
  importer.exportAs("indirect", ExternKind::Function, indirect);
  importer.exportAs("table", ExternKind::Table, table);
  importer.elements(abi::SegmentMode::Active, {call, triple}, fixture::constI32(1));

  Store store;
  Linker linker;
  Instance& library = *linker.instantiate(store, exporter.build()).value();
  linker.defineInstance("lib", library);
  Instance& user = *linker.instantiate(store, importer.build()).value();

  EXPECT_EQ(fixture::call(user, "call", {Value::i32(5)}).slot.i32, 15u);
  EXPECT_EQ(fixture::call(user, "triple", {Value::i32(6)}).slot.i32, 18u);
  // Imports are called directly, with the context of the exporting instance.
  EXPECT_EQ(user.function("triple")->reference()->fastEntry,
            library.function("triple")->reference()->fastEntry);
  EXPECT_EQ(user.function("triple")->reference()->context,
            library.function("triple")->reference()->context);
  EXPECT_EQ(user.table("table"), library.table("table"));
  EXPECT_EQ(fixture::call(user, "indirect", {Value::i32(1), Value::i32(7)}).slot.i32, 21u);
  EXPECT_EQ(fixture::call(user, "indirect", {Value::i32(2), Value::i32(7)}).slot.i32, 21u);
  EXPECT_EQ(fixture::callTrapping(user, "indirect", {Value::i32(0), Value::i32(7)}).message,
            "uninitialized element");
  EXPECT_EQ(fixture::callTrapping(user, "indirect", {Value::i32(4), Value::i32(7)}).message,
            "undefined element");
  // A function of another type in the shared table.
  library.table("table")->setReference(3, user.function("indirect")->reference());
  EXPECT_EQ(fixture::callTrapping(user, "indirect", {Value::i32(3), Value::i32(7)}).message,
            "indirect call type mismatch");
}

TEST(Linker, LaterDefinitionsReplaceEarlierOnes) {
  Linker linker;
  linker.define("env", "x", identity());
  linker.define("env", "x", hostFunction(+[](Caller*) {}));
  ASSERT_TRUE(linker.find("env", "x"));
  EXPECT_EQ(describe(*linker.find("env", "x")), "function [] -> []");
  EXPECT_FALSE(linker.find("env", "y"));
}

// Libraries are asked in order, and only for what is not defined.
TEST(Linker, LibrariesComeAfterDefinitions) {
  Linker linker;
  int asked = 0;
  auto library = [&asked](HostFunction function) {
    return [&asked, function](std::string_view module,
                              std::string_view name) -> std::optional<HostFunction> {
      ++asked;
      return module == "lib" && name == "f" ? std::optional(function) : std::nullopt;
    };
  };
  linker.addLibrary(library(identity()));
  linker.addLibrary(library(hostFunction(+[](Caller*) {})));
  EXPECT_EQ(describe(*linker.find("lib", "f")), describe(Extern(identity())));
  EXPECT_EQ(asked, 1);
  EXPECT_FALSE(linker.find("lib", "g"));
  EXPECT_FALSE(linker.find("env", "f"));
  EXPECT_EQ(asked, 5);
  linker.define("lib", "f", hostFunction(+[](Caller*, uint64_t) {}));
  EXPECT_EQ(describe(*linker.find("lib", "f")), "function [i64] -> []");
  EXPECT_EQ(asked, 5);
}

}  // namespace
}  // namespace runtime
