#include "compiler/driver/codegen_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "runtime/base/check.h"

namespace driver {
namespace {

// A word on the command line and the value that it selects.
template <class T>
struct Choice {
  std::string_view name;
  T value;
};

constexpr Choice<codegen::OptLevel> kOptLevels[] = {
    {"0", codegen::OptLevel::O0}, {"1", codegen::OptLevel::O1}, {"2", codegen::OptLevel::O2},
    {"3", codegen::OptLevel::O3}, {"s", codegen::OptLevel::Os},
};

constexpr Choice<codegen::Bounds> kBounds[] = {
    {"guard", codegen::Bounds::Guard},
    {"explicit", codegen::Bounds::Explicit},
};

constexpr Choice<codegen::Spectre> kSpectre[] = {
    {"off", codegen::Spectre::Off},
    {"tables", codegen::Spectre::Tables},
    {"on", codegen::Spectre::All},
};

// Adds an option whose value is one of a few words. The help and the message for another word list
// them.
template <class T, size_t N>
void addChoice(CLI::App& app, const char* option, T& target, const Choice<T> (&choices)[N],
               const char* description) {
  auto choose = [&target, &choices, option](const std::string& word) {
    std::string expected;
    for (const Choice<T>& choice : choices) {
      if (choice.name == word) {
        target = choice.value;
        return;
      }
      expected += fmt::format("{}{}", expected.empty() ? "" : ", ", choice.name);
    }
    constexpr std::string_view kHint = "; -Os makes small code, -O3 fast code";
    throw CLI::ValidationError(
        option, fmt::format("'{}' is not one of its values; expected one of {}{}", word, expected,
                            std::string_view(option) == "-O" ? kHint : ""));
  };
  std::string names;
  for (const Choice<T>& choice : choices) {
    names += fmt::format("{}{}", names.empty() ? "" : "|", choice.name);
  }
  app.add_option_function<std::string>(option, choose, description)->type_name(names);
}

template <class T, size_t N>
std::string_view nameOf(T value, const Choice<T> (&choices)[N]) {
  auto found = std::ranges::find(choices, value, &Choice<T>::value);
  CHECK(found != std::end(choices));
  return found->name;
}

// Adds --disable-pass, which may be given several times, with one name each.
void addDisablePass(CLI::App& app, codegen::PassSet& disabled) {
  std::string names = fmt::format("{}", fmt::join(codegen::optionalPassNames(), ", "));
  auto disable = [&disabled, names](const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      std::optional<codegen::Pass> pass = codegen::findOptionalPass(word);
      if (!pass) {
        throw CLI::ValidationError(
            "--disable-pass",
            fmt::format("there is no pass '{}'; expected one of {}", word, names));
      }
      disabled.insert(*pass);
    }
  };
  app.add_option_function<std::vector<std::string>>(
         "--disable-pass", disable, "Leave out an optimization, to see what it is worth: " + names)
      ->allow_extra_args(false)
      ->type_name("NAME");
}

}  // namespace

void addCodegenOptions(CLI::App& app, codegen::Options& options) {
  addChoice(app, "-O", options.optLevel, kOptLevels,
            "Optimization: -O0, -O1, -O2 (the default), -O3, -Os");
  app.add_option("--cpu", options.cpu,
                 "CPU to compile for: 'native' (the default), or a name that LLVM knows, such as "
                 "x86-64-v2; an artifact can have code for several: x86-64-v2,x86-64-v3,native")
      ->type_name("NAME");
  app.add_option("--cpu-features", options.features,
                 "Features of the CPU to add or leave out, such as +avx2,-fma")
      ->type_name("LIST");
  app.add_option("--target", options.triple, "Target to compile for (default: this machine)")
      ->type_name("x86_64-linux-gnu|aarch64-linux-gnu");
  addChoice(app, "--bounds", options.bounds, kBounds,
            "How memory accesses are kept inside: 'guard' pages (the default), or 'explicit' "
            "compares");
  addChoice(app, "--spectre", options.spectre, kSpectre,
            "Which indices stay inside also while the CPU speculates beyond a check: those into "
            "'tables' (the default), 'on' for memories with checks as well, or 'off'");
  app.add_flag("--deterministic", options.isDeterministic,
               "Compute the same on every machine: each NaN that arithmetic makes is the canonical "
               "one, relaxed vector instructions do what the specification prescribes");
  app.add_flag("--exact-traps", options.exactTraps,
               "When a guest traps, leave all of its memory as it was at that moment; otherwise "
               "stores of the loop or straight piece of code that it trapped in may be missing");
  app.add_flag("--count-fuel", options.countsFuel,
               "Count the instructions that the guest executes, so that the program that runs it "
               "can limit them: 'wasmrun --fuel N', wasm2obj_instance_set_fuel");
  addDisablePass(app, options.disabledPasses);
  app.add_flag("--verify-ir", options.verifyIr,
               "Check the intermediate code: by LLVM's verifier, and that no access is lost that "
               "may trap; ends with a message where something is wrong");
}

std::vector<std::string> codegenWords(const codegen::Options& options) {
  std::vector<std::string> words = {
      fmt::format("-O{}", nameOf(options.optLevel, kOptLevels)),
      fmt::format("--bounds={}", nameOf(options.bounds, kBounds)),
      fmt::format("--spectre={}", nameOf(options.spectre, kSpectre)),
  };
  auto addText = [&words](const char* option, const std::string& value) {
    if (!value.empty()) words.push_back(fmt::format("{}={}", option, value));
  };
  addText("--cpu", options.cpu);
  addText("--cpu-features", options.features);
  addText("--target", options.triple);
  if (options.isDeterministic) words.push_back("--deterministic");
  if (options.exactTraps) words.push_back("--exact-traps");
  if (options.countsFuel) words.push_back("--count-fuel");
  for (std::string_view name : codegen::optionalPassNames()) {
    if (options.disabledPasses.contains(*codegen::findOptionalPass(name)))
      words.push_back(fmt::format("--disable-pass={}", name));
  }
  if (options.verifyIr) words.push_back("--verify-ir");
  return words;
}

}  // namespace driver
