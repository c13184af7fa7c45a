// differential [COUNT [FIRST]]: compiles COUNT random modules, with the seeds from FIRST on,
// without optimization and in several other ways, makes the same calls to each of them and compares
// the outcomes. `differential --help` lists the options.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>

#include "test/differential/child.h"
#include "test/differential/comparison.h"
#include "test/differential/options.h"
#include "test/differential/reduce_seed.h"

namespace differential {
namespace {

using Clock = std::chrono::steady_clock;

// The maximal number of functions and ways whose differences are printed for one module.
constexpr size_t kShown = 8;

// Returns a line for each function and way, with one call that differs.
std::string describe(uint64_t seed, const std::vector<Difference>& differences) {
  std::map<std::pair<std::string, std::string>, std::vector<const Difference*>> byFunction;
  for (const Difference& difference : differences) {
    byFunction[{difference.call.function, difference.way}].push_back(&difference);
  }
  std::string report;
  size_t count = 0;
  for (const auto& [function, same] : byFunction) {
    if (++count > kShown) continue;
    const Difference& first = *same.front();
    report += fmt::format("seed {}, {}, {}, {} of its calls, {}: {}\n", seed, first.call.kind->name,
                          first.way, same.size(), first.call.text(), first.text);
  }
  if (count > kShown) report += fmt::format("seed {}: and {} more\n", seed, count - kShown);
  return report;
}

// Returns the number of calls that trap and, on further lines, the differences. This is the work of
// a child process, so the result is text.
std::string compareSeed(uint64_t seed, const Options& options, const NodeJudge* node) {
  RandomModule module = randomModule(seed, options.module);
  base::Result<Subject> subject = Subject::of(fmt::format("seed {}", seed), module.text);
  if (!subject) return "0\n" + subject.error().text() + "\n";
  Comparison comparison(fmt::format("/tmp/differential.{}", ::getpid()), node);
  auto findings = comparison.run(*subject, module.shape, module.calls, options.way);
  if (!findings) return fmt::format("0\nseed {}: {}\n", seed, findings.error().text());
  return fmt::format("{}\n{}", findings->traps, describe(seed, findings->differences));
}

// Compares several modules at the same time, each in a child process.
class Run {
 public:
  Run(const Options& options, const NodeJudge* node) : options_(options), node_(node) {}

  // Returns whether no module failed. Prints failures as they are found, and then a summary.
  bool passes() {
    Clock::time_point start = Clock::now();
    uint64_t end = options_.first + options_.count;
    for (uint64_t seed = options_.first; seed < end; ++seed) {
      if (running_.size() == options_.jobs) waitForOne();
      Child child([&] { return compareSeed(seed, options_, node_); }, options_.secondsPerModule);
      running_.emplace(child.id(), std::pair(seed, child));
    }
    while (!running_.empty()) waitForOne();
    double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    uint64_t calls = options_.count * options_.module.entries * options_.module.calls;
    fmt::print(
        "{} modules, {} failed; {} calls, of which {} trap, each in every way; {:.0f} a second\n",
        options_.count, failed_, calls, traps_, static_cast<double>(calls) / seconds);
    return failed_ == 0;
  }

 private:
  // Waits for any child and prints its report. Children end in any order.
  void waitForOne() {
    int status = 0;
    pid_t ended = ::waitpid(-1, &status, 0);
    auto found = running_.find(ended);
    CHECK(found != running_.end());
    auto& [seed, child] = found->second;
    Report report = child.report(status);
    size_t traps = 0, length = 0;
    if (report.accident.empty()) traps = std::stoul(report.text, &length);
    std::string wrong = report.accident.empty()
                            ? report.text.substr(length + 1)
                            : fmt::format("seed {}: {}\n", seed, report.accident);
    fmt::print("{}", wrong);
    std::fflush(stdout);
    traps_ += traps;
    if (!wrong.empty()) ++failed_;
    running_.erase(found);
  }

  const Options& options_;
  const NodeJudge* node_;
  std::map<pid_t, std::pair<uint64_t, Child>> running_;
  uint64_t failed_ = 0;
  uint64_t traps_ = 0;
};

// Returns the exit status: 0 if all modules pass, 1 if one fails, 2 if Node.js cannot be used. With
// --reduce, 1 means that a failure was reduced.
int run(Options& options) {
  options.module.kind = options.kind;
  if (options.printed) {
    fmt::print("{}", randomModule(*options.printed, options.module).text);
    return 0;
  }
  std::optional<NodeJudge> node;
  if (options.hasNode) {
    base::Result<NodeJudge> found = NodeJudge::find();
    if (!found) {
      fmt::print(stderr, "differential: {}\n", found.error().text());
      return 2;
    }
    node = *found;
    fmt::print("Node.js {}\n", node->name());
  }
  const NodeJudge* judge = node ? &*node : nullptr;
  if (options.reduced) return reduceSeed(*options.reduced, options, judge) ? 1 : 0;
  return Run(options, judge).passes() ? 0 : 1;
}

}  // namespace
}  // namespace differential

int main(int argc, char** argv) {
  differential::CommandLine line = differential::parseCommandLine(argc, argv);
  return line.shouldExit ? line.exitStatus : differential::run(line.options);
}
