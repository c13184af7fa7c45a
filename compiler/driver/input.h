// The input of the compiler: a module in the binary or the text format, recognized by its content.
#pragma once

#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace driver {

// The bytes of an input file. Owns them, so that modules may refer to them as long as it lives.
class Input {
 public:
  // Reads a file to its end. `path` may be anything but a directory; "-" is standard input.
  // Messages use `name` for it, or `path` if `name` is empty. Returns an error if the file cannot
  // be read, or if it is recognizably of another kind, such as an ELF file.
  static base::Result<Input> open(const std::string& path, const std::string& name = "");
  // Makes an input of a copy of `bytes`, which messages call `name`. Returns an error likewise.
  static base::Result<Input> copyOf(base::ByteView bytes, const std::string& name);

  // Returns the name for messages.
  const std::string& name() const { return name_; }
  base::ByteView bytes() const { return content_.bytes(); }
  // Returns whether the input must be parsed as text.
  bool isText() const { return isText_; }

 private:
  static base::Result<Input> make(base::FileContent content, std::string name);
  Input(std::string name, base::FileContent content, bool isText)
      : name_(std::move(name)), content_(std::move(content)), isText_(isText) {}

  std::string name_;
  base::FileContent content_;
  bool isText_;
};

}  // namespace driver
