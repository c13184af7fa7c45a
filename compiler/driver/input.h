// What is compiled: a module in the binary or the text format, told apart by content.
#pragma once

#include <optional>
#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/mapped_file.h"
#include "runtime/base/result.h"

namespace driver {

inline constexpr char kStandardInput[] = "-";

class Input {
 public:
  // A file, or all of standard input.
  static base::Result<Input> open(const std::string& path);

  // For messages.
  const std::string& name() const { return name_; }
  base::ByteView bytes() const { return file_ ? file_->bytes() : base::ByteView(read_); }
  // No text begins with a zero, as binary modules do even when they are cut off. Nothing at all
  // would be a text, but not one that somebody means to compile.
  bool isText() const { return !bytes().empty() && bytes()[0] != 0; }

 private:
  Input(std::string name, std::optional<base::MappedFile> file, base::Bytes read)
      : name_(std::move(name)), file_(std::move(file)), read_(std::move(read)) {}

  std::string name_;
  std::optional<base::MappedFile> file_;
  base::Bytes read_;  // where there is no file
};

}  // namespace driver
