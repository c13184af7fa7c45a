#include "test/differential/comparison.h"

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"

namespace differential {
namespace {

using base::Result;
using codegen::Bounds;
using codegen::OptLevel;

// The generic CPUs lack instructions that the host's has, so that other lowerings are tested.
constexpr Way kWays[] = {
    {.name = "-O0 --count-fuel", .level = OptLevel::O0, .cpu = "native", .countsFuel = true},
    {.name = "-O1 --count-fuel", .level = OptLevel::O1, .cpu = "native", .countsFuel = true},
    {"-O2", OptLevel::O2, "native"},
    {.name = "-O3 --count-fuel", .level = OptLevel::O3, .cpu = "native", .countsFuel = true},
#ifdef __x86_64__
    {"-O2 --cpu=x86-64", OptLevel::O2, "x86-64"},
    {"-O3 --cpu=x86-64-v3", OptLevel::O3, "x86-64-v3"},
#endif
    {"-O2 --bounds=explicit", OptLevel::O2, "native", Bounds::Explicit},
    {.name = "-O2 --exact-traps", .level = OptLevel::O2, .cpu = "native", .exactTraps = true},
    {.name = "-O0 --gc-stress", .level = OptLevel::O0, .cpu = "native", .stressesHeap = true},
    {.name = "-O2 --gc-stress", .level = OptLevel::O2, .cpu = "native", .stressesHeap = true}};

Result<std::vector<Outcome>> behaviorIn(const Way& way, const Subject& subject,
                                        std::span<const Call> calls) {
  codegen::Options options;
  options.optLevel = way.level;
  options.bounds = way.bounds;
  options.cpu = way.cpu;
  options.exactTraps = way.exactTraps;
  options.countsFuel = way.countsFuel;
  return behavior(subject.module, options, calls, way.stressesHeap);
}

// Appends the calls with different outcomes. After a trap, memories are compared as `promise` says
// or, without it, as the kind of the called function says (kinds.def).
void addDifferences(std::string_view way, std::optional<Promise> promise,
                    std::span<const Call> calls, const std::vector<Outcome>& expected,
                    const std::vector<Outcome>& actual, std::vector<Difference>& differences) {
  for (size_t i = 0; i < calls.size(); ++i) {
    std::string text = difference(expected[i], actual[i], promise.value_or(calls[i].kind->promise));
    if (!text.empty()) differences.push_back({std::string(way), calls[i], std::move(text)});
  }
}

// Removes the calls for which stress mode takes too long, and their outcomes.
void leaveFewObjects(std::vector<Call>& calls, std::vector<Outcome>& outcomes) {
  size_t kept = 0;
  for (size_t i = 0; i < calls.size(); ++i) {
    if (calls[i].kind->need == Need::ManyObjects) continue;
    calls[kept] = calls[i];
    outcomes[kept++] = outcomes[i];
  }
  calls.resize(kept);
  outcomes.resize(kept);
}

}  // namespace

std::span<const Way> ways() { return kWays; }

Result<Subject> Subject::of(const std::string& name, std::string text) {
  TRY_ASSIGN(wasm::TextModule parsed, wasm::parseModule(name, text));
  TRY_ASSIGN(base::Bytes bytes, wasm::writeModule(parsed.module));
  // The validated module has views of `bytes`, which remain valid when that is moved.
  TRY_ASSIGN(wasm::Module read, wasm::readModule(name, bytes));
  TRY_ASSIGN(wasm::ValidModule module, wasm::validate(std::move(read)));
  return Subject{std::move(text), std::move(bytes), std::move(module)};
}

Result<Findings> Comparison::run(const Subject& subject, const Shape& shape,
                                 std::span<const Call> calls, std::string_view onlyWay) const {
  auto isWanted = [&](std::string_view way) { return onlyWay.empty() || onlyWay == way; };
  TRY_ASSIGN(std::vector<Outcome> expected, behaviorIn(kWays[0], subject, calls));
  Findings findings;
  for (const Outcome& outcome : expected) findings.traps += outcome.end != End::Return;
  if (node_ != nullptr && node_->accepts(shape) && isWanted(kNodeWay)) {
    TRY_ASSIGN(auto actual, node_->behavior(subject.bytes, shape, calls, path_));
    addDifferences(kNodeWay, std::nullopt, calls, expected, actual, findings.differences);
  }
  for (const Way& way : ways().subspan(1)) {
    if (!isWanted(way.name) || (way.stressesHeap && !shape.objects)) continue;
    std::vector<Call> made(calls.begin(), calls.end());
    std::vector<Outcome> wanted = expected;
    if (way.stressesHeap) leaveFewObjects(made, wanted);
    TRY_ASSIGN(auto actual, behaviorIn(way, subject, made));
    auto promise = way.exactTraps ? std::optional(Promise::Everything) : std::nullopt;
    addDifferences(way.name, promise, made, wanted, actual, findings.differences);
  }
  return findings;
}

}  // namespace differential
