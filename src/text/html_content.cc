// What an element or a text contributes: its style, the line breaks around it, links, images, forms, and characters to
// the visible or the hidden side.
#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "text/css_value.h"
#include "text/entities.h"
#include "text/html_reader.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

struct TextClass {
  bool special[256] = {};
  constexpr TextClass() {
    for (const char c : {' ', '\n', '\t', '\r', '\f', '&', '\0'}) special[static_cast<unsigned char>(c)] = true;
    special[0xC2] = true;  // U+00A0 becomes a space
  }
};
constexpr TextClass text_class;

std::uint64_t quick_hash(std::string_view s) {
  const auto load = [&s](std::size_t at) {
    std::uint64_t v = 0;
    std::memcpy(&v, s.data() + at, std::min<std::size_t>(8, s.size() - at));
    return v;
  };
  std::uint64_t hash = s.size() * 0x9E3779B97F4A7C15ULL;
  if (!s.empty()) hash ^= load(0) * 0xff51afd7ed558ccdULL;
  if (s.size() > 8) hash ^= load(s.size() - 8) * 0xc4ceb9fe1a85ec53ULL;
  if (s.size() > 16) hash ^= load(s.size() / 2) * 0x9FB21C651E98DF25ULL;
  return hash ^ (hash >> 29);
}

int pixels(std::string_view attribute) {
  const auto number = css::read_number(css::trim(attribute));
  if (!number || number->rest.starts_with("%") || number->value < 0 || number->value > 1e6F) return -1;
  return static_cast<int>(number->value);
}

// Unseen text between the syllables of a word must not split the word for us when it does not for the reader: innerText
// passes over invisible elements, and unseen ones out of the flow take no room.
bool breaks_no_line(const Style& style) { return !style.visible || (style.text && style.out_of_flow); }

}  // namespace

std::int32_t StyleCache::index_of(std::string_view style) {
  Slot& slot = slots_[quick_hash(style) % slots_.size()];
  if (slot.index >= 0 && slot.style == style) return slot.index;
  slot.style = style;
  slot.index = static_cast<std::int32_t>(blocks_.size());
  if (style.find('&') != std::string_view::npos) {
    blocks_.push_back(parse_declarations(decode_character_references(style, ReferenceIn::attribute)));
  } else {
    blocks_.push_back(parse_declarations(style));
  }
  return slot.index;
}

std::string HtmlReader::value_of(std::string_view raw, std::size_t limit) const {
  std::string value = decode_character_references(raw.substr(0, limit), ReferenceIn::attribute);
  while (!value.empty() && raw.size() > limit && (static_cast<unsigned char>(value.back()) & 0x80) != 0)
    value.pop_back();
  return value;
}

ElementSource HtmlReader::source_of(const Token& token) {
  ElementSource source;
  source.tag = token.tag;
  source.name_hash = token.name_hash;
  for (std::uint32_t i = 0; i < token.attribute_count; ++i) {
    const Attribute& attribute = token.attributes[i];
    switch (attribute.name) {
      case Attr::style:
        source.inline_block = styles_.index_of(attribute.value);
        break;
      case Attr::class_:
        source.class_names = attribute.value;
        break;
      case Attr::id:
        source.id = attribute.value;
        break;
      case Attr::color:
        source.color = attribute.value;
        break;
      case Attr::size:
        source.size = attribute.value;
        break;
      case Attr::bgcolor:
        source.bgcolor = attribute.value;
        break;
      case Attr::background:
        source.background = attribute.value;
        break;
      case Attr::hidden:
        source.hidden_attribute = true;
        break;
      case Attr::href:
        source.link = token.tag == Tag::a;
        break;
      default:
        break;
    }
  }
  return source;
}

void HtmlReader::set_keys(const ElementSource& source, std::size_t depth) {
  ElementKeys own;
  own.first = static_cast<std::uint32_t>(keys_.size());
  own.bloom = depth == 0 || element_keys_.empty() ? 0 : element_keys_.back().bloom;
  keys_.push_back(tag_key(source.name_hash));
  std::size_t classes = 0;
  for (std::size_t i = 0; i < source.class_names.size() && classes < limits::html_classes;) {
    while (i < source.class_names.size() && is_space(source.class_names[i])) ++i;
    const std::size_t start = i;
    while (i < source.class_names.size() && !is_space(source.class_names[i])) ++i;
    if (i > start) keys_.push_back(class_key(source.class_names.substr(start, i - start))), ++classes;
  }
  if (!source.id.empty()) keys_.push_back(id_key(source.id));
  own.end = static_cast<std::uint32_t>(keys_.size());
  for (std::uint32_t k = own.first; k < own.end; ++k) own.bloom |= bloom_bit(keys_[k]);
  element_keys_.push_back(own);
}

