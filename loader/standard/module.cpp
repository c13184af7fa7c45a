#include "loader/standard/module.h"

#include <algorithm>
#include <array>

#include "loader/embed/module_of_image.h"
#include "loader/image.h"
#include "loader/standard/compile/compiler.h"
#include "loader/standard/last_error.h"
#include "loader/standard/type.h"

namespace standard {
namespace {

using Loaded = base::Result<LoadedModule>;

// The first bytes of a module in the binary format.
constexpr std::array<uint8_t, 4> kBinary = {0, 'a', 's', 'm'};

base::Result<base::ByteView> bytesOf(const wasm_byte_vec_t* bytes) {
  if (bytes == nullptr) return base::Error{"", kNull};
  return base::ByteView(reinterpret_cast<const uint8_t*>(bytes->data), bytes->size);
}

bool isBinary(base::ByteView bytes) {
  return bytes.size() >= kBinary.size() && std::ranges::equal(bytes.first(kBinary.size()), kBinary);
}

Loaded load(base::Bytes artifact) {
  TRY_ASSIGN(auto image, loader::Image::fromMemory(artifact, "the module"));
  TRY_ASSIGN(auto module, embed::moduleOf(image));
  return LoadedModule{std::move(module), std::make_shared<const base::Bytes>(std::move(artifact))};
}

Loaded open(const wasm_byte_vec_t* given) {
  TRY_ASSIGN(base::ByteView bytes, bytesOf(given));
  if (!isBinary(bytes)) return load(base::Bytes(bytes.begin(), bytes.end()));
  TRY_ASSIGN(base::Bytes artifact, compile(bytes));
  return load(std::move(artifact));
}

base::Result<void> check(const wasm_byte_vec_t* given) {
  TRY_ASSIGN(base::ByteView bytes, bytesOf(given));
  if (isBinary(bytes)) return validate(bytes);
  TRY(load(base::Bytes(bytes.begin(), bytes.end())));
  return {};
}

wasm_module_t* newModule(const Entry& entry, LoadedModule loaded) {
  auto record = std::make_shared<ModuleRecord>();
  record->loaded = std::move(loaded);
  return new wasm_module_t(entry.owner(), std::move(record));
}

// Returns the module, or null with the last error.
wasm_module_t* newModule(const wasm_store_t* store, const wasm_byte_vec_t* bytes,
                         Loaded (*openBytes)(const wasm_byte_vec_t*)) {
  auto made = [&]() -> base::Result<wasm_module_t*> {
    TRY_ASSIGN(Entry entry, enter(store));
    TRY_ASSIGN(LoadedModule loaded, openBytes(bytes));
    return newModule(entry, std::move(loaded));
  }();
  if (made) return *made;
  setLastError(made.error());
  return nullptr;
}

Loaded deserialize(const wasm_byte_vec_t* given) {
  TRY_ASSIGN(base::ByteView bytes, bytesOf(given));
  return load(base::Bytes(bytes.begin(), bytes.end()));
}

wasm_name_t newName(const abi::String& text) {
  wasm_name_t name;
  wasm_name_new(&name, text.count, text.begin());
  return name;
}

const runtime::Module& moduleOf(const wasm_module_t& ref) { return *ref.record->loaded.module; }

wasm_importtype_t* newImport(const runtime::Module& module, const abi::Import& import) {
  std::unique_ptr<wasm_externtype_t> type(newType(runtime::typeOf(module, import)));
  return new wasm_importtype_t(newName(import.module), newName(import.name), std::move(type));
}

}  // namespace
}  // namespace standard

wasm_module_t* wasm_module_new(wasm_store_t* store, const wasm_byte_vec_t* binary) {
  return standard::newModule(store, binary, &standard::open);
}

bool wasm_module_validate(wasm_store_t* store, const wasm_byte_vec_t* binary) {
  auto entry = standard::enter(store);
  auto checked = entry ? standard::check(binary) : base::Result<void>(entry.error());
  if (!checked) standard::setLastError(checked.error());
  return checked.ok();
}

wasm_module_t* wasm_module_deserialize(wasm_store_t* store, const wasm_byte_vec_t* bytes) {
  return standard::newModule(store, bytes, &standard::deserialize);
}

void wasm_module_serialize(const wasm_module_t* module, wasm_byte_vec_t* out) {
  if (module == nullptr) return wasm_byte_vec_new_empty(out);
  const base::Bytes& artifact = *module->record->loaded.artifact;
  wasm_byte_vec_new(out, artifact.size(), reinterpret_cast<const wasm_byte_t*>(artifact.data()));
}

void wasm_module_imports(const wasm_module_t* ref, wasm_importtype_vec_t* out) {
  if (ref == nullptr) return wasm_importtype_vec_new_empty(out);
  const runtime::Module& module = standard::moduleOf(*ref);
  const auto& imports = module.descriptor().imports;
  wasm_importtype_vec_new_uninitialized(out, imports.count);
  for (uint32_t i = 0; out != nullptr && i < out->size; ++i) {
    out->data[i] = standard::newImport(module, imports[i]);
  }
}

void wasm_module_exports(const wasm_module_t* ref, wasm_exporttype_vec_t* out) {
  if (ref == nullptr) return wasm_exporttype_vec_new_empty(out);
  const runtime::Module& module = standard::moduleOf(*ref);
  const auto& exports = module.descriptor().exports;
  wasm_exporttype_vec_new_uninitialized(out, exports.count);
  for (uint32_t i = 0; out != nullptr && i < out->size; ++i) {
    std::unique_ptr<wasm_externtype_t> type(standard::newType(runtime::typeOf(module, exports[i])));
    out->data[i] = new wasm_exporttype_t(standard::newName(exports[i].name), std::move(type));
  }
}

wasm_shared_module_t* wasm_module_share(const wasm_module_t* module) {
  return module == nullptr ? nullptr : new wasm_shared_module_t{module->record->loaded};
}

void wasm_shared_module_delete(wasm_shared_module_t* shared) { delete shared; }

wasm_module_t* wasm_module_obtain(wasm_store_t* store, const wasm_shared_module_t* shared) {
  auto entry = standard::enter(store);
  if (entry && shared != nullptr) return standard::newModule(*entry, shared->loaded);
  standard::setLastError(entry ? std::string(standard::kNull) : entry.error().text());
  return nullptr;
}
