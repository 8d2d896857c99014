#include "pdf/flow.h"

#include <algorithm>
#include <cmath>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "base/limits.h"
#include "pdf/visible.h"

namespace sekisho::pdf {

namespace {

double points(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

/// The end of the next piece of `text` from `at`: a line feed, or where a long paragraph may be cut.
std::size_t end_of_piece(std::string_view text, std::size_t at) {
  const std::size_t feed = std::min(text.find('\n', at), text.size());
  if (feed - at <= limits::paper_piece_bytes) return feed;
  std::size_t end = at + limits::paper_piece_bytes;
  while (end > at && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  const std::size_t space = text.rfind(' ', end);
  return space != std::string_view::npos && space > at + limits::paper_piece_bytes / 2 ? space + 1 : end;
}

/// A paragraph of so many lines is not torn apart by the end of a page.
constexpr std::size_t lines_kept_together = 6;

double height_of(const std::vector<Flow::Line>& lines) {
  double height = 0;
  for (const Flow::Line& line : lines) height += line.height;
  return height;
}

}  // namespace

Flow::Flow(Fonts& fonts, const paper::Paper& paper, cairo_surface_t* surface, cairo_t* cr, std::size_t pages)
    : fonts_(fonts), paper_(paper), surface_(surface), cr_(cr), total_(pages) {
  begin_page();
}

std::size_t Flow::most_pages() { return limits::paper_pages; }

std::string Flow::clean(std::string_view text) const {
  return visible(text, [this](char32_t c) { return fonts_.has(c); });
}

void Flow::begin_page() {
  ++page_;
  y_ = page_top;
  if (!paper_.header.empty()) label(paper_.header, Type::margin, page_left, 32, body_width, grey);
  rule(page_left, 48, page_right, 48, faint, 0.5);
}

void Flow::end_page() {
  rule(page_left, page_height - 46, page_right, page_height - 46, faint, 0.5);
  if (!paper_.footer.empty()) label(paper_.footer, Type::margin, page_left, page_height - 42, body_width - 60, grey);
  label(fmt::format("{} / {}", page_, total_), Type::margin, page_right, page_height - 42, 60, black, Side::until);
  if (cr_ != nullptr) cairo_show_page(cr_);
}

void Flow::new_page() {
  if (too_many()) return;  // nobody looks any further
  end_page();
  begin_page();
  if (on_new_page_) on_new_page_();
}

void Flow::finish() { end_page(); }

void Flow::need(double height) {
  if (y_ + height > page_bottom && !at_top()) new_page();
}

void Flow::set(std::string_view text, Type type, double width, std::vector<Line>& lines) const {
  const std::string clean_text = clean(text);
  const std::string_view all = clean_text;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = end_of_piece(all, at);
    const std::shared_ptr<PangoLayout> owner(fonts_.layout(all.substr(at, end - at), type, width).release(), Unref{});
    PangoLayoutIter* iter = pango_layout_get_iter(owner.get());
    do {
      PangoRectangle area;
      pango_layout_iter_get_line_extents(iter, nullptr, &area);
      lines.push_back({owner, pango_layout_iter_get_line_readonly(iter), points(area.height),
                       points(pango_layout_iter_get_baseline(iter) - area.y)});
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    at = end < all.size() && all[end] == '\n' ? end + 1 : end;
  }
}

void Flow::columns(const std::vector<Column>& columns, double above, double below, const Behind& behind) {
  double tallest = 0;
  for (const Column& column : columns) tallest = std::max(tallest, height_of(column.lines));
  if (tallest + above + below <= page_bottom - page_top) need(above + tallest + below);
  run(columns, above, below, behind);
}

void Flow::run(const std::vector<Column>& columns, double above, double below, const Behind& behind) {
  std::vector<std::size_t> next(columns.size(), 0);
  for (bool first = true; !too_many(); first = false) {
    const double top = y_ + (first ? above : 0);
    double used = 0;
    bool all = true, any = false;
    std::vector<std::size_t> upto = next;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::vector<Line>& lines = columns[i].lines;
      double height = 0;
      while (upto[i] < lines.size() && top + height + lines[upto[i]].height <= page_bottom)
        height += lines[upto[i]++].height;
      used = std::max(used, height);
      all = all && upto[i] == lines.size();
      any = any || upto[i] > next[i];
    }
    if (!all && !any) {  // a line taller than what is left
      if (at_top()) return;
      new_page();
      continue;
    }
    if (behind) behind(y_, std::min(top + used + (all ? below : 0), page_bottom + 4), first);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      double at = top;
      for (std::size_t k = next[i]; k < upto[i]; ++k) {
        line_of(columns[i].lines[k], columns[i].x, at, columns[i].ink);
        at += columns[i].lines[k].height;
      }
    }
    y_ = top + used;
    if (all) break;
    next = upto;
    new_page();
  }
  y_ += below;
}

void Flow::text(std::string_view text, Type type, double x, double width, Ink ink, double above, double below,
                const Behind& behind) {
  // Laid out and forgotten in pieces, so that a megabyte of text never stands in memory as lines.
  constexpr std::size_t pieces_at_once = 32;
  for (std::size_t at = 0; at < text.size() && !too_many();) {
    std::size_t end = at;
    for (std::size_t i = 0; i < pieces_at_once && end < text.size(); ++i) {
      end = end_of_piece(text, end);
      if (end < text.size() && text[end] == '\n') ++end;
    }
    Column column{x, {}, ink};
    set(text.substr(at, end - at), type, width, column.lines);
    const bool begins = at == 0, ends = end >= text.size();
    // A short text stays together; of a long one at least two lines.
    if (begins && column.lines.size() > 2) need(above + 2 * column.lines.front().height);
    const auto framed = [&](double top, double bottom, bool first) { behind(top, bottom, first && begins); };
    const bool together = begins && ends && column.lines.size() <= lines_kept_together;
    const std::vector<Column> one{std::move(column)};
    const Behind frame = behind ? Behind(framed) : Behind();
    if (together)
      columns(one, above, below, frame);
    else
      run(one, begins ? above : 0, ends ? below : 0, frame);
    at = end;
  }
}

void Flow::bookmark(std::uint32_t level, std::string_view text) {
  if (cr_ == nullptr) return;
  constexpr std::size_t most_bytes = 200;
  std::string name = clean(text);
  if (name.size() > most_bytes) {
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    name.resize(end);
  }
  std::replace(name.begin(), name.end(), '\n', ' ');
  parents_.resize(std::min<std::size_t>(parents_.size(), level - 1));
  const int parent = parents_.empty() ? CAIRO_PDF_OUTLINE_ROOT : parents_.back();
  const std::string place = fmt::format("page={} pos=[{:.0f} {:.0f}]", page_, page_left, std::max(y_ - 6, 0.0));
  const int id = cairo_pdf_surface_add_outline(surface_, parent, name.c_str(), place.c_str(),
                                               level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{});
  parents_.resize(level - 1, parent);
  parents_.push_back(id);
}

void Flow::line_of(const Line& line, double x, double top, Ink colour) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_move_to(cr_, x, top + line.ascent);
  pango_cairo_show_layout_line(cr_, line.line);
}

