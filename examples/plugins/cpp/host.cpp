// A host of plugins in C++20, by the classes of wasm2obj.hh: a function of the host that plugins
// import, bytes in and out by a buffer of the plugin, limits, and a watchdog for endless loops.
//
//   c++ -std=c++20 host.cpp -lwasmrt -o host
//   ./host plugin.so greet ada fail x
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <wasm2obj.hh>

using wasm2obj::Error;
using wasm2obj::Instance;

// --- What plugins may call ----------------------------------------------------------------------

static const std::map<std::string, std::string, std::less<>> kNames = {{"ada", "Ada Lovelace"},
                                                                       {"alan", "Alan Turing"}};

// An exception that leaves a function of the host ends the plugin's call with a trap.
static int32_t lookup(wasm2obj::Caller caller, uint32_t user, uint32_t userSize, uint32_t into,
                      uint32_t size) {
  auto name = caller.memory().text(user, userSize);
  auto room = caller.memory().slice(into, size);
  if (!name || !room) throw std::out_of_range("lookup: bytes that are not in the memory");
  auto found = kNames.find(*name);
  if (found == kNames.end()) return -1;
  size_t length = std::min(found->second.size(), room->size());
  std::memcpy(room->data(), found->second.data(), length);
  return static_cast<int32_t>(length);
}

// --- Plugins ------------------------------------------------------------------------------------

// Interrupts an instance unless it is destroyed in time.
class Watchdog {
 public:
  Watchdog(const Instance& instance, std::chrono::milliseconds limit)
      : thread_([this, &instance, limit] {
          std::unique_lock lock(mutex_);
          if (!isOver_.wait_for(lock, limit, [this] { return isEnded_; })) instance.interrupt();
        }) {}
  ~Watchdog() {
    {
      std::lock_guard lock(mutex_);
      isEnded_ = true;
    }
    isOver_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable isOver_;
  bool isEnded_ = false;
  std::thread thread_;
};

class Plugin {
 public:
  explicit Plugin(const std::string& path) : module_(wasm2obj::Module::open(path).value()) {
    linker_.define("host", "lookup", &lookup);
    limits_.set(WASM2OBJ_LIMIT_MEMORY_BYTES, 8 << 20);
    module_.pool(1);  // the next instance gets the memory of the last one
    start();
  }

  // Calls a function of the plugin. Throws an Error if it traps or exits, and starts it again.
  std::string call(const std::string& function, std::string_view input) {
    auto code = instance_->function<uint32_t(uint32_t)>(function).value();
    auto room = instance_->memory().slice(buffer_, bufferSize_);
    if (!room || input.size() > room->size()) throw std::length_error("the input is too long");
    std::memcpy(room->data(), input.data(), input.size());
    auto size = [&] {
      Watchdog watchdog(*instance_, std::chrono::seconds(1));
      return code(static_cast<uint32_t>(input.size()));
    }();
    if (!size) {
      Error error = size.error();
      start();
      throw error;
    }
    auto output = instance_->memory().text(buffer_, *size);
    if (!output || *size > bufferSize_) throw std::length_error("the output is not in the buffer");
    return std::string(*output);
  }

 private:
  void start() {
    instance_.reset();
    instance_ = linker_.instantiate(module_, wasi_, &limits_).value();
    buffer_ = instance_->function<uint32_t()>("buffer").value()().value();
    bufferSize_ = instance_->function<uint32_t()>("buffer_size").value()().value();
  }

  wasm2obj::Module module_;
  wasm2obj::Linker linker_;
  wasm2obj::Limits limits_;
  wasm2obj::Wasi wasi_;
  std::optional<Instance> instance_;
  uint32_t buffer_ = 0;
  uint32_t bufferSize_ = 0;
};

// --- The program --------------------------------------------------------------------------------

int main(int count, char** words) {
  if (count < 2 || count % 2 != 0) {
    std::cerr << "Usage: host PLUGIN.so [FUNCTION INPUT]...\n";
    return 2;
  }
  try {
    Plugin plugin(words[1]);
    for (int index = 2; index < count; index += 2) {
      try {
        std::string output = plugin.call(words[index], words[index + 1]);
        std::cout << words[index] << ": " << output << '\n';
      } catch (const std::exception& error) {
        std::cout << words[index] << " has failed: " << error.what() << '\n';
      }
    }
  } catch (const std::exception& error) {
    std::cerr << "host: " << error.what() << '\n';
    return 1;
  }
}
