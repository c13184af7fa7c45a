// The embedder of the specification's test scripts: obeys one command per line on standard input
// and answers each with one line. run_spec.py reads the scripts, has their modules compiled, and
// compares.
//
//   load ID ARTIFACT             instantiate; later commands call the instance ID
//   register ID NAME             its exports become importable as module NAME
//   invoke ID NAME VALUE...      call an export
//   get ID NAME                  read an exported global
//
// Answers: "ok VALUE...", "trap MESSAGE", "unlinkable MESSAGE" (what instantiation refused),
// "refused MESSAGE" (what the loader refused), "error MESSAGE" (the script asked for what is not
// there). A NAME is hexadecimal behind an x, since names hold any character. A VALUE is KIND:BITS,
// the bits in hexadecimal; references are null, or a number for externref, or "func".

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <map>
#include <sstream>

#include "loader/image.h"
#include "runtime/instance.h"
#include "runtime/linker.h"
#include "runtime/store.h"

namespace {

using abi::ValueKind;
using runtime::Value;

struct KindName {
  const char* name;
  ValueKind kind;
};
constexpr KindName kKinds[] = {
    {"i32", ValueKind::I32}, {"i64", ValueKind::I64},         {"f32", ValueKind::F32},
    {"f64", ValueKind::F64}, {"funcref", ValueKind::FuncRef}, {"externref", ValueKind::ExternRef},
};

std::optional<Value> parseValue(const std::string& text) {
  size_t colon = text.find(':');
  for (const KindName& row : kKinds) {
    if (text.substr(0, colon) != row.name) continue;
    Value value;
    value.kind = row.kind;
    std::string bits = text.substr(colon + 1);
    if (bits == "null") return value;
    auto end = std::from_chars(bits.data(), bits.data() + bits.size(), value.slot.i64, 16);
    if (end.ec != std::errc() || end.ptr != bits.data() + bits.size()) return std::nullopt;
    // Host references are numbers from 1, so that 0 stays null.
    if (row.kind == ValueKind::ExternRef) ++value.slot.i64;
    return value;
  }
  return std::nullopt;
}

std::string printValue(const Value& value) {
  switch (value.kind) {
    case ValueKind::I32:
    case ValueKind::F32:
      return fmt::format("{}:{:x}", runtime::text(value.kind), value.slot.i32);
    case ValueKind::I64:
    case ValueKind::F64:
      return fmt::format("{}:{:x}", runtime::text(value.kind), value.slot.i64);
    case ValueKind::FuncRef:
      return value.slot.ref == nullptr ? "funcref:null" : "funcref:func";
    case ValueKind::ExternRef:
      if (value.slot.ref == nullptr) return "externref:null";
      return fmt::format("externref:{:x}", value.slot.i64 - 1);
    case ValueKind::V128:
    case ValueKind::AnyRef:
    case ValueKind::ExnRef:
      break;
  }
  return "v128:?";
}

std::string parseName(const std::string& hex) {
  std::string name;
  for (size_t i = 1; i + 1 < hex.size(); i += 2) {
    name += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return name;
}

void printNothing(runtime::Caller*) {}
void printI32(runtime::Caller*, uint32_t) {}
void printI64(runtime::Caller*, uint64_t) {}
void printF32(runtime::Caller*, float) {}
void printF64(runtime::Caller*, double) {}
void printI32F32(runtime::Caller*, uint32_t, float) {}
void printF64F64(runtime::Caller*, double, double) {}

class Host {
 public:
  Host() { defineSpectest(); }

  std::string obey(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    uint32_t id = 0;
    words >> verb >> id;
    if (verb == "load") {
      std::string path;
      words >> path;
      return load(id, path);
    }
    std::string name;
    words >> name;
    auto instance = instances_.find(id);
    if (instance == instances_.end()) return "error no such instance";
    if (verb == "register") {
      linker_.defineInstance(parseName(name), *instance->second);
      return "ok";
    }
    if (verb == "invoke") return invoke(*instance->second, parseName(name), words);
    if (verb == "get") return get(*instance->second, parseName(name));
    return "error unknown command";
  }

 private:
  // What every script may import.
  void defineSpectest() {
    auto define = [&](const char* name, runtime::Extern value) {
      linker_.define("spectest", name, std::move(value));
    };
    define("print", runtime::hostFunction(printNothing));
    define("print_i32", runtime::hostFunction(printI32));
    define("print_i64", runtime::hostFunction(printI64));
    define("print_f32", runtime::hostFunction(printF32));
    define("print_f64", runtime::hostFunction(printF64));
    define("print_i32_f32", runtime::hostFunction(printI32F32));
    define("print_f64_f64", runtime::hostFunction(printF64F64));
    for (const Value& value :
         {Value::i32(666), Value::i64(666), Value::f32(666.6f), Value::f64(666.6)}) {
      auto global = store_.createGlobal({value.kind, 0, {}}, value);
      define(fmt::format("global_{}", runtime::text(value.kind)).c_str(), global.value());
    }
    define("memory", store_.createMemory({abi::kHasMax, 16, 1, 2}).value());
    abi::TableType table{abi::kFuncRef, abi::kHasMax, 0, 10, 20};
    define("table", store_.createTable(table, Value::funcRef(nullptr)).value());
  }

  std::string load(uint32_t id, const std::string& path) {
    auto image = loader::Image::open(path);
    if (!image) return "refused " + image.error().text();
    runtime::ModuleSource source;
    source.descriptor = (*image)->descriptor();
    base::ByteView code = (*image)->code();
    source.code = {code.data(), code.data() + code.size()};
    source.image = {(*image)->fileDescriptor(), (*image)->memoryImageFileOffset()};
    source.owner = *image;
    auto module = runtime::Module::create(source);
    if (!module) return "refused " + module.error().text();
    auto outcome = linker_.instantiate(store_, *module);
    if (!outcome) return "unlinkable " + firstLine(outcome.error().text());
    if (!*outcome) return "trap " + outcome->trap().message;
    instances_[id] = outcome->value();
    return "ok";
  }

  std::string invoke(const runtime::Instance& instance, const std::string& name,
                     std::istringstream& words) {
    std::optional<runtime::Func> function = instance.function(name);
    if (!function) return "error no such function";
    std::vector<Value> arguments;
    for (std::string word; words >> word;) {
      std::optional<Value> value = parseValue(word);
      if (!value) return "error bad value " + word;
      arguments.push_back(*value);
    }
    auto outcome = function->call(arguments);
    if (!outcome) return "error " + firstLine(outcome.error().text());
    if (!*outcome) return "trap " + outcome->trap().message;
    std::string answer = "ok";
    for (const Value& value : outcome->value()) answer += " " + printValue(value);
    return answer;
  }

  std::string get(const runtime::Instance& instance, const std::string& name) {
    runtime::Global* global = instance.global(name);
    return global == nullptr ? "error no such global" : "ok " + printValue(global->get());
  }

  static std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

  runtime::Store store_;
  runtime::Linker linker_;
  std::map<uint32_t, runtime::Instance*> instances_;
};

}  // namespace

int main() {
  Host host;
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << host.obey(line) << std::endl;
  }
}
