#include "pdf/blocks.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "pdf/chart.h"
#include "pdf/picture.h"

namespace sekisho::pdf {

namespace {

using namespace paper;

constexpr double gutter = 8;  ///< between columns
constexpr double air = 3;     ///< above and below what stands in a row

/// Where each block goes; one overload for each kind.
class Put {
 public:
  Put(Flow& flow, const std::string& where, std::vector<std::string>& left_out)
      : flow_(flow), where_(where), left_out_(left_out) {}

  void operator()(const Heading& block) const {
    constexpr double after_lines = 76;  // a heading never stands alone at the foot of a page
    const Type type = block.level == 1 ? Type::heading1 : block.level == 2 ? Type::heading2 : Type::heading3;
    Flow::Column column{page_left, {}, block.level == 3 ? black : deep};
    flow_.set(block.text, type, body_width, column.lines);
    double height = after_lines;
    for (const Flow::Line& line : column.lines) height += line.height;
    flow_.need(std::min(height, page_bottom - page_top));
    if (!flow_.at_top()) flow_.skip(block.level == 1 ? 14 : block.level == 2 ? 8 : 4);
    flow_.bookmark(block.level, block.text);
    flow_.columns({column}, 0, block.level == 1 ? 2 : 1);
    if (block.level == 1) {
      flow_.rule(page_left, flow_.y(), page_right, flow_.y(), deep, 1);
      flow_.skip(6);
    }
  }

  void operator()(const Paragraph& block) const {
    const Type type = block.style == Paragraph::Style::strong  ? Type::strong
                      : block.style == Paragraph::Style::small ? Type::small
                                                               : Type::body;
    if (block.style == Paragraph::Style::strong) flow_.need(60);  // it announces what follows
    flow_.text(block.text, type, page_left, body_width, block.style == Paragraph::Style::small ? grey : black, 0, 6);
  }

  void operator()(const List& block) const {
    std::size_t number = 0;
    for (const List::Item& item : block.items) {
      ++number;
      constexpr double indent = 20;
      std::vector<Flow::Column> columns(2);
      columns[0].x = page_left + 2;
      if (block.mark != List::Mark::tick)
        flow_.set(block.mark == List::Mark::bullet ? "・" : fmt::format("{}.", number), Type::body, indent + 6,
                  columns[0].lines);
      columns[1].x = page_left + indent;
      flow_.set(item.text, Type::body, body_width - indent, columns[1].lines);
      if (columns[1].lines.empty()) flow_.set(" ", Type::body, indent, columns[1].lines);
      std::vector<Flow::Line> note;
      if (!item.note.empty()) flow_.set(item.note, Type::small, body_width - indent, note);
      columns[1].lines.insert(columns[1].lines.end(), note.begin(), note.end());
      const bool tick = block.mark == List::Mark::tick;
      flow_.columns(columns, 0, 3, [&](double top, double, bool first) {
        if (tick && first) flow_.tick(page_left + 3, top + 3, 9, item.ticked);
      });
    }
    flow_.skip(4);
  }

  void operator()(const Pairs& block) const {
    constexpr double label_width = 136;
    for (const Pairs::Pair& pair : block.pairs) {
      std::vector<Flow::Column> columns(2);
      columns[0] = {page_left + 4, {}, grey};
      flow_.set(pair.label, Type::cell_strong, label_width - gutter, columns[0].lines);
      columns[1].x = page_left + label_width;
      flow_.set(pair.value.empty() ? " " : pair.value, Type::body, body_width - label_width - 4, columns[1].lines);
      flow_.columns(columns, air, air, [&](double top, double bottom, bool) {
        flow_.fill(page_left, top, label_width - gutter / 2, bottom - top, tint);
        flow_.rule(page_left, bottom, page_right, bottom, faint, 0.5);
      });
      if (pair.value.empty()) flow_.skip(6);
    }
    flow_.skip(8);
  }

  void operator()(const Table& block) const {
    const double shares = std::accumulate(block.columns.begin(), block.columns.end(), 0.0,
                                          [](double sum, const Table::Column& column) { return sum + column.width; });
    std::vector<double> at, width;
    double x = page_left;
    for (const Table::Column& column : block.columns) {
      at.push_back(x + 3);
      width.push_back(std::max(body_width * column.width / shares - gutter, 6.0));
      x += body_width * column.width / shares;
    }
    const auto row_of = [&](const auto& text_of, const auto& type_of) {
      std::vector<Flow::Column> columns(block.columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].x = at[i];
        flow_.set(text_of(i), type_of(i), width[i], columns[i].lines);
      }
      return columns;
    };
    std::vector<Flow::Column> head = row_of([&](std::size_t i) { return std::string_view(block.columns[i].title); },
                                            [](std::size_t) { return Type::cell_strong; });
    // A head that takes half a page would leave no room for what it heads.
    for (Flow::Column& column : head)
      if (column.lines.size() > 3) column.lines.resize(3);
    const auto put_head = [&] {
      flow_.columns(head, air, air, [&](double top, double bottom, bool) {
        flow_.fill(page_left, top, body_width, bottom - top, tint);
        flow_.rule(page_left, bottom, page_right, bottom, deep, 0.9);
      });
    };
    flow_.need(60);
    put_head();
    flow_.on_new_page(put_head);
    for (const std::vector<std::string>& row : block.rows) {
      flow_.columns(row_of([&](std::size_t i) { return std::string_view(row[i]); },
                           [&](std::size_t i) { return block.columns[i].mono ? Type::mono_small : Type::cell; }),
                    air, air, [&](double, double bottom, bool) {
                      flow_.rule(page_left, bottom, page_right, bottom, faint, 0.5);
                    });
      if (flow_.too_many()) break;
    }
    flow_.on_new_page({});
    flow_.skip(10);
  }

