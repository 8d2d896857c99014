// Text of a body as a client lays it out: line ends, format=flowed, calendar entries, where a quoted older mail begins.
// Pure, linear.
#pragma once

#include <string>
#include <string_view>

#include "text/span.h"

namespace sekisho::message {

/// CRLF and CR → LF, NULs dropped, a leading BOM dropped.
std::string plain_lines(std::string utf8);

/// RFC 3676 format=flowed: soft line breaks joined, stuffed spaces gone. `delete_space` is DelSp=yes.
enum class FlowedSpace { keep, remove };
std::string unflow(std::string_view text, FlowedSpace space);

/// What a calendar invitation shows: SUMMARY, DESCRIPTION, LOCATION, ORGANIZER, URL of each entry, one line each (RFC
/// 5545, folding and escapes undone).
std::string calendar_text(std::string_view ics);

/// From the first line that a mail program put above an older message ("-----Original Message-----"), or from the first
/// of the "> " lines that the text ends with, to the end; empty when there is neither. Whoever wrote the mail may have
/// forged either: it says how the text looks, not whether it is old.
text::Span quoted_tail(std::string_view text);

/// The line is such a mark.
bool is_quote_marker(std::string_view line);

}  // namespace sekisho::message
