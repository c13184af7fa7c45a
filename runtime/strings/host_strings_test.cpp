#include "runtime/strings/host_strings.h"

#include "runtime/fixture/strings.h"
#include "runtime/strings/string_object.h"

namespace strings {
namespace {

using runtime::Value;

// The host may create strings before any module is instantiated.
TEST(HostStrings, TextRoundTrips) {
  runtime::Store store;
  for (const char* text : {"", "plain", "\xc3\xa4", "\xe4\xb8\x96\xf0\x9f\x98\x80"}) {
    EXPECT_EQ(stringText(makeString(store, std::string_view(text)).value().slot.i64), text);
  }
  Value unpaired = makeString(store, std::u16string{u'x', 0xd800}).value();
  EXPECT_EQ(stringText(unpaired.slot.i64), "x\xef\xbf\xbd");
}

TEST(HostStrings, QuotedTextHasEscapes) {
  runtime::Store store;
  Value some = makeString(store, std::u16string(u"\"\\\n\t\r\x7f\u00e4\U0001f600\xd83d!")).value();
  EXPECT_EQ(quotedText(some.slot.i64),
            "\"\\\"\\\\\\n\\t\\u{d}\\u{7f}\xc3\xa4\xf0\x9f\x98\x80\\u{d83d}!\"");
}

}  // namespace
}  // namespace strings
