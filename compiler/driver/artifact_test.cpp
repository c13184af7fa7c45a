#include "compiler/driver/artifact.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "compiler/codegen/compile.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/from_text.h"

namespace driver {
namespace {

// An interpreter. Tail duplication copies its dispatch to each of the opcodes, of which there are
// more than LLVM's default limits allow and fewer than ours do, so that the code depends on options
// of LLVM's command line. The code of shifts depends on the CPU.
base::Bytes interpreter() {
  constexpr std::string_view kOpcodes[] = {"add",  "sub",   "mul",   "xor",  "or",   "and",
                                           "shl",  "shr_s", "shr_u", "rotl", "rotr", "eq",
                                           "lt_s", "lt_u",  "gt_s",  "gt_u", "le_s"};
  std::string blocks, labels, arms;
  for (std::string_view opcode : kOpcodes) {
    blocks = fmt::format("(block ${} ", opcode) + blocks;
    labels += fmt::format("${} ", opcode);
    arms += fmt::format(
        ") (local.set $acc (i32.{0} (local.get $acc) (local.get $operand)))"
        "(local.set $pc (i32.{0} (local.get $pc) (local.get $acc))) (br $next)",
        opcode);
  }
  return wasm::encoded(fmt::format(
      "(module (memory 1)"
      "(func (export \"run\") (param $pc i32) (param $operand i32) (result i32) (local $acc i32)"
      "(loop $next (block $stop {}(local.get $pc)"
      "(local.set $pc (i32.add (local.get $pc) (i32.const 1)))"
      "(br_table {}$stop (i32.load8_u)){})) (local.get $acc)))",
      blocks, labels, arms));
}

std::vector<codegen::ObjectBytes> compileFor(const std::string& cpu) {
  base::Bytes bytes = interpreter();
  codegen::Options options;
  options.triple = "x86_64-linux-gnu";
  options.cpu = cpu;
  base::Result<wasm::Module> read = wasm::readModule("a.wasm", bytes);
  EXPECT_TRUE(read.ok());
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(*read));
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<codegen::Target> target = codegen::Target::resolve(options);
  EXPECT_TRUE(target.ok());
  const codegen::Callbacks unused{.time = [](std::string_view, double) {},
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
