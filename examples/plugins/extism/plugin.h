// A plugin: the modules of a manifest, linked and with a kernel.
#ifndef EXTISM_PLUGIN_H
#define EXTISM_PLUGIN_H

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wasm2obj.hh>

#include "kernel.h"
#include "manifest.h"

class Plugin {
 public:
  // Loads the modules. `hasWasi`: they may import WASI, with the manifest's paths and the standard
  // output and error of the process. Throws an exception if that is not possible.
  Plugin(Manifest manifest, std::map<std::string, HttpReply> replies, ExtismLogLevel level,
         bool hasWasi);
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  // Calls an exported function and returns its output. Throws a std::runtime_error with the text of
  // the plugin, the trap or the exit if it fails.
  std::string call(const std::string& function, std::string_view input);

 private:
  void start();
  wasm2obj::Result<int32_t> callExport(const std::string& function) const;

  Manifest manifest_;
  Kernel kernel_;
  wasm2obj::Wasi wasi_;
  bool hasWasi_;
  wasm2obj::Limits limits_;
  std::vector<wasm2obj::Module> modules_;
  std::optional<wasm2obj::Instance> main_;
};

#endif
