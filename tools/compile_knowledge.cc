// Build tool: knowledge/ and signs/ → two flat files that the build puts inside the binary.
// usage: compile_knowledge KNOWLEDGE_DIR SIGNS_DIR KNOWLEDGE_OUT DECK_OUT
// Prints errors as file:line: what (hint) and exits 1, so that an editor can jump there.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "knowledge/snapshot.h"
#include "signs/card.h"
#include "verdict/verdict.h"

namespace {

int complain(const sekisho::Error& error) {
  std::fprintf(stderr, "%s\n", sekisho::to_line(error).c_str());
  return 1;
}

bool write(const char* path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: compile_knowledge KNOWLEDGE_DIR SIGNS_DIR KNOWLEDGE_OUT DECK_OUT\n", stderr);
    return 64;
  }
  const auto source = sekisho::knowledge::read_source(argv[1], argv[2]);
  if (!source) return complain(source.error());
  std::ifstream old(argv[3], std::ios::binary);
  const std::string previous((std::istreambuf_iterator<char>(old)), std::istreambuf_iterator<char>());
  const auto bytes = sekisho::knowledge::Snapshot::pack(*source, previous);
  if (!bytes) return complain(bytes.error());
  const auto snapshot = sekisho::knowledge::Snapshot::load(*bytes);
  if (!snapshot) return complain(snapshot.error());
  const auto deck = sekisho::signs::Deck::build(*snapshot);
  if (!deck) return complain(deck.error());
  if (const auto scale = sekisho::verdict::read_scale(**snapshot); !scale) return complain(scale.error());
  if (!write(argv[3], *bytes) || !write(argv[4], (*deck)->pack())) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[3]);
    return 1;
  }
  return 0;
}
