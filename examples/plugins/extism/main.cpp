// A host for Extism's plugins: calls a function of a plugin and prints its output.
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "manifest.h"
#include "plugin.h"

using nlohmann::json;

namespace {

constexpr const char* kUsage =
    R"(Usage: extism_host MANIFEST.json FUNCTION [OPTIONS]

Calls a function of the plugin that MANIFEST.json describes, whose modules
wasm2obj has compiled, and prints its output.

  --input TEXT     the input; empty by default
  --loop N         calls the function N times
  --replies FILE   what servers reply: {URL: {"status", "headers", "body"}}
  --log-level N    from 0 (trace) to 4 (error); 2 by default
  --wasi 1         the modules may import WASI
)";

struct Options {
  std::string manifest;
  std::string function;
  std::map<std::string, std::string> values = {
      {"--input", ""}, {"--loop", "1"}, {"--replies", ""}, {"--log-level", "2"}, {"--wasi", "0"}};

  const std::string& operator[](const char* name) const { return values.at(name); }
};

// Returns false if the command line is malformed.
bool parse(int count, char** words, Options& options) {
  if (count < 3 || count % 2 == 0) return false;
  options.manifest = words[1];
  options.function = words[2];
  for (int index = 3; index < count; index += 2) {
    auto found = options.values.find(words[index]);
    if (found == options.values.end()) return false;
    found->second = words[index + 1];
  }
  return true;
}

std::map<std::string, HttpReply> readReplies(const std::string& path) {
  std::map<std::string, HttpReply> replies;
  if (path.empty()) return replies;
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  json all = json::parse(file);
  for (const auto& [url, object] : all.items()) {
    HttpReply& reply = replies[url];
    reply.status = object.value("status", reply.status);
    reply.headers = object.value("headers", reply.headers);
    reply.body = object.value("body", reply.body);
  }
  return replies;
}

void run(const Options& options) {
  Manifest manifest = readManifest(options.manifest);
  auto level = static_cast<ExtismLogLevel>(std::stoi(options["--log-level"]));
  Plugin plugin(manifest, readReplies(options["--replies"]), level, options["--wasi"] == "1");
  for (int left = std::stoi(options["--loop"]); left > 0; --left) {
    std::cout << plugin.call(options.function, options["--input"]) << '\n';
  }
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (!parse(count, words, options)) {
    std::cerr << kUsage;
    return 2;
  }
  try {
    run(options);
  } catch (const std::exception& error) {
    std::cerr << "extism_host: " << error.what() << '\n';
    return 1;
  }
}
