#include "headers.h"

#include <strings.h>

#include <algorithm>
#include <cstring>

namespace proxy_wasm {

namespace {

bool isSameName(std::string_view left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

void append(std::string& bytes, size_t number) {
  auto word = static_cast<uint32_t>(number);
  bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
}

// Takes numbers and texts from the front of serialized bytes. After a failure, all results are
// empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  uint32_t number() {
    uint32_t word = 0;
    std::string_view bytes = take(sizeof word);
    if (!failed_) std::memcpy(&word, bytes.data(), sizeof word);
    return word;
  }
  std::string_view text(uint32_t size) {
    std::string_view bytes = take(size_t{size} + 1);
    if (!bytes.empty() && bytes.back() != '\0') failed_ = true;
    return failed_ ? std::string_view() : bytes.substr(0, size);
  }
  size_t left() const { return rest_.size(); }
  bool hasFailed() const { return failed_; }

 private:
  std::string_view take(size_t size) {
    if (failed_ || size > rest_.size()) {
      failed_ = true;
      return {};
    }
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> Headers::get(std::string_view name) const {
  std::optional<std::string> joined;
  for (const auto& [each, value] : fields_) {
    if (!isSameName(each, name)) continue;
    joined = joined ? *joined + "," + value : value;
  }
  return joined;
}

void Headers::add(std::string_view name, std::string_view value) {
  fields_.emplace_back(name, value);
}

void Headers::replace(std::string_view name, std::string_view value) {
  auto isNamed = [name](const Field& field) { return isSameName(field.first, name); };
  auto first = std::find_if(fields_.begin(), fields_.end(), isNamed);
  if (first == fields_.end()) {
    add(name, value);
    return;
  }
  first->second = value;
  fields_.erase(std::remove_if(first + 1, fields_.end(), isNamed), fields_.end());
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [name](const Field& field) { return isSameName(field.first, name); });
}

std::string Headers::serialize() const {
  if (fields_.empty()) return {};
  std::string bytes;
  append(bytes, fields_.size());
  for (const auto& [name, value] : fields_) {
    append(bytes, name.size());
    append(bytes, value.size());
  }
  for (const auto& [name, value] : fields_) {
    bytes.append(name).push_back('\0');
    bytes.append(value).push_back('\0');
  }
  return bytes;
}

std::optional<Headers> Headers::parse(std::string_view bytes) {
  Headers headers;
  if (bytes.empty() || bytes == std::string_view("\0", 1)) return headers;
  Reader reader(bytes);
  uint32_t count = reader.number();
  if (count > reader.left() / 8) return std::nullopt;  // before anything is allocated
  std::vector<std::pair<uint32_t, uint32_t>> sizes(count);
  for (auto& [name, value] : sizes) {
    name = reader.number();
    value = reader.number();
  }
  for (const auto& [nameSize, valueSize] : sizes) {
    std::string_view name = reader.text(nameSize);
    std::string_view value = reader.text(valueSize);
    headers.add(name, value);
  }
  if (reader.hasFailed() || reader.left() != 0) return std::nullopt;
  return headers;
}

}  // namespace proxy_wasm
