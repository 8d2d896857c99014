// Where a message would lead: links of HTML parts, URLs in text, resolved as a browser does. At most limits::links of
// one message (Defect::too_many_links).
#pragma once

#include <cstdint>
#include <string_view>

#include "message/message.h"

namespace sekisho::message {

/// URLs written in message.readable[part], except those inside `taken` (sorted by start: the text of HTML anchors).
void add_text_links(Message& message, std::uint16_t part, Link::From from, const std::vector<text::Span>& taken = {});

/// Links of an HTML part, then the URLs that stand in its visible text without being linked (clients link them).
void add_html_links(Message& message, std::uint16_t part, const text::VisibleHtml& html);

/// Links of an attached HTML page; `part` is the attachment's name.
void add_attached_links(Message& message, std::uint16_t part, const text::VisibleHtml& html);

}  // namespace sekisho::message
