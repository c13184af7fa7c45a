// A filter: the instance of its module, its contexts, and calls of its callbacks.
#ifndef PROXY_WASM_PLUGIN_H
#define PROXY_WASM_PLUGIN_H

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#include <wasm2obj.hh>

#include "binding.h"
#include "callbacks.h"
#include "calls.h"
#include "context.h"
#include "services/services.h"

namespace proxy_wasm {

class HostFunctions;

// What a filter is given.
struct PluginOptions {
  std::string name;    // in logs
  std::string rootId;  // selects one of the plugins in a module
  std::string vmId;
  std::string configuration;
  std::string vmConfiguration;
  std::vector<std::pair<std::string, std::string>> environment;
  uint64_t memoryBytes = uint64_t{64} << 20;
  uint64_t nanoseconds = Scheduler::kMillisecond * 1000;  // for each call of a callback
};

// A filter, which is started once before anything else is called.
class Plugin : private Allocator {
 public:
  // Loads a module that wasm2obj has compiled. Throws a wasm2obj::Error if it cannot be loaded.
  Plugin(Services& services, PluginOptions options, const std::string& path);
  ~Plugin() override;
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  // Makes an instance, which replaces one that has failed, and configures it. Throws an exception
  // if the module is no filter, or refuses its configuration.
  void start();
  // Returns whether a callback has trapped. No callback is called then until the next start.
  bool hasFailed() const { return hasFailed_; }

  // Makes the context of a request or a connection.
  Context& openStream();
  // Ends it: at once, or when the filter says that it is done.
  void closeStream(Context& context);

  const PluginOptions& options() const { return options_; }
  const Callbacks& callbacks() const { return *callbacks_; }
  Context& root() { return contexts_.begin()->second; }
  Calls& calls() { return calls_; }

  // The context that functions of the host act on: that of the current callback, unless the filter
  // has selected another one.
  Context& effective() { return *effective_; }
  // Returns false if there is no such context.
  bool setEffective(uint32_t id);
  bool isStarting() const { return isStarting_; }

  // Calls a callback with the number of the context and further arguments. Returns its result, and
  // `otherwise` if there is none: the filter has no such callback, it returns nothing, or it fails.
  template <class Signature, class... Args>
  uint32_t call(Context& context, const Callback<Signature>& callback, uint32_t otherwise,
                Args... arguments) {
    if (hasFailed_ || !callback.function()) return otherwise;
    enter(context);
    auto result = (*callback.function())(context.id, arguments...);
    leave();
    if (!result) {
      fail(result.error());
      return otherwise;
    }
    if constexpr (std::is_same_v<decltype(result), wasm2obj::Result<uint32_t>>) {
      return *result;
    } else {
      return otherwise;
    }
  }
  // Lets something happen `milliseconds` from now, unless the filter has been started again then.
  void later(uint64_t milliseconds, std::function<void()> happens);
  // Calls the tick callback again and again; a period of 0 ends that.
  void setTickPeriod(uint32_t milliseconds);
  // The filter is done with the effective context. Returns false if it was not waited for.
  bool done();

 private:
  // The text of standard output or standard error since the last newline.
  struct Stream {
    Plugin* plugin;
    LogLevel level;
    std::string line;
    void flush();
  };

  static ptrdiff_t write(void* stream, const void* bytes, size_t size);
  uint32_t allocate(uint32_t size) override;
  wasm2obj::Wasi wasi();
  wasm2obj::Instance instantiate();
  AbiVersion findVersion() const;
  void runMain();
  void configure();
  void enter(Context& context);
  void leave();
  void fail(const wasm2obj::Error& error);
  void finish(uint32_t id);
  void tick();

  Services& services_;
  PluginOptions options_;
  wasm2obj::Module module_;
  Stream out_{this, LogLevel::Info, {}};
  Stream err_{this, LogLevel::Error, {}};
  std::unique_ptr<HostFunctions> functions_;
  Calls calls_;
  std::map<uint32_t, Context> contexts_;  // the plugin context has the least number
  uint32_t lastId_ = 0;
  std::optional<wasm2obj::Instance> instance_;
  std::optional<Callbacks> callbacks_;
  Context* effective_ = nullptr;
  bool isStarting_ = false;
  bool hasFailed_ = false;
  uint32_t starts_ = 0;
  uint32_t tickPeriod_ = 0;
  uint32_t tickTimer_ = 0;  // changes when a timer is set
};

}  // namespace proxy_wasm

#endif
