#include "loader/crun/bundle.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "runtime/base/file_content.h"

namespace crun {
namespace {

using base::Error;
using base::Result;
using Json = nlohmann::json;

constexpr char kFile[] = "config.json";
constexpr char kHandlerKey[] = "run.oci.handler";
constexpr char kVariantKey[] = "module.wasm.image/variant";
constexpr std::string_view kPathVariable = "PATH=";

// Returns a member of an object, or null if there is none or if `parent` is no object.
const Json& member(const Json& parent, const char* name) {
  static const Json null;
  auto found = parent.find(name);
  return found == parent.end() ? null : *found;
}

// Returns a string, or an empty one if the value is none.
std::string textOf(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

// Parses the configuration without its largest part, the limits and filters of "linux".
Json parse(base::ByteView bytes) {
  auto isWanted = [](int depth, Json::parse_event_t event, const Json& key) {
    return event != Json::parse_event_t::key || depth != 1 || key != "linux";
  };
  return Json::parse(bytes.begin(), bytes.end(), isWanted, /*allow_exceptions=*/false);
}

// A mount is a bind mount by its type, or by an option whatever its type (mount(8)).
bool isBind(const Json& mount) {
  if (textOf(member(mount, "type")) == "bind") return true;
  for (const Json& option : member(mount, "options")) {
    if (option == "bind" || option == "rbind") return true;
  }
  return false;
}

Bundle toBundle(const Json& config) {
  Bundle bundle;
  bundle.root = textOf(member(member(config, "root"), "path"));
  const Json& process = member(config, "process");
  const Json& words = member(process, "args");
  if (words.is_array() && !words.empty()) bundle.program = textOf(words.front());
  bundle.workingDirectory = textOf(member(process, "cwd"));
  for (const Json& variable : member(process, "env")) {
    std::string text = textOf(variable);
    if (text.starts_with(kPathVariable)) bundle.searchPath = text.substr(kPathVariable.size());
  }
  for (const Json& mount : member(config, "mounts")) {
    // Other mounts are kept too, as nothing of the root directory is visible below them.
    bundle.mounts.push_back({isBind(mount) ? textOf(member(mount, "source")) : "",
                             textOf(member(mount, "destination"))});
  }
  const Json& annotations = member(config, "annotations");
  bundle.handler = textOf(member(annotations, kHandlerKey));
  bundle.variant = textOf(member(annotations, kVariantKey));
  return bundle;
}

Result<Bundle> parseBundle(const base::FileContent& file) {
  Json config = parse(file.bytes());
  if (!config.is_object()) return Error{kFile, "is not a JSON object"};
  return toBundle(config);
}

bool isModuleName(std::string_view name) {
  return name.ends_with(".wasm") || name.ends_with(".wat");
}

}  // namespace

Result<Bundle> readBundle() {
  TRY_ASSIGN(base::FileContent file, base::FileContent::readRegular(kFile));
  return parseBundle(file);
}

bool wantsWebAssembly() {
  auto file = base::FileContent::readRegular(kFile);
  if (!file) return false;
  // Most containers have no such annotations. Their configuration is not parsed.
  std::string_view text = base::asText(file->bytes());
  if (text.find("wasm") == text.npos) return false;
  auto bundle = parseBundle(*file);
  if (!bundle) return false;
  // The names with "smart" are for pods that have native programs besides modules.
  const std::string& name = bundle->program;
  if (!bundle->handler.empty()) return bundle->handler == "wasm-smart" && isModuleName(name);
  return bundle->variant == "compat" || (bundle->variant == "compat-smart" && isModuleName(name));
}

}  // namespace crun
