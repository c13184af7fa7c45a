#include "kernel.h"

#include <fnmatch.h>

#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

using nlohmann::json;

namespace {

constexpr const char* kModule = "extism:host/env";
constexpr uint64_t kPageBytes = 65536;
constexpr uint64_t kDefaultPages = 1024;  // of blocks, if the manifest has no limit

// Returns the name of a URL's server.
std::string hostOf(const std::string& url) {
  size_t begin = url.find("://");
  if (begin == std::string::npos) throw std::runtime_error("invalid URL: " + url);
  begin += 3;
  std::string authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  authority.erase(0, authority.rfind('@') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

// --- Blocks -------------------------------------------------------------------------------------

uint64_t Kernel::allocateSize(uint64_t size) {
  if (size == 0) return 0;
  uint64_t limit = manifest_.maxPages.value_or(kDefaultPages) * kPageBytes;
  if (size > limit || used_ > limit - size) return 0;
  uint64_t offset = next_;
  blocks_[offset].resize(size);
  used_ += size;
  next_ += (size + kGap + 7) / 8 * 8;
  return offset;
}

uint64_t Kernel::allocate(std::string_view bytes) {
  uint64_t offset = allocateSize(bytes.size());
  if (offset == 0 && !bytes.empty()) throw std::runtime_error("the kernel is out of memory");
  if (offset != 0) blocks_[offset] = bytes;
  return offset;
}

std::string& Kernel::block(uint64_t offset) {
  auto found = blocks_.find(offset);
  if (found == blocks_.end()) {
    throw std::runtime_error("no block has the offset " + std::to_string(offset));
  }
  return found->second;
}

// Returns the bytes of a plugin's argument, of which the kernel becomes the owner. Without bytes
// there is no block.
std::string Kernel::take(uint64_t offset) {
  if (offset == 0) return {};
  std::string bytes = std::move(block(offset));
  used_ -= bytes.size();
  blocks_.erase(offset);
  return bytes;
}

// Returns bytes that lie in one block, with any offset in it.
char* Kernel::bytes(uint64_t offset, uint64_t size) {
  auto after = blocks_.upper_bound(offset);
  if (after != blocks_.begin()) {
    auto& [begin, block] = *std::prev(after);
    uint64_t inside = offset - begin;
    if (inside <= block.size() && size <= block.size() - inside) return block.data() + inside;
  }
  throw std::runtime_error("no block has the bytes at " + std::to_string(offset));
}

uint64_t Kernel::length(uint64_t offset) const {
  auto found = blocks_.find(offset);
  return found == blocks_.end() ? 0 : found->second.size();
}

// --- Calls --------------------------------------------------------------------------------------

void Kernel::begin(std::string_view input) {
  blocks_.clear();
  used_ = 0;
  output_ = outputSize_ = error_ = 0;
  lastReply_ = {};
  input_ = allocate(input);
}

std::string Kernel::output() const {
  return outputSize_ == 0 ? "" : std::string(bytes(output_, outputSize_), outputSize_);
}

std::optional<std::string> Kernel::error() const {
  auto found = blocks_.find(error_);
  if (found == blocks_.end()) return std::nullopt;
  return found->second;
}

// --- Services -----------------------------------------------------------------------------------

void Kernel::setVar(const std::string& name, uint64_t value) {
  if (value == 0) {
    vars_.erase(name);
    return;
  }
  std::string text = take(value);
  uint64_t size = name.size() + text.size();
  for (const auto& [each, old] : vars_) {
    if (each != name) size += each.size() + old.size();
  }
  if (size > manifest_.maxVarBytes) throw std::runtime_error("the variables are full");
  vars_[name] = std::move(text);
}

// `text` is {"url": ..., "method": ..., "headers": ...}.
uint64_t Kernel::request(const std::string& text) {
  std::string url = json::parse(text).at("url").get<std::string>();
  std::string host = hostOf(url);
  bool isAllowed = false;
  for (const std::string& pattern : manifest_.allowedHosts) {
    isAllowed = isAllowed || fnmatch(pattern.c_str(), host.c_str(), 0) == 0;
  }
  if (!isAllowed) throw std::runtime_error("HTTP request to " + url + " is not allowed");
  auto found = replies_.find(url);
  if (found == replies_.end()) throw std::runtime_error("HTTP request to " + url + " has failed");
  lastReply_ = found->second;
  if (lastReply_.body.size() > manifest_.maxHttpResponseBytes) {
    throw std::runtime_error("the HTTP response is too large");
  }
  return allocate(lastReply_.body);
}

void Kernel::log(ExtismLogLevel level, const std::string& text) const {
  static constexpr const char* kNames[] = {"trace", "debug", "info", "warn", "error"};
  if (level < level_) return;
  std::cerr << '[' << kNames[static_cast<int32_t>(level)] << "] " << text << '\n';
}

// --- Definition ---------------------------------------------------------------------------------

void Kernel::defineIn(wasm2obj::Linker& linker) {
  defineMemory(linker);
  defineInputAndOutput(linker);
  defineServices(linker);
}

void Kernel::defineMemory(wasm2obj::Linker& linker) {
  auto length = [this](uint64_t offset) { return this->length(offset); };
  linker.define(kModule, "length", length);
  linker.define(kModule, "length_unsafe", length);
  linker.define(kModule, "alloc", [this](uint64_t size) { return allocateSize(size); });
  linker.define(kModule, "free", [this](uint64_t offset) {
    if (offset != 0 && offset != input_) take(offset);
  });
  linker.define(kModule, "load_u8", [this](uint64_t offset) -> uint32_t {
    return static_cast<uint8_t>(*bytes(offset, 1));
  });
  linker.define(kModule, "load_u64", [this](uint64_t offset) {
    uint64_t value;
    std::memcpy(&value, bytes(offset, sizeof value), sizeof value);
    return value;
  });
  linker.define(kModule, "store_u8", [this](uint64_t offset, uint32_t value) {
    *bytes(offset, 1) = static_cast<char>(value);
  });
  linker.define(kModule, "store_u64", [this](uint64_t offset, uint64_t value) {
    std::memcpy(bytes(offset, sizeof value), &value, sizeof value);
  });
}

void Kernel::defineInputAndOutput(wasm2obj::Linker& linker) {
  linker.define(kModule, "input_offset", [this] { return input_; });
  linker.define(kModule, "input_length", [this] { return length(input_); });
  linker.define(kModule, "input_load_u8", [this](uint64_t at) -> uint32_t {
    return at < length(input_) ? static_cast<uint8_t>(block(input_)[at]) : 0;
  });
  linker.define(kModule, "input_load_u64", [this](uint64_t at) -> uint64_t {
    uint64_t value = 0;
    if (at > length(input_) || length(input_) - at < sizeof value) return 0;
    std::memcpy(&value, block(input_).data() + at, sizeof value);
    return value;
  });
  linker.define(kModule, "output_set", [this](uint64_t offset, uint64_t size) {
    if (size != 0) bytes(offset, size);
    output_ = offset;
    outputSize_ = size;
  });
  linker.define(kModule, "error_set", [this](uint64_t offset) {
    if (offset != 0) block(offset);
    error_ = offset;
  });
}

void Kernel::defineServices(wasm2obj::Linker& linker) {
  linker.define(kModule, "config_get", [this](uint64_t name) -> uint64_t {
    auto found = manifest_.config.find(take(name));
    return found == manifest_.config.end() ? 0 : allocate(found->second);
  });
  linker.define(kModule, "var_get", [this](uint64_t name) -> uint64_t {
    auto found = vars_.find(take(name));
    return found == vars_.end() ? 0 : allocate(found->second);
  });
  linker.define(kModule, "var_set",
                [this](uint64_t name, uint64_t value) { setVar(take(name), value); });
  linker.define(kModule, "http_request", [this](uint64_t request, uint64_t body) {
    if (body != 0) take(body);
    return this->request(take(request));
  });
  linker.define(kModule, "http_status_code", [this] { return lastReply_.status; });
  linker.define(kModule, "http_headers",
                [this] { return allocate(json(lastReply_.headers).dump()); });
  linker.define(kModule, "get_log_level", [this] { return static_cast<int32_t>(level_); });
  for (auto [name, level] : {std::pair{"log_trace", ExtismLogLevel::Trace},
                             {"log_debug", ExtismLogLevel::Debug},
                             {"log_info", ExtismLogLevel::Info},
                             {"log_warn", ExtismLogLevel::Warn},
                             {"log_error", ExtismLogLevel::Error}}) {
    linker.define(kModule, name, [this, level = level](uint64_t text) { log(level, take(text)); });
  }
}
