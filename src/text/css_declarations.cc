#include <algorithm>

#include "text/css.h"
#include "text/css_value.h"

namespace sekisho::text {
namespace {

using namespace css;

// What a value of this property is made of.
enum class Grammar : std::uint8_t {
  display,
  visibility,
  opacity,
  font_size,
  font,
  color,
  background,
  background_image,
  clip,
  clip_path,
  position,
  length,
  overflow,
  mso_hide,
  white_space,
  float_,
  margin,
  transform,
  filter
};

struct Known {
  std::string_view name;
  Property property;
  Grammar grammar;
};

constexpr Known known_properties[] = {
    {"top", Property::top, Grammar::length},
    {"clip", Property::clip, Grammar::clip},
    {"font", Property::font_size, Grammar::font},
    {"left", Property::left, Grammar::length},
    {"color", Property::color, Grammar::color},
    {"float", Property::float_, Grammar::float_},
    {"right", Property::right, Grammar::length},
    {"width", Property::width, Grammar::length},
    {"bottom", Property::bottom, Grammar::length},
    {"filter", Property::opacity, Grammar::filter},
    {"height", Property::height, Grammar::length},
    {"margin", Property::margin_top, Grammar::margin},
    {"display", Property::display, Grammar::display},
    {"opacity", Property::opacity, Grammar::opacity},
    {"mso-hide", Property::mso_hide, Grammar::mso_hide},
    {"overflow", Property::overflow, Grammar::overflow},
    {"position", Property::position, Grammar::position},
    {"clip-path", Property::clip_path, Grammar::clip_path},
    {"font-size", Property::font_size, Grammar::font_size},
    {"max-width", Property::max_width, Grammar::length},
    {"transform", Property::transform, Grammar::transform},
    {"background", Property::background_color, Grammar::background},
    {"margin-top", Property::margin_top, Grammar::length},
    {"max-height", Property::max_height, Grammar::length},
    {"overflow-x", Property::overflow, Grammar::overflow},
    {"overflow-y", Property::overflow, Grammar::overflow},
    {"visibility", Property::visibility, Grammar::visibility},
    {"line-height", Property::line_height, Grammar::length},
    {"margin-left", Property::margin_left, Grammar::length},
    {"text-indent", Property::text_indent, Grammar::length},
    {"white-space", Property::white_space, Grammar::white_space},
    {"background-color", Property::background_color, Grammar::color},
    {"background-image", Property::background_image, Grammar::background_image},
    {"-webkit-text-fill-color", Property::text_fill, Grammar::color},
};

const Known* find_property(std::string_view name) {
  if (name.size() < 3 || name.size() > 23) return nullptr;
  // A bit per first letter and length keeps most names of mail (padding, font-family, border…) from being compared.
  const char first = lower(name[0]);
  for (const Known& known : known_properties) {
    if (known.name.size() < name.size()) continue;
    if (known.name.size() > name.size()) break;
    if (known.name[0] == first && same(name, known.name)) return &known;
  }
  return nullptr;
}

class Declarations {
 public:
  std::vector<Declaration> parse(std::string_view text);

 private:
  void read_value(const Known& known, std::string_view value, bool important);
  void keyword(Property property, std::uint32_t word) { add({property, Unit::keyword, false, 0, word}); }
  void length(Property property, Length v) { add({property, v.unit, false, v.value, 0}); }
  void add(Declaration declaration) {
    declaration.important = important_;
    out_.push_back(declaration);
  }
  void read_display(std::string_view value);
  void read_font_size(std::string_view value);
  void read_font(std::string_view value);
  void read_color(Property property, std::string_view value);
  void read_background(std::string_view value);
  void read_clip(std::string_view value);
  void read_clip_path(std::string_view value);
  void read_margin(std::string_view value);
  void read_transform(std::string_view value);
  void read_length_of(Property property, std::string_view value);

