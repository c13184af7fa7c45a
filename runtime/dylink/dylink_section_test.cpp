#include "runtime/dylink/dylink_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace runtime {
namespace {

using base::Bytes;
using testing::ElementsAre;

// Appends a subsection.
void put(Bytes& section, uint8_t id, const Bytes& content) {
  section.push_back(id);
  base::appendUleb(section, content.size());
  base::append(section, content);
}

void putText(Bytes& out, std::string_view text) {
  base::appendUleb(out, text.size());
  base::append(out, text);
}

std::string errorOf(const Bytes& bytes) {
  auto section = readDylinkSection(bytes);
  return section ? "" : section.error().text();
}

// Returns a section with all subsections.
Bytes full() {
  Bytes memory;
  for (uint64_t each : {70000, 4, 300, 1}) base::appendUleb(memory, each);
  Bytes needed = {2};
  putText(needed, "libc.so");
  putText(needed, "libm.so");
  Bytes exports = {1};
  putText(exports, "visible");
  exports.push_back(4);
  Bytes imports = {2};
  for (uint8_t flags : {0, 1}) {
    putText(imports, "env");
    putText(imports, flags == 0 ? "strong" : "weak");
    imports.push_back(flags);
  }
  Bytes path = {1};
  putText(path, "/etc");
  Bytes section;
  put(section, 1, memory);
  put(section, 2, needed);
  put(section, 3, exports);
  put(section, 4, imports);
  put(section, 5, path);
  return section;
}

TEST(DylinkSection, HasAllThatIsNeeded) {
  Bytes bytes = full();
  auto section = readDylinkSection(bytes);
  ASSERT_TRUE(section.ok());
  EXPECT_EQ(section->memorySize, 70000u);
  EXPECT_EQ(section->memoryAlignment, 16u);
  EXPECT_EQ(section->tableSize, 300u);
  EXPECT_EQ(section->tableAlignment, 2u);
  EXPECT_THAT(section->needed, ElementsAre("libc.so", "libm.so"));
  EXPECT_THAT(section->weakImports, ElementsAre("weak"));
}

TEST(DylinkSection, MayBeEmpty) {
  auto section = readDylinkSection({});
  ASSERT_TRUE(section.ok());
  EXPECT_EQ(section->memorySize, 0u);
  EXPECT_EQ(section->memoryAlignment, 1u);
  EXPECT_TRUE(section->needed.empty());
}

TEST(DylinkSection, UnknownSubsectionsAndTrailingBytesAreSkipped) {
  Bytes bytes;
  put(bytes, 99, {0xff, 0xff});
  put(bytes, 1, {8, 0, 0, 0, 1, 2, 3});
  auto section = readDylinkSection(bytes);
  ASSERT_TRUE(section.ok());
  EXPECT_EQ(section->memorySize, 8u);
}

TEST(DylinkSection, IsTruncatedNowhereUnnoticed) {
  Bytes bytes = full();
  std::vector<size_t> ends;
  for (size_t size = 0; size < bytes.size(); ++size) {
    if (errorOf(Bytes(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size))).empty())
      ends.push_back(size);
  }
  // The ends of subsections: they have 7, 17, 10 and 23 bytes, and two before.
  EXPECT_THAT(ends, ElementsAre(0, 9, 28, 40, 65));
}

TEST(DylinkSection, RefusesNumbersOutOfRange) {
  const std::string malformed = "subsection 1 of its section dylink.0 is malformed";
  Bytes alignment;
  put(alignment, 1, {8, 32, 0, 0});
  EXPECT_EQ(errorOf(alignment), malformed);
  Bytes large;
  put(large, 1, {0xff, 0xff, 0xff, 0xff, 0x1f, 0, 0, 0});
  EXPECT_EQ(errorOf(large), malformed);
  Bytes longer;
  put(longer, 1, {0x80, 0x80, 0x80, 0x80, 0x80, 0, 0, 0, 0});
  EXPECT_EQ(errorOf(longer), malformed);
  Bytes most;
  put(most, 1, {0xff, 0xff, 0xff, 0xff, 0x0f, 31, 0, 0});
  EXPECT_EQ(errorOf(most), "");
  // More libraries than bytes.
  Bytes many;
  put(many, 2, {0xff, 0xff, 0xff, 0xff, 0x0f, 1, 'a'});
  EXPECT_EQ(errorOf(many), "subsection 2 of its section dylink.0 is malformed");
}

TEST(DylinkSection, RefusesThreadLocalSymbols) {
  Bytes exports = {1};
  putText(exports, "counter");
  base::appendUleb(exports, 0x100);
  Bytes bytes;
  put(bytes, 3, exports);
  EXPECT_EQ(errorOf(bytes),
            "exports the thread-local symbol counter, and threads are not supported");
}

}  // namespace
}  // namespace runtime
