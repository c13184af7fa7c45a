#include "compiler/driver/artifact.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "compiler/codegen/compile.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/from_text.h"

namespace driver {
namespace {

// An interpreter's loop over a table of `count` opcodes. How its dispatch is copied follows from
// options of LLVM's command line, and what its rotations become from the CPU.
base::Bytes interpreter(uint32_t count) {
  std::string blocks, arms;
  for (uint32_t i = 0; i < count; ++i) {
    blocks += fmt::format("(block $op{} ", i);
    arms += fmt::format(
        ") (local.set $x (i32.rotl (i32.add (local.get $x) (i32.const {})) (i32.const {})))"
        "(i32.store (i32.and (local.get $x) (i32.const 0xfffc)) (local.get $x)) (br $next)",
        i * 7 + 1, i % 31 + 1);
  }
  std::string labels;
  for (uint32_t i = 0; i < count; ++i) labels += fmt::format("$op{} ", count - 1 - i);
  return wasm::encoded(fmt::format(
      "(module (memory 1) (func (export \"run\") (param $p i32) (param $x i32) (result i32)"
      "(loop $next (local.set $p (i32.add (local.get $p) (i32.const 1)))"
      "(block $done {}(br_table {}$done (i32.load8_u (local.get $p))){}) ) (local.get $x)))",
      blocks, labels, arms));
}

std::vector<codegen::ObjectBytes> compileFor(const std::string& cpu) {
  base::Bytes bytes = interpreter(24);
  codegen::Options options;
  options.triple = "x86_64-linux-gnu";
  options.cpu = cpu;
  base::Result<wasm::Module> read = wasm::readModule("a.wasm", bytes);
  EXPECT_TRUE(read.ok());
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(*read));
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<codegen::Target> target = codegen::Target::resolve(options);
  EXPECT_TRUE(target.ok());
  const codegen::Reports unused{.time = [](std::string_view, double) {},
                                .reduced = [](uint32_t) {},
                                .reducedThunks = [](uint64_t) {}};
  return codegen::compileObjects(*module, *target, options, 1, unused);
}

void link(std::span<const codegen::ObjectBytes> objects) {
  codegen::Options options;
  options.triple = "x86_64-linux-gnu";
  options.cpu = "x86-64";
  base::Result<codegen::Target> target = codegen::Target::resolve(options);
  ASSERT_TRUE(target.ok());
  EXPECT_TRUE(linkObjects(objects, linker::Kind::SharedObject, *target, 1).ok());
}

// lld resets the options of LLVM's command line to their initial values.
TEST(Compile, MakesTheSameAfterLinking) {
  std::vector<codegen::ObjectBytes> first = compileFor("x86-64");
  link(first);
  EXPECT_EQ(compileFor("x86-64"), first);
}

// Compilations for two CPUs at once do not share any setting.
TEST(Compile, MakesTheSameOnTwoThreads) {
  constexpr int kRounds = 3;
  const std::string cpus[] = {"x86-64-v2", "x86-64-v4"};
  std::vector<codegen::ObjectBytes> alone[] = {compileFor(cpus[0]), compileFor(cpus[1])};
  ASSERT_NE(alone[0], alone[1]);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < kRounds; ++round) EXPECT_EQ(compileFor(cpus[i]), alone[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace driver
