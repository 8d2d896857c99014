// A document on its way to `sekisho-pdf`: a title, and blocks one below the other. Made by `casefile`, written as
// `sekisho.paper/1` (docs/formats/paper.md), read again by the sandboxed program, which knows nothing else of Sekisho.
// Plain values; they own their text. All text is UTF-8 and hostile: it may quote a mail.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace sekisho::paper {

/// A heading, also a bookmark. Level 1 to 3.
struct Heading {
  std::uint32_t level = 1;
  std::string text;
};

struct Paragraph {
  enum class Style : std::uint8_t { plain, strong, small };
  std::string text;
  Style style = Style::plain;
};

/// Bullets, numbers, or boxes to tick; `ticked` only for boxes.
struct List {
  enum class Mark : std::uint8_t { bullet, number, tick };
  struct Item {
    std::string text, note;  ///< the note stands below in small type
    bool ticked = false;
  };
  Mark mark = Mark::bullet;
  std::vector<Item> items;
};

/// Label and value, side by side. An empty value becomes a line to fill in by hand.
struct Pairs {
  struct Pair {
    std::string label, value;
  };
  std::vector<Pair> pairs;
};

/// A table whose head is repeated on every page. All rows have as many cells as there are columns.
struct Table {
  struct Column {
    std::string title;
    std::uint32_t width = 1;  ///< share of the line
    bool mono = false;        ///< digests, addresses
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

/// When, what; a strong one is a turning point.
struct Timeline {
  struct Entry {
    std::string when, text, note;
    bool strong = false;
  };
  std::vector<Entry> entries;
};

/// One dot for each arrival: days across, hours of the day down. `day` counts from `first_day`.
struct DotChart {
  struct Dot {
    std::uint32_t day = 0, minute = 0;  ///< minute of the day, below 1440
  };
  struct Mark {  ///< a ring with a word, for the lure
    std::uint32_t day = 0, minute = 0;
    std::string text;
  };
  std::string caption, hours_label;     ///< "time of day"
  std::vector<std::string> day_labels;  ///< one for each day, "11/20"; as many as days shown
  std::vector<Dot> dots;
  std::vector<Mark> marks;
};

/// A framed paragraph.
struct Box {
  enum class Tone : std::uint8_t { note, warning };
  std::string title, text;
  Tone tone = Tone::note;
};

/// Text of a mail, in fixed-width type, with a bar at its side.
struct Quote {
  std::string caption, text;
};

/// A picture as the bytes of a PNG file.
struct Picture {
  std::string caption, png;
};

/// Empty lines to write on, each behind its label.
struct Lines {
  std::vector<std::string> labels;
};

struct PageBreak {};

using Block =
    std::variant<Heading, Paragraph, List, Pairs, Table, Timeline, DotChart, Box, Quote, Picture, Lines, PageBreak>;

struct Paper {
  std::string lang = "ja";  ///< "ja" or "en": how lines break, what the outline is called
  std::string title, subject;
  std::string made;            ///< RFC 3339, "2026-11-23T12:00:00+09:00"; the only date in the file
  std::string header, footer;  ///< on every page; the page number is added
  std::vector<Block> blocks;
};

/// Reads `sekisho.paper/1`. Error bad_data naming the place ("blocks[3].rows[2]") and the limit or the fault; the first
/// one only. Linear; nests no deeper than the format does.
Result<Paper> read_paper(std::string_view json);

/// The same on its way out; ill-formed UTF-8 becomes U+FFFD. Always one line.
std::string write_paper(const Paper& paper);

}  // namespace sekisho::paper
