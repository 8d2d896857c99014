// The parts that people read, added to a Message within its text budget. Used by the parsers of mail, pasted text and
// SMS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "message/attachment.h"
#include "message/message.h"

namespace sekisho::message {

/// Adds one Readable (cut to budget.text_left, folded) and gives its index; nullopt when nothing of it fits.
std::optional<std::uint16_t> add_readable(Message& message, Budget& budget, Readable::Kind kind, std::string label,
                                          std::string text, std::uint16_t depth,
                                          std::optional<std::uint16_t> alternative = std::nullopt);

/// A text body with its quoted tail and its links.
void add_text_body(Message& message, Budget& budget, std::string text, std::uint16_t depth,
                   std::optional<std::uint16_t> alternative);

/// An HTML body: visible text, hidden text, quoted tail, links.
void add_html_body(Message& message, Budget& budget, std::string_view html, std::uint16_t depth,
                   std::optional<std::uint16_t> alternative);

}  // namespace sekisho::message
