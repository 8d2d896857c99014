#include <algorithm>

#include "base/limits.h"
#include "text/css.h"
#include "text/css_value.h"
#include "text/html_tags.h"

namespace sekisho::text {
namespace {

using namespace css;

constexpr StyleKey any_element = 1;

std::uint64_t lowered_hash(std::string_view name) {
  std::uint64_t hash = name_hash_start;
  for (const char c : name) hash = name_hash_step(hash, ascii_lower(c));
  return hash;
}

// The end of a `{…}` block whose content begins at `i`: the offset of its '}' (or the end).
std::size_t block_end(std::string_view css, std::size_t i) {
  std::size_t depth = 1;
  for (; i < css.size(); ++i) {
    const char c = css[i];
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return i;
    if (c == '"' || c == '\'') {
      std::size_t j = i + 1;
      while (j < css.size() && css[j] != c && css[j] != '\n') j += css[j] == '\\' ? 2 : 1;
      if (j < css.size() && css[j] == c) i = j;
    }
  }
  return css.size();
}

std::string without_comments(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  for (;;) {
    const std::size_t open = css.find("/*");
    out.append(css.substr(0, open));
    if (open == std::string_view::npos) return out;
    const std::size_t close = css.find("*/", open + 2);
    if (close == std::string_view::npos) return out;
    out.push_back(' ');
    css.remove_prefix(close + 2);
  }
}

bool feature_matches(std::string_view feature) {
  const std::size_t colon = feature.find(':');
  const std::string_view name = trim(feature.substr(0, colon));
  const std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(feature.substr(colon + 1));
  const auto width = read_length(value);
  const float px = width ? (width->unit == Unit::em ? width->value * 16 : width->value) : 0;
  if (same(name, "max-width") || same(name, "max-device-width")) return width && px >= 1024;
  if (same(name, "min-width") || same(name, "min-device-width")) return width && px <= 1024;
  if (same(name, "prefers-color-scheme")) return same(value, "light");
  if (same(name, "-webkit-min-device-pixel-ratio")) return width && width->value <= 1;
  if (same(name, "orientation")) return same(value, "landscape");
  if (same(name, "hover") || same(name, "color") || same(name, "-webkit-transform-3d")) return true;
  return false;
}

bool query_matches(std::string_view query) {
  query = trim(query);
  bool negated = false, result = true;
  while (!query.empty()) {
    const std::string_view item = next_item(query);
    if (item.empty()) break;
    if (same(item, "not"))
      negated = true;
    else if (same(item, "only") || same(item, "and"))
      continue;
    else if (item.front() == '(')
      result = result && feature_matches(item.substr(1, item.size() - 1 - (item.ends_with(")") ? 1 : 0)));
    else if (!same(item, "screen") && !same(item, "all"))
      result = false;
  }
  return result != negated;
}

}  // namespace

bool media_matches(std::string_view media) {
  media = trim(media);
  if (media.empty()) return true;
  std::size_t depth = 0, start = 0;
  for (std::size_t i = 0; i <= media.size(); ++i) {
    if (i < media.size() && media[i] == '(') ++depth;
    if (i < media.size() && media[i] == ')' && depth > 0) --depth;
    if (i == media.size() || (media[i] == ',' && depth == 0)) {
      if (query_matches(media.substr(start, i - start))) return true;
      start = i + 1;
    }
  }
  return false;
}

StyleKey tag_key(std::uint64_t name_hash) { return name_hash * 0x9E3779B97F4A7C15ULL; }
// Classes and ids are compared without case, as quirks mode does: hiding by case alone is no reading.
StyleKey class_key(std::string_view name) { return (lowered_hash(name) ^ 0xC1A55) * 0x9E3779B97F4A7C15ULL; }
StyleKey id_key(std::string_view name) { return (lowered_hash(name) ^ 0x1D) * 0x9E3779B97F4A7C15ULL; }

void StyleSheet::add(std::string_view text) {
  if (bytes_ + text.size() > limits::css_bytes) {
    over_limit_ = true;
    text = text.substr(0, limits::css_bytes - bytes_);
  }
  bytes_ += text.size();
  std::string plain;
  if (text.find("/*") != std::string_view::npos) {
    plain = without_comments(text);
    text = plain;
  }
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_space(text[i]) || text[i] == '}' || text[i] == ';') {
      ++i;  // '}' also ends an @media whose rules were taken
    } else if (text.substr(i).starts_with("<!--")) {
      i += 4;
    } else if (text.substr(i).starts_with("-->")) {
      i += 3;
    } else if (text[i] == '@') {
      const std::size_t end = text.find_first_of("{;", i);
      if (end == std::string_view::npos) return;
      const std::string_view prelude = text.substr(i + 1, end - i - 1);
      const bool taken = starts(prelude, "media") && media_matches(prelude.substr(5));
      if (text[end] == '{' && !taken)
        i = block_end(text, end + 1) + 1;
      else
        i = end + 1;
    } else {
      const std::size_t open = text.find('{', i);
      if (open == std::string_view::npos) return;
      const std::size_t close = block_end(text, open + 1);
      add_rule(text.substr(i, open - i), text.substr(open + 1, close - open - 1));
      i = close + 1;
    }
  }
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations) {
  std::vector<Declaration> block = parse_declarations(declarations);
  if (block.empty()) return;
  const auto number = static_cast<std::uint32_t>(blocks_.size());
  bool stored = false;
  while (!selectors.empty()) {
    const std::size_t comma = std::min(selectors.find(','), selectors.size());
    const std::string_view selector = trim(selectors.substr(0, comma));
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    if (rule_count_ >= limits::css_rules) {
      over_limit_ = true;
      break;
    }
    auto rule = parse_selector(selector);
    if (!rule) continue;
    ++rule_count_;
    const std::vector<StyleKey>& subject = rule->compounds.back().keys;
    const StyleKey key = subject.empty() ? any_element : subject.back();
    Bucket& bucket = buckets_[key];
    if (rule->compounds.size() == 1 && subject.size() <= 1) {
      for (const Declaration& declaration : block) {
        const auto priority = rule->priority | (declaration.important ? Cascade::important_bit : 0);
        const auto same_property = [&](const Offer& o) { return o.declaration.property == declaration.property; };
        const auto found = std::find_if(bucket.merged.begin(), bucket.merged.end(), same_property);
        if (found == bucket.merged.end())
          bucket.merged.push_back({declaration, rule->priority});
        else if ((found->priority | (found->declaration.important ? Cascade::important_bit : 0)) <= priority)
          *found = {declaration, rule->priority};
      }
      continue;
    }
    rule->block = number;
    stored = true;
    bucket.rules.push_back(static_cast<std::uint32_t>(rules_.size()));
    rules_.push_back(std::move(*rule));
  }
  if (stored) blocks_.push_back(std::move(block));
}

