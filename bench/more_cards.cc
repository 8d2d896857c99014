// Whether cards stay cheap as they multiply: weighs the facts of real messages with the deck as it is and with ten
// times as many cards. The nine tenths more ask, like real cards, for three things at once: a fact drawn from the
// messages as often as it stands in them, and two drawn from all different ones, so that few messages fulfil a card.
// usage: bench_more_cards LIST (one path a line). Prints one line of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "corpus.h"
#include "engine/engine.h"

namespace {

using namespace sekisho;

constexpr std::size_t times = 10;
constexpr std::size_t asked_at_once = 3;
constexpr int rounds = 15;

bool is_plain(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

std::string leaf(const facts::Fact& fact) {
  if (!is_plain(fact.value)) return std::string(facts::name(fact.id));
  return fmt::format("{{fact: {}, value: \"{}\"}}", facts::name(fact.id), fact.value);
}

std::vector<knowledge::RawFile> with_more(const engine::Engine& engine, const std::vector<facts::Facts>& messages) {
  std::vector<knowledge::RawFile> files = engine.knowledge().signs();
  std::vector<std::string> leaves;
  for (const facts::Facts& message : messages)
    for (const facts::Fact& fact : message.all) leaves.push_back(leaf(fact));
  std::vector<std::string> different = leaves;
  std::sort(different.begin(), different.end());
  different.erase(std::unique(different.begin(), different.end()), different.end());
  std::mt19937 random(1);  // the standard fixes its numbers, so every machine draws the same cards
  const std::size_t more = engine.deck().cards().size() * (times - 1);
  for (std::size_t i = 0; i < more; ++i) {
    std::string text = fmt::format("id: made_{}\nstrength: weak\nweight: 0.1\nwhen:\n  all:\n", i);
    for (std::size_t j = 0; j < asked_at_once; ++j) {
      const auto& from = j == 0 ? leaves : different;
      text += fmt::format("    - {}\n", from[random() % from.size()]);
    }
    for (const char* words : {"title", "explanation", "how_to_check"})
      text += fmt::format("{}: {{ja: a, en: a}}\n", words);
    text += "false_alarms: none\nsources: [none]\n";
    files.push_back({fmt::format("signs/made/made_{}.yaml", i), std::move(text)});
  }
  return files;
}

/// Seconds for one pass over all messages.
double pass(const std::vector<facts::Facts>& messages, const signs::Deck& deck, const verdict::Scale& scale,
            std::size_t& fired) {
  const bench::Clock clock;
  for (const facts::Facts& message : messages) fired += verdict::weigh(message, deck, scale).reasons.size();
  return clock.cpu_passed();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  const auto engine = engine::Engine::start();
  if (!engine) return 70;
  auto worker = (*engine)->worker().value();
  std::vector<facts::Facts> messages;
  for (const std::string& bytes : bench::read_messages(argv[1]))
    if (auto report = (*engine)->examine(bytes, {}, {}, worker)) messages.push_back(std::move(report->facts));
  const signs::Deck& deck = (*engine)->deck();
  const auto larger = signs::Deck::build((*engine)->knowledge().with_signs(with_more(**engine, messages)));
  if (!larger) {
    fmt::print(stderr, "{}\n", to_line(larger.error()));
    return 70;
  }
  double as_it_is = 1e9, ten_times = 1e9;
  std::size_t fired = 0, fired_of_ten = 0;
  for (int round = 0; round < rounds; ++round) {  // in turns; the least disturbed pass of each counts
    as_it_is = std::min(as_it_is, pass(messages, deck, (*engine)->scale(), fired));
    ten_times = std::min(ten_times, pass(messages, **larger, (*engine)->scale(), fired_of_ten));
  }
  const double each = 1e6 / static_cast<double>(messages.size());
  fmt::print(
      "{{\"messages\":{},\"cards\":{},\"microseconds\":{:.2f},\"cards_of_ten_times\":{},\"microseconds_of_ten_times\":"
      "{:.2f},\"ratio\":{:.2f},\"reasons\":{:.1f},\"reasons_of_ten_times\":{:.1f}}}\n",
      messages.size(), deck.cards().size(), as_it_is * each, (*larger)->cards().size(), ten_times * each,
      ten_times / as_it_is, static_cast<double>(fired) / rounds / static_cast<double>(messages.size()),
      static_cast<double>(fired_of_ten) / rounds / static_cast<double>(messages.size()));
}