  std::vector<Declaration> out_;
  bool important_ = false;
};

struct CharClass {
  bool stop[256] = {};
  constexpr CharClass() {
    for (const char c : {';', '"', '\'', '(', ')', '{', '['}) stop[static_cast<unsigned char>(c)] = true;
  }
};
constexpr CharClass value_stops;

// The end of the value that begins at `i`: the next ';' outside strings and brackets.
std::size_t value_end(std::string_view text, std::size_t i) {
  std::size_t depth = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (!value_stops.stop[static_cast<unsigned char>(c)]) continue;
    if (c == ';' && depth == 0) return i;
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) --depth;
    if (c == '"' || c == '\'') {
      std::size_t j = i + 1;
      while (j < text.size() && text[j] != c && text[j] != '\n') ++j;
      if (j < text.size()) i = j;
    }
  }
  return text.size();
}

std::vector<Declaration> Declarations::parse(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_space(text[i]) || text[i] == ';') {
      ++i;
      continue;
    }
    const std::size_t start = i;
    while (i < text.size() && is_name(text[i])) ++i;
    const std::string_view name = text.substr(start, i - start);
    while (i < text.size() && is_space(text[i])) ++i;
    if (i >= text.size() || text[i] != ':' || name.empty()) {
      i = value_end(text, i) + 1;
      continue;
    }
    const std::size_t end = value_end(text, ++i);
    if (const Known* known = find_property(name)) {
      std::string_view value = trim(text.substr(i, end - i));
      const std::size_t bang = value.rfind('!');
      bool important = false;
      if (bang != std::string_view::npos && same(trim(value.substr(bang + 1)), "important")) {
        important = true;
        value = trim(value.substr(0, bang));
      }
      if (!value.empty()) read_value(*known, value, important);
    }
    i = end + 1;
  }
  return std::move(out_);
}

void Declarations::read_value(const Known& known, std::string_view value, bool important) {
  important_ = important;
  if (known.grammar != Grammar::font && known.grammar != Grammar::background && known.grammar != Grammar::margin) {
    if (same(value, "inherit")) return add({known.property, Unit::inherit});
    if (same(value, "initial") || same(value, "unset") || same(value, "revert"))
      return add({known.property, Unit::unset});
  }
  switch (known.grammar) {
    case Grammar::display:
      return read_display(value);
    case Grammar::visibility:
      if (same(value, "visible")) keyword(known.property, 0);
      if (same(value, "hidden") || same(value, "collapse")) keyword(known.property, 1);
      return;
    case Grammar::opacity:
      if (const auto v = read_length(value))
        length(known.property, {Unit::number, v->unit == Unit::percent ? v->value / 100 : v->value});
      return;
    case Grammar::filter:
      if (starts(value, "opacity(")) {
        if (const auto v = read_number(trim(value.substr(8)))) {
          length(known.property, {Unit::number, v->rest.starts_with("%") ? v->value / 100 : v->value});
        }
      }
      return;
    case Grammar::font_size:
      return read_font_size(value);
    case Grammar::font:
      return read_font(value);
    case Grammar::color:
      return read_color(known.property, value);
    case Grammar::background:
      return read_background(value);
    case Grammar::background_image:
      return keyword(known.property, same(value, "none") ? 0 : 1);
    case Grammar::clip:
      return read_clip(value);
    case Grammar::clip_path:
      return read_clip_path(value);
    case Grammar::position:
      return keyword(known.property,
                     static_cast<std::uint32_t>(same(value, "absolute") || same(value, "fixed") ? Position::absolute
                                                                                                : Position::in_flow));
    case Grammar::length:
      return read_length_of(known.property, value);
    case Grammar::overflow:
      return keyword(
          known.property,
          starts(value, "hidden") || starts(value, "clip") || starts(value, "scroll") || starts(value, "auto") ? 1 : 0);
    case Grammar::mso_hide:
      return keyword(known.property, same(value, "all") ? 1 : 0);
    case Grammar::white_space:
      if (same(value, "normal") || same(value, "nowrap"))
        keyword(known.property, static_cast<std::uint32_t>(WhiteSpace::normal));
      if (same(value, "pre") || same(value, "pre-wrap") || same(value, "break-spaces")) {
        keyword(known.property, static_cast<std::uint32_t>(WhiteSpace::pre));
      }
      if (same(value, "pre-line")) keyword(known.property, static_cast<std::uint32_t>(WhiteSpace::pre_line));
      return;
    case Grammar::float_:
      return keyword(known.property, same(value, "left") || same(value, "right") ? 1 : 0);
    case Grammar::margin:
      return read_margin(value);
    case Grammar::transform:
      return read_transform(value);
  }
}

