#include "verdict/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "knowledge/yaml.h"

namespace sekisho::verdict {
namespace {

constexpr std::array<std::string_view, 3> answer_names{"nothing_found", "cannot_tell", "scam"};
constexpr std::string_view scale_file = "signs/scale.yaml";
/// Quotes kept of one reason: three show it, thirty hide it.
constexpr std::size_t quotes_of_a_reason = 3;
/// Bytes of one quote; a sign about a whole paragraph shows its beginning.
constexpr std::size_t quote_bytes = 240;
/// Points below which no kind is named: one weak hint is not a kind.
constexpr int fewest_kind_points = 3;

std::size_t cut_at_character(const std::string& text, std::size_t start, std::size_t end) {
  while (end > start && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

/// Grows a span to the clause it stands in, at most `clause_bytes` each way: half a word is hard to find again in the
/// mail. Stops at punctuation, brackets and line ends of either language; never inside a character.
text::Span whole_clause(const std::string& text, text::Span span) {
  constexpr std::uint32_t clause_bytes = 48;
  constexpr std::array<std::string_view, 22> marks{"。", "、", "！", "？", "「", "」", "『", "』", "【", "】", "（",
                                                   "）", "　", "※",  "▼",  "■",  "・", "：", "，", "．", "＜", "＞"};
  const auto is_mark_before = [&](std::size_t at) {
    if (at == 0) return true;
    const auto c = static_cast<unsigned char>(text[at - 1]);
    if (c < 0x80)
      return c == '\n' || c == '\r' || c == '\t' || c == '!' || c == '?' || c == ';' || c == '"' || c == '<' ||
             c == '>' || c == '[' || c == ']' || c == '(' || c == ')' ||
             (c == ' ' && at >= 2 &&
              (text[at - 2] == '.' || text[at - 2] == ',' || text[at - 2] == ':' ||
               static_cast<unsigned char>(text[at - 2]) >= 0x80));
    return at >= 3 && std::find(marks.begin(), marks.end(), std::string_view(text).substr(at - 3, 3)) != marks.end();
  };
  const auto is_mark_at = [&](std::size_t at) {
    if (at >= text.size()) return true;
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80)
      return std::string_view("\n\r\t!?;\"<>[]()").find(static_cast<char>(c)) != std::string_view::npos ||
             ((c == '.' || c == ',') && (at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n'));
    return std::find(marks.begin(), marks.end(), std::string_view(text).substr(at, 3)) != marks.end();
  };
  const auto step_back = [&](std::size_t at) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
  };
  std::size_t start = span.start, end = span.end;
  while (!is_mark_before(start) && span.start - start < clause_bytes) start = step_back(start);
  while (!is_mark_at(end) && end - span.end < clause_bytes) {
    do ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  }
  if (span.start - start >= clause_bytes) {  // no mark near: rather a cut word than half a paragraph
    start = span.start;
    while (start > 0 && static_cast<unsigned char>(text[start - 1]) < 0x80 && text[start - 1] != ' ' &&
           text[start - 1] != '\n' && span.start - start < clause_bytes)
      --start;
  }
  if (end - span.end >= clause_bytes) {
    end = span.end;
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80 && text[end] != ' ' && text[end] != '\n' &&
           end - span.end < clause_bytes)
      ++end;
  }
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

std::vector<Quote> quotes_of(const signs::Fired& fired, const facts::Facts& facts) {
  const auto phrase = facts::find_fact("phrase.found");
  std::vector<Quote> quotes;
  for (const facts::Fact* fact : fired.shows) {
    const std::string& text = facts.parts[fact->place.part].text;
    text::Span span = fact->place.span;
    if (span.end > text.size() || span.empty()) continue;
    if (phrase && fact->id == *phrase) span = whole_clause(text, span);
    if (span.size() > quote_bytes)
      span.end = static_cast<std::uint32_t>(cut_at_character(text, span.start, span.start + quote_bytes));
    const bool covered = std::any_of(quotes.begin(), quotes.end(), [&](const Quote& quote) {
      return quote.part == fact->place.part && quote.span.start <= span.start && span.end <= quote.span.end;
    });
    if (covered) continue;
    std::erase_if(quotes, [&](const Quote& quote) {
      return quote.part == fact->place.part && span.start <= quote.span.start && quote.span.end <= span.end;
    });
    quotes.push_back({fact->place.part, span, text.substr(span.start, span.size())});
    if (quotes.size() == quotes_of_a_reason) break;
  }
  return quotes;
}

/// Points of kinds.yaml hints and of the cards that spoke; the first of the highest wins, in the order of the file.
/// How many points of a general kind one point of a kind that says what about is worth.
constexpr int subject_counts = 2;

std::string kind_of(const facts::Facts& facts, const signs::Deck& deck, const std::vector<signs::Fired>& fired) {
  std::map<std::string, int> points;
  const auto phrase = facts::find_fact("phrase.found");
  const auto claim = facts::find_fact("claim.brand");
  const auto has_value = [&](facts::FactId id, std::string_view value) {
    const auto range = facts.of(id);
    return std::any_of(range.begin(), range.end(), [&](const facts::Fact& fact) { return fact.value == value; });
  };
  for (const auto& kind : deck.knowledge().kinds())
    for (const auto& hint : kind.hints) {
      if (!hint.phrase.empty() && phrase && has_value(*phrase, hint.phrase)) points[kind.id] += hint.points;
      if (!hint.brand_category.empty() && claim) {
        const auto range = facts.of(*claim);
        if (std::any_of(range.begin(), range.end(), [&](const facts::Fact& fact) {
              const auto* brand = deck.knowledge().brand(fact.value);
              return brand != nullptr && brand->category == hint.brand_category;
            }))
          points[kind.id] += hint.points;
      }
    }
  for (const signs::Fired& sign : fired) {
    const signs::Card& card = deck.cards()[sign.card];
    for (const auto& [kind, number] : card.kinds) points[kind] += number;
    for (const auto& kind : deck.knowledge().kinds())
      for (const auto& hint : kind.hints)
        if (!hint.sign.empty() && hint.sign == card.id) points[kind.id] += hint.points;
  }
  // The best of the kinds that say what the message is about, and of those that say only how it works.
  std::string about, general;
  int about_points = fewest_kind_points - 1, general_points = fewest_kind_points - 1;
  for (const auto& kind : deck.knowledge().kinds()) {
    const auto found = points.find(kind.id);
    if (found == points.end()) continue;
    int& most = kind.general ? general_points : about_points;
    if (found->second <= most) continue;
    most = found->second;
    (kind.general ? general : about) = kind.id;
  }
  if (about.empty()) return general;
  return about_points * subject_counts >= general_points ? about : general;
}

/// The brand most prominently claimed: the sender's name before the subject before the body.
std::string brand_of(const facts::Facts& facts) {
  for (const std::string_view name : {"claim.brand_by_sender_name", "claim.brand"}) {
    const auto id = facts::find_fact(name);
    if (!id) continue;
    const auto range = facts.of(*id);
    if (range.empty()) continue;
    return std::min_element(range.begin(), range.end(),
                            [&](const facts::Fact& a, const facts::Fact& b) {
                              const auto rank = [&](const facts::Fact& fact) {
                                if (fact.place.part == facts::no_part) return 9;
                                switch (facts.parts[fact.place.part].kind) {
                                  case facts::PartKind::from:
                                    return 0;
                                  case facts::PartKind::subject:
                                    return 1;
                                  default:
                                    return 2;
                                }
                              };
                              return std::tuple(rank(a), a.place.span.start) < std::tuple(rank(b), b.place.span.start);
                            })
        ->value;
  }
  return {};
}

/// The text model's share, through the card that speaks for its side; nothing when the deck has no such card or there
/// is next to nothing to say.
std::optional<Reason> reason_of(const Wording& wording, const facts::Facts& facts, const signs::Deck& deck) {
  constexpr double next_to_nothing = 0.05;
  if (std::abs(wording.log_odds) < next_to_nothing) return std::nullopt;
  const auto& cards = deck.cards();
  const auto card = std::find_if(cards.begin(), cards.end(), [&](const signs::Card& one) {
    return one.by_wording && (one.weight > 0) == (wording.log_odds > 0);
  });
  if (card == cards.end()) return std::nullopt;
  Reason reason{static_cast<std::uint32_t>(card - cards.begin()), wording.log_odds, {}};
  for (const Passage& passage : wording.passages) {
    const facts::Part& part = facts.parts[passage.clause.part];
    text::Span span = part.folded.original(passage.clause.folded);
    if (span.size() > quote_bytes)
      span.end = static_cast<std::uint32_t>(cut_at_character(part.text, span.start, span.start + quote_bytes));
    reason.quotes.push_back({passage.clause.part, span, part.text.substr(span.start, span.size())});
  }
  return reason;
}

void add_once(std::vector<std::string>& keys, const std::string& key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

}  // namespace

std::string_view name(Answer answer) { return answer_names[static_cast<std::size_t>(answer)]; }

Result<Scale> read_scale(const knowledge::Snapshot& snapshot) {
  const std::string file(scale_file);
  for (const auto& raw : snapshot.scale()) {
    auto root = knowledge::parse_yaml(raw.text, file);
    if (!root) return tl::unexpected(root.error());
    if (auto ok = knowledge::only_keys(*root, file, {"bias", "scam", "cannot_tell", "quoted_reasons", "what"}); !ok)
      return tl::unexpected(ok.error());
    std::array<double, 4> numbers{};
    std::size_t i = 0;
    for (const char* key : {"bias", "scam", "cannot_tell", "quoted_reasons"}) {
      const auto number = knowledge::number_of(*root, key, file);
      if (!number) return tl::unexpected(number.error());
      numbers[i++] = *number;
    }
    const Scale scale{numbers[0], numbers[1], numbers[2], static_cast<int>(numbers[3])};
    if (!(0 < scale.cannot_tell && scale.cannot_tell < scale.scam && scale.scam < 1))
      return fail(ErrorCode::bad_data, Said{"card.thresholds", {}},
                  "thresholds must be scores with 0 < cannot_tell < scam < 1", file);
    return scale;
  }
  return fail(ErrorCode::bad_data, Said{"data.unreadable", {}}, "is missing", file, "it holds bias and thresholds");
}

Verdict weigh(const facts::Facts& facts, const signs::Deck& deck, const Scale& scale, const TextModel* words) {
  Verdict verdict;
  verdict.scale = scale;
  const std::vector<signs::Fired> fired = deck.match(facts);

  std::map<std::string, std::size_t> speaker;  // group → index into fired
  const auto rank = [&](std::size_t i) {
    const signs::Card& card = deck.cards()[fired[i].card];
    return std::tuple(card.specificity, std::abs(card.weight));
  };
  for (std::size_t i = 0; i < fired.size(); ++i) {
    const signs::Card& card = deck.cards()[fired[i].card];
    if (card.group.empty()) continue;
    const auto [found, first] = speaker.emplace(card.group, i);
    if (!first && rank(i) > rank(found->second)) found->second = i;
  }
  std::size_t quoted = 0;
  verdict.log_odds = scale.bias;
  for (std::size_t i = 0; i < fired.size(); ++i) {
    const signs::Card& card = deck.cards()[fired[i].card];
    if (!card.group.empty() && speaker[card.group] != i) {
      verdict.silenced.push_back(fired[i].card);
      continue;
    }
    Reason reason{fired[i].card, card.weight, card.absent ? std::vector<Quote>{} : quotes_of(fired[i], facts)};
    if (reason.weight > 0 && !reason.quotes.empty()) ++quoted;
    verdict.reasons.push_back(std::move(reason));
  }
  if (words != nullptr)
    if (auto reason = reason_of(words->read(facts), facts, deck)) {
      if (reason->weight > 0 && !reason->quotes.empty()) ++quoted;
      verdict.reasons.push_back(std::move(*reason));
    }
  std::sort(verdict.reasons.begin(), verdict.reasons.end(), [&](const Reason& a, const Reason& b) {
    return std::tuple(-std::abs(a.weight), std::string_view(deck.cards()[a.card].id)) <
           std::tuple(-std::abs(b.weight), std::string_view(deck.cards()[b.card].id));
  });
  // Summed in the order shown, so that a reader who adds the reasons up gets the same last digit.
  for (const Reason& reason : verdict.reasons) verdict.log_odds += reason.weight;
  verdict.score = 1.0 / (1.0 + std::exp(-verdict.log_odds));

  verdict.answer = verdict.score >= scale.scam          ? Answer::scam
                   : verdict.score >= scale.cannot_tell ? Answer::cannot_tell
                                                        : Answer::nothing_found;
  if (verdict.answer == Answer::scam && quoted < static_cast<std::size_t>(scale.quoted_reasons))
    verdict.answer = Answer::cannot_tell;

  verdict.brand = brand_of(facts);
  if (verdict.answer != Answer::nothing_found) verdict.scam_kind = kind_of(facts, deck, fired);
  if (verdict.answer == Answer::cannot_tell)
    for (const Reason& reason : verdict.reasons)
      for (const std::string& key : deck.cards()[reason.card].settles) add_once(verdict.would_settle, key);
  if (verdict.answer == Answer::cannot_tell && verdict.would_settle.empty())
    verdict.would_settle.push_back("would_settle.known_number");
  for (const Reason& reason : verdict.reasons)
    if (reason.weight > 0)
      for (const std::string& key : deck.cards()[reason.card].advice) add_once(verdict.next, key);
  for (const std::string& key : deck.knowledge().keys_below("next." + std::string(name(verdict.answer))))
    add_once(verdict.next, key);
  return verdict;
}

}  // namespace sekisho::verdict
