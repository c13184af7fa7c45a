#include "loader/embed/types/metadata.h"

#include <algorithm>

#include "loader/embed/module.h"

namespace embed {

Metadata::Metadata(const runtime::Module& module, const loader::Image& image) {
  const abi::ModuleDescriptor& descriptor = module.descriptor();
  imports_.reserve(descriptor.imports.count);
  for (const abi::Import& import : descriptor.imports) {
    imports_.push_back({keep(runtime::toView(import.module)), keep(runtime::toView(import.name)),
                        describe(runtime::typeOf(module, import))});
  }
  exports_.reserve(descriptor.exports.count);
  for (const abi::Export& entry : descriptor.exports) {
    exports_.push_back(
        {keep(runtime::toView(entry.name)), describe(runtime::typeOf(module, entry))});
  }
  facts_.name = keep(module.name());
  setFacts(descriptor, image);
}

void Metadata::setFacts(const abi::ModuleDescriptor& descriptor, const loader::Image& image) {
  const abi::Provenance& provenance = image.provenance();
  facts_.cpu = keep(image.cpus()[image.chosenCpu()]);
  std::ranges::copy(provenance.sourceId, facts_.source_sha256);
  std::ranges::copy(provenance.version, facts_.compiler_version);
  facts_.abi_version = provenance.abiVersion;
  facts_.function_count = descriptor.functions.count;
  for (const abi::Function& function : descriptor.functions) facts_.code_size += function.codeSize;
  facts_.has_start = descriptor.startFunction != abi::kNoFunction;
}

}  // namespace embed

const embed::Metadata& wasm2obj_module_t::metadata() const {
  std::call_once(isDescribed_,
                 [this] { metadata_ = std::make_unique<const embed::Metadata>(*module, *image); });
  return *metadata_;
}

const wasm2obj_import_t* wasm2obj_module_imports(const wasm2obj_module_t* module, size_t* count) {
  std::span<const wasm2obj_import_t> imports = module->metadata().imports();
  *count = imports.size();
  return imports.data();
}

const wasm2obj_export_t* wasm2obj_module_exports(const wasm2obj_module_t* module, size_t* count) {
  std::span<const wasm2obj_export_t> exports = module->metadata().exports();
  *count = exports.size();
  return exports.data();
}

const wasm2obj_facts_t* wasm2obj_module_facts(const wasm2obj_module_t* module) {
  return &module->metadata().facts();
}
