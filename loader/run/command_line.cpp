#include "loader/run/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "runtime/abi/abi_hash.h"

namespace run {
namespace {

constexpr char kFooter[] =
    "Everything after MODULE belongs to the guest. MODULE is a .wasm file, which is compiled "
    "first\n"
    "and kept in a cache, or what wasm2obj made of one. The guest sees nothing of this machine "
    "but\n"
    "its standard streams and what --dir and --env give it.";

// CLI11 is not told of MODULE, so that it stops there; the help is.
class HelpText : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: wasmrun [OPTIONS] MODULE [ARGS...]\n\n";
  }
};

void addDirectory(Options& options, const std::string& text) {
  auto directory = parseDirectory(text);
  if (!directory) throw CLI::ValidationError("--dir", directory.error().text());
  options.directories.push_back(std::move(*directory));
}

void addVariable(Options& options, const std::string& text) {
  size_t equals = text.find('=');
  std::string name = text.substr(0, equals);
  if (name.empty()) throw CLI::ValidationError("--env", fmt::format("'{}' has no name", text));
  if (equals != std::string::npos) {
    options.environment.emplace_back(name, text.substr(equals + 1));
    return;
  }
  const char* value = std::getenv(name.c_str());
  if (value == nullptr)
    throw CLI::ValidationError(
        "--env", fmt::format("'{}' is not set here; give it a value with {}=VALUE", name, name));
  options.environment.emplace_back(name, value);
}

// What CLI11 left over begins with the module, unless a mistyped option stopped it.
void takeModule(Options& options, std::vector<std::string> rest) {
  if (!rest.empty() && rest.front() == "--")
    rest.erase(rest.begin());
  else if (!rest.empty() && rest.front().size() > 1 && rest.front()[0] == '-')
    throw CLI::ExtrasError("wasmrun", {rest.front()});
  if (rest.empty()) throw CLI::RequiredError("MODULE");
  options.module = std::move(rest.front());
  options.arguments.assign(std::make_move_iterator(rest.begin() + 1),
                           std::make_move_iterator(rest.end()));
}

void addOptions(CLI::App& app, Options& options) {
  app.formatter(std::make_shared<HelpText>());
  app.footer(kFooter);
  app.set_version_flag("--version",
                       fmt::format("wasmrun {} (ABI {:016x})", WASM2OBJ_VERSION, abi::kAbiHash));
  app.add_option_function<std::vector<std::string>>(
         "--dir",
         [&](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) addDirectory(options, text);
         },
         "Grant a directory, under the name GUEST (default: HOST); :ro for reading only")
      ->type_name("HOST[::GUEST][:ro]")
      ->expected(1)
      ->take_all();
  app.add_option_function<std::vector<std::string>>(
         "--env",
         [&](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) addVariable(options, text);
         },
         "Set a variable of the guest's environment; without a value, from this environment")
      ->type_name("NAME[=VALUE]")
      ->expected(1)
      ->take_all();
  app.add_option("--argv0", options.argv0, "The guest's argument 0 (default: the file's name)")
      ->type_name("NAME");
  app.add_option("--invoke", options.invoke,
                 "Call this export with ARGS and print its results, instead of _start")
      ->type_name("NAME");
  app.add_flag("--no-cache{false}", options.useCache, "Compile anew, and keep nothing");
  app.add_flag("-v,--verbose", options.verbosity, "Say what is done");
  app.prefix_command();
}

}  // namespace

base::Result<GrantedDirectory> parseDirectory(const std::string& text) {
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
    return base::Error{"", fmt::format("'{}' is not HOST, HOST::GUEST or either with :ro", text)};
  return directory;
}

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Runs a WebAssembly module like a program.", "wasmrun"};
  try {
    addOptions(app, line.options);
    app.parse(argc, argv);
    takeModule(line.options, app.remaining());
  } catch (const CLI::Success& success) {
    line.exitStatus = app.exit(success);
  } catch (const CLI::Error& error) {
    fmt::print(stderr, "wasmrun: error: {}\nRun 'wasmrun --help' for usage.\n", error.what());
    line.exitStatus = kUsageError;
  }
  return line;
}

}  // namespace run
