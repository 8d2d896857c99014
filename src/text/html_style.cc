#include "text/html_style.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace sekisho::text {
namespace {

std::uint32_t channel(std::uint32_t rgba, unsigned shift) { return (rgba >> shift) & 0xFF; }

std::uint32_t over(std::uint32_t top, std::uint32_t bottom) {
  const std::uint32_t alpha = top & 0xFF;
  if (alpha == 0xFF) return top;
  std::uint32_t out = 0xFF;
  for (const unsigned shift : {24U, 16U, 8U}) {
    out |= ((channel(top, shift) * alpha + channel(bottom, shift) * (255 - alpha) + 127) / 255) << shift;
  }
  return out;
}

// sRGB to linear light, in 1/10000 (WCAG 2.2 "relative luminance"), by powers of 12/5 = 2 + 2/5.
constexpr std::array<std::uint16_t, 256> make_linear() {
  std::array<std::uint16_t, 256> table{};
  for (std::size_t i = 0; i < 256; ++i) {
    const double c = static_cast<double>(i) / 255;
    double linear = c / 12.92;
    if (c > 0.04045) {
      const double t = (c + 0.055) / 1.055, square = t * t;
      double root = 0.5;  // fifth root of square, by Newton
      for (int n = 0; n < 60; ++n)
        root -= (root * root * root * root * root - square) / (5 * root * root * root * root);
      linear = square * root;
    }
    table[i] = static_cast<std::uint16_t>(linear * 10000 + 0.5);
  }
  return table;
}
constexpr std::array<std::uint16_t, 256> linear = make_linear();

double luminance(std::uint32_t rgba) {
  return (0.2126 * linear[channel(rgba, 24)] + 0.7152 * linear[channel(rgba, 16)] + 0.0722 * linear[channel(rgba, 8)]) /
         10000;
}

class Computer {
 public:
  Computer(const Style& parent, const ElementFacts& element, const Cascade& cascade, const StyleContext& context)
      : parent_(parent), element_(element), cascade_(cascade), context_(context) {}
  Style compute();

 private:
  std::optional<float> px(Property property) const;
  std::uint32_t word(Property property, std::uint32_t otherwise) const;
  void fonts();
  void colors();
  void boxes();
  void text();
  std::optional<Why> hidden_box(bool absolute) const;
  bool half_hidden() const;

