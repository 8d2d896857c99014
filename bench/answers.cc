// Everything that examine() says about each message of a list (one path a line), as text: to compare two builds with
// `diff` after work on speed, which must not change an answer. usage: bench_answers LIST > ANSWERS
#include <fmt/format.h>

#include "corpus.h"
#include "engine/engine.h"

namespace {

using namespace sekisho;

void print(const std::string& path, const engine::Engine& engine, const engine::Report& report) {
  const verdict::Verdict& verdict = report.verdict;
  fmt::print("{}\t{}\t{:.17g}\t{}\t{}\t{}\n", path, verdict::name(verdict.answer), verdict.log_odds, verdict.scam_kind,
             verdict.brand, report.facts.within_budget);
  for (const facts::Part& part : report.facts.parts)
    fmt::print("  part {} {} {}\n", part.label, part.text.size(), std::hash<std::string>()(part.text));
  for (const std::string& defect : report.facts.defects) fmt::print("  defect {}\n", defect);
  for (const facts::Fact& fact : report.facts.all)
    fmt::print("  fact {} {} {}-{} {} {}\n", facts::name(fact.id), fact.place.part, fact.place.span.start,
               fact.place.span.end, fact.value, fact.number);
  for (const verdict::Reason& reason : verdict.reasons) {
    fmt::print("  reason {} {}", engine.deck().cards()[reason.card].id, reason.weight);
    for (const verdict::Quote& quote : reason.quotes)
      fmt::print(" {}:{}-{}", quote.part, quote.span.start, quote.span.end);
    fmt::print("\n");
  }
  for (const std::uint32_t card : verdict.silenced) fmt::print("  silenced {}\n", engine.deck().cards()[card].id);
  for (const std::string& key : verdict.would_settle) fmt::print("  settles {}\n", key);
  for (const std::string& key : verdict.next) fmt::print("  next {}\n", key);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  const auto started = engine::Engine::start();
  if (!started) return 70;
  const engine::Engine& engine = **started;
  auto worker = engine.worker().value();
  std::ifstream list(argv[1]);
  for (std::string path; std::getline(list, path);) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto report = engine.examine(bytes, {}, {}, worker);
    if (report)
      print(path, engine, *report);
    else
      fmt::print("{}\trefused: {}\n", path, report.error().what);
  }
}
