// Extism's kernel: memory that host and plugin exchange, in blocks, and the functions of the module
// `extism:host/env` on it. A block is addressed by its offset, 64 bits; 0 is none.
#ifndef EXTISM_KERNEL_H
#define EXTISM_KERNEL_H

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <wasm2obj.hh>

#include "manifest.h"

enum class ExtismLogLevel : int32_t { Trace, Debug, Info, Warn, Error };

// What a server replies.
struct HttpReply {
  int32_t status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
};

// The kernel of one plugin. What the plugin does wrong ends its call with a trap.
class Kernel {
 public:
  // `replies` has those of servers by URL.
  Kernel(const Manifest& manifest, std::map<std::string, HttpReply> replies, ExtismLogLevel level)
      : manifest_(manifest), replies_(std::move(replies)), level_(level) {}

  // Defines the functions.
  void defineIn(wasm2obj::Linker& linker);

  // Before a call: forgets all blocks, the output and the error, and sets the input.
  void begin(std::string_view input);
  // After a call: what the plugin has set.
  std::string output() const;
  std::optional<std::string> error() const;

  // For functions of the host: allocate a block with these bytes, return the bytes of one, which
  // are valid until it is freed, and free one.
  uint64_t allocate(std::string_view bytes);
  std::string& block(uint64_t offset);
  void release(uint64_t offset) { blocks_.erase(offset); }

 private:
  void defineMemory(wasm2obj::Linker& linker);
  void defineInputAndOutput(wasm2obj::Linker& linker);
  void defineServices(wasm2obj::Linker& linker);
  uint64_t allocateSize(uint64_t size);
  char* bytes(uint64_t offset, uint64_t size);
  const char* bytes(uint64_t offset, uint64_t size) const {
    return const_cast<Kernel*>(this)->bytes(offset, size);
  }
  std::string take(uint64_t offset);
  uint64_t length(uint64_t offset) const;
  void setVar(const std::string& name, uint64_t value);
  uint64_t request(const std::string& text);
  void log(ExtismLogLevel level, const std::string& text) const;

  const Manifest& manifest_;
  std::map<std::string, HttpReply> replies_;
  ExtismLogLevel level_;
  std::map<uint64_t, std::string> blocks_;
  uint64_t next_ = kFirst;  // offset
  uint64_t used_ = 0;       // bytes of all blocks
  uint64_t input_ = 0;
  uint64_t output_ = 0;
  uint64_t outputSize_ = 0;
  uint64_t error_ = 0;
  std::map<std::string, std::string> vars_;  // kept from call to call
  HttpReply lastReply_;

  static constexpr uint64_t kFirst = 64;
  // Between two blocks: accesses that leave one do not reach another.
  static constexpr uint64_t kGap = 64;
};

#endif
