#include "loader/options/guest_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <iterator>

namespace options {

using base::Error;
using base::Result;

namespace {

Result<void> addDirectory(GuestOptions& options, std::string_view value) {
  TRY_ASSIGN(GrantedDirectory directory, parseDirectory(value));
  options.directories.push_back(std::move(directory));
  return {};
}

// Sets a variable. A later value replaces an earlier one.
void setVariable(GuestOptions& options, std::string name, std::string value) {
  for (auto& [known, present] : options.environment) {
    if (known != name) continue;
    present = std::move(value);
    return;
  }
  options.environment.emplace_back(std::move(name), std::move(value));
}

Result<void> addVariable(GuestOptions& options, UnsetVariable unset, std::string_view value) {
  size_t equals = value.find('=');
  std::string name(value.substr(0, equals));
  if (name.empty()) return Error{"", fmt::format("'{}' has no name", value)};
  if (equals != value.npos) {
    setVariable(options, std::move(name), std::string(value.substr(equals + 1)));
    return {};
  }
  const char* present = std::getenv(name.c_str());
  if (present != nullptr) {
    setVariable(options, name, present);
    return {};
  }
  if (looksLikeModule(name))
    return Error{"", fmt::format("expects NAME[=VALUE]; was that forgotten before '{}'?", name)};
  if (unset == UnsetVariable::Omitted) return {};
  return Error{"", fmt::format("'{0}' is not set here; give it a value with {0}=VALUE", name)};
}

template <class Number>
Result<Number> parseCount(std::string_view value) {
  Number count = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc() || end != value.data() + value.size())
    return Error{"", fmt::format("'{}' is not a number", value)};
  return count;
}

using Setter = std::function<Result<void>(std::string_view)>;

// Sets a limit, in bytes or elements.
Setter limit(GuestOptions* options, uint64_t runtime::Limits::*member) {
  return [options, member](std::string_view value) -> Result<void> {
    TRY_ASSIGN(options->limits.*member, parseSize(value));
    return {};
  };
}

// Set a member to a number or a text, or a flag.
template <class Member>
Setter count(GuestOptions* options, Member member) {
  return [options, member](std::string_view value) -> Result<void> {
    TRY_ASSIGN(options->*member, parseCount<uint32_t>(value));
    return {};
  };
}

template <class Member>
Setter text(GuestOptions* options, Member member) {
  return [options, member](std::string_view value) -> Result<void> {
    options->*member = std::string(value);
    return {};
  };
}

Setter flag(GuestOptions* options, bool GuestOptions::*member) {
  return [options, member](std::string_view) -> Result<void> {
    options->*member = true;
    return {};
  };
}

std::vector<Option> limitOptions(GuestOptions* options) {
  return {
      {"max-memory", 0, "SIZE", "What its memories may have (default: 16G)",
       limit(options, &runtime::Limits::memoryBytes)},
      {"max-table-elements", 0, "NUMBER", "What its tables may have (default: 10000000)",
       limit(options, &runtime::Limits::tableElements)},
      {"max-gc-heap", 0, "SIZE",
       "What its garbage-collected objects may have (default: half of the memory of this machine)",
       limit(options, &runtime::Limits::heapBytes)},
      {"max-host-memory", 0, "SIZE", "What memories, tables and instances may take (default: 17G)",
       limit(options, &runtime::Limits::hostBytes)},
      {"max-files", 0, "COUNT", "How many files the guest may have open at a time (default: 1024)",
       count(options, &GuestOptions::maxDescriptors)},
      {"max-threads", 0, "COUNT",
       "How many threads it may have, besides the main one (default: 1024)",
       count(options, &GuestOptions::maxThreads)},
      {"timeout", 0, "TIME", "End the guest after a time such as 1.5s, 200ms or 2m; exit with 124",
       [options](std::string_view value) -> Result<void> {
         TRY_ASSIGN(options->timeLimit, parseDuration(value));
         return {};
       }},
      {"fuel", 0, "NUMBER",
       "End the guest, by a trap, when it has executed about so many instructions; the number is "
       "the same on every machine",
       [options](std::string_view value) -> Result<void> {
         TRY_ASSIGN(options->fuel, parseCount<uint64_t>(value));
         return {};
       }},
  };
}

}  // namespace

