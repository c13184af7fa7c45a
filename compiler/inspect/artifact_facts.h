// What is known of an artifact: the facts that `wasm2obj inspect` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

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

// The facts.
struct ArtifactFacts {
  std::string file;
  uint64_t fileSize = 0;  // in bytes
  std::string machine;
  std::vector<std::string> cpuFeatures;  // that the code may use
  uint64_t abiHash = 0;
  uint32_t formatVersion = 0;
  std::string moduleName;   // empty if it has none
  uint64_t functions = 0;   // without imports
  uint64_t codeBytes = 0;   // of these functions
  uint64_t imageBytes = 0;  // of the initial contents of memories
  bool hasStart = false;
  std::vector<std::string> memories;  // types, without imports; likewise the next
  std::vector<std::string> tables;
  std::vector<Item> imports;
  std::vector<Item> exports;
  std::vector<Section> sections;
};

// Verifies the artifact at `path`, which may be for any machine, and returns its facts. Returns an
// error if it is none, is damaged, or was made by another version of wasm2obj.
base::Result<ArtifactFacts> inspectArtifact(const std::string& path);

// Returns the facts for people, or as a JSON object.
std::string toText(const ArtifactFacts& facts);
std::string toJson(const ArtifactFacts& facts);

}  // namespace inspect
