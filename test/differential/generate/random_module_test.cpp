#include "test/differential/generate/random_module.h"

#include <gtest/gtest.h>

#include <set>

#include "test/differential/comparison.h"

namespace differential {
namespace {

class OfKind : public ::testing::TestWithParam<const Kind*> {};

TEST_P(OfKind, IsValid) {
  ModuleOptions options{.entries = 12, .calls = 1, .kind = GetParam()->name};
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    base::Result<Subject> subject = Subject::of("module", randomModule(seed, options).text);
    ASSERT_TRUE(subject.ok()) << "seed " << seed << ": " << subject.error().text();
  }
}

std::vector<const Kind*> kinds() {
  std::vector<const Kind*> all;
  for (const Kind& kind : kKinds) all.push_back(&kind);
  return all;
}

INSTANTIATE_TEST_SUITE_P(RandomModule, OfKind, ::testing::ValuesIn(kinds()),
                         [](const auto& info) { return info.param->name; });

TEST(RandomModule, DependsOnItsSeedAlone) {
  RandomModule one = randomModule(3, {}), again = randomModule(3, {}), other = randomModule(4, {});
  EXPECT_EQ(one.text, again.text);
  ASSERT_EQ(one.calls.size(), again.calls.size());
  EXPECT_EQ(one.calls.back().text(), again.calls.back().text());
  EXPECT_NE(one.text, other.text);
}

TEST(RandomModule, HasAllKindsAndShapes) {
  std::set<const Kind*> kinds;
  bool has64 = false, hasSeveral = false, hasPlain = false, hasObjects = false, hasNone = false;
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    RandomModule module = randomModule(seed, {});
    EXPECT_EQ(module.calls.size(), 48u * 24u);
    for (const Call& call : module.calls) kinds.insert(call.kind);
    has64 |= module.shape.has64();
    (module.shape.objects ? hasObjects : hasNone) = true;
    hasSeveral |= module.shape.memories.size() > 1;
    hasPlain |= module.shape.memories.size() == 1 && !module.shape.has64();
  }
  EXPECT_EQ(kinds.size(), std::size(kKinds));
  EXPECT_TRUE(has64 && hasSeveral && hasPlain && hasObjects && hasNone);
}

// Some calls must trap and some must return, since addresses are close to all limits.
TEST(RandomModule, SomeCallsTrap) {
  ModuleOptions options{.entries = 8, .calls = 16};
  RandomModule module = randomModule(1, options);
  base::Result<Subject> subject = Subject::of("module", module.text);
  ASSERT_TRUE(subject.ok());
  codegen::Options unoptimized;
  unoptimized.optLevel = codegen::OptLevel::O0;
  auto outcomes = behavior(subject->module, unoptimized, module.calls);
  ASSERT_TRUE(outcomes.ok()) << outcomes.error().text();
  size_t traps = 0;
  for (const Outcome& outcome : *outcomes) traps += outcome.end != End::Return;
  EXPECT_GT(traps, module.calls.size() / 10);
  EXPECT_LT(traps, module.calls.size() / 10 * 9);
}

}  // namespace
}  // namespace differential
