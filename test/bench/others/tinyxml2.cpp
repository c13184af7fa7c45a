// TinyXML-2: builds a document, prints it and parses that.
#include "tinyxml2.h"

#include "../real/input.h"

using namespace tinyxml2;

int main() {
  benchBegin();
  XMLDocument document;
  XMLElement* root = document.NewElement("root");
  document.InsertEndChild(root);
  uint64_t state = 7;
  for (int i = 0; i < 1500; ++i) {
    char word[16] = {0};
    inputWord(word, inputSkewed(&state, 5000));
    XMLElement* element = document.NewElement(word);
    element->SetAttribute("id", i);
    element->SetAttribute("price", 0.25 * (inputNext(&state) % 1000));
    element->InsertEndChild(document.NewText("a < b & \"c\""));
    element->InsertEndChild(document.NewComment(word));
    root->InsertEndChild(element);
  }
  uint32_t hash = 0;
  for (int round = 0; round < 8; ++round) {
    XMLPrinter printer;
    document.Print(&printer);
    hash = hash * 31 + inputHash(printer.CStr(), printer.CStrSize());
    inputCheck(document.Parse(printer.CStr()) == XML_SUCCESS, "parse");
    for (XMLElement* element = document.FirstChildElement()->FirstChildElement(); element;
         element = element->NextSiblingElement())
      hash += element->IntAttribute("id");
  }
  benchEnd();
  printf("%08x\n", hash);
}
