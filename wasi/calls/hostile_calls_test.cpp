// A fuzz test: all calls in random order, with unusual and invalid arguments. It passes if nothing
// crashes and no file changes outside of the preopened directory or in the read-only one.
#include <signal.h>
#include <sys/resource.h>

#include <random>
#include <utility>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

using Arguments = uint64_t[9];

// Calls a handler with arguments from an array. The calls that end the guest do nothing here;
// process_calls_test.cpp tests them.
template <auto handler>
struct Invoke {
  static void call(Caller*, const Arguments&) {}
};

template <>
struct Invoke<procRaise> : Invoke<procExit> {};

template <class... Params, Errno (*handler)(Caller*, Params...)>
struct Invoke<handler> {
  static void call(Caller* caller, const Arguments& arguments) {
    invoke(caller, arguments, std::index_sequence_for<Params...>());
  }
  template <size_t... i>
  static void invoke(Caller* caller, const Arguments& arguments, std::index_sequence<i...>) {
    handler(caller, static_cast<Params>(arguments[i])...);
  }
};

using Call = void (*)(Caller*, const Arguments&);
constexpr Call kCalls[] = {
#define BOTH(result, name, handler, ...) Invoke<handler>::call,
#define PREVIEW1(result, name, handler, ...) Invoke<handler>::call,
#define UNSTABLE(result, name, handler, ...) Invoke<unstable::handler>::call,
#include "wasi/calls/preview1.def"
#undef BOTH
#undef PREVIEW1
#undef UNSTABLE
};

// Limits the size of files to 1 MiB, so that fd_allocate and others do not fill the disk.
class FileSizeLimit {
 public:
  FileSizeLimit() {
    CHECK(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    rlimit small = before_;
    small.rlim_cur = 1 << 20;
    CHECK(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_;
  void (*handler_)(int);
};

class HostileCallsTest : public testing::TestWithParam<Walk> {
 protected:
  HostileCallsTest() {
    files_.makeDirectory("outside");
    files_.write("outside/secret", "secret");
    files_.makeDirectory("readonly");
    files_.write("readonly/file", "fixed");
  }

  // Makes a new sandbox that contains links to the outside.
  void start() {
    std::string name = "inside" + std::to_string(round_++);
    files_.makeDirectory(name);
    files_.makeDirectory(name + "/d");
    files_.write(name + "/f", "text");
    files_.makeLink("../outside", name + "/up");
    files_.makeLink("d/../../outside/secret", name + "/s");
    files_.makeLink("d/new", name + "/n");
    auto built = ContextBuilder()
                     .walk(GetParam())
                     .argument("program")
                     .variable("A", "b")
                     .directory(files_ / name, "/")
                     .directory(files_ / "readonly", "/ro", Access::ReadOnly)
                     .build();
    CHECK(built.ok());
    context_ = std::move(built).value();
  }

  // Writes paths to the bottom of the memory; arguments are lengths that match them and others that
  // do not. The rest is zeros, which are subscriptions to clocks that have expired.
  void scatter() {
    memory_.fill(0);
    memory_.reset();
    for (const char* path : {"f", "up/secret", "../outside/secret", "d/../..", "n", "s", "d/x",
                             "up/new", "/etc/passwd", "file", "d/", "."}) {
      memory_.put(path);
    }
    memory_.putIovecs({{64, 8}, {0xfffffff0, 0x20}});
  }

  // Returns a random argument: small numbers, addresses in and around the memory, and limits.
  uint64_t value() {
    constexpr uint64_t kOdd[] = {0,          1,          2,          3,          4,
                                 5,          7,          8,          9,          17,
                                 24,         64,         72,         80,         104,
                                 65528,      65535,      65536,      1 << 20,    0x7fffffff,
                                 0x80000000, 0xfffffff8, 0xffffffff, 1ull << 63, UINT64_MAX};
    return kOdd[random_() % std::size(kOdd)];
  }

  TempDirectory files_;
  TestMemory memory_;
  std::unique_ptr<Context> context_;
  std::mt19937 random_{20240229};
  int round_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Walks, HostileCallsTest, testing::Values(Walk::Kernel, Walk::Manual),
                         [](const auto& info) {
                           return info.param == Walk::Kernel ? "Kernel" : "Manual";
                         });

TEST_P(HostileCallsTest, NothingBreaksAndNothingLeaks) {
  FileSizeLimit limit;
  for (int i = 0; i < 40000; ++i) {
    if (i % 500 == 0) start();
    scatter();
    Arguments arguments;
    for (uint64_t& each : arguments) each = value();
    // Open descriptors in most calls, since others fail early.
    if (random_() % 4 != 0) arguments[0] = random_() % 7;
    kCalls[random_() % std::size(kCalls)](memory_.caller(*context_), arguments);
  }
  EXPECT_EQ(files_.read("outside/secret"), "secret");
  EXPECT_EQ(files_.read("readonly/file"), "fixed");
  auto entries = [](const std::string& path) {
    auto begin = std::filesystem::directory_iterator(path);
    return std::distance(begin, std::filesystem::directory_iterator());
  };
  EXPECT_EQ(entries(files_ / "outside"), 1);
  EXPECT_EQ(entries(files_ / "readonly"), 1);
}

}  // namespace
}  // namespace wasi
