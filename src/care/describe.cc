#include "care/describe.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/limits.h"
#include "care/sentence.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace sekisho::care {
namespace {

/// What likeness of one counts in the sum, beside cue weights of 1 to 3. Chosen by leaving each example telling out in
/// turn (tests/care/describe_test.cc measures it).
constexpr double likeness_weight = 10;
/// How many of a situation's most alike examples are averaged: one may be alike by chance.
constexpr std::size_t examples_asked = 2;
/// Sum below which nothing fits.
constexpr double fits_from = 1;
/// The same when no cue word led there: letters alone are alike in any language.
constexpr double fits_by_likeness_from = 1.5;
/// Difference of sums that makes one situation e times as likely as another.
constexpr double temperature = 0.9;
/// A second situation is proposed from this likelihood on, and at most so many are.
constexpr double also_from = 0.15;
constexpr std::size_t most_proposed = 3;
/// Two situations are close when the second is at least this share of the first.
constexpr double close_from = 0.4;
constexpr std::size_t most_asked = 2, most_because = 5;

/// Calls `visit` with each piece: two letters of Japanese writing, or the beginning of a Latin word, where letters
/// alone are alike in any two sentences. Pieces over the edge of a word keep where it begins.
void each_piece(std::string_view telling, const auto& visit) {
  constexpr std::uint64_t latin_word = std::uint64_t{1} << 63;
  constexpr int letters_of_word = 7;
  const std::string folded = text::fold_key(telling);
  char32_t before = U' ';
  for (std::size_t at = 0; at < folded.size();) {
    if (std::isalpha(static_cast<unsigned char>(folded[at])) != 0) {
      std::uint64_t word = 0;
      for (int letters = 0; at < folded.size() && std::isalpha(static_cast<unsigned char>(folded[at])) != 0; ++at)
        if (letters++ < letters_of_word) word = word << 8 | static_cast<unsigned char>(folded[at]);
      visit(latin_word | word);
      before = U' ';
      continue;
    }
    const text::CodePoint letter = text::code_point_at(folded, at);
    at += letter.size;
    const bool counts = text::is_kanji(letter.value) || text::is_hiragana(letter.value) ||
                        text::is_katakana(letter.value) || (letter.value >= U'0' && letter.value <= U'9');
    const char32_t now = counts ? letter.value : U' ';
    if (now != U' ' || before != U' ') visit(std::uint64_t{before} << 32 | now);
    before = now;
  }
}

void add_once(std::vector<std::string>& to, const std::string& word) {
  if (to.size() < most_because && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(word);
}

}  // namespace

Listener::Listener(const Care& care) : care_(care) {
  std::unordered_map<Piece, std::size_t> tellings_with;
  std::size_t tellings = 0;
  for (const Telling& situation : care.describe.situations)
    for (const std::string& example : situation.examples) {
      std::set<Piece> seen;
      each_piece(example, [&](Piece piece) { seen.insert(piece); });
      for (const Piece piece : seen) ++tellings_with[piece];
      ++tellings;
    }
  // Tellings of other matters stand behind the situations, as if they were one more.
  for (const std::string& other : care.describe.others) {
    std::set<Piece> seen;
    each_piece(other, [&](Piece piece) { seen.insert(piece); });
    for (const Piece piece : seen) ++tellings_with[piece];
    ++tellings;
  }
  const double all = static_cast<double>(tellings) + 1;
  for (const auto& [piece, count] : tellings_with) rarity_[piece] = std::log(all / static_cast<double>(count));
  unseen_rarity_ = std::log(all);
  for (std::size_t i = 0; i < care.describe.situations.size(); ++i)
    for (const std::string& example : care.describe.situations[i].examples) examples_.push_back({i, weighed(example)});
  for (const std::string& other : care.describe.others)
    examples_.push_back({care.describe.situations.size(), weighed(other)});
}

Listener::Pieces Listener::weighed(std::string_view telling) const {
  Pieces pieces;
  each_piece(telling, [&](Piece piece) { pieces[piece] += 1; });
  double square = 0;
  for (auto& [piece, weight] : pieces) {
    const auto known = rarity_.find(piece);
    weight = (1 + std::log(weight)) * (known == rarity_.end() ? unseen_rarity_ : known->second);
    square += weight * weight;
  }
  if (square > 0)
    for (auto& [piece, weight] : pieces) weight /= std::sqrt(square);
  return pieces;
}

Described Listener::listen(std::string_view telling, Register speech) const {
  telling = telling.substr(0, limits::telling_bytes);
  telling = telling.substr(0, text::valid_prefix(telling));
  const Describe& data = care_.describe;
  const Sentences sentences(telling, data);

  struct Sum {
    std::size_t situation;
    double cues = 0, sum = 0;
    std::vector<std::string> because;
  };
  std::vector<Sum> sums(data.situations.size() + 1);
  sums.back().situation = data.situations.size();
  for (std::size_t i = 0; i < data.situations.size(); ++i) {
    sums[i].situation = i;
    for (const Cue& cue : data.situations[i].cues) {
      const auto hit = sentences.find(cue, cue.negated);
      if (!hit) continue;
      sums[i].cues += cue.weight;
      if (cue.weight > 0)
        for (const std::string& word : *hit) add_once(sums[i].because, word);
    }
  }
  const Pieces own = weighed(telling);
  std::vector<std::vector<double>> alike(sums.size());
  for (const Example& example : examples_) {
    double cosine = 0;
    for (const auto& [piece, weight] : example.pieces)
      if (const auto same = own.find(piece); same != own.end()) cosine += weight * same->second;
    alike[example.situation].push_back(cosine);
  }
  for (Sum& sum : sums) {
    std::vector<double>& values = alike[sum.situation];
    std::sort(values.rbegin(), values.rend());
    double likeness = 0;
    for (std::size_t i = 0; i < std::min(examples_asked, values.size()); ++i) likeness += values[i] / examples_asked;
    sum.sum = sum.cues + likeness_weight * likeness;
  }
  std::stable_sort(sums.begin(), sums.end(), [](const Sum& a, const Sum& b) { return a.sum > b.sum; });

  Described out;
  double all = 0;
  for (const Sum& sum : sums) all += std::exp((sum.sum - sums.front().sum) / temperature);
  for (const Sum& sum : sums) {
    const double share = std::exp((sum.sum - sums.front().sum) / temperature) / all;
    // Nothing is certain from a sum that barely fits, even when nothing else does.
    const double confidence = share * (1 - std::exp(-sum.sum / (2 * fits_from)));
    if (sum.situation == data.situations.size()) {  // another matter: before the first it is the answer
      if (out.situations.empty()) break;
      continue;
    }
    if (sum.sum < (sum.cues > 0 ? fits_from : fits_by_likeness_from) || out.situations.size() == most_proposed) break;
    if (share < also_from && !out.situations.empty()) break;
    Guess guess{data.situations[sum.situation].id, std::round(confidence * 1000) / 1000, sum.because};
    // Led there by likeness alone: what the telling shares with its examples cannot be quoted as one word.
    if (guess.because.empty()) guess.because = sentences.first_words();
    out.situations.push_back(std::move(guess));
  }

  std::set<std::string> implied;
  for (const Telling& item : data.typed)
    for (const Cue& cue : item.cues)
      if (sentences.find(cue, cue.negated == Cue::Negated::either ? Cue::Negated::no : cue.negated)) {
        out.typed.push_back(item.id);
        if (const Choice* choice = care_.typed_item(item.id)) implied.insert(choice->implies);
        break;
      }
  for (const Telling& action : data.done) {
    const bool told = std::any_of(action.cues.begin(), action.cues.end(), [&](const Cue& cue) {
      return sentences.find(cue, cue.negated == Cue::Negated::either ? Cue::Negated::no : cue.negated).has_value();
    });
    if (told || implied.count(action.id) != 0) out.done.push_back(action.id);
  }
  // Who did more than receive it did not only receive it.
  if (out.done.size() > 1 && !care_.actions.empty()) std::erase(out.done, care_.actions.front().id);

  if (out.situations.empty()) {
    for (const Text& ask : data.asks_if_empty)
      if (out.ask.size() < most_asked) out.ask.push_back(spoken(ask.in(speech)));
    return out;
  }
  for (std::size_t i = 1; i < out.situations.size(); ++i) {
    if (out.situations[i].confidence < close_from * out.situations.front().confidence) continue;
    for (const Describe::Ask& ask : data.asks) {
      const auto among = [&](const std::string& id) {
        return std::find(ask.when_close.begin(), ask.when_close.end(), id) != ask.when_close.end();
      };
      if (out.ask.size() < most_asked && among(out.situations.front().id) && among(out.situations[i].id))
        out.ask.push_back(spoken(ask.ask.in(speech)));
    }
  }
  return out;
}

}  // namespace sekisho::care
