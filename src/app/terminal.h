// Text on its way to a person's terminal. A mail may hold escape sequences that repaint the screen, bidi controls that
// turn "exe.txt" around, invisible characters and links that a terminal makes clickable: everything that comes from a
// mail or a file name passes for_terminal() or from_mail(). Pure but for terminal_width(); safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::app {

/// `text` with every byte or character that could act on a terminal, or hide, made visible as ‹U+202E›: C0 and C1
/// controls, DEL, bidi controls (UAX #9), zero-width and other default-ignorable characters (UAX #44) but variation
/// selectors, line and paragraph separators, noncharacters, and combining marks beyond the fourth on one letter.
/// Ill-formed UTF-8 becomes U+FFFD. Line breaks and tabs become one space, so that the result is one line.
std::string for_terminal(std::string_view text);

/// for_terminal(), and no address in it can be clicked: http:// becomes hxxp://, other schemes lose their "://", and
/// the dots of host names are written [.].
std::string from_mail(std::string_view text);

/// Columns that `text` takes (UAX #11). Ambiguous characters count two in Japanese: a short line is better than a
/// broken one.
int columns(std::string_view text, std::string_view lang);

/// The longest beginning of `text` that takes at most `width` columns, with "…" when something was cut.
std::string cut(std::string_view text, int width, std::string_view lang);

/// Breaks `text` where UAX #14 allows, so that no line takes more than `width` columns. The first line starts with
/// `first`, the others with `rest`; both count. Ends with a line feed. A word longer than a line is cut.
std::string wrap(std::string_view text, int width, std::string_view lang, std::string_view first,
                 std::string_view rest);

/// Columns of the terminal on file descriptor `fd`, between 40 and 100; 80 when it is none.
int terminal_width(int fd);

/// Colour, or its absence.
class Paint {
 public:
  explicit Paint(bool colours) : colours_(colours) {}
  std::string strong(std::string_view text) const { return with("1", text); }
  std::string faint(std::string_view text) const { return with("2", text); }
  std::string warn(std::string_view text) const { return with("1;31", text); }
  std::string doubt(std::string_view text) const { return with("1;33", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const;
  bool colours_;
};

}  // namespace sekisho::app
