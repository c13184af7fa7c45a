#include "runtime/base/file_kind.h"

namespace base {
namespace {

using namespace std::string_view_literals;

// A kind of file that is not a module, by its first bytes (magic number).
struct Kind {
  std::string_view start;
  std::string_view description;
};

constexpr std::string_view kElfMagic =
    "\x7f"
    "ELF"sv;
constexpr std::string_view kWasmMagic = "\0asm"sv;

constexpr Kind kKinds[] = {
    {"\x1f\x8b"sv, "is compressed by gzip: decompress it first, with gunzip"sv},
    {"\x28\xb5\x2f\xfd"sv, "is compressed by zstd: decompress it first, with unzstd"sv},
    {"BZh"sv, "is compressed by bzip2: decompress it first, with bunzip2"sv},
    {"\xfd"
     "7zXZ\0"sv,
     "is compressed by xz: decompress it first, with unxz"sv},
    {"PK\x03\x04"sv, "is a zip archive: unpack the module first"sv},
    {"!<arch>\n"sv, "is an archive of object files: link them first, with clang or wasm-ld"sv},
    {"\xef\xbb\xbf"sv,
     "begins with a byte-order mark, which is no part of the text format: save it as UTF-8 without "
     "one"sv},
    {"\xff\xfe"sv, "is UTF-16: a module as text is UTF-8"sv},
    {"\xfe\xff"sv, "is UTF-16: a module as text is UTF-8"sv},
    {"#!"sv, "is a script"sv},
    {"\xcf\xfa\xed\xfe"sv, "is a Mach-O file, of another operating system"sv},
    {"MZ"sv, "is a program for Windows"sv},
};

}  // namespace

FileKind fileKind(ByteView content) {
  std::string_view text = asText(content);
  if (text.empty()) return FileKind::Empty;
  if (text.starts_with(kElfMagic)) return FileKind::Elf;
  if (text.starts_with(kWasmMagic)) return FileKind::BinaryModule;
  // A module in the text format begins with "(" or a comment: ";;" or "(;".
  size_t first = text.find_first_not_of(" \t\r\n");
  bool isText = first != text.npos && (text[first] == '(' || text[first] == ';');
  return isText ? FileKind::TextModule : FileKind::Other;
}

std::optional<std::string_view> describeForeign(ByteView content) {
  for (const Kind& kind : kKinds)
    if (asText(content).starts_with(kind.start)) return kind.description;
  return std::nullopt;
}

}  // namespace base
