// Text on its way to a person's terminal: made inert (report/inert.h), measured, broken into lines, coloured. Pure but
// for terminal_width(); safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "report/inert.h"

namespace sekisho::app {

using report::for_terminal;
using report::from_mail;

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
  /// Light on dark whatever the terminal's colours are: cameras read nothing else.
  std::string code(std::string_view text) const { return with("97;40", text); }
  std::string doubt(std::string_view text) const { return with("1;33", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const;
  bool colours_;
};

}  // namespace sekisho::app