// With a style sheet, the element's keys must be the last of element_keys_.
Style HtmlReader::style_of(const ElementSource& source, const Style& parent) {
  cascade_.clear();
  if (!source.bgcolor.empty()) {
    if (const auto color = parse_legacy_color(source.bgcolor)) {
      cascade_.offer({Property::background_color, Unit::color, false, 0, *color}, 0);
    }
  }
  if (!source.background.empty()) cascade_.offer({Property::background_image, Unit::keyword, false, 0, 1}, 0);
  if (!source.color.empty() && (source.tag == Tag::font || source.tag == Tag::body)) {
    if (const auto color = parse_legacy_color(source.color)) {
      cascade_.offer({Property::color, Unit::color, false, 0, *color}, 0);
    }
  }
  if (!source.size.empty() && source.tag == Tag::font) {
    static constexpr float sizes[] = {10, 10, 13, 16, 18, 24, 32, 48};
    const std::string_view size = css::trim(source.size);
    if (const auto number = css::read_number(size)) {
      const float wanted = number->value + (size.front() == '+' || size.front() == '-' ? 3 : 0);
      cascade_.offer(
          {Property::font_size, Unit::px, false, sizes[static_cast<std::size_t>(std::clamp(wanted, 1.0F, 7.0F))], 0},
          0);
    }
  }
  if (!element_keys_.empty()) sheet_.match({keys_, element_keys_}, cascade_);
  if (source.inline_block >= 0) {
    for (const Declaration& declaration : styles_.block(source.inline_block)) {
      cascade_.offer(declaration, Cascade::inline_style);
    }
  }
  Style style;
  if (cascade_.empty() && parent.display != Display::flex && !source.link && !source.hidden_attribute &&
      (tag_info(source.tag).flags & tag_own_style) == 0) {
    style = parent;
    style.display = tag_info(source.tag).display;
    style.out_of_flow = false;
  } else {
    style = compute_style(parent, {source.tag, source.hidden_attribute, source.link}, cascade_, context_);
  }
  if ((tag_info(source.tag).flags & tag_unrendered) != 0 || source.tag == Tag::select) style.rendered = false;
  return style;
}

void HtmlReader::open_box(Open& element) {
  const std::size_t depth = stack_.size() - 1;
  const Style& style = element.style;
  if ((element.source.tag == Tag::option) && is_open(Tag::select) && depth > 0) {
    for (std::size_t i = depth; i-- > 1;) {
      if (stack_[i].source.tag != Tag::select) continue;
      element.style.rendered = stack_[i - 1].style.rendered;
      break;
    }
  }
  if (!style.rendered) return;
  TextSink& sink = sink_of(style);
  switch (style.display) {
    case Display::block:
    case Display::flex:
    case Display::table:
    case Display::caption:
      if (!breaks_no_line(style)) sink.block_break(element.source.tag == Tag::p ? 2 : 1);
      hidden_sink_.block_break(1);  // text may be hidden on both sides of it
      break;
    case Display::row: {
      if (depth == 0) break;
      const bool in_section = depth >= 2 && stack_[depth - 1].style.display == Display::row_group;
      Open& table = stack_[in_section ? depth - 2 : depth - 1];
      if (style.subtree) {
        sink.block_break(1);
      } else if (table.seen_row) {
        if (budget_left(sink) == 0)
          out_of_budget();
        else
          sink.newline();
      } else {
        sink.end_line();
      }
      table.seen_row = table.seen_row || !style.subtree;
      break;
    }
    case Display::cell: {
      if (depth == 0) break;
      Open& row = stack_[depth - 1];
      if (style.subtree) {
        sink.space(false);
      } else if (row.seen_cell) {
        if (budget_left(sink) == 0)
          out_of_budget();
        else
          sink.tab();
      } else {
        sink.end_line();
      }
      row.seen_cell = row.seen_cell || !style.subtree;
      break;
    }
    default:
      break;
  }
  if (element.link >= 0 && element.source.tag == Tag::a && !style.subtree) {
    // A box with a picture or a size of its own can be tapped without any text.
    const auto big = [this](Property property) {
      const Declaration* d = cascade_.find(property);
      return d != nullptr && d->number > zero_box_px;
    };
    const Declaration* picture = cascade_.find(Property::background_image);
    const bool boxed =
        style.display == Display::block || style.display == Display::flex || style.display == Display::inline_block;
    if (boxed && ((picture != nullptr && picture->word != 0) || (big(Property::width) && big(Property::height)))) {
      link_states_[static_cast<std::size_t>(element.link)].something_visible = true;
    }
  }
}

