#include "manifest.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

using nlohmann::json;

namespace {

// Throws an error if an object has other keys than these: what a manifest demands and the host does
// not know must not be ignored.
void checkKeys(const json& object, const std::string& what, const std::set<std::string>& known) {
  for (const auto& [key, value] : object.items()) {
    if (!known.contains(key)) throw std::runtime_error(what + ": unknown key '" + key + "'");
  }
}

ManifestModule readModule(const json& object, const std::filesystem::path& folder) {
  checkKeys(object, "wasm", {"path", "name", "hash", "data", "url", "headers", "method"});
  if (!object.contains("path")) {
    throw std::runtime_error("wasm: only modules with a path are supported");
  }
  if (object.contains("hash")) {
    throw std::runtime_error("wasm: hashes are of modules, and cannot be checked for artifacts");
  }
  std::filesystem::path path = folder / object.at("path").get<std::string>();
  if (path.extension() == ".wasm") path.replace_extension(".so");
  return {path, object.value("name", "")};
}

void readMemory(const json& memory, Manifest& manifest) {
  checkKeys(memory, "memory", {"max_pages", "max_http_response_bytes", "max_var_bytes"});
  if (memory.contains("max_pages")) manifest.maxPages = memory["max_pages"].get<uint64_t>();
  manifest.maxVarBytes = memory.value("max_var_bytes", manifest.maxVarBytes);
  manifest.maxHttpResponseBytes =
      memory.value("max_http_response_bytes", manifest.maxHttpResponseBytes);
}

Manifest fromJson(const json& object, const std::filesystem::path& folder) {
  checkKeys(object, "manifest",
            {"wasm", "memory", "config", "allowed_hosts", "allowed_paths", "timeout_ms"});
  Manifest manifest;
  for (const json& module : object.value("wasm", json::array())) {
    manifest.modules.push_back(readModule(module, folder));
  }
  if (manifest.modules.empty()) throw std::runtime_error("manifest: no modules");
  auto main = std::find_if(manifest.modules.begin(), manifest.modules.end(),
                           [](const ManifestModule& module) { return module.name == "main"; });
  if (main != manifest.modules.end()) std::rotate(main, main + 1, manifest.modules.end());
  readMemory(object.value("memory", json::object()), manifest);
  manifest.config = object.value("config", manifest.config);
  manifest.allowedHosts = object.value("allowed_hosts", manifest.allowedHosts);
  manifest.allowedPaths = object.value("allowed_paths", manifest.allowedPaths);
  if (object.contains("timeout_ms")) manifest.timeoutMs = object["timeout_ms"].get<uint64_t>();
  return manifest;
}

}  // namespace

Manifest readManifest(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  try {
    return fromJson(json::parse(file), std::filesystem::path(path).parent_path());
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}