// Type, class and id selectors with descendant and child combinators; anything else cannot be decided without a tree or
// a pointer, and the rule is dropped. In a compound the rarest kind of key comes last: it files the rule.
std::optional<StyleSheet::Rule> StyleSheet::parse_selector(std::string_view selector) const {
  Rule rule;
  std::uint32_t ids = 0, classes = 0, types = 0;
  std::size_t i = 0;
  bool child = false;
  const auto name_at = [&selector](std::size_t from) {
    std::size_t end = from;
    while (end < selector.size() && is_name(selector[end])) ++end;
    return selector.substr(from, end - from);
  };
  while (i < selector.size()) {
    Compound compound;
    compound.child = child;
    std::optional<StyleKey> type, id;
    std::vector<StyleKey> class_keys;
    const std::size_t start = i;
    while (i < selector.size() && !is_space(selector[i]) && selector[i] != '>') {
      const char c = selector[i];
      if (c == '*' && i == start) {
        ++i;
      } else if (c == '.' || c == '#') {
        const std::string_view name = name_at(i + 1);
        if (name.empty()) return std::nullopt;
        if (c == '.')
          class_keys.push_back(class_key(name)), ++classes;
        else
          id = id_key(name), ++ids;
        i += 1 + name.size();
      } else if (c == ':' && same(name_at(i + 1), "link")) {
        ++classes;
        i += 5;
      } else if (c == ':' && same(name_at(i + 1), "root")) {
        ++classes;
        type = tag_key(lowered_hash("html"));
        i += 5;
      } else if (i == start && is_name(c)) {
        const std::string_view name = name_at(i);
        type = tag_key(lowered_hash(name));
        ++types;
        i += name.size();
      } else {
        return std::nullopt;
      }
    }
    if (i == start) return std::nullopt;
    if (type) compound.keys.push_back(*type);
    compound.keys.insert(compound.keys.end(), class_keys.begin(), class_keys.end());
    if (id) compound.keys.push_back(*id);
    rule.compounds.push_back(std::move(compound));
    if (rule.compounds.size() > 16) return std::nullopt;
    child = false;
    for (; i < selector.size() && (is_space(selector[i]) || selector[i] == '>'); ++i) {
      child = child || selector[i] == '>';
    }
    if (child && i >= selector.size()) return std::nullopt;
  }
  if (rule.compounds.empty() || rule.compounds.front().child) return std::nullopt;
  const auto order = static_cast<std::uint32_t>(std::min<std::size_t>(rule_count_, 0xFFFF));
  rule.priority = std::min(ids, 15U) << 26 | std::min(classes, 31U) << 21 | std::min(types, 31U) << 16 | order;
  return rule;
}

