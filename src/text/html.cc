#include "text/html.h"

#include <algorithm>

#include "base/limits.h"
#include "text/entities.h"
#include "text/html_reader.h"

namespace sekisho::text {
namespace {

std::string_view trim(std::string_view s) {
  const std::size_t start = s.find_first_not_of(" \t\r\n\f");
  if (start == std::string_view::npos) return {};
  return s.substr(start, s.find_last_not_of(" \t\r\n\f") - start + 1);
}

bool is(std::string_view value, std::string_view lower) {
  return value.size() == lower.size() &&
         std::equal(value.begin(), value.end(), lower.begin(), [](char a, char b) { return ascii_lower(a) == b; });
}

bool is_javascript(std::string_view url) {
  constexpr std::string_view scheme = "javascript:";
  std::size_t matched = 0;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= ' ') {
      if (matched == 0 || c == '\t' || c == '\n' || c == '\r') continue;  // a URL parser drops these
      return false;
    }
    if (ascii_lower(c) != scheme[matched]) return false;
    if (++matched == scheme.size()) return true;
  }
  return false;
}

std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    if (!space)
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The URL of <meta http-equiv=refresh content="5; url='…'"> (WHATWG HTML 4.2.5.3).
std::string_view refresh_url(std::string_view content) {
  std::size_t i = content.find_first_not_of(" \t\r\n\f0123456789.");
  if (i == std::string_view::npos || i == 0) return {};
  i = content.find_first_not_of(" \t\r\n\f;,", i);
  if (i == std::string_view::npos) return {};
  std::string_view url = content.substr(i);
  if (url.size() > 3 && is(url.substr(0, 3), "url")) {
    const std::size_t equals = url.find_first_not_of(" \t\r\n\f", 3);
    if (equals != std::string_view::npos && url[equals] == '=') url = trim(url.substr(equals + 1));
  }
  if (!url.empty() && (url[0] == '"' || url[0] == '\'')) {
    const char quote = url[0];
    url.remove_prefix(1);
    url = url.substr(0, url.find(quote));
  }
  return trim(url);
}

}  // namespace

HtmlReader::HtmlReader(std::string_view html, std::size_t text_budget)
    : html_(html), text_budget_(text_budget), tokens_(html), sink_(result_.text), hidden_sink_(result_.hidden) {
  stack_.reserve(64);
  result_.text.reserve(std::min(html.size() / 4, text_budget));
}

VisibleHtml HtmlReader::read() {
  run();
  if (collecting_) {  // a <style> after the first element styles that element too: begin again, all sheets known
    HtmlReader again(html_, text_budget_);
    again.sheet_ = std::move(sheet_);
    again.sheet_complete_ = true;
    again.run();
    again.finish();
    return std::move(again.result_);
  }
  finish();
  return std::move(result_);
}

void HtmlReader::run() {
  while (!stop_) {
    const Token& token = tokens_.next();
    switch (token.kind) {
      case Token::Kind::end_of_file:
        return;
      case Token::Kind::text:
        if (!collecting_) text(token.text, token.cdata);
        break;
      case Token::Kind::start_tag:
        start_tag(token);
        break;
      case Token::Kind::end_tag:
        if (!collecting_) end_tag(token);
        break;
    }
  }
}

void HtmlReader::start_tag(const Token& token) {
  const TagInfo& info = tag_info(token.tag);
  if (token.has(Attr::on_event)) result_.has_script = true;
  if ((info.flags & tag_raw) != 0) return raw_element(token);
  if (token.tag == Tag::plaintext) {
    if (collecting_) return static_cast<void>(tokens_.rest());
    start_element(token);
    return text(tokens_.rest(), true);
  }
  if (collecting_) return;
  flag_script(token);
  if (head_tag(token)) return;
  start_element(token);
}

void HtmlReader::flag_script(const Token& token) {
  for (const Attr name : {Attr::href, Attr::action, Attr::formaction, Attr::src}) {
    if (token.has(name) && !result_.has_script) {
      const std::string_view raw = token.get(name).substr(0, 200);
      if (raw.find_first_of("jJ&") == std::string_view::npos) continue;
      result_.has_script = is_javascript(decode_character_references(raw, ReferenceIn::attribute));
    }
  }
}

void HtmlReader::raw_element(const Token& token) {
  const Tag tag = token.tag;
  if (foreign_depth_ != 0 && token.self_closing) return;
  if (tag == Tag::script) {
    result_.has_script = true;
    tokens_.raw_content(tag);
    return;
  }
  if (tag == Tag::iframe) {
    result_.has_embed = true;
    if (!collecting_ && token.has(Attr::src)) resource(HtmlLink::Kind::other, token.get(Attr::src), token);
    tokens_.raw_content(tag);
    return;
  }
  if (tag == Tag::style) {
    const Token& style = token;
    const std::string_view media = style.get(Attr::media);
    const bool taken = media_matches(media);
    const std::string_view css = tokens_.raw_content(tag);
    if (taken) style_element(token, css);
    return;
  }
  if (tag == Tag::xmp && !collecting_) {
    start_element(token);
    text(tokens_.raw_content(tag), true);
    close_in_scope(Tag::xmp, Scope::plain);
    return;
  }
  if (tag == Tag::textarea && !collecting_) {
    input(token);
  }
  const std::string_view content = tokens_.raw_content(tag);
  if (tag == Tag::title && foreign_depth_ == 0 && result_.title.empty()) {
    result_.title = collapsed(value_of(content, limits::html_value_bytes));
  }
}

void HtmlReader::style_element(const Token&, std::string_view css) {
  if (sheet_complete_ || css.find('{') == std::string_view::npos) return;
  if (body_open_) collecting_ = true;
  sheet_.add(css);
}

// Tags that are about the document; true when nothing is left to do for them.
bool HtmlReader::head_tag(const Token& token) {
  switch (token.tag) {
    case Tag::html:
      if (!body_open_) html_source_ = source_of(token);
      return true;
    case Tag::head:
      return true;
    case Tag::body:
      if (body_open_) return true;
      body_source_ = source_of(token);
      body_source_.color = token.get(Attr::text);
      if (const auto link = parse_legacy_color(token.get(Attr::link))) context_.link_color = *link;
      ensure_body();
      return true;
    case Tag::base:
      if (result_.base_href.empty()) result_.base_href = value_of(token.get(Attr::href), limits::url_bytes);
      return true;
    case Tag::meta:
      if (is(trim(token.get(Attr::http_equiv)), "refresh")) {
        const std::string content = value_of(token.get(Attr::content), limits::url_bytes);
        const std::string_view url = refresh_url(content);
        if (is_javascript(url)) result_.has_script = true;
        if (!url.empty()) {
          const std::int32_t link = add_link(HtmlLink::Kind::meta_refresh, {}, token);
          if (link >= 0) result_.links[static_cast<std::size_t>(link)].href = url;
        }
      }
      return true;
    case Tag::link:
      return true;
    default:
      return false;
  }
}

void HtmlReader::finish() {
  if (sheet_.over_limit() || tokens_.attributes_over_limit()) result_.over_budget = true;
  for (std::size_t i = 0; i < result_.links.size(); ++i) {
    HtmlLink& link = result_.links[i];
    const LinkState& state = link_states_[i];
    if (!link.text.empty()) {
      link.alt.clear();
    } else {
      if (link.alt.empty()) link.alt = state.label;
      if (link.kind == HtmlLink::Kind::anchor) link.hidden = !state.something_visible;
    }
  }
}

VisibleHtml read_html(std::string_view html, std::size_t text_budget) { return HtmlReader(html, text_budget).read(); }

}  // namespace sekisho::text
