// For authors of cards and observers: prints every fact stated about a message, with what it points at.
// usage: list_facts FILE      one line a fact: name, value, number, part, the text pointed at
#include <cstdio>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "engine/engine.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: list_facts FILE\n", stderr);
    return 64;
  }
  std::ifstream in(argv[1], std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const auto engine = sekisho::engine::Engine::start();
  if (!engine) return std::fprintf(stderr, "%s\n", sekisho::to_line(engine.error()).c_str()), 70;
  auto worker = (*engine)->worker();
  const auto report = (*engine)->examine(bytes.str(), {}, {}, *worker);
  if (!report) return std::fprintf(stderr, "%s\n", sekisho::to_line(report.error()).c_str()), 65;
  for (const auto& fact : report->facts.all) {
    std::string shown;
    if (fact.place.part != sekisho::facts::no_part) {
      const auto& part = report->facts.parts[fact.place.part];
      shown = part.label + ": " +
              part.text.substr(fact.place.span.start, std::min<std::size_t>(fact.place.span.size(), 90));
      for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    fmt::print("{:34} {:28} {:<6g} {}\n", sekisho::facts::name(fact.id), fact.value, fact.number, shown);
  }
  return 0;
}
