#include "knowledge/brand_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "knowledge/source.h"
#include "text/domain.h"
#include "text/fold.h"

namespace sekisho::knowledge {
namespace {

constexpr std::size_t shortest_label = 4;  // below it, equal skeletons are coincidences
constexpr std::size_t one_edit_from = 6;
constexpr std::size_t two_edits_from = 9;
constexpr std::size_t longest_label_bytes = 63;  // DNS
constexpr std::size_t shortest_strong_name = 4;
constexpr std::size_t shortest_strong_label = 8;  // "office" and "digital" are words, "smbccard" is not
constexpr std::size_t shortest_affix = 6;         // "amazonlogin" names a brand, "lineup" does not
constexpr std::size_t words_looked_at_bytes = 300;
constexpr std::size_t joined_words = 3;
constexpr std::string_view places_category = "government";

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Lower-case letters and digits of an ASCII name; "" when it has anything but ASCII.
std::string bare(std::string_view name) {
  std::string out;
  for (const char raw : name) {
    if (static_cast<unsigned char>(raw) >= 0x80) return {};
    if (const char c = lower(raw); is_word_char(c)) out += c;
  }
  return out;
}

std::uint32_t letters_of(std::string_view skeleton) {
  std::uint32_t mask = 0;
  for (const char c : skeleton) {
    if (c >= 'a' && c <= 'z')
      mask |= 1U << (c - 'a');
    else if (c >= '0' && c <= '9')
      mask |= 1U << 26;
    else if (c == '-')
      mask |= 1U << 27;
    else
      mask |= 1U << 28;
  }
  return mask;
}

/// The words of `text` (runs of ASCII letters and digits), lower case, with how each is joined to the one before.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char raw : text) {
    const char c = lower(raw);
    if (is_word_char(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

BrandIndex::BrandIndex(const std::vector<Brand>& brands) {
  for (std::uint32_t i = 0; i < brands.size(); ++i) {
    const Brand& brand = brands[i];
    for (const std::string& alias : brand.weak_aliases) add_name(alias, i, true);  // first: what is ambiguous stays so
    for (const std::string& alias : brand.aliases) add_name(alias, i, false);
    add_name(brand.name_en, i, false);
    // The labels of town halls are places ("city", "hiroshima"), and places name many firms.
    const DomainLabels labels = brand.category == places_category ? DomainLabels::are_places : DomainLabels::are_names;
    for (const auto* domains : {&brand.web_domains, &brand.mail_domains})
      for (const std::string& domain : *domains) add_label(domain, i, labels);
  }
}

void BrandIndex::add_label(std::string_view domain, std::uint32_t brand, DomainLabels meaning) {
  const std::string registrable = text::registrable_domain(domain);
  const std::string_view label = text::registrable_label(domain, registrable);
  if (label.size() < shortest_label) return;
  own_labels_.emplace(label, brand);
  std::string skeleton = text::skeleton(label);
  if (by_skeleton_.emplace(skeleton, brand).second) labels_.push_back({skeleton, brand, letters_of(skeleton)});
  if (meaning == DomainLabels::are_places) return;
  const std::string key = bare(label);
  if (key.size() < shortest_strong_name) return;
  names_.emplace(key, Name{brand, key.size() < shortest_strong_label});
  longest_name_ = std::max(longest_name_, key.size());
}

void BrandIndex::add_name(std::string_view written, std::uint32_t brand, bool weak) {
  const std::string folded = text::fold_key(written);
  if (folded.size() >= shortest_label && !weak) {
    genuine_.emplace(folded, true);
    imitations_.emplace(text::lookalike_key(folded), brand);
  }
  const std::string key = bare(folded);
  if (key.size() < 2) return;
  names_.emplace(key, Name{brand, weak || key.size() < shortest_strong_name});
  longest_name_ = std::max(longest_name_, key.size());
}

BrandIndex::Match BrandIndex::looks_like(std::string_view label) const {
  if (label.size() < shortest_label || label.size() > longest_label_bytes) return {};
  if (const auto own = own_labels_.find(std::string(label)); own != own_labels_.end()) return {own->second, 0, false};
  const std::string skeleton = text::skeleton(label);
  if (const auto same = by_skeleton_.find(skeleton); same != by_skeleton_.end()) return {same->second, 1, false};
  if (skeleton.size() + 1 < one_edit_from) return {};
  const std::uint32_t letters = letters_of(skeleton);
  for (int distance = 1; distance <= 2; ++distance) {
    const std::size_t from = distance == 1 ? one_edit_from : two_edits_from;
    for (const Label& own : labels_) {
      if (own.skeleton.size() < from) continue;
      const std::size_t longer = std::max(own.skeleton.size(), skeleton.size());
      if (longer - std::min(own.skeleton.size(), skeleton.size()) > static_cast<std::size_t>(distance)) continue;
      if (std::popcount(own.letters ^ letters) > 2 * distance) continue;
      // Senders of look-alikes keep the beginning: it is what the eye reads.
      if (own.skeleton.front() != skeleton.front()) continue;
      if (text::edit_distance(own.skeleton, skeleton, distance) <= distance) return {own.brand, distance, false};
    }
  }
  return {};
}

BrandIndex::Match BrandIndex::name(std::string_view key) const {
  if (key.size() < 2 || key.size() > longest_name_) return {};
  const auto found = names_.find(std::string(key));
  if (found == names_.end()) return {};
  return {found->second.brand, 0, found->second.weak};
}

BrandIndex::Match BrandIndex::name_in_label(std::string_view label, bool whole_counts) const {
  const std::vector<std::string> words = words_of(label);
  Match weak;
  const auto keep = [&](Match match) {
    if (match && match.weak && !weak) weak = match;
    return match && !match.weak;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string joined;
    for (std::size_t j = i; j < words.size() && j < i + joined_words; ++j) {
      joined += words[j];
      if (!whole_counts && i == 0 && j + 1 == words.size()) break;
      if (const Match match = name(joined); keep(match)) return match;
    }
  }
  for (const std::string& word : words) {
    const std::size_t longest = std::min(word.size() - 1, longest_name_);
    for (std::size_t length = longest; length >= shortest_affix && length < word.size(); --length) {
      const std::string_view view = word;
      if (const Match match = name(view.substr(0, length)); match && !match.weak) return match;
    }
  }
  return weak;
}

BrandIndex::Match BrandIndex::named_in_host(std::string_view host, std::string_view registrable) const {
  if (registrable.empty() || host.size() < registrable.size()) return {};
  const std::string_view own = registrable.substr(0, registrable.find('.'));
  Match weak;
  if (const Match match = name_in_label(own, by_skeleton_.count(text::skeleton(own)) == 0); match) {
    if (!match.weak) return match;
    weak = match;
  }
  std::string_view below = host.substr(0, host.size() - registrable.size());
  below = below.substr(0, words_looked_at_bytes);
  while (!below.empty()) {
    const std::string_view label = below.substr(0, below.find('.'));
    if (const Match match = name_in_label(label, true); match) {
      if (!match.weak) return match;
      if (!weak) weak = match;
    }
    below.remove_prefix(std::min(below.size(), label.size() + 1));
  }
  return weak;
}

BrandIndex::Match BrandIndex::named_in_words(std::string_view text) const {
  const std::vector<std::string> words = words_of(text.substr(0, words_looked_at_bytes));
  Match weak;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string joined;
    for (std::size_t j = i; j < words.size() && j < i + joined_words; ++j) {
      joined += words[j];
      const Match match = name(joined);
      if (match && !match.weak) return match;
      if (match && !weak) weak = match;
    }
  }
  return weak;
}

BrandIndex::Match BrandIndex::imitated_by(std::string_view folded_word) const {
  if (folded_word.size() < shortest_label || folded_word.size() > words_looked_at_bytes) return {};
  const auto found = imitations_.find(text::lookalike_key(folded_word));
  if (found == imitations_.end() || genuine_.count(std::string(folded_word)) != 0) return {};
  return {found->second, 0, false};
}

}  // namespace sekisho::knowledge