void StyleSheet::match(const Lineage& lineage, Cascade& cascade) {
  const ElementKeys& element = lineage.elements.back();
  offer_bucket(any_element, lineage, cascade);
  for (std::uint32_t k = element.first; k < element.end; ++k) offer_bucket(lineage.keys[k], lineage, cascade);
}

void StyleSheet::offer_bucket(StyleKey key, const Lineage& lineage, Cascade& cascade) {
  const auto found = buckets_.find(key);
  if (found == buckets_.end()) return;
  for (const Offer& offer : found->second.merged) cascade.offer(offer.declaration, offer.priority);
  for (const std::uint32_t number : found->second.rules) {
    if (steps_ >= limits::css_match_steps) {
      over_limit_ = true;
      return;
    }
    const Rule& rule = rules_[number];
    if (!matches(rule, lineage)) continue;
    steps_ += blocks_[rule.block].size();
    for (const Declaration& declaration : blocks_[rule.block]) cascade.offer(declaration, rule.priority);
  }
}

bool StyleSheet::matches(const Rule& rule, const Lineage& lineage) {
  const auto has_all = [&](const Compound& compound, const ElementKeys& element) {
    for (const StyleKey key : compound.keys) {
      const auto begin = lineage.keys.begin() + element.first, end = lineage.keys.begin() + element.end;
      steps_ += element.end - element.first;
      if (std::find(begin, end, key) == end) return false;
    }
    return true;
  };
  ++steps_;
  std::size_t at = lineage.elements.size() - 1;
  const std::uint64_t bloom = lineage.elements[at].bloom;
  for (const Compound& compound : rule.compounds) {
    for (const StyleKey key : compound.keys) {
      if ((bloom & bloom_bit(key)) == 0) return false;
    }
  }
  if (!has_all(rule.compounds.back(), lineage.elements[at])) return false;
  // Nearest ancestor first; a chain of child combinators that fails is not tried again further out, which only misses
  // rules such as `a > b c` where a nearer b without a stands between.
  for (std::size_t c = rule.compounds.size() - 1; c > 0; --c) {
    const bool child = rule.compounds[c].child;
    const Compound& wanted = rule.compounds[c - 1];
    bool found = false;
    while (at > 0 && !found) {
      ++steps_;
      found = has_all(wanted, lineage.elements[--at]);
      if (child) break;
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace sekisho::text
