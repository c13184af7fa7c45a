// Fuzzes the string builtins: a module calls them with the strings in its table, and the input
// selects calls. Results must be those of a model with strings of the standard library.
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "loader/embed/module_of_image.h"
#include "runtime/base/check.h"
#include "runtime/instance/instance.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "runtime/strings/add_to_linker.h"
#include "runtime/strings/host_strings.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

using runtime::Value;
using Text = std::u16string;

constexpr size_t kSlots = 8;
constexpr size_t kMostUnits = 3000;  // of a string
constexpr int kMostCalls = 60;

// Each function takes the numbers of slots. The first one of those that make a string is that of
// the result. "units" copies a part of an array with zeros around the string; "utf8" encodes and
// decodes, and returns the difference between the length and the measured one.
constexpr const char* kModule = R"((module
  (type $units (array (mut i16))) (type $bytes (array (mut i8)))
  (import "wasm:js-string" "concat"
    (func $concat (param externref externref) (result (ref extern))))
  (import "wasm:js-string" "substring"
    (func $substring (param externref i32 i32) (result (ref extern))))
  (import "wasm:js-string" "fromCharCode" (func $unit (param i32) (result (ref extern))))
  (import "wasm:js-string" "fromCodePoint" (func $point (param i32) (result (ref extern))))
  (import "wasm:js-string" "charCodeAt" (func $unitAt (param externref i32) (result i32)))
  (import "wasm:js-string" "codePointAt" (func $pointAt (param externref i32) (result i32)))
  (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
  (import "wasm:js-string" "equals" (func $equals (param externref externref) (result i32)))
  (import "wasm:js-string" "compare" (func $compare (param externref externref) (result i32)))
  (import "wasm:js-string" "fromCharCodeArray"
    (func $from (param (ref null $units) i32 i32) (result (ref extern))))
  (import "wasm:js-string" "intoCharCodeArray"
    (func $into (param externref (ref null $units) i32) (result i32)))
  (import "wasm:text-encoder" "measureStringAsUTF8"
    (func $measure (param externref) (result i32)))
  (import "wasm:text-encoder" "encodeStringToUTF8Array"
    (func $encode (param externref) (result (ref $bytes))))
  (import "wasm:text-decoder" "decodeStringFromUTF8Array"
    (func $decode (param (ref null $bytes) i32 i32) (result (ref extern))))
  (table $s 8 externref)
  (func (export "set") (param i32 externref) (result i32)
    (table.set $s (local.get 0) (local.get 1)) (i32.const 0))
  (func (export "concat") (param i32 i32 i32) (result i32)
    (table.set $s (local.get 0)
      (call $concat (table.get $s (local.get 1)) (table.get $s (local.get 2)))) (i32.const 0))
  (func (export "substring") (param i32 i32 i32 i32) (result i32)
    (table.set $s (local.get 0)
      (call $substring (table.get $s (local.get 1)) (local.get 2) (local.get 3))) (i32.const 0))
  (func (export "unit") (param i32 i32) (result i32)
    (table.set $s (local.get 0) (call $unit (local.get 1))) (i32.const 0))
  (func (export "point") (param i32 i32) (result i32)
    (table.set $s (local.get 0) (call $point (local.get 1))) (i32.const 0))
  (func (export "unitAt") (param i32 i32) (result i32)
    (call $unitAt (table.get $s (local.get 0)) (local.get 1)))
  (func (export "pointAt") (param i32 i32) (result i32)
    (call $pointAt (table.get $s (local.get 0)) (local.get 1)))
  (func (export "length") (param i32) (result i32) (call $length (table.get $s (local.get 0))))
  (func (export "equals") (param i32 i32) (result i32)
    (call $equals (table.get $s (local.get 0)) (table.get $s (local.get 1))))
  (func (export "compare") (param i32 i32) (result i32)
    (call $compare (table.get $s (local.get 0)) (table.get $s (local.get 1))))
  (func (export "units") (param i32 i32 i32 i32) (result i32) (local $x (ref null $units))
    (local.set $x (array.new_default $units
      (i32.add (call $length (table.get $s (local.get 1))) (i32.const 2))))
    (drop (call $into (table.get $s (local.get 1)) (local.get $x) (i32.const 1)))
    (table.set $s (local.get 0) (call $from (local.get $x) (local.get 2) (local.get 3)))
    (i32.const 0))
  (func (export "utf8") (param i32 i32) (result i32) (local $x (ref null $bytes))
    (local.set $x (call $encode (table.get $s (local.get 1))))
    (i32.sub (array.len (local.get $x)) (call $measure (table.get $s (local.get 1))))
    (table.set $s (local.get 0)
      (call $decode (local.get $x) (i32.const 0) (array.len (local.get $x)))))
))";

