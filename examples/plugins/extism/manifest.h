// Extism's manifest: which modules a plugin consists of, and what it may use.
#ifndef EXTISM_MANIFEST_H
#define EXTISM_MANIFEST_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// A compiled module, which others import from by its name.
struct ManifestModule {
  std::string path;
  std::string name;
};

// What a manifest says.
struct Manifest {
  std::vector<ManifestModule> modules;  // the main one is last
  std::map<std::string, std::string> config;
  std::vector<std::string> allowedHosts;            // patterns with * and ?
  std::map<std::string, std::string> allowedPaths;  // guest paths by host paths
  std::optional<uint64_t> maxPages;                 // of 64 KiB
  uint64_t maxVarBytes = uint64_t{1} << 20;
  uint64_t maxHttpResponseBytes = uint64_t{50} << 20;
  std::optional<uint64_t> timeoutMs;  // for each call
};

// Reads a manifest in JSON. Paths are relative to its folder; those of modules (.wasm) mean the
// artifacts beside them (.so). Throws a std::runtime_error if it cannot be read, or needs what this
// host does not have.
Manifest readManifest(const std::string& path);

#endif
