// The implementation of wasm2obj_module_t.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "loader/embed/types/metadata.h"
#include "loader/image.h"
#include "runtime/module/module.h"

struct wasm2obj_module_t {
  wasm2obj_module_t(std::shared_ptr<const runtime::Module> ofModule,
                    std::shared_ptr<const loader::Image> ofImage)
      : module(std::move(ofModule)), image(std::move(ofImage)) {}

  // Returns what the module tells of itself, which is made at the first call. Thread-safe.
  const embed::Metadata& metadata() const;

  const std::shared_ptr<const runtime::Module> module;
  const std::shared_ptr<const loader::Image> image;  // from which the module was loaded

 private:
  mutable std::once_flag isDescribed_;
  mutable std::unique_ptr<const embed::Metadata> metadata_;
};