void HtmlReader::close_box(const Open& element) {
  const Style& style = element.style;
  if (!style.rendered) return;
  TextSink& sink = sink_of(style);
  switch (style.display) {
    case Display::block:
    case Display::flex:
    case Display::table:
    case Display::caption:
      if (!breaks_no_line(style)) sink.block_break(element.source.tag == Tag::p ? 2 : 1);
      hidden_sink_.block_break(1);  // text may be hidden on both sides of it
      break;
    case Display::row:
    case Display::cell:
      sink.end_line();
      break;
    default:
      break;
  }
}

std::size_t HtmlReader::budget_left(const TextSink& sink) const {
  const std::size_t used = result_.text.size() + result_.hidden.size() + sink.pending();
  return used >= text_budget_ ? 0 : text_budget_ - used;
}

void HtmlReader::characters(std::string_view chars, const Open& top) {
  const Style& style = top.style;
  if (!style.rendered || stop_) return;
  const std::size_t left = budget_left(style.text ? hidden_sink_ : sink_);
  if (chars.size() > left) {
    std::size_t cut = left;
    while (cut > 0 && (static_cast<unsigned char>(chars[cut]) & 0xC0) == 0x80) --cut;
    chars = chars.substr(0, cut);
    out_of_budget();
    if (chars.empty()) return;
  }
  if (style.text) return hide(chars, *style.text);
  sink_.characters(chars);
  if (top.link >= 0) {
    HtmlLink& link = result_.links[static_cast<std::size_t>(top.link)];
    if (link.text.end == 0) link.text.start = sink_.at() - static_cast<std::uint32_t>(chars.size());
    link.text.end = sink_.at();
    link_states_[static_cast<std::size_t>(top.link)].something_visible = true;
  }
}

void HtmlReader::hide(std::string_view chars, Why why) {
  std::vector<HiddenRun>& runs = result_.hidden_runs;
  const bool same_run = !runs.empty() && runs.back().why == why && runs.back().at == sink_.at();
  if (!same_run) {
    if (runs.size() >= limits::html_hidden_runs) {
      result_.over_budget = true;  // the text is kept, in the last run
    } else {
      hidden_sink_.block_break(1);
      hidden_sink_.characters(chars);
      const std::uint32_t end = hidden_sink_.at();
      runs.push_back({why, {end - static_cast<std::uint32_t>(chars.size()), end}, sink_.at()});
      return;
    }
  }
  hidden_sink_.characters(chars);
  runs.back().text.end = hidden_sink_.at();
}

void HtmlReader::line_end(const Open& top) {
  if (!top.style.rendered) return;
  TextSink& sink = top.style.text ? hidden_sink_ : sink_;
  if (budget_left(sink) == 0) return out_of_budget();
  if (top.style.text)
    sink.block_break(1);
  else
    sink.newline();
}

void HtmlReader::text(std::string_view raw, bool cdata) {
  if (raw.empty()) return;
  const std::size_t first = static_cast<unsigned char>(raw[0]) > ' ' ? 0 : raw.find_first_not_of(" \t\r\n\f");
  if (!body_open_) {
    if (first == std::string_view::npos) return;
    ensure_body();
  }
  if (first != std::string_view::npos && formatting_closed_ != 0) reopen_formatting();
  const Open& top = stack_.back();
  if (!top.style.rendered) return;
  if (skip_line_feed_) {
    skip_line_feed_ = false;
    if (raw.starts_with("\r\n"))
      raw.remove_prefix(2);
    else if (raw[0] == '\n' || raw[0] == '\r')
      raw.remove_prefix(1);
  }
  if (top.style.white_space != WhiteSpace::normal) return preserved_text(raw, cdata);
  TextSink& sink = top.style.text ? hidden_sink_ : sink_;
  const char* p = raw.data();
  const char* const end = p + raw.size();
  while (p != end && !stop_) {
    const char* const start = p;
    while (p != end && !text_class.special[static_cast<unsigned char>(*p)]) ++p;
    if (p != start) {
      characters({start, static_cast<std::size_t>(p - start)}, top);
      continue;
    }
    const char c = *p;
    if (is_space(c)) {
      const bool newline = c == '\n' || c == '\r';
      while (p != end && is_space(*p)) ++p;
      sink.space(newline);
    } else if (c == '&') {
      const CharacterReference reference =
          cdata ? CharacterReference{}
                : read_character_reference({p, static_cast<std::size_t>(end - p)}, ReferenceIn::text);
      if (reference.consumed == 0) {
        characters("&", top);
        ++p;
        continue;
      }
      p += reference.consumed;
      const char32_t point = reference.first;
      if (point < 0x80 && is_space(static_cast<char>(point))) {
        sink.space(point == '\n' || point == '\r');
        continue;
      }
      char bytes[8];
      std::uint32_t size = put_utf8(point == 0xA0 ? U' ' : point, bytes);
      if (reference.second != 0) size += put_utf8(reference.second, bytes + size);
      characters({bytes, size}, top);
    } else if (c == '\0') {
      ++p;
    } else if (end - p >= 2 && static_cast<unsigned char>(p[1]) == 0xA0) {
      characters(" ", top);
      p += 2;
    } else {
      const auto size = static_cast<std::size_t>(std::min<std::ptrdiff_t>(2, end - p));
      characters({p, size}, top);
      p += size;
    }
  }
}

