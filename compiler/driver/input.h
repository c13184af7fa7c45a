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
  // No text begins with a zero, as binary modules do even when they are cut off. Nothing at all
  // would be a text, but not one that somebody means to compile.
  bool isText() const { return !bytes().empty() && bytes()[0] != 0; }

 private:
  Input(std::string name, base::FileContent content)
      : name_(std::move(name)), content_(std::move(content)) {}

  std::string name_;
  base::FileContent content_;
};

}  // namespace driver
