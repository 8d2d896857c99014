// How the text is written: tricks against software that a person does not see, and how much of it there is.
/// fact text.invisible_in_words: characters that nobody sees stand inside words; number: how many
/// fact text.spaced_words: words are spaced or dotted apart letter by letter; number: how many
/// fact text.mixed_script_words: words mix Latin with Cyrillic or Greek; value: the word as it reads; number: how many
/// fact text.lookalike_kana: kanji stand in for kana, or the reverse; value: the word as it reads; number: how many
/// fact text.fullwidth_url: an address is written in full-width letters
/// fact text.simplified_chinese: characters that Japan does not use stand in Japanese text
/// fact text.entropy_noise: runs of letters and digits without sense, outside of links; number: how many, three or more
/// fact text.very_short: the own text has fewer than 40 characters; number: how many
/// fact text.empty: the message has no text to read
/// fact text.kana_share: number: share (0 to 1) of hiragana and katakana among the first letters; a measure, never
///   evidence
#include <array>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t short_text_characters = 40;
constexpr std::size_t share_bytes = 2000;  // of each body: enough to see the language
constexpr double share_that_is_japanese = 0.1;
constexpr std::size_t noise_bytes = 12, noise_bytes_at_most = 60;
constexpr std::size_t noise_runs = 3;
constexpr double noise_from = 0.7;
constexpr std::size_t noise_searched_bytes = 16 * 1024;

struct Tricks {
  std::size_t invisible = 0, spaced = 0, mixed = 0, kana = 0;
};

void observe_tricks(const Scene& scene, Notes& notes) {
  using Kind = text::Folded::Trick::Kind;
  Tricks total;
  const auto counts_for = [](const message::Readable& part) {
    return is_body(part.kind) || part.kind == ReadableKind::header_subject || part.kind == ReadableKind::header_from;
  };
  for (const auto& part : scene.message.readable) {
    if (!counts_for(part) || part.depth > 0) continue;
    const auto& counts = part.folded.counts();
    total.invisible += counts.invisible_in_words;
    total.spaced += counts.spaced_words;
    total.mixed += counts.mixed_script_words;
    total.kana += counts.lookalike_kana;
  }
  if (total.invisible + total.spaced + total.mixed + total.kana == 0) return;
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const auto& part = scene.message.readable[i];
    if (!counts_for(part) || part.depth > 0) continue;
    for (const auto& trick : part.folded.tricks()) {
      const Place place{static_cast<std::uint16_t>(i), trick.original};
      if (is_quoted(scene, place.part, place.span)) continue;
      switch (trick.kind) {
        case Kind::invisible_in_word:
          notes.add(FactId::text_invisible_in_words, place, {}, static_cast<double>(total.invisible));
          break;
        case Kind::spaced_word:
          notes.add(FactId::text_spaced_words, place, {}, static_cast<double>(total.spaced));
          break;
        case Kind::mixed_script_word:
          notes.add(FactId::text_mixed_script_words, place, trick.plain, static_cast<double>(total.mixed));
          break;
        case Kind::lookalike_kana:
          notes.add(FactId::text_lookalike_kana, place, trick.plain, static_cast<double>(total.kana));
          break;
      }
    }
  }
}

struct Letters {
  std::size_t kana = 0, all = 0;
};

/// Code points of `text` that are letters of some script, and the kana among them (U+3041 to U+30FF).
void count_letters(std::string_view text, Letters& letters) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (is_letter(text[i]) || c >= 0xC3) ++letters.all;
    if (c == 0xE3 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[i + 1]);
      if (next >= 0x81 && next <= 0x83) ++letters.kana;
    }
  }
}

double observe_language(const Scene& scene, Notes& notes) {
  Letters letters;
  for (const auto& part : scene.message.readable)
    if (is_body(part.kind) || part.kind == ReadableKind::header_subject)
      count_letters(std::string_view(part.text).substr(0, share_bytes), letters);
  if (letters.all == 0) return 0;
  const double share = static_cast<double>(letters.kana) / static_cast<double>(letters.all);
  notes.add(FactId::text_kana_share, {}, {}, share);
  return share;
}

void observe_size(const Scene& scene, Notes& notes) {
  std::size_t most = 0;
  Place place;
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const auto& part = scene.message.readable[i];
    if (!is_body(part.kind) || (part.depth > 0 && !scene.quoted_is_own)) continue;
    std::string_view text = part.text;
    if (!scene.quoted_is_own && !part.quoted_tail.empty()) text = text.substr(0, part.quoted_tail.start);
    const std::size_t count = characters(text, short_text_characters);
    if (count > most) place = {static_cast<std::uint16_t>(i), span_of(0, text.size())};
    most = std::max(most, count);
  }
  if (most == 0)
    notes.add(FactId::text_empty);
  else if (most < short_text_characters)
    notes.add(FactId::text_very_short, place, {}, static_cast<double>(most));
}

constexpr std::array<bool, 256> run_bytes = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) table[c] = is_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c));
  return table;
}();
constexpr bool in_run(char c) { return run_bytes[static_cast<unsigned char>(c)]; }

/// Long runs of lower-case letters with digits among them are worth a closer look; words are not.
bool may_be_noise(std::string_view run) {
  std::size_t digits = 0, switches = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (is_digit(run[i])) ++digits;
    if (i > 0 && is_digit(run[i]) != is_digit(run[i - 1])) ++switches;
  }
  return digits < run.size() && (switches >= 2 || digits == 0);
}

void observe_noise(const Scene& scene, Notes& notes) {
  std::vector<Place> runs;
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const auto& part = scene.message.readable[i];
    if (!is_body(part.kind) || part.depth > 0 || has_html_twin(scene, static_cast<std::uint16_t>(i))) continue;
    const std::string_view text = std::string_view(part.text).substr(0, noise_searched_bytes);
    for (std::size_t at = 0; at < text.size();) {
      if (!in_run(text[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && in_run(text[end])) ++end;
      const std::string_view run = text.substr(at, end - at);
      const bool in_address =
          (at > 0 && std::string_view("/.@=?&#%-_+:").find(text[at - 1]) != std::string_view::npos) ||
          (end < text.size() && std::string_view("/.@=?&%-_").find(text[end]) != std::string_view::npos);
      if (!in_address && run.size() >= noise_bytes && run.size() <= noise_bytes_at_most && may_be_noise(run) &&
          text::randomness(run) >= noise_from)
        runs.push_back({static_cast<std::uint16_t>(i), span_of(at, run.size())});
      at = end;
    }
  }
  if (runs.size() < noise_runs) return;
  for (std::size_t i = 0; i < noise_runs; ++i)
    notes.add(FactId::text_entropy_noise, runs[i], {}, static_cast<double>(runs.size()));
}

}  // namespace

void observe_text(const Scene& scene, Notes& notes) {
  observe_tricks(scene, notes);
  observe_size(scene, notes);
  observe_noise(scene, notes);
  if (observe_language(scene, notes) >= share_that_is_japanese) {
    const auto& phrases = scene.knowledge.phrase_lists();
    for (const Hit& hit : scene.hits)
      if (hit.own() && phrases[hit.list].name == lists::simplified_chinese)
        notes.add(FactId::text_simplified_chinese, {hit.part, hit.span});
  }
  for (const Site& site : scene.sites)
    if (site.opens->tricks.fullwidth || site.opens->tricks.ideographic_dot) {
      notes.add(FactId::text_fullwidth_url, shown(scene.message.links[site.link]), site.host);
      break;
    }
}

}  // namespace sekisho::facts
