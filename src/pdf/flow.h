// The pages of one paper as they fill from top to bottom. A paper flows twice: first to count pages, then to draw them
// with "3 / 12" below. Used by blocks.cc; borrows the fonts and the paper; one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cairo.h>

#include "base/result.h"
#include "paper/paper.h"
#include "pdf/fonts.h"

namespace sekisho::pdf {

/// A4 in points.
inline constexpr double page_width = 595.276, page_height = 841.89;
inline constexpr double page_left = 56, page_right = page_width - 51, page_top = 64, page_bottom = page_height - 58;
inline constexpr double body_width = page_right - page_left;

struct Ink {
  double red = 0, green = 0, blue = 0;
};
inline constexpr Ink black{0.08, 0.08, 0.1}, grey{0.42, 0.42, 0.45}, faint{0.8, 0.8, 0.82}, tint{0.955, 0.955, 0.965},
    deep{0.13, 0.26, 0.4}, alarm{0.62, 0.1, 0.1}, alarm_tint{0.985, 0.95, 0.945};

/// Where pages go: nowhere while counting, else into a PDF.
class Flow {
 public:
  /// `cr` null: only counting. `pages`: the total, printed on each page.
  Flow(Fonts& fonts, const paper::Paper& paper, cairo_surface_t* surface, cairo_t* cr, std::size_t pages);

  /// One line of a text that has been broken.
  struct Line {
    std::shared_ptr<PangoLayout> owner;
    PangoLayoutLine* line = nullptr;
    double height = 0, ascent = 0;
  };
  /// Text of one column, from `x` on, and its ink. `lead` is air above the lines.
  struct Column {
    double x = 0;
    std::vector<Line> lines;
    Ink ink = black;
  };
  /// What is drawn behind the lines of one page: from `top` to `bottom`; `first` of the pages it takes.
  using Behind = std::function<void(double top, double bottom, bool first)>;

  /// Text broken into lines; a long one piece by piece. Adds to `lines`.
  void set(std::string_view text, Type type, double width, std::vector<Line>& lines) const;
  /// Columns side by side; across pages where they must, together where they fit one page. `above` and `below` are air.
  void columns(const std::vector<Column>& columns, double above, double below, const Behind& behind = {});
  /// A text of any length, piece by piece.
  void text(std::string_view text, Type type, double x, double width, Ink ink, double above, double below,
            const Behind& behind = {});

  /// A new page unless `height` fits on this one.
  void need(double height);
  void new_page();
  void skip(double height) { y_ += height; }
  double y() const { return y_; }
  bool at_top() const { return y_ <= page_top; }
  /// Called at the top of every new page while set: a table's head.
  void on_new_page(std::function<void()> what) { on_new_page_ = std::move(what); }
  void bookmark(std::uint32_t level, std::string_view text);
  /// Ends the last page.
  void finish();

  std::size_t pages() const { return page_; }
  bool too_many() const { return page_ > most_pages(); }

  // Drawing; silent while counting.
  void line_of(const Line& line, double x, double top, Ink ink);
  void rule(double x0, double y0, double x1, double y1, Ink ink, double thick);
  void fill(double x, double top, double width, double height, Ink ink);
  void frame(double x, double top, double width, double height, Ink ink, double thick);
  void dot(double x, double y, double radius, Ink ink);
  void ring(double x, double y, double radius, Ink ink);
  void tick(double x, double top, double size, bool ticked);
  void picture(cairo_surface_t* image, double x, double top, double scale);
  /// One line cut at `width`; from `x` to the right, or ending at `x`.
  enum class Side : std::uint8_t { from, until, middle };
  enum class Backing : std::uint8_t { none, white };  ///< white: legible above dots
  void label(std::string_view text, Type type, double x, double top, double width, Ink ink, Side side = Side::from,
             Backing backing = Backing::none);

  Fonts& fonts() const { return fonts_; }
  std::string clean(std::string_view text) const;

 private:
  static std::size_t most_pages();
  void run(const std::vector<Column>& columns, double above, double below, const Behind& behind);
  void begin_page();
  void end_page();
  void ink(Ink ink) const { cairo_set_source_rgb(cr_, ink.red, ink.green, ink.blue); }

  Fonts& fonts_;
  const paper::Paper& paper_;
  cairo_surface_t* surface_;
  cairo_t* cr_;
  std::size_t total_, page_ = 0;
  double y_ = page_top;
  std::function<void()> on_new_page_;
  std::vector<int> parents_;  ///< outline entries that are open, by level
};

}  // namespace sekisho::pdf
