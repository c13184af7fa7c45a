// Maps of header fields, trailers and metadata.
#ifndef PROXY_WASM_HEADERS_H
#define PROXY_WASM_HEADERS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proxy_wasm {

// Fields in their order. Names are compared without regard to case, and may occur several times.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  const std::vector<Field>& fields() const { return fields_; }
  uint32_t size() const { return static_cast<uint32_t>(fields_.size()); }
  bool empty() const { return fields_.empty(); }

  // Returns the value of a field, nothing if there is none. Several values are joined by commas.
  std::optional<std::string> get(std::string_view name) const;
  // Appends a field.
  void add(std::string_view name, std::string_view value);
  // Sets the value of a field, which is appended if there is none, and removes others of its name.
  void replace(std::string_view name, std::string_view value);
  // Removes all fields of this name.
  void remove(std::string_view name);

  // Returns the fields as the ABI passes them: their number, the lengths of all names and values,
  // then their bytes with a NUL behind each. Without fields there are no bytes.
  std::string serialize() const;
  // Reads such bytes; nothing if they are malformed.
  static std::optional<Headers> parse(std::string_view bytes);

 private:
  std::vector<Field> fields_;
};

}  // namespace proxy_wasm

#endif
