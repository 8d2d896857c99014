// The subset of CSS that decides whether text can be seen: declarations of a style attribute, and the rules of <style>
// with type, class and id selectors, descendant and child combinators, specificity and !important (CSS Syntax 3,
// Selectors 4, Cascade 4). Only media that a person reading at a screen of 1024 px in light mode gets. What is not
// understood is passed over as the standard asks. Used by the HTML reader only. Pure; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sekisho::text {

enum class Display : std::uint8_t {
  none,
  inline_,
  block,
  flex,
  inline_block,
  table,
  row_group,
  row,
  cell,
  caption,
  contents
};
enum class WhiteSpace : std::uint8_t { normal, pre, pre_line };
enum class Position : std::uint8_t { in_flow, absolute };

enum class Property : std::uint8_t {
  display,
  visibility,
  opacity,
  font_size,
  color,
  text_fill,
  background_color,
  background_image,
  clip,
  clip_path,
  position,
  left,
  right,
  top,
  bottom,
  width,
  height,
  max_width,
  max_height,
  overflow,
  text_indent,
  mso_hide,
  white_space,
  line_height,
  float_,
  margin_left,
  margin_top,
  transform,
  count_
};
inline constexpr std::size_t property_count = static_cast<std::size_t>(Property::count_);

enum class Unit : std::uint8_t {
  keyword,  ///< `word` holds an enumerator or a flag
  color,    ///< `word` holds 0xRRGGBBAA
  number,   ///< without unit: zero, a quirks-mode length, a factor of line-height
  px,       ///< all absolute units, rem (16 px) and viewport units (1024 × 768)
  em,
  percent,
  inherit,  ///< inherit, currentcolor
  unset,    ///< initial, unset, revert, auto, none where these mean "no such thing"
};

struct Declaration {
  Property property = Property::display;
  Unit unit = Unit::keyword;
  bool important = false;
  float number = 0;
  std::uint32_t word = 0;
};

/// Of `transform`.
enum class Transform : std::uint32_t { none, collapsed, off_screen };

/// `text` as in a style attribute, character references decoded.
std::vector<Declaration> parse_declarations(std::string_view text);

/// CSS Color 4 without colour spaces; 0xRRGGBBAA.
std::optional<std::uint32_t> parse_css_color(std::string_view text);
/// The rules for parsing a legacy colour value (WHATWG HTML 2.3.6), as in bgcolor="…"; 0xRRGGBBAA.
std::optional<std::uint32_t> parse_legacy_color(std::string_view text);
/// True when a person reading at a light screen gets what `media` asks for.
bool media_matches(std::string_view media);

/// Identity of one simple selector or of one feature of an element: the hash of a name, made distinct per kind.
using StyleKey = std::uint64_t;
StyleKey tag_key(std::uint64_t name_hash);
StyleKey class_key(std::string_view name);
StyleKey id_key(std::string_view name);

/// Which declaration of each property wins.
class Cascade {
 public:
  /// Higher wins, equal is taken by the later. See the constants for how priorities are laid out.
  void offer(const Declaration& declaration, std::uint32_t priority) {
    const auto i = static_cast<std::size_t>(declaration.property);
    if (declaration.important) priority |= important_bit;
    if (has(declaration.property) && priorities_[i] > priority) return;
    mask_ |= 1U << i;
    priorities_[i] = priority;
    values_[i] = declaration;
  }
  void clear() { mask_ = 0; }
  bool empty() const { return mask_ == 0; }
  bool has(Property property) const { return (mask_ >> static_cast<unsigned>(property)) & 1U; }
  const Declaration& get(Property property) const { return values_[static_cast<std::size_t>(property)]; }
  const Declaration* find(Property property) const { return has(property) ? &get(property) : nullptr; }

  static constexpr std::uint32_t important_bit = 1U << 31;
  static constexpr std::uint32_t inline_style = 1U << 30;

 private:
  std::uint32_t mask_ = 0;
  std::array<std::uint32_t, property_count> priorities_;
  std::array<Declaration, property_count> values_;
};

/// The keys of an element and of its ancestors; the reader keeps one per open element, outermost first.
struct ElementKeys {
  std::uint32_t first = 0, end = 0;  ///< range in the shared key list
  std::uint64_t bloom = 0;           ///< of its own and all its ancestors' keys
};
struct Lineage {
  std::span<const StyleKey> keys;
  std::span<const ElementKeys> elements;  ///< the last is the element itself
};

class StyleSheet {
 public:
  /// Adds the rules of one <style>. Beyond limits::css_rules and limits::css_bytes, over_limit() becomes true.
  void add(std::string_view css);
  bool empty() const { return buckets_.empty(); }
  bool over_limit() const { return over_limit_; }
  /// Offers every declaration that applies to the last element of `lineage`. Work is bounded over the life of the sheet
  /// by limits::css_match_steps; beyond, only selectors of one name are tried and over_limit() becomes true.
  void match(const Lineage& lineage, Cascade& cascade);

 private:
  struct Compound {
    std::vector<StyleKey> keys;
    bool child = false;  ///< the compound to its left must match the parent, not any ancestor
  };
  struct Rule {
    std::vector<Compound> compounds;  ///< the subject last
    std::uint32_t priority = 0;
    std::uint32_t block = 0;
  };
  struct Offer {
    Declaration declaration;
    std::uint32_t priority;
  };
  struct Bucket {
    std::vector<Offer> merged;         ///< of the rules whose whole selector is this one name
    std::vector<std::uint32_t> rules;  ///< of the other rules filed here
  };

  void add_rule(std::string_view selectors, std::string_view declarations);
  std::optional<Rule> parse_selector(std::string_view selector) const;
  bool matches(const Rule& rule, const Lineage& lineage);
  void offer_bucket(StyleKey key, const Lineage& lineage, Cascade& cascade);

  std::unordered_map<StyleKey, Bucket> buckets_;
  std::vector<Rule> rules_;
  std::vector<std::vector<Declaration>> blocks_;
  std::size_t rule_count_ = 0, bytes_ = 0, steps_ = 0;
  bool over_limit_ = false;
};

/// The bit of a key in ElementKeys::bloom.
constexpr std::uint64_t bloom_bit(StyleKey key) { return std::uint64_t{1} << ((key >> 32) & 63); }

}  // namespace sekisho::text