// white-space: pre, pre-wrap and pre-line: line ends stay.
void HtmlReader::preserved_text(std::string_view raw, bool cdata) {
  const Open& top = stack_.back();
  const std::string decoded = cdata ? std::string(raw) : decode_character_references(raw, ReferenceIn::text);
  TextSink& sink = top.style.text ? hidden_sink_ : sink_;
  const bool lines_only = top.style.white_space == WhiteSpace::pre_line;
  for (std::size_t i = 0; i < decoded.size() && !stop_;) {
    const char c = decoded[i];
    if (c == '\n' || c == '\r') {
      i += c == '\r' && i + 1 < decoded.size() && decoded[i + 1] == '\n' ? 2 : 1;
      line_end(top);
    } else if (c == '\0') {
      ++i;
    } else if (lines_only && is_space(c)) {
      sink.space(false);
      ++i;
    } else if (decoded.compare(i, 2, "\xC2\xA0") == 0) {
      characters(" ", top);
      i += 2;
    } else {
      std::size_t end = i + 1;
      while (end < decoded.size() && decoded[end] != '\n' && decoded[end] != '\r' && decoded[end] != '\0' &&
             !(lines_only && is_space(decoded[end])) && decoded.compare(end, 2, "\xC2\xA0") != 0) {
        ++end;
      }
      characters(std::string_view(decoded).substr(i, end - i), top);
      i = end;
    }
  }
}

void HtmlReader::void_element(const Token& token) {
  const Style& parent = stack_.back().style;
  switch (token.tag) {
    case Tag::br:
      if (token.attribute_count != 0 || !sheet_.empty()) {
        const ElementSource source = source_of(token);
        if (!sheet_.empty()) set_keys(source, stack_.size());
        const Style style = style_of(source, parent);
        if (!sheet_.empty()) {
          keys_.resize(element_keys_.back().first);
          element_keys_.pop_back();
        }
        if (style.display == Display::none) return;
      }
      return line_end(stack_.back());
    case Tag::hr:
      return sink_of(parent).block_break(1);
    case Tag::img:
    case Tag::image:
      return image(token);
    case Tag::input:
      return input(token);
    case Tag::embed:
      result_.has_embed = true;
      if (token.has(Attr::src)) resource(HtmlLink::Kind::other, token.get(Attr::src), token);
      return;
    case Tag::frame:
      result_.has_embed = true;
      if (token.has(Attr::src)) resource(HtmlLink::Kind::other, token.get(Attr::src), token);
      return;
    case Tag::area:
      if (token.has(Attr::href)) resource(HtmlLink::Kind::area, token.get(Attr::href), token);
      return;
    default:
      return;
  }
}