  const Style& parent_;
  const ElementFacts& element_;
  const Cascade& cascade_;
  const StyleContext& context_;
  Style style_;
};

// A length in px; nothing when it is absent, auto, a percentage other than 0, or needs a unit.
std::optional<float> Computer::px(Property property) const {
  const Declaration* d = cascade_.find(property);
  if (d == nullptr) return std::nullopt;
  switch (d->unit) {
    case Unit::px:
      return d->number;
    case Unit::em:
      return d->number * style_.font_px;
    case Unit::number:
      if (d->number == 0 || context_.quirks) return d->number;
      return std::nullopt;
    case Unit::percent:
      if (d->number == 0) return 0.0F;
      if (d->number <= -100) return d->number * 10.24F;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::uint32_t Computer::word(Property property, std::uint32_t otherwise) const {
  const Declaration* d = cascade_.find(property);
  return d != nullptr && d->unit == Unit::keyword ? d->word : otherwise;
}

float heading_factor(Tag tag) {
  switch (tag) {
    case Tag::h1:
      return 2;
    case Tag::h2:
      return 1.5F;
    case Tag::h3:
      return 1.17F;
    case Tag::h5:
    case Tag::small:
    case Tag::sub:
    case Tag::sup:
      return 0.83F;
    case Tag::h6:
      return 0.67F;
    case Tag::big:
      return 1.2F;
    default:
      return 1;
  }
}

void Computer::fonts() {
  const Declaration* size = cascade_.find(Property::font_size);
  if (size == nullptr) {
    style_.font_px *= heading_factor(element_.tag);
  } else {
    switch (size->unit) {
      case Unit::px:
        style_.font_px = size->number;
        break;
      case Unit::em:
        style_.font_px = parent_.font_px * size->number;
        break;
      case Unit::percent:
        style_.font_px = parent_.font_px * size->number / 100;
        break;
      case Unit::number:
        if (size->number == 0 || context_.quirks) style_.font_px = size->number;
        break;
      case Unit::unset:
        style_.font_px = 16;
        break;
      default:
        break;
    }
  }
  style_.font_px = std::clamp(style_.font_px, 0.0F, 10'000.0F);
  if (const Declaration* indent = cascade_.find(Property::text_indent)) {
    style_.indent_px = indent->unit == Unit::inherit ? parent_.indent_px : px(Property::text_indent).value_or(0);
  }
}

void Computer::colors() {
  const Declaration* color = cascade_.find(Property::color);
  if (element_.link && color == nullptr && !style_.text_fill) style_.color = context_.link_color;
  if (color != nullptr && !style_.text_fill) {
    if (color->unit == Unit::color) style_.color = color->word;
    if (color->unit == Unit::unset) style_.color = 0x000000FF;
  }
  if (const Declaration* fill = cascade_.find(Property::text_fill); fill != nullptr && fill->unit == Unit::color) {
    style_.color = fill->word;
    style_.text_fill = true;
  }
  const bool out_of_flow = word(Property::position, 0) == static_cast<std::uint32_t>(Position::absolute);
  style_.out_of_flow = out_of_flow;
  if (out_of_flow) style_.background_known = false;
  if (const Declaration* background = cascade_.find(Property::background_color);
      background != nullptr && background->unit == Unit::color && (background->word & 0xFF) != 0) {
    style_.background = over(background->word, style_.background);
    if ((background->word & 0xFF) == 0xFF) style_.background_known = true;
  }
  if (word(Property::background_image, 0) != 0) style_.background_known = false;
  if (element_.tag == Tag::button || element_.tag == Tag::select || element_.tag == Tag::textarea) {
    if (color == nullptr) style_.color = 0x000000FF;
    if (!cascade_.has(Property::background_color)) style_.background = 0xEFEFEFFF;
  }
}

// Hidden by a browser only together with mso-hide: the rest of the element is nearly gone.
bool Computer::half_hidden() const {
  const auto max_height = px(Property::max_height), height = px(Property::height), line = px(Property::line_height);
  return (max_height && *max_height <= zero_box_px) || (height && *height <= zero_box_px) ||
         (line && *line <= zero_box_px) || style_.font_px <= 2 * unreadable_font_px;
}

std::optional<Why> Computer::hidden_box(bool absolute) const {
  const Display display = style_.display;
  const bool is_box = display == Display::block || display == Display::flex || display == Display::inline_block;
  if (style_.opacity <= invisible_opacity) return Why::opacity;
  if (absolute && word(Property::clip, 0) != 0) return Why::clipped;
  if (word(Property::clip_path, 0) != 0) return Why::clipped;
  const auto transform = static_cast<Transform>(word(Property::transform, 0));
  if (is_box && transform == Transform::collapsed) return Why::zero_box;
  if (is_box && transform == Transform::off_screen) return Why::off_screen;
  if (is_box && word(Property::overflow, 0) != 0) {
    for (const Property side : {Property::height, Property::max_height, Property::width, Property::max_width}) {
      if (const auto v = px(side); v && *v <= zero_box_px) return Why::zero_box;
    }
  }
  if (absolute) {
    for (const Property side : {Property::left, Property::top, Property::right, Property::bottom}) {
      if (const auto v = px(side); v && *v <= -far_off_px) return Why::off_screen;
    }
  }
  if (is_box) {
    for (const Property side : {Property::margin_left, Property::margin_top}) {
      if (const auto v = px(side); v && *v <= -far_off_px) return Why::off_screen;
    }
  }
  if (word(Property::mso_hide, 0) != 0 && half_hidden()) return Why::mso_hide;
  return std::nullopt;
}

void Computer::boxes() {
  const Declaration* display = cascade_.find(Property::display);
  if (display != nullptr && display->unit == Unit::keyword) style_.display = static_cast<Display>(display->word);
  if (display != nullptr && display->unit == Unit::inherit) style_.display = parent_.display;
  const bool absolute = word(Property::position, 0) == static_cast<std::uint32_t>(Position::absolute);
  // CSS Display 3, 2.7: what floats, is out of flow or is an item of a flex or grid container becomes a block.
  if ((absolute || word(Property::float_, 0) != 0 || parent_.display == Display::flex) &&
      style_.display != Display::none && style_.display != Display::table) {
    style_.display = Display::block;
  }
  if (const Declaration* opacity = cascade_.find(Property::opacity)) {
    style_.opacity *= opacity->unit == Unit::number ? std::clamp(opacity->number, 0.0F, 1.0F) : 1;
  }
  if (const Declaration* visibility = cascade_.find(Property::visibility)) {
    if (visibility->unit == Unit::keyword) style_.visible = visibility->word == 0;
    if (visibility->unit == Unit::unset) style_.visible = true;
  }
  if (style_.subtree) return;
  if (display == nullptr && element_.hidden_attribute) {
    style_.display = Display::none;
    style_.subtree = Why::hidden_attribute;
  } else if (style_.display == Display::none) {
    style_.subtree = Why::display_none;
  } else {
    style_.subtree = hidden_box(absolute);
  }
}

void Computer::text() {
  style_.text = style_.subtree;
  if (style_.text) return;
  if (!style_.visible) {
    style_.text = Why::visibility;
  } else if (style_.font_px <= unreadable_font_px) {
    style_.text = Why::tiny_font;
  } else if (style_.indent_px <= -far_off_px) {
    style_.text = Why::indent;
  } else if ((style_.color & 0xFF) == 0 ||
             (style_.background_known && same_to_the_eye(style_.color, style_.background))) {
    style_.text = Why::same_color;
  }
}

Style Computer::compute() {
  style_ = parent_;
  style_.display = tag_info(element_.tag).display;
  if (element_.tag == Tag::table) {
    style_.indent_px = 0;
    if (context_.quirks) {  // WHATWG HTML 15.3.10: tables do not inherit fonts and colours in quirks mode
      style_.font_px = 16;
      style_.white_space = WhiteSpace::normal;
      if (!style_.text_fill) style_.color = context_.body_color;
    }
  }
  switch (element_.tag) {
    case Tag::pre:
    case Tag::listing:
    case Tag::xmp:
    case Tag::plaintext:
    case Tag::textarea:
      style_.white_space = WhiteSpace::pre;
      break;
    default:
      break;
  }
  if (const Declaration* white = cascade_.find(Property::white_space);
      white != nullptr && white->unit == Unit::keyword) {
    style_.white_space = static_cast<WhiteSpace>(white->word);
  }
  fonts();
  colors();
  boxes();
  text();
  return style_;
}

}  // namespace

bool same_to_the_eye(std::uint32_t color, std::uint32_t background) {
  const std::uint32_t seen = over(color, background);
  int difference = 0;
  for (const unsigned shift : {24U, 16U, 8U}) {
    difference = std::max(
        difference, std::abs(static_cast<int>(channel(seen, shift)) - static_cast<int>(channel(background, shift))));
  }
  if (difference <= 8) return true;
  if (difference > 40) return false;
  const double a = luminance(seen), b = luminance(background);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) < 1.15;
}

Style compute_style(const Style& parent, const ElementFacts& element, const Cascade& cascade,
                    const StyleContext& context) {
  return Computer(parent, element, cascade, context).compute();
}

}  // namespace sekisho::text
