// The connection of loader and runtime, which do not depend on each other.
#pragma once

#include <memory>

#include "loader/image.h"
#include "loader/linked_image.h"
#include "runtime/module/module.h"

namespace embed {

// Returns the module of a loaded image, which the module keeps alive. Fails as Module::create does.
inline base::Result<std::shared_ptr<const runtime::Module>> moduleOf(
    const std::shared_ptr<loader::Image>& image) {
  base::ByteView code = image->code();
  return runtime::Module::create({.descriptor = image->descriptor(),
                                  .code = {code.data(), code.data() + code.size()},
                                  .unwindTables = {image->loaded(), image->unwindHeader()},
                                  .owner = image});
}

// Returns the module of a linked image. Fails likewise. At most one such module of an image may
// exist at a time.
inline base::Result<std::shared_ptr<const runtime::Module>> moduleOf(
    const loader::LinkedImage& image) {
  return runtime::Module::create(
      {.descriptor = image.descriptor,
       .code = {image.code.data(), image.code.data() + image.code.size()},
       .unwindTables = {image.loaded, image.unwindHeader},
       .owner = nullptr});
}

}  // namespace embed
