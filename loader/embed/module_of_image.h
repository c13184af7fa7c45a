// Where loader and runtime meet: a file that the one has loaded becomes a module of the other.
#pragma once

#include <memory>

#include "loader/image.h"
#include "runtime/module/module.h"

namespace embed {

inline base::Result<std::shared_ptr<const runtime::Module>> moduleOf(
    const std::shared_ptr<loader::Image>& image) {
  base::ByteView code = image->code();
  return runtime::Module::create({.descriptor = image->descriptor(),
                                  .code = {code.data(), code.data() + code.size()},
                                  .owner = image});
}

}  // namespace embed
