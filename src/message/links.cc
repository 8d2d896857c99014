#include "message/links.h"

#include <algorithm>

#include "base/limits.h"

namespace sekisho::message {
namespace {

bool add(Message& message, Link link) {
  if (message.links.size() >= limits::links) {
    message.note(Defect::too_many_links);
    message.within_budget = false;
    return false;
  }
  message.links.push_back(std::move(link));
  return true;
}

void add_written(Message& message, std::uint16_t part, const text::VisibleHtml& html, Link::From from) {
  std::optional<text::Url> base;
  if (!html.base_href.empty()) base = text::parse_url(html.base_href);
  for (const text::HtmlLink& written : html.links) {
    Link link;
    link.from = from;
    link.kind = written.kind;
    link.written = written.href;
    link.url = text::parse_url(written.href, base ? &*base : nullptr);
    link.part = part;
    if (from == Link::From::html) link.shown = written.text;
    link.alt = written.alt;
    link.hidden = written.hidden;
    if (!add(message, std::move(link))) return;
  }
}

}  // namespace

void add_text_links(Message& message, std::uint16_t part, Link::From from, const std::vector<text::Span>& taken) {
  const std::string& text = message.readable[part].text;
  std::size_t next = 0;
  for (const text::FoundUrl& found : text::find_urls(text)) {
    while (next < taken.size() && taken[next].end <= found.span.start) ++next;
    if (next < taken.size() && taken[next].start < found.span.end) continue;
    Link link;
    link.from = from;
    link.kind = text::HtmlLink::Kind::anchor;
    link.written = text.substr(found.span.start, found.span.size());
    link.url = text::parse_url(found.url);
    link.part = part;
    link.shown = found.span;
    link.mangled = found.mangled;
    if (!add(message, std::move(link))) return;
  }
}

void add_html_links(Message& message, std::uint16_t part, const text::VisibleHtml& html) {
  add_written(message, part, html, Link::From::html);
  std::vector<text::Span> taken;
  for (const text::HtmlLink& link : html.links)
    if (!link.text.empty()) taken.push_back(link.text);
  std::sort(taken.begin(), taken.end(), [](const text::Span& a, const text::Span& b) { return a.start < b.start; });
  add_text_links(message, part, Link::From::text, taken);
}

void add_attached_links(Message& message, std::uint16_t part, const text::VisibleHtml& html) {
  add_written(message, part, html, Link::From::attachment);
}

}  // namespace sekisho::message
