// front_end_seeds DIR: writes modules that reach every part of the reader and the validator.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/testing/playground.h"

namespace {

void writeSeed(const std::filesystem::path& path, const base::Bytes& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

// One instruction each, with operands of whatever type it wants.
base::Bytes moduleOf(wasm::Op op) {
  base::Bytes code = {0x00};
  base::append(code, wasm::encodeInstruction(wasm::sampleInstruction(op)));
  code.push_back(0x00);
  wasm::ModuleBuilder builder = wasm::playground();
  builder.function(wasm::kVoidFunc, code);
  return builder.build();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: front_end_seeds DIR\n", stderr);
    return 2;
  }
  std::filesystem::path directory = argv[1];
  std::filesystem::create_directories(directory);
  writeSeed(directory / "sample.wasm", wasm::sampleModule());
  writeSeed(directory / "every_instruction.wasm", wasm::everyInstructionModule());
  writeSeed(directory / "playground.wasm", wasm::playground().build());
  for (uint16_t op = 0; op < wasm::kOpCount; ++op) {
    writeSeed(directory / ("op" + std::to_string(op) + ".wasm"),
              moduleOf(static_cast<wasm::Op>(op)));
  }
  return 0;
}
