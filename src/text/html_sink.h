// The text as it is laid out: collapses white space across elements, joins block breaks, drops a line break between two
// wide CJK characters (CSS Text 3, 4.1.3). Used by the HTML reader, once for what is seen and once for what is hidden.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace sekisho::text {

class TextSink {
 public:
  explicit TextSink(std::string& out) : out_(out) {}

  /// White space that collapses; `with_newline` when it begins with the end of a line of the source. (Chromium keeps a
  /// space that stands before the line end, though CSS Text 3, 4.1.1 would drop it.)
  void space(bool with_newline) {
    if (line_start_) return;
    if (!space_) newline_only_ = with_newline;
    space_ = true;
  }
  /// Characters to show; never empty, never collapsible white space.
  void characters(std::string_view text) {
    if (breaks_ != 0 || space_) prepare(text);
    line_start_ = false;
    out_.append(text);
  }
  /// At least `count` line breaks between what was and what will be written; none at the start and the end.
  void block_break(std::uint32_t count) {
    end_line();
    if (!out_.empty() && count > breaks_) breaks_ = count;
  }
  /// <br>, a row, a preserved line end.
  void newline() {
    end_line();
    put_breaks();
    out_.push_back('\n');
  }
  void tab() {
    end_line();
    put_breaks();
    out_.push_back('\t');
  }
  /// A new line begins without a break of its own: a table cell.
  void end_line() {
    space_ = false;
    line_start_ = true;
  }
  /// Where the next character will stand, but for pending breaks.
  std::uint32_t at() const { return static_cast<std::uint32_t>(out_.size()); }
  /// Bytes that the next characters may bring with them.
  std::uint32_t pending() const { return breaks_ + (space_ ? 1 : 0); }

 private:
  void put_breaks() {
    out_.append(breaks_, '\n');
    breaks_ = 0;
  }
  void prepare(std::string_view next) {
    if (breaks_ != 0) {
      put_breaks();
    } else if (!(newline_only_ && joins(next))) {
      out_.push_back(' ');
    }
    space_ = false;
  }
  bool joins(std::string_view next) const {
    return is_wide(code_point_at(next, 0).value) && is_wide(code_point_before(out_, out_.size()).value);
  }
  static bool is_wide(char32_t c) {
    return (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFFBE) || (c >= 0xFFE0 && c <= 0xFFE6) ||
           (c >= 0x20000 && c <= 0x3FFFD);
  }

  std::string& out_;
  std::uint32_t breaks_ = 0;
  bool line_start_ = true;
  bool space_ = false;
  bool newline_only_ = false;
};

}  // namespace sekisho::text
