// cJSON: a document is built, printed, parsed and compared.
#include "cJSON.h"

#include "input.h"

static cJSON* build(int rows) {
  cJSON* list = cJSON_CreateArray();
  uint64_t state = 15;
  for (int i = 0; i < rows; ++i) {
    char word[16] = {0};
    cJSON* row = cJSON_CreateObject();
    inputWord(word, inputSkewed(&state, 5000));
    cJSON_AddNumberToObject(row, "id", i);
    cJSON_AddStringToObject(row, "name", word);
    cJSON_AddNumberToObject(row, "price", inputNext(&state) % 100000 / 8.0);
    cJSON_AddBoolToObject(row, "sold", inputNext(&state) % 2);
    cJSON* tags = cJSON_AddArrayToObject(row, "tags");
    for (int tag = 0; tag < i % 4; ++tag) cJSON_AddItemToArray(tags, cJSON_CreateNumber(tag));
    cJSON_AddItemToArray(list, row);
  }
  return list;
}

int main(void) {
  benchBegin();
  cJSON* document = build(8000);
  char* text = cJSON_PrintUnformatted(document);
  for (int times = 0; times < 8; ++times) {
    cJSON* again = cJSON_Parse(text);
    inputCheck(again != NULL && cJSON_Compare(document, again, 1), "round trip");
    cJSON_Delete(again);
  }
  benchEnd();
  printf("%zu %08x\n", strlen(text), inputHash(text, strlen(text)));
}