std::shared_ptr<const runtime::Module> compiled() {
  static const std::shared_ptr<const runtime::Module> kCompiled = [] {
    auto image = loader::Image::fromMemory(fuzz::artifactOf(kModule), "strings.so");
    CHECK(image.ok());
    auto module = embed::moduleOf(*image);
    CHECK(module.ok());
    return *module;
  }();
  return kCompiled;
}

bool isLead(char16_t unit) { return (unit & 0xfc00) == 0xd800; }
bool isTrail(char16_t unit) { return (unit & 0xfc00) == 0xdc00; }
bool isPair(const Text& text, size_t at) {
  return isLead(text[at]) && at + 1 < text.size() && isTrail(text[at + 1]);
}

// Returns the text after encoding as UTF-8 and decoding: without a byte order mark at the
// beginning, and with U+FFFD for unpaired surrogates.
Text afterUtf8(const Text& text) {
  Text result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (isPair(text, i)) {
      result += text.substr(i++, 2);
    } else {
      result += isLead(text[i]) || isTrail(text[i]) ? u'\xfffd' : text[i];
    }
  }
  return result.starts_with(u'\xfeff') ? result.substr(1) : result;
}

// A store with the module, and the model of its strings.
class Strings {
 public:
  Strings(fuzz::Input& input, bool isStressed) : input_(input), store_(options(isStressed)) {
    runtime::Linker linker;
    strings::addToLinker(linker);
    auto instance = linker.instantiate(store_, compiled());
    CHECK(instance.ok());
    instance_ = *instance;
  }

  // Makes a call, and compares it with the model.
  void step() {
    uint32_t to = slot(), a = slot(), b = slot();
    switch (input_.byte() % 12) {
      case 0:
        return makeOne(to);
      case 1:
        return concatenate(to, a, b);
      case 2: {
        uint32_t begin = index(a), end = index(a);
        return expectString("substring", {to, a, begin, end}, substring(a, begin, end));
      }
      case 3: {
        char16_t code = unit();
        return expectString("unit", {to, code | (b << 16)}, Text(1, code));
      }
      case 4:
        return fromPoint(to, input_.byte() % 2 == 0 ? unit() : uint32_t{input_.byte()} << 13);
      case 5: {
        uint32_t at = index(a);
        return expect("unitAt", {a, at},
                      has(a, at) ? std::optional<uint32_t>((*texts_[a])[at]) : std::nullopt);
      }
      case 6: {
        uint32_t at = index(a);
        return expect("pointAt", {a, at}, pointAt(a, at));
      }
      case 7:
        return expect("equals", {a, b}, texts_[a] == texts_[b]);
      case 8:
        return expect("compare", {a, b}, order(a, b));
      case 9: {
        uint32_t begin = index(a), end = index(a);
        return expectString("units", {to, a, begin, end}, partOfUnits(a, begin, end));
      }
      case 10: {
        std::optional<Text> text = texts_[a];
        if (text) text = afterUtf8(*text);
        return expectString("utf8", {to, a}, text);
      }
      default:
        CHECK(instance_->function("set")->call({Value::i32(to), Value::externRef(nullptr)}).ok());
        texts_[to].reset();
    }
  }

 private:
  static runtime::StoreOptions options(bool isStressed) {
    runtime::StoreOptions options;
    options.stackSize = uint64_t{1} << 20;
    options.stressesHeap = isStressed;
    return options;
  }
  uint32_t slot() { return input_.byte() % kSlots; }
  // Returns a code unit, often a surrogate or close to a limit of an encoding.
  char16_t unit() {
    constexpr char16_t kUnits[] = {u'a',   u'b',   0,         0x7f,   0x80,   0xff,
                                   0x100,  0x7ff,  0x800,     0xd800, 0xdbff, 0xdc00,
                                   0xdfff, 0xfeff, u'\xfffd', 0xffff};
    uint8_t choice = input_.byte();
    return choice < 200 ? kUnits[choice % std::size(kUnits)] : static_cast<char16_t>(choice * 257);
  }
  // Returns an index that is, in most cases, at most the length.
  uint32_t index(uint32_t a) {
    uint8_t choice = input_.byte();
    if (choice >= 250) return ~uint32_t{0} - (255 - choice);
    return texts_[a] ? choice * 257 % (static_cast<uint32_t>(texts_[a]->size()) + 2) : choice;
  }
  bool has(uint32_t a, uint32_t at) const { return texts_[a] && at < texts_[a]->size(); }

