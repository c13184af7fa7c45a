// libyaml: parses a document and prints it by the events.
#include <yaml.h>

#include "../real/input.h"

static size_t writeDocument(char* text) {
  uint64_t state = 4;
  size_t at = 0;
  for (int i = 0; i < 2500; ++i) {
    char word[16] = {0};
    inputWord(word, inputSkewed(&state, 5000));
    at += (size_t)sprintf(text + at, "- name: %s\n  id: &a%d %d\n  text: \"quoted \\t %s\"\n", word,
                          i, i, word);
    at += (size_t)sprintf(
        text + at, "  list: [1, 2.5, *a%d, {x: y}]\n  # comment\n  block: |\n    two\n    lines\n",
        i);
  }
  return at;
}

int main(void) {
  char* text = benchAllocate(1 << 20);
  unsigned char* out = benchAllocate(1 << 21);
  size_t size = writeDocument(text), outSize = 0;
  benchBegin();
  yaml_parser_t parser;
  yaml_emitter_t emitter;
  inputCheck(yaml_parser_initialize(&parser) && yaml_emitter_initialize(&emitter), "start");
  yaml_parser_set_input_string(&parser, (unsigned char*)text, size);
  yaml_emitter_set_output_string(&emitter, out, 1 << 21, &outSize);
  for (int isEnd = 0; !isEnd;) {
    yaml_event_t event;
    inputCheck(yaml_parser_parse(&parser, &event), "parse");
    isEnd = event.type == YAML_STREAM_END_EVENT;
    inputCheck(yaml_emitter_emit(&emitter, &event), "emit");
  }
  yaml_emitter_delete(&emitter);
  yaml_parser_delete(&parser);
  benchEnd();
  printf("%zu %08x\n", outSize, inputHash((char*)out, outSize));
}
