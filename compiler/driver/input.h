// What is compiled: a module in the binary or the text format, told apart by content.
#pragma once

#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace driver {

class Input {
 public:
  // Anything that is no directory; "-" is standard input. Messages call it `name`, where that is
  // not empty.
  static base::Result<Input> open(const std::string& path, const std::string& name = "");

  // For messages.
  const std::string& name() const { return name_; }
  base::ByteView bytes() const { return content_.bytes(); }
  bool isText() const { return isText_; }

 private:
  Input(std::string name, base::FileContent content, bool isText)
      : name_(std::move(name)), content_(std::move(content)), isText_(isText) {}

  std::string name_;
  base::FileContent content_;
  bool isText_;
};

}  // namespace driver
