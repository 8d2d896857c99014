#include "message/readable.h"

#include <limits>

#include "message/ascii.h"
#include "message/body_text.h"
#include "message/links.h"

namespace sekisho::message {

std::optional<std::uint16_t> add_readable(Message& message, Budget& budget, Readable::Kind kind, std::string label,
                                          std::string text, std::uint16_t depth,
                                          std::optional<std::uint16_t> alternative) {
  if (text.size() > budget.text_left) {
    message.note(Defect::text_truncated);
    message.within_budget = false;
    text.resize(cut_utf8(text, budget.text_left).size());
    if (text.empty()) return std::nullopt;
  }
  budget.text_left -= text.size();
  const std::size_t index = message.readable.size();
  if (index >= std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
  Readable readable;
  readable.kind = kind;
  readable.label = std::move(label);
  readable.text = std::move(text);
  readable.folded = text::fold(readable.text);
  readable.depth = depth;
  readable.alternative = alternative;
  message.readable.push_back(std::move(readable));
  return static_cast<std::uint16_t>(index);
}

void add_text_body(Message& message, Budget& budget, std::string text, std::uint16_t depth,
                   std::optional<std::uint16_t> alternative) {
  const auto part = add_readable(message, budget, Readable::Kind::text, "text", std::move(text), depth, alternative);
  if (!part) return;
  message.readable[*part].quoted_tail = quoted_tail(message.readable[*part].text);
  add_text_links(message, *part, Link::From::text);
}

void add_html_body(Message& message, Budget& budget, std::string_view html, std::uint16_t depth,
                   std::optional<std::uint16_t> alternative) {
  if (budget.text_left == 0) {
    message.note(Defect::text_truncated);
    message.within_budget = false;
    return;
  }
  HtmlPart html_part;
  html_part.html = text::read_html(html, budget.text_left);
  if (html_part.html.over_budget) {
    message.note(Defect::html_over_budget);
    message.within_budget = false;
  }
  budget.text_left -= std::min(budget.text_left, html_part.html.hidden.size());
  const auto part =
      add_readable(message, budget, Readable::Kind::html, "html", html_part.html.text, depth, alternative);
  if (!part) return;
  message.readable[*part].quoted_tail = quoted_tail(message.readable[*part].text);
  html_part.part = *part;
  add_html_links(message, *part, html_part.html);
  message.html.push_back(std::move(html_part));
}

}  // namespace sekisho::message