  void operator()(const Timeline& block) const {
    constexpr double when_width = 132, line_x = page_left + when_width + 6;
    for (const Timeline::Entry& entry : block.entries) {
      std::vector<Flow::Column> columns(2);
      columns[0] = {page_left, {}, grey};
      flow_.set(entry.when, Type::cell, when_width - gutter, columns[0].lines);
      columns[1].x = line_x + 12;
      const double width = page_right - columns[1].x;
      flow_.set(entry.text, entry.strong ? Type::strong : Type::body, width, columns[1].lines);
      std::vector<Flow::Line> note;
      if (!entry.note.empty()) flow_.set(entry.note, Type::small, width, note);
      columns[1].lines.insert(columns[1].lines.end(), note.begin(), note.end());
      flow_.columns(columns, 2, 4, [&](double top, double bottom, bool first) {
        flow_.rule(line_x, top, line_x, bottom, faint, 1.2);
        if (first) flow_.dot(line_x, top + 9.5, entry.strong ? 3.6 : 2.4, entry.strong ? alarm : deep);
      });
      if (flow_.too_many()) break;
    }
    flow_.skip(8);
  }

  void operator()(const DotChart& block) const { put_chart(flow_, block); }

  void operator()(const Box& block) const {
    const bool warning = block.tone == Box::Tone::warning;
    constexpr double inside = 12;
    const auto behind = [&](double top, double bottom, bool) {
      flow_.fill(page_left, top, body_width, bottom - top, warning ? alarm_tint : tint);
      flow_.fill(page_left, top, 4, bottom - top, warning ? alarm : deep);
    };
    flow_.skip(3);
    // A short one stands together; of a long one the title and some lines.
    constexpr std::size_t short_bytes = 1'500;
    constexpr double some_lines = 90;
    std::vector<Flow::Line> lines;
    if (block.text.size() <= short_bytes) flow_.set(block.text, Type::body, body_width - 2 * inside, lines);
    double height = lines.empty() ? some_lines : 40;
    for (const Flow::Line& line : lines) height += line.height;
    flow_.need(std::min(height, page_bottom - page_top));
    if (!block.title.empty())
      flow_.text(block.title, Type::strong, page_left + inside, body_width - 2 * inside, warning ? alarm : deep, 7,
                 block.text.empty() ? 8 : 2, behind);
    flow_.text(block.text, Type::body, page_left + inside, body_width - 2 * inside, black, block.title.empty() ? 7 : 0,
               8, behind);
    flow_.skip(9);
  }

  void operator()(const Quote& block) const {
    if (!block.caption.empty()) {
      flow_.need(50);
      flow_.text(block.caption, Type::small, page_left, body_width, grey, 2, 2);
    }
    flow_.text(block.text, Type::mono, page_left + 12, body_width - 20, black, 4, 5,
               [&](double top, double bottom, bool) {
                 flow_.fill(page_left, top, body_width, bottom - top, tint);
                 flow_.fill(page_left, top, 3, bottom - top, grey);
               });
    flow_.skip(9);
  }

  void operator()(const Picture& block) const {
    constexpr double highest = 400, empty_height = 70;
    const Result<PictureSize> size = size_of_png(block.png);
    const Result<Image> image = decode_png(block.png);
    double width = body_width, height = empty_height, scale = 1;
    if (image && size) {
      scale = std::min({body_width / size->width, highest / size->height, 1.0});
      width = size->width * scale;
      height = size->height * scale;
    }
    flow_.need(height + 26);
    if (image) {
      flow_.picture(image->get(), page_left, flow_.y(), scale);
    } else {
      left_out_.push_back(fmt::format("{}.png: {}", where_, image.error().what));
      flow_.rule(page_left, flow_.y(), page_left + width, flow_.y() + height, faint, 0.7);
      flow_.rule(page_left, flow_.y() + height, page_left + width, flow_.y(), faint, 0.7);
    }
    flow_.frame(page_left, flow_.y(), width, height, faint, 0.7);
    flow_.skip(height + 3);
    flow_.text(block.caption, Type::small, page_left, body_width, grey, 0, 9);
  }

  void operator()(const Lines& block) const {
    constexpr double apart = 23;
    for (const std::string& label : block.labels) {
      flow_.need(apart);
      flow_.label(label, Type::cell_strong, page_left, flow_.y() + 6, 150, black);
      flow_.rule(page_left + (label.empty() ? 0 : 158), flow_.y() + apart - 4, page_right, flow_.y() + apart - 4, grey,
                 0.6);
      flow_.skip(apart);
    }
    flow_.skip(8);
  }

  void operator()(const PageBreak&) const {
    if (!flow_.at_top()) flow_.new_page();
  }

 private:
  Flow& flow_;
  const std::string& where_;
  std::vector<std::string>& left_out_;
};

}  // namespace

void put_block(Flow& flow, const Block& block, const std::string& where, std::vector<std::string>& left_out) {
  std::visit(Put(flow, where, left_out), block);
}

}  // namespace sekisho::pdf