void Declarations::read_length_of(Property property, std::string_view value) {
  if (const auto v = read_length(value)) return length(property, *v);
  if (same(value, "auto") || same(value, "none") || same(value, "normal")) add({property, Unit::unset});
}

void Declarations::read_display(std::string_view value) {
  struct Name {
    std::string_view name;
    Display display;
  };
  static constexpr Name names[] = {{"none", Display::none},
                                   {"block", Display::block},
                                   {"inline", Display::inline_},
                                   {"inline-block", Display::inline_block},
                                   {"table-cell", Display::cell},
                                   {"table", Display::table},
                                   {"table-row", Display::row},
                                   {"table-row-group", Display::row_group},
                                   {"table-header-group", Display::row_group},
                                   {"table-footer-group", Display::row_group},
                                   {"table-caption", Display::caption},
                                   {"flex", Display::flex},
                                   {"grid", Display::flex},
                                   {"list-item", Display::block},
                                   {"flow-root", Display::block},
                                   {"-webkit-box", Display::flex},
                                   {"inline-table", Display::inline_block},
                                   {"inline-flex", Display::inline_block},
                                   {"inline-grid", Display::inline_block},
                                   {"contents", Display::contents},
                                   {"table-column", Display::none},
                                   {"table-column-group", Display::none}};
  for (const Name& name : names) {
    if (same(value, name.name)) return keyword(Property::display, static_cast<std::uint32_t>(name.display));
  }
}

struct SizeName {
  std::string_view name;
  Length size;
};
constexpr SizeName size_names[] = {{"xx-small", {Unit::px, 9}},    {"x-small", {Unit::px, 10}},
                                   {"small", {Unit::px, 13}},      {"medium", {Unit::px, 16}},
                                   {"large", {Unit::px, 18}},      {"x-large", {Unit::px, 24}},
                                   {"xx-large", {Unit::px, 32}},   {"xxx-large", {Unit::px, 48}},
                                   {"smaller", {Unit::em, 0.83F}}, {"larger", {Unit::em, 1.2F}}};

std::optional<Length> font_size_of(std::string_view value) {
  if (const auto v = read_length(value)) return v->value < 0 ? std::nullopt : v;
  for (const SizeName& name : size_names) {
    if (same(value, name.name)) return name.size;
  }
  return std::nullopt;
}

void Declarations::read_font_size(std::string_view value) {
  if (const auto size = font_size_of(value)) length(Property::font_size, *size);
}

// "italic 700 12px/1.5 Family": the size is the first item that can be one and is no weight.
void Declarations::read_font(std::string_view value) {
  while (!value.empty()) {
    std::string_view item = next_item(value);
    item = item.substr(0, item.find('/'));
    const auto size = font_size_of(item);
    if (size && !(size->unit == Unit::number && size->value != 0)) return length(Property::font_size, *size);
  }
}

void Declarations::read_color(Property property, std::string_view value) {
  if (const auto color = parse_css_color(value)) return add({property, Unit::color, false, 0, *color});
  if (same(value, "currentcolor") && property != Property::background_color) add({property, Unit::inherit});
}

bool is_image(std::string_view item) {
  return starts(item, "url(") || item.find("gradient(") != std::string_view::npos || starts(item, "image");
}

void Declarations::read_background(std::string_view value) {
  std::uint32_t color = 0, image = 0;
  while (!value.empty()) {
    const std::string_view item = next_item(value);
    if (is_image(item)) {
      image = 1;
    } else if (const auto parsed = parse_css_color(item)) {
      color = *parsed;
    }
  }
  add({Property::background_color, Unit::color, false, 0, color});
  keyword(Property::background_image, image);
}

