// pugixml: a document is parsed, searched by XPath, changed and printed.
#include <pugixml.hpp>
#include <string>

#include "input.h"

static std::string makeDocument() {
  std::string document = "<shop>";
  uint64_t state = 20;
  for (int i = 0; i < 12000; ++i) {
    char line[200], word[16] = {0};
    inputWord(word, inputSkewed(&state, 3000));
    unsigned price = inputNext(&state) % 1000;
    snprintf(line, sizeof line,
             "<item id='%d' kind=\"%c\"><name>%s &lt;%d&gt;</name><price>%u</price></item>\n", i,
             'a' + i % 7, word, i % 9, price);
    document += line;
  }
  return document + "</shop>";
}

struct Sum : pugi::xml_writer {
  size_t size = 0;
  uint32_t hash = 0;
  void write(const void* data, size_t count) override {
    size += count;
    hash = hash * 31 + inputHash(data, count);
  }
};

int main() {
  std::string text = makeDocument();
  benchBegin();
  for (int times = 0; times < 8; ++times) {
    pugi::xml_document document;
    inputCheck(document.load_buffer(text.data(), text.size()), "parse");
    pugi::xpath_node_set found =
        document.select_nodes("/shop/item[@kind='c' and price > 600]/name");
    for (const pugi::xpath_node& node : found) node.node().append_attribute("dear") = true;
    Sum sum;
    document.save(sum, " ");
    if (times == 7) printf("%zu %zu %08x\n", found.size(), sum.size, sum.hash);
  }
  benchEnd();
}