void Flow::rule(double x0, double y0, double x1, double y1, Ink colour, double thick) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_set_line_width(cr_, thick);
  cairo_move_to(cr_, x0, y0);
  cairo_line_to(cr_, x1, y1);
  cairo_stroke(cr_);
}

void Flow::fill(double x, double top, double width, double height, Ink colour) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_rectangle(cr_, x, top, width, height);
  cairo_fill(cr_);
}

void Flow::frame(double x, double top, double width, double height, Ink colour, double thick) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_set_line_width(cr_, thick);
  cairo_rectangle(cr_, x, top, width, height);
  cairo_stroke(cr_);
}

void Flow::dot(double x, double y, double radius, Ink colour) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_new_path(cr_);  // else a line comes from where the last text ended
  cairo_arc(cr_, x, y, radius, 0, 2 * M_PI);
  cairo_fill(cr_);
}

void Flow::ring(double x, double y, double radius, Ink colour) {
  if (cr_ == nullptr) return;
  ink(colour);
  cairo_set_line_width(cr_, 1.2);
  cairo_new_path(cr_);
  cairo_arc(cr_, x, y, radius, 0, 2 * M_PI);
  cairo_stroke(cr_);
}

void Flow::tick(double x, double top, double size, bool ticked) {
  if (cr_ == nullptr) return;
  frame(x, top, size, size, black, 0.8);
  if (!ticked) return;
  ink(black);
  cairo_set_line_width(cr_, 1.4);
  cairo_move_to(cr_, x + size * 0.18, top + size * 0.52);
  cairo_line_to(cr_, x + size * 0.42, top + size * 0.8);
  cairo_line_to(cr_, x + size * 0.86, top + size * 0.18);
  cairo_stroke(cr_);
}

void Flow::picture(cairo_surface_t* image, double x, double top, double scale) {
  if (cr_ == nullptr) return;
  cairo_save(cr_);
  cairo_translate(cr_, x, top);
  cairo_scale(cr_, scale, scale);
  cairo_set_source_surface(cr_, image, 0, 0);
  cairo_paint(cr_);
  cairo_restore(cr_);
}

void Flow::label(std::string_view text, Type type, double x, double top, double width, Ink colour, Side side,
                 Backing backing) {
  if (cr_ == nullptr) return;
  const LayoutPtr line = fonts_.line(clean(text), type, width);
  int set_width = 0, set_height = 0;
  pango_layout_get_size(line.get(), &set_width, &set_height);
  const double wide = points(set_width);
  const double left = side == Side::from ? x : side == Side::until ? x - wide : x - wide / 2;
  if (backing == Backing::white) fill(left - 1, top + 1, wide + 2, points(set_height) - 2, {1, 1, 1});
  ink(colour);
  cairo_move_to(cr_, left, top);
  pango_cairo_show_layout(cr_, line.get());
}

}  // namespace sekisho::pdf