void Declarations::read_clip(std::string_view value) {
  if (!starts(value, "rect(")) return keyword(Property::clip, 0);
  std::string_view list = value.substr(5);
  float edges[4] = {0, 10'000, 10'000, 0};  // top right bottom left
  for (float& edge : edges) {
    std::string_view item = next_item(list);
    if (item.ends_with(")")) item.remove_suffix(1);
    if (const auto v = read_length(item)) edge = v->value;
  }
  keyword(Property::clip, edges[1] - edges[3] <= 1 || edges[2] - edges[0] <= 1 ? 1 : 0);
}

void Declarations::read_clip_path(std::string_view value) {
  const std::size_t open = value.find('(');
  if (open == std::string_view::npos) return keyword(Property::clip_path, 0);
  std::string_view list = value.substr(open + 1);
  const std::string_view shape = value.substr(0, open);
  const auto first = read_number(trim(list));
  bool clipped = false;
  if (first && same(shape, "inset")) clipped = first->value >= 50 && first->rest.starts_with("%");
  if (first && (same(shape, "circle") || same(shape, "ellipse"))) clipped = first->value == 0;
  if (same(shape, "polygon")) clipped = list.find_first_of("123456789") == std::string_view::npos;
  keyword(Property::clip_path, clipped ? 1 : 0);
}

void Declarations::read_margin(std::string_view value) {
  Length sides[4];
  std::size_t count = 0;
  while (!value.empty() && count < 4) {
    const std::string_view item = next_item(value);
    if (item.empty()) break;
    const auto v = read_length(item);
    sides[count++] = v ? *v : Length{};
  }
  if (count == 0) return;
  length(Property::margin_top, sides[0]);
  length(Property::margin_left, count == 4 ? sides[3] : count >= 2 ? sides[1] : sides[0]);
}

constexpr float far_px = 999;

void Declarations::read_transform(std::string_view value) {
  Transform result = Transform::none;
  while (!value.empty()) {
    const std::string_view item = next_item(value);
    const std::size_t open = item.find('(');
    if (open == std::string_view::npos) break;
    std::string_view list = item.substr(open + 1);
    while (!list.empty()) {
      std::string_view part = next_item(list);
      while (part.ends_with(")")) part.remove_suffix(1);
      const auto v = read_length(part);
      if (!v) break;
      if (starts(item, "scale") && v->value >= 0 && v->value < 0.02F) result = Transform::collapsed;
      if (starts(item, "translate") && v->unit == Unit::px && v->value <= -far_px) result = Transform::off_screen;
      if (starts(item, "scale3d")) break;
    }
  }
  keyword(Property::transform, static_cast<std::uint32_t>(result));
}

// CSS comments go, and escapes of letters are resolved: `displ\61y:none` hides as well. Other escapes become U+FFFD,
// which no property or keyword that is read here contains.
std::string plain_css(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("/*")) {
      const std::size_t end = text.find("*/", i + 2);
      if (end == std::string_view::npos) break;
      out.push_back(' ');
      i = end + 1;
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      std::size_t j = i + 1;
      std::uint32_t point = 0;
      while (j < text.size() && j < i + 7) {
        const char c = lower(text[j]);
        if (is_digit(c))
          point = point * 16 + static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
          point = point * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
        else
          break;
        ++j;
      }
      if (j == i + 1)
        point = static_cast<unsigned char>(text[j++]);
      else if (j < text.size() && is_space(text[j]))
        ++j;
      const bool plain = point < 0x80 && (is_name(static_cast<char>(point)));
      if (plain)
        out.push_back(static_cast<char>(point));
      else
        out.append("\xEF\xBF\xBD");
      i = j - 1;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

}  // namespace

std::vector<Declaration> parse_declarations(std::string_view text) {
  if (text.find('\\') != std::string_view::npos || text.find("/*") != std::string_view::npos) {
    return Declarations().parse(plain_css(text));
  }
  return Declarations().parse(text);
}

}  // namespace sekisho::text
