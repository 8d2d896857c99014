// Build tool: knowledge/gallery/ examined with the packed knowledge and deck → one flat file inside the binary.
// usage: compile_gallery KNOWLEDGE_BIN DECK_BIN GALLERY_DIR OUT
// Prints errors as file:line: what (hint) and exits 1. A kind without an example does not build.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>

#include "facts/scene.h"
#include "gallery/gallery.h"
#include "knowledge/snapshot.h"
#include "message/message.h"

namespace {

using namespace sekisho;

int complain(const Error& error) {
  std::fprintf(stderr, "%s\n", to_line(error).c_str());
  return 1;
}

std::string contents(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<message::Message> parse(const gallery::Example& example) {
  switch (example.read_as) {
    case gallery::ReadAs::mail:
      return message::parse_mail(example.message);
    case gallery::ReadAs::sms:
      return message::parse_sms(example.message);
    case gallery::ReadAs::pasted:
      break;
  }
  return message::parse_pasted(example.message);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: compile_gallery KNOWLEDGE_BIN DECK_BIN GALLERY_DIR OUT\n", stderr);
    return 64;
  }
  const auto snapshot = knowledge::Snapshot::load(contents(argv[1]));
  if (!snapshot) return complain(snapshot.error());
  const auto deck = signs::Deck::load(contents(argv[2]), *snapshot);
  if (!deck) return complain(deck.error());
  const auto scale = verdict::read_scale(**snapshot);
  if (!scale) return complain(scale.error());
  const auto files = gallery::gallery_files(argv[3]);
  if (!files) return complain(files.error());
  auto examples = gallery::read_examples(*files, **snapshot);
  if (!examples) return complain(examples.error());
  auto scratch = (*snapshot)->patterns().make_scratch();
  if (!scratch) return complain(scratch.error());
  std::set<std::string> shown;
  for (gallery::Example& example : *examples) {
    const auto message = parse(example);
    if (!message) return complain(message.error());
    const auto facts = facts::observe_all(*message, **snapshot, {}, {}, *scratch);
    const auto verdict = verdict::weigh(facts, **deck, *scale);
    example = gallery::examined(std::move(example), facts, verdict, **deck);
    shown.insert(example.kind);
  }
  for (const auto& kind : (*snapshot)->kinds()) {
    if (shown.count(kind.id) != 0) continue;
    std::fprintf(stderr, "%s: the kind '%s' has no example\n", argv[3], kind.id.c_str());
    return 1;
  }
  std::ofstream out(argv[4], std::ios::binary | std::ios::trunc);
  const std::string bytes = gallery::Gallery(std::move(*examples)).pack();
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[4]);
    return 1;
  }
  return 0;
}
