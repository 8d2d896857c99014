// Text of strangers made inert before it is put in front of a person. A mail may hold escape sequences that repaint the
// screen, bidi controls that turn "exe.txt" around, invisible characters and links that a terminal makes clickable:
// everything that comes from a mail or a file name passes for_terminal() or from_mail(). Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::report {

/// `text` with every byte or character that could act on a terminal, or hide, made visible as ‹U+202E›: C0 and C1
/// controls, DEL, bidi controls (UAX #9), zero-width and other default-ignorable characters (UAX #44) but variation
/// selectors, line and paragraph separators, noncharacters, and combining marks beyond the fourth on one letter.
/// Ill-formed UTF-8 becomes U+FFFD. Line breaks and tabs become one space, so that the result is one line.
std::string for_terminal(std::string_view text);

/// for_terminal(), and no address in it can be clicked: http:// becomes hxxp://, other schemes lose their "://", and
/// the dots of host names are written [.].
std::string from_mail(std::string_view text);

}  // namespace sekisho::report