void HtmlReader::image(const Token& token) {
  const ElementSource source = source_of(token);
  if (!sheet_.empty()) set_keys(source, stack_.size());
  const Style style = style_of(source, stack_.back().style);
  if (!sheet_.empty()) {
    keys_.resize(element_keys_.back().first);
    element_keys_.pop_back();
  }
  HtmlImage found;
  found.width = pixels(token.get(Attr::width));
  found.height = pixels(token.get(Attr::height));
  const auto override_by = [this](Property property, int& side) {
    const Declaration* d = cascade_.find(property);
    if (d != nullptr && (d->unit == Unit::px || d->unit == Unit::number) && d->number >= 0 && d->number < 1e6F) {
      side = static_cast<int>(d->number);
    }
  };
  override_by(Property::width, found.width);
  override_by(Property::height, found.height);
  found.hidden = style.subtree.has_value() || !style.visible || !style.rendered;
  found.at = sink_.at();
  found.alt = value_of(token.get(Attr::alt), limits::html_value_bytes);
  if (style.display == Display::block) sink_of(style).block_break(1);
  const bool seen = !found.hidden && (found.width < 0 || found.width > 1) && (found.height < 0 || found.height > 1);
  if (const std::int32_t link = stack_.back().link; link >= 0) {
    LinkState& state = link_states_[static_cast<std::size_t>(link)];
    state.something_visible = state.something_visible || seen;
    std::string& alt = result_.links[static_cast<std::size_t>(link)].alt;
    const std::string label =
        found.alt.empty() ? value_of(token.get(Attr::title), limits::html_value_bytes) : found.alt;
    if (!label.empty() && alt.size() + label.size() < limits::html_value_bytes) {
      if (!alt.empty()) alt.push_back(' ');
      alt.append(label);
    }
  }
  if (result_.images.size() >= limits::html_images) {
    result_.over_budget = true;
    return;
  }
  found.src = value_of(token.get(Attr::src), limits::url_bytes);
  result_.images.push_back(std::move(found));
}

std::int32_t HtmlReader::add_link(HtmlLink::Kind kind, std::string_view href, const Token& token) {
  if (result_.links.size() >= limits::links) {
    result_.over_budget = true;
    return -1;
  }
  HtmlLink link;
  link.kind = kind;
  link.href = value_of(href, limits::url_bytes);
  result_.links.push_back(std::move(link));
  LinkState state;
  for (const Attr name : {Attr::aria_label, Attr::alt, Attr::title}) {
    if (state.label.empty()) state.label = value_of(token.get(name), limits::html_value_bytes);
  }
  link_states_.push_back(std::move(state));
  return static_cast<std::int32_t>(result_.links.size() - 1);
}

void HtmlReader::resource(HtmlLink::Kind kind, std::string_view href, const Token& token) {
  const std::int32_t link = add_link(kind, href, token);
  if (link < 0) return;
  HtmlLink& added = result_.links[static_cast<std::size_t>(link)];
  added.text = {sink_.at(), sink_.at()};
  added.hidden = body_open_ && stack_.back().style.subtree.has_value();
}

void HtmlReader::form(const Token& token) {
  if (result_.forms.size() >= limits::html_forms) {
    result_.over_budget = true;
    return;
  }
  HtmlForm found;
  found.action = value_of(token.get(Attr::action), limits::url_bytes);
  found.method = value_of(token.get(Attr::method), 32);
  for (char& c : found.method) c = ascii_lower(c);
  found.at = sink_.at();
  result_.forms.push_back(std::move(found));
  form_ = static_cast<std::int32_t>(result_.forms.size()) - 1;
  if (token.has(Attr::action)) resource(HtmlLink::Kind::form_action, token.get(Attr::action), token);
}

// Fields outside of any <form> are sent by nobody but can still ask: they share one form without action.
HtmlForm* HtmlReader::current_form() {
  if (form_ >= 0) return &result_.forms[static_cast<std::size_t>(form_)];
  if (result_.forms.size() >= limits::html_forms) return nullptr;
  HtmlForm found;
  found.at = sink_.at();
  result_.forms.push_back(std::move(found));
  form_ = static_cast<std::int32_t>(result_.forms.size()) - 1;
  return &result_.forms.back();
}

void HtmlReader::input(const Token& token) {
  if (token.has(Attr::formaction)) resource(HtmlLink::Kind::form_action, token.get(Attr::formaction), token);
  std::string type = value_of(token.get(Attr::type), 32);
  for (char& c : type) c = ascii_lower(c);
  if (token.tag == Tag::textarea) type = "textarea";
  if (token.tag == Tag::select) type = "select";
  if (type.empty()) type = token.tag == Tag::button ? "submit" : "text";
  if (type == "image" && token.has(Attr::src)) resource(HtmlLink::Kind::image, token.get(Attr::src), token);
  HtmlForm* form = current_form();
  if (form == nullptr || form->input_types.size() >= limits::html_form_inputs) {
    result_.over_budget = true;
    return;
  }
  form->has_password = form->has_password || type == "password";
  form->input_types.push_back(std::move(type));
  form->input_names.push_back(value_of(token.get(Attr::name), limits::html_value_bytes));
}

}  // namespace sekisho::text