std::vector<Option> guestOptions(GuestOptions& target, UnsetVariable unset) {
  GuestOptions* options = &target;
  std::vector<Option> all = {
      {"dir", 0, "HOST[::GUEST][:ro]",
       "Grant a directory, under the name GUEST (default: HOST); :ro for reading only",
       [options](std::string_view value) { return addDirectory(*options, value); }},
      {"env", 0, "NAME[=VALUE]",
       "Set a variable of the guest's environment; without a value, to what it is here",
       [options, unset](std::string_view value) { return addVariable(*options, unset, value); }},
      {"inherit-env", 0, nullptr, "Set all variables that are set here, but for those of --env",
       flag(options, &GuestOptions::inheritsEnvironment)},
      {"listen", 0, "ADDRESS",
       "Listen on HOST:PORT, [IPV6]:PORT or unix:PATH; the guest finds the socket behind the "
       "directories",
       [options](std::string_view value) -> Result<void> {
         options->listenAddresses.emplace_back(value);
         return {};
       }},
      {"argv0", 0, "NAME", "The guest's argument 0 (default: the file's name)",
       text(options, &GuestOptions::argv0)},
      {"string-constants", 0, "NAME",
       "Globals imported from the module NAME are strings: their names (default: ')",
       text(options, &GuestOptions::stringConstants)},
      {"gc-stress", 0, nullptr, "Collect garbage at every allocation, to find errors",
       flag(options, &GuestOptions::stressesHeap)},
      {"wasi-trace", 0, nullptr, "Print every WASI call and what came of it",
       flag(options, &GuestOptions::tracesWasi)},
  };
  for (Option& limit : limitOptions(options)) {
    limit.isLimit = true;
    all.push_back(std::move(limit));
  }
  return all;
}

bool looksLikeModule(std::string_view word) {
  return word.ends_with(".wasm") || word.ends_with(".wat") || word.ends_with(".so");
}

Result<uint64_t> parseSize(std::string_view text) {
  constexpr std::string_view kUnits = "KMG";
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, number);
  unsigned shift = 0;
  if (rest != end && error == std::errc{}) {
    size_t unit = kUnits.find(*rest);
    if (unit != kUnits.npos) {
      shift = 10 * (static_cast<unsigned>(unit) + 1);
      ++rest;
    }
  }
  if (error != std::errc{} || rest != end || number > UINT64_MAX >> shift)
    return Error{"", fmt::format("'{}' is not a number, with K, M or G behind it or not", text)};
  return number << shift;
}

Result<std::chrono::nanoseconds> parseDuration(std::string_view text) {
  struct Unit {
    std::string_view name;
    uint64_t nanoseconds;
  };
  constexpr uint64_t kSecond = 1'000'000'000;
  constexpr Unit kUnits[] = {{"", kSecond},        {"ns", 1},      {"us", 1000},
                             {"ms", 1'000'000},    {"s", kSecond}, {"m", 60 * kSecond},
                             {"h", 3600 * kSecond}};
  constexpr uint64_t kLongest = kSecond * 3600 * 24 * 365 * 100;
  const char* end = text.data() + text.size();
  uint64_t whole = 0;
  auto [rest, error] = std::from_chars(text.data(), end, whole);
  std::string_view fraction(rest, end);
  if (fraction.starts_with('.')) fraction.remove_prefix(1);
  size_t digits = std::min(fraction.find_first_not_of("0123456789"), fraction.size());
  bool hasPoint = rest != end && *rest == '.';
  auto unit = std::ranges::find(kUnits, fraction.substr(digits), &Unit::name);
  if (error != std::errc{} || unit == std::end(kUnits) || hasPoint != (digits != 0))
    return Error{"",
                 fmt::format("'{}' is not a number with ns, us, ms, s, m or h behind it", text)};
  uint64_t part = 0;
  uint64_t weight = unit->nanoseconds;
  for (char digit : fraction.substr(0, digits)) {
    weight /= 10;
    part += static_cast<uint64_t>(digit - '0') * weight;
  }
  if (whole > kLongest / unit->nanoseconds || whole * unit->nanoseconds + part == 0)
    return Error{"", fmt::format("'{}' is not between 1 ns and 100 years", text)};
  return std::chrono::nanoseconds(whole * unit->nanoseconds + part);
}

Result<GrantedDirectory> parseDirectory(std::string_view text) {
  constexpr std::string_view kReadOnly = ":ro";
  constexpr std::string_view kBetween = "::";
  GrantedDirectory directory;
  std::string_view rest = text;
  directory.isReadOnly = rest.ends_with(kReadOnly);
  if (directory.isReadOnly) rest.remove_suffix(kReadOnly.size());
  size_t between = rest.find(kBetween);
  directory.hostPath = rest.substr(0, between);
  directory.guestPath =
      between == rest.npos ? directory.hostPath : rest.substr(between + kBetween.size());
  if (directory.hostPath.empty() || directory.guestPath.empty())
    return Error{"", fmt::format("'{}' is not HOST, HOST::GUEST or either with :ro", text)};
  return directory;
}

}  // namespace options
