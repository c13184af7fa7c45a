// What is known of a compiled module: the facts that `wasm2obj inspect` prints.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "loader/signature/ed25519.h"
#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"

namespace inspect {

// An import or export. Types are in the notation of the text format: "func (param i32)".
struct Item {
  std::string module;  // of an import
  std::string name;
  std::string type;
};

// A section of the file.
struct Section {
  std::string name;
  uint64_t size = 0;  // in bytes
};

// The code for one CPU.
struct CpuFacts {
  std::string name;                   // as LLVM calls it
  std::vector<std::string> features;  // that the code may use
};

// A signature of an artifact.
struct SignatureFacts {
  std::string key;         // in hexadecimal
  bool isValid = false;    // it is the signature of this content by the owner of the key
  bool isByKnown = false;  // the key is one of those that are known to the user
};

// The facts.
struct ArtifactFacts {
  std::string file;
  uint64_t fileSize = 0;  // in bytes
  std::string kind;       // "artifact", "executable" or "object"
  std::string machine;
  std::vector<CpuFacts> cpus;  // at least one
  uint64_t abiHash = 0;
  uint32_t formatVersion = 0;  // 0 unless it is an artifact
  abi::Provenance provenance{};
  std::vector<SignatureFacts> signatures;
  std::string moduleName;   // empty if it has none
  uint64_t functions = 0;   // without imports
  uint64_t codeBytes = 0;   // of these functions
  uint64_t imageBytes = 0;  // of the initial contents of memories
  bool hasStart = false;
  bool countsFuel = false;
  std::vector<std::string> memories;  // types, without imports; likewise the next
  std::vector<std::string> tables;
  std::vector<Item> imports;
  std::vector<Item> exports;
  std::vector<Section> sections;
};

// Verifies what wasm2obj has made at `path`, an artifact, an executable or an object file, which
// may be for any machine, and returns its facts. `keys` are those that the user knows. Returns an
// error if it is something else, is damaged, or was made for another ABI.
base::Result<ArtifactFacts> inspectFile(const std::string& path,
                                        std::span<const loader::PublicKey> keys);

// Returns whether a signature by a known key is valid.
bool isSignedByKnown(const ArtifactFacts& facts);

// Returns the facts for people, or as a JSON object.
std::string toText(const ArtifactFacts& facts);
std::string toJson(const ArtifactFacts& facts);

}  // namespace inspect
