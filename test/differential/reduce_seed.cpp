#include "test/differential/reduce_seed.h"

#include <fmt/format.h>
#include <unistd.h>

#include "runtime/base/check.h"
#include "test/differential/child.h"
#include "test/differential/comparison.h"
#include "test/differential/reducer.h"

namespace differential {
namespace {

// A failure and how to reproduce it: a call whose outcome differs in one way, or a crash or timeout
// during one or several calls. No failure if `accident` and `text` are empty.
struct Failure {
  std::string way;  // empty if it is not known
  std::vector<Call> calls;
  std::string accident;  // as in Report
  std::string text;      // the difference
};

// The processor time for a variant of the module. Short, since many variants do not terminate.
constexpr unsigned kSecondsPerTry = 2;

// Runs variants of a module with the original's calls.
class Tries {
 public:
  Tries(const RandomModule& module, const NodeJudge* node)
      : module_(module), comparison_(fmt::format("/tmp/differential.{}.try", ::getpid()), node) {}

  // Returns the first failure of a module, which is compiled and run in a child process: the number
  // of the call, its way and the difference, on a line each; or a crash or timeout.
  Report run(const std::string& text, const std::vector<Call>& calls, std::string_view way,
             unsigned seconds) const {
    base::Result<Subject> subject = Subject::of("module", text);
    if (!subject) return {};
    return runInChild(
        [&]() -> std::string {
          auto findings = comparison_.run(*subject, module_.shape, calls, way);
          if (!findings || findings->differences.empty()) return "";
          const Difference& first = findings->differences.front();
          size_t number = 0;
          while (calls[number].text() != first.call.text()) ++number;
          return fmt::format("{}\n{}\n{}", number, first.way, first.text);
        },
        seconds);
  }

  // Returns the first failure of the whole module, or an empty one.
  Failure find(const Options& options) const {
    Report report = run(module_.text, module_.calls, options.way, options.secondsPerModule);
    if (!report.accident.empty()) return {options.way, module_.calls, report.accident, ""};
    if (report.text.empty()) return {};
    size_t first = report.text.find('\n'), second = report.text.find('\n', first + 1);
    const Call& call = module_.calls[std::stoul(report.text.substr(0, first))];
    return {report.text.substr(first + 1, second - first - 1),
            {call},
            "",
            report.text.substr(second + 1)};
  }

  // Returns whether a variant of the module fails in the same way. Another difference of the same
  // call counts as well; another kind of crash does not.
  bool stillFails(const Failure& failure, const std::string& text) const {
    Report report = run(text, failure.calls, failure.way, kSecondsPerTry);
    if (!failure.accident.empty()) return report.accident == failure.accident;
    return report.accident.empty() && !report.text.empty();
  }

 private:
  const RandomModule& module_;
  Comparison comparison_;
};

// Determines the way in which a crash or timeout happens, and the call if one alone causes it. The
// reduction is then faster by their numbers.
void narrow(Failure& failure, const Tries& tries, const std::string& text) {
  for (const Way& way : ways().subspan(1)) {
    Failure inThisWay = failure;
    inThisWay.way = way.name;
    if (failure.way.empty() && tries.stillFails(inThisWay, text)) failure = inThisWay;
  }
  for (const Call& call : std::vector<Call>(failure.calls)) {
    Failure ofThisCall = failure;
    ofThisCall.calls = {call};
    if (!tries.stillFails(ofThisCall, text)) continue;
    failure = ofThisCall;
    break;
  }
}

}  // namespace

bool reduceSeed(uint64_t seed, const Options& options, const NodeJudge* node) {
  RandomModule module = randomModule(seed, options.module);
  Tries tries(module, node);
  Failure failure = tries.find(options);
  if (failure.text.empty() && failure.accident.empty()) {
    fmt::print("seed {}: nothing differs\n", seed);
    return false;
  }
  if (!failure.accident.empty()) narrow(failure, tries, module.text);
  Tree whole = parseTree(module.text);
  if (!tries.stillFails(failure, whole.text())) {
    fmt::print("seed {}: it fails in one of several runs\n", seed);
    return false;
  }
  Tree small = reduce(std::move(whole),
                      [&](const std::string& text) { return tries.stillFails(failure, text); });
  Report report = tries.run(small.text(), failure.calls, failure.way, kSecondsPerTry);
  std::string said = report.accident.empty() ? report.text : report.accident;
  if (size_t last = said.rfind('\n'); last != std::string::npos) said = said.substr(last + 1);
  fmt::print(";; seed {}, {}, call {}\n;; {}\n{}\n", seed, failure.way,
             failure.calls.front().text(), said, small.text());
  return true;
}

}  // namespace differential
