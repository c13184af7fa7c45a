// fuzz_seeds DIR: writes the initial corpora of the fuzzers of front end and compiler: modules that
// use all features to DIR/FUZZER; keys and signed files to DIR/fuzz_signature; and the keywords of
// the text format, as a libFuzzer dictionary, to DIR/fuzz_parse_text.dict.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/testing/playground.h"
#include "compiler/wasm/text/print/print.h"
#include "loader/signature/signed_file.h"
#include "test/differential/generate/kinds.h"

namespace {

namespace fs = std::filesystem;

void writeFile(const fs::path& path, std::string_view contents) {
  std::ofstream out(path, std::ios::binary);
  out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
}

// The first bytes of inputs of fuzz_compile: -O2, and the form of the rest (see optionsOf there).
constexpr char kModule = 1;
constexpr char kGenerated = 5;
constexpr char kCode = 9;

void writeCompileSeed(const fs::path& directory, const std::string& name, char kind,
                      std::string_view contents) {
  writeFile(directory / "fuzz_compile" / name, kind + std::string(contents));
}

// Writes a module in both formats.
void writeModuleSeed(const fs::path& directory, const std::string& name, const base::Bytes& bytes) {
  writeFile(directory / "fuzz_read_module" / name, base::asText(bytes));
  writeFile(directory / "fuzz_round_trip" / name, base::asText(bytes));
  writeCompileSeed(directory, name, kModule, base::asText(bytes));
  base::Result<wasm::Module> module = wasm::readModule(name, bytes);
  CHECK(module.ok());
  base::Result<std::string> text = wasm::printModule(*module);
  CHECK(text.ok());
  writeFile(directory / "fuzz_parse_text" / name, *text);
}

// Writes a function with one instruction in unreachable code, so that its operands may have any
// type, followed by unreachable code.
void writeInstructionSeed(const fs::path& directory, wasm::Op op) {
  std::string name = "op" + std::to_string(static_cast<uint16_t>(op));
  base::Bytes code = {0x00};
  base::append(code, wasm::encodeInstruction(wasm::sampleInstruction(op)));
  code.push_back(0x00);
  writeFile(directory / "fuzz_validate" / name, base::asText(code));
  writeCompileSeed(directory, name + ".code", kCode, base::asText(code));
  wasm::ModuleBuilder builder = wasm::playground();
  builder.function(wasm::kVoidFunc, code);
  writeModuleSeed(directory, name, builder.build());
}

void writeKeywords(const fs::path& path) {
  std::string words;
  for (const wasm::OpcodeInfo& info : wasm::kOpcodeInfo) {
    words += '"' + std::string(info.text) + "\"\n";
  }
  for (const char* word : {"(module",
                           "(func",
                           "(type",
                           "(rec",
                           "(sub",
                           "final",
                           "(struct",
                           "(field",
                           "(mut",
                           "(array",
                           "(param",
                           "(result",
                           "(local",
                           "(import",
                           "(export",
                           "(table",
                           "(memory",
                           "(global",
                           "(tag",
                           "(elem",
                           "declare",
                           "(item",
                           "(offset",
                           "(data",
                           "(start",
                           "(then",
                           "(else",
                           "(ref",
                           "null",
                           "shared",
                           "(pagesize",
                           "offset=",
                           "align=",
                           "nan:0x",
                           "(@custom",
                           "(@name",
                           "(@metadata.code.branch_hint",
                           "(before",
                           "(after",
                           "i8",
                           "i16",
                           "anyref"}) {
    words += '"' + std::string(word) + "\"\n";
  }
  writeFile(path, words);
}

void writeSignatureSeeds(const fs::path& directory) {
  writeFile(directory / "private.pem",
            "-----BEGIN PRIVATE KEY-----\n"
            "MC4CAQAwBQYDK2VwBCIEIOnsGFaQT3iBx79ZiOAY/XT5TeHaI9IAG4giss47Y6v6\n"
            "-----END PRIVATE KEY-----\n");
  writeFile(directory / "public.pem",
            "-----BEGIN PUBLIC KEY-----\n"
            "MCowBQYDK2VwAyEALwmqTPmEO1pZE6Wgp0jbF3LP2srS3G85RaoRRAEvmg8=\n"
            "-----END PUBLIC KEY-----\n");
  loader::SignedFile file{base::asBytes("content"), {}};
  // The fuzzer itself has the key of the seed 1.
  for (uint8_t seed : {2, 3}) {
    CHECK(file.sign(loader::PrivateKey(loader::PrivateKey::Seed{seed})).ok());
    base::Bytes bytes = file.join();
    writeFile(directory / ("signed" + std::to_string(seed)), base::asText(bytes));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: fuzz_seeds DIR\n", stderr);
    return 2;
  }
  fs::path directory = argv[1];
  for (const char* fuzzer : {"fuzz_read_module", "fuzz_parse_text", "fuzz_round_trip",
                             "fuzz_validate", "fuzz_compile", "fuzz_signature"}) {
    fs::create_directories(directory / fuzzer);
  }
  writeModuleSeed(directory, "sample", wasm::sampleModule());
  writeModuleSeed(directory, "every_instruction", wasm::everyInstructionModule());
  writeModuleSeed(directory, "playground", wasm::playground().build());
  for (uint16_t op = 0; op < wasm::kOpCount; ++op) {
    writeInstructionSeed(directory, static_cast<wasm::Op>(op));
  }
  // A module with several functions for each kind of random function.
  for (size_t kind = 0; kind < std::size(differential::kKinds); ++kind) {
    const char choices[] = {static_cast<char>(kind), 3};
    writeCompileSeed(directory, differential::kKinds[kind].name, kGenerated,
                     {choices, sizeof choices});
  }
  writeSignatureSeeds(directory / "fuzz_signature");
  writeKeywords(directory / "fuzz_parse_text.dict");
  return 0;
}