  std::optional<Text> substring(uint32_t a, uint32_t begin, uint32_t end) const {
    if (!texts_[a]) return std::nullopt;
    if (begin > texts_[a]->size() || begin > end) return Text();
    return texts_[a]->substr(begin, end - begin);
  }
  std::optional<Text> partOfUnits(uint32_t a, uint32_t begin, uint32_t end) const {
    if (!texts_[a]) return std::nullopt;
    Text all = Text(1, 0) + *texts_[a] + Text(1, 0);
    if (begin > end || end > all.size()) return std::nullopt;
    return all.substr(begin, end - begin);
  }
  std::optional<uint32_t> pointAt(uint32_t a, uint32_t at) const {
    if (!has(a, at)) return std::nullopt;
    const Text& text = *texts_[a];
    if (!isPair(text, at)) return text[at];
    return 0x10000 + ((text[at] & 0x3ffu) << 10) + (text[at + 1] & 0x3ffu);
  }
  std::optional<uint32_t> order(uint32_t a, uint32_t b) const {
    if (!texts_[a] || !texts_[b]) return std::nullopt;
    int order = texts_[a]->compare(*texts_[b]);
    return static_cast<uint32_t>((order > 0) - (order < 0));
  }

  void makeOne(uint32_t to) {
    Text text;
    for (int i = input_.byte() % 16; i > 0; --i) text += unit();
    auto string = strings::makeString(store_, text);
    CHECK(string.ok());
    CHECK(instance_->function("set")->call({Value::i32(to), *string}).ok());
    texts_[to] = text;
    look(to);
  }
  void concatenate(uint32_t to, uint32_t a, uint32_t b) {
    std::optional<Text> text;
    if (texts_[a] && texts_[b]) text = *texts_[a] + *texts_[b];
    if (!text || text->size() <= kMostUnits) expectString("concat", {to, a, b}, text);
  }
  void fromPoint(uint32_t to, uint32_t point) {
    std::optional<Text> text;
    if (point < 0x10000) {
      text = Text(1, static_cast<char16_t>(point));
    } else if (point < 0x110000) {
      text = Text{static_cast<char16_t>(0xd7c0 + (point >> 10)),
                  static_cast<char16_t>(0xdc00 + (point & 0x3ff))};
    }
    expectString("point", {to, point}, text);
  }

  // Calls a function, which must return this number, or trap if there is none.
  void expect(const char* name, const std::vector<uint32_t>& arguments,
              std::optional<uint32_t> number) {
    std::vector<Value> values;
    for (uint32_t argument : arguments) values.push_back(Value::i32(argument));
    auto results = instance_->function(name)->call(values);
    CHECK(results.ok() == number.has_value());
    if (number) CHECK(results->front().slot.i32 == *number);
  }
  // The same for one whose string goes to the slot of the first argument.
  void expectString(const char* name, const std::vector<uint32_t>& arguments,
                    const std::optional<Text>& text) {
    expect(name, arguments, text ? std::optional<uint32_t>(0) : std::nullopt);
    if (text) texts_[arguments[0]] = text;
    look(arguments[0]);
  }
  // Compares the string in a slot, without changing how it is represented: a rope stays one until
  // one of its units is read.
  void look(uint32_t a) {
    if (!texts_[a]) return;
    expect("length", {a}, static_cast<uint32_t>(texts_[a]->size()));
    if (texts_[a]->empty() || input_.byte() % 2 == 0) return;
    uint32_t at = input_.byte() % static_cast<uint32_t>(texts_[a]->size());
    expect("unitAt", {a, at}, (*texts_[a])[at]);
  }

  fuzz::Input& input_;
  runtime::Store store_;
  runtime::Instance* instance_;
  std::array<std::optional<Text>, kSlots> texts_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::Input input(data, size);
  Strings strings(input, input.byte() % 2 == 0);
  for (int calls = 0; calls < kMostCalls && !input.isAtEnd(); ++calls) strings.step();
  return 0;
}
