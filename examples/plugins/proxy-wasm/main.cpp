// A proxy for filters with the Proxy-Wasm ABI, 0.1.0 to 0.2.1, on sample traffic.
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugin.h"
#include "proxy.h"
#include "services/sections.h"

using namespace proxy_wasm;

namespace {

constexpr const char* kUsage =
    R"(Usage: proxy_wasm [OPTIONS] TRAFFIC FILTER.so[=CONFIGURATION]...

Passes the requests, responses and connections in TRAFFIC through filters that
wasm2obj has compiled, and prints what they forward, answer and log.

  --upstreams FILE    what the servers reply that filters call
  --env NAME=VALUE    a variable of the filters' environment
  --vm-config TEXT    the configuration of the filters' virtual machines
  --root-id ID        selects one of the plugins in a filter's module
  --vm-id ID          filters share data and queues with those of the same id
  --log-level N       from 0 (trace) to 5 (critical); 2 by default
  --max-memory MIB    for each filter; 64 by default
  --timeout MS        for each call of a filter; 1000 by default
)";

struct Options {
  std::string traffic;
  std::string upstreams;
  uint64_t logLevel = static_cast<uint64_t>(LogLevel::Info);
  PluginOptions common;
  std::vector<std::string> filters;
};

// An option and what its value does. Values may throw std::exception if they are malformed.
struct Row {
  const char* name;
  void (*set)(Options& options, const std::string& value);
};
constexpr Row kRows[] = {
    {"--upstreams", [](Options& o, const std::string& value) { o.upstreams = value; }},
    {"--env",
     [](Options& o, const std::string& value) {
       size_t equals = value.find('=');
       if (equals == std::string::npos) throw std::invalid_argument("no '='");
       o.common.environment.emplace_back(value.substr(0, equals), value.substr(equals + 1));
     }},
    {"--vm-config", [](Options& o, const std::string& value) { o.common.vmConfiguration = value; }},
    {"--root-id", [](Options& o, const std::string& value) { o.common.rootId = value; }},
    {"--vm-id", [](Options& o, const std::string& value) { o.common.vmId = value; }},
    {"--log-level", [](Options& o, const std::string& value) { o.logLevel = std::stoul(value); }},
    {"--max-memory",
     [](Options& o, const std::string& value) { o.common.memoryBytes = std::stoull(value) << 20; }},
    {"--timeout",
     [](Options& o, const std::string& value) {
       o.common.nanoseconds = std::stoull(value) * Scheduler::kMillisecond;
     }},
};

// Returns nothing if the command line is malformed.
std::optional<Options> parse(int count, char** words) {
  Options options;
  int index = 1;
  for (; index + 1 < count && std::string(words[index]).starts_with("--"); index += 2) {
    const Row* found = nullptr;
    for (const Row& row : kRows) {
      if (words[index] == std::string(row.name)) found = &row;
    }
    if (found == nullptr) return std::nullopt;
    try {
      found->set(options, words[index + 1]);
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }
  if (index + 1 >= count) return std::nullopt;
  options.traffic = words[index];
  options.filters.assign(words + index + 1, words + count);
  return options;
}

std::unique_ptr<Plugin> load(Services& services, PluginOptions options, const std::string& word) {
  size_t equals = word.find('=');
  std::string path = word.substr(0, equals);
  options.name = std::filesystem::path(path).stem();
  if (equals != std::string::npos) options.configuration = word.substr(equals + 1);
  auto filter = std::make_unique<Plugin>(services, options, path);
  try {
    filter->start();
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
  return filter;
}

void run(const Options& options) {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
  Services services{Scheduler(static_cast<uint64_t>(nanoseconds))};
  services.level = static_cast<LogLevel>(options.logLevel);
  if (!options.upstreams.empty()) services.upstreams = Upstreams(options.upstreams);
  std::vector<Section> traffic = readSections(options.traffic);
  std::vector<std::unique_ptr<Plugin>> filters;
  for (const std::string& word : options.filters) {
    filters.push_back(load(services, options.common, word));
  }
  Proxy(services, std::move(filters)).run(traffic);
}

}  // namespace

int main(int count, char** words) {
  std::optional<Options> options = parse(count, words);
  if (!options) {
    std::cerr << kUsage;
    return 2;
  }
  try {
    run(*options);
  } catch (const std::exception& error) {
    std::cerr << "proxy_wasm: " << error.what() << '\n';
    return 1;
  }
  return EXIT_SUCCESS;
}
