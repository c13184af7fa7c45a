#include "services/sections.h"

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace proxy_wasm {

std::string Section::word(size_t index, const std::string& otherwise) const {
  return index < words.size() ? words[index] : otherwise;
}

uint64_t Section::number(size_t index, uint64_t otherwise) const {
  if (index >= words.size()) return otherwise;
  const std::string& word = words[index];
  uint64_t value = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    throw std::runtime_error(place + ": '" + word + "' is not a number");
  }
  return value;
}

std::pair<Headers, std::string> Section::message() const {
  Headers headers;
  std::istringstream lines(content);
  std::string line;
  while (std::getline(lines, line) && !line.empty()) {
    size_t colon = line.find(':', 1);  // names such as `:path` begin with one
    if (colon == std::string::npos) {
      throw std::runtime_error(place + ": '" + line + "' is not a header");
    }
    size_t value = line.find_first_not_of(' ', colon + 1);
    headers.add(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
  }
  std::string body;
  if (lines) body.assign(std::istreambuf_iterator<char>(lines), {});
  return {std::move(headers), std::move(body)};
}

std::vector<Section> readSections(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  std::vector<Section> sections;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("===")) {
      std::istringstream words(line.substr(3));
      Section& section = sections.emplace_back();
      section.place = path + ":" + std::to_string(number);
      words >> section.kind;
      for (std::string word; words >> word;) section.words.push_back(word);
    } else if (!sections.empty()) {
      sections.back().content += line + "\n";
    }
  }
  for (Section& section : sections) {
    section.content.erase(section.content.find_last_not_of('\n') + 1);
  }
  return sections;
}

}  // namespace proxy_wasm
