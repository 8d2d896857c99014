#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <sodium.h>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/limits.h"
#include "paper/paper.h"

namespace sekisho::paper {

namespace {

namespace json = boost::json;
using limits::paper_cell_bytes;
using limits::paper_label_bytes;
using limits::paper_one_text_bytes;

constexpr std::string_view schema = "sekisho.paper/1";
/// Deepest place of the format: document, blocks, block, rows, row.
constexpr std::size_t depth = 8;

using Names = std::initializer_list<std::string_view>;

/// Invariant: keeps the first fault only; after it every question is answered with nothing, so that reading ends soon.
class Reader {
 public:
  Result<Paper> read(const json::value& root);

 private:
  /// An object and where it stands in the document ("blocks[3].rows[2]"), for the error.
  struct At {
    const json::object& in;
    std::string where;
  };

  void wrong(const std::string& where, std::string what) {
    if (!error_) error_ = Error{ErrorCode::bad_data, std::move(what), where, {}, {}};
  }
  static std::string below(const At& at, std::string_view key) {
    return at.where.empty() ? std::string(key) : fmt::format("{}.{}", at.where, key);
  }
  static const json::value* member(const At& at, std::string_view key) {
    return at.in.if_contains({key.data(), key.size()});
  }
  /// Keys beside `known` are a mistake of whoever wrote it: better said than ignored.
  void only(const At& at, Names known);
  std::string text(const At& at, std::string_view key, std::size_t most = paper_one_text_bytes);
  std::string text(const json::value& value, const std::string& where, std::size_t most);
  std::uint32_t number(const At& at, std::string_view key, std::uint32_t least, std::uint32_t most);
  bool flag(const At& at, std::string_view key);
  /// The place in `names` of a word; the first one when it is missing.
  template <class Enum>
  Enum choice(const At& at, std::string_view key, Names names);
  /// Calls `take` with each entry of a list and where it stands, until something is wrong.
  template <class Take>
  void each(const At& at, std::string_view key, std::size_t most, Take take);
  /// The same for a list of objects that have no other keys than `known`.
  template <class Take>
  void each_object(const At& at, std::string_view key, std::size_t most, Names known, Take take);

  Block block(const At& at);
  List list(const At& at);
  Pairs pairs(const At& at);
  Table table(const At& at);
  Timeline timeline(const At& at);
  DotChart chart(const At& at);
  Picture picture(const At& at);
  Lines lines(const At& at);

  std::optional<Error> error_;
  std::size_t text_bytes_ = 0, pictures_ = 0;
};

void Reader::only(const At& at, Names known) {
  for (const auto& entry : at.in) {
    const std::string_view key(entry.key().data(), entry.key().size());
    if (std::find(known.begin(), known.end(), key) == known.end())
      wrong(at.where, fmt::format("unknown key of {} bytes beside {}", key.size(), fmt::join(known, ", ")));
  }
}

std::string Reader::text(const json::value& value, const std::string& where, std::size_t most) {
  const json::string* found = value.if_string();
  if (found == nullptr) return wrong(where, "text was expected here"), std::string();
  text_bytes_ += found->size();
  if (found->size() > most)
    return wrong(where, fmt::format("a text of {} bytes is longer than {}", found->size(), most)), std::string();
  if (text_bytes_ > limits::paper_text_bytes)
    return wrong(where, fmt::format("all text together is longer than {} bytes", limits::paper_text_bytes)),
           std::string();
  return std::string(found->data(), found->size());
}

std::string Reader::text(const At& at, std::string_view key, std::size_t most) {
  const json::value* value = member(at, key);
  return value == nullptr ? std::string() : text(*value, below(at, key), most);
}

std::uint32_t Reader::number(const At& at, std::string_view key, std::uint32_t least, std::uint32_t most) {
  const json::value* value = member(at, key);
  if (value == nullptr) return least;
  const std::int64_t* found = value->if_int64();
  if (found != nullptr && *found >= least && *found <= most) return static_cast<std::uint32_t>(*found);
  wrong(below(at, key), fmt::format("a whole number from {} to {} was expected here", least, most));
  return least;
}

bool Reader::flag(const At& at, std::string_view key) {
  const json::value* value = member(at, key);
  if (value == nullptr) return false;
  if (const bool* found = value->if_bool()) return *found;
  wrong(below(at, key), "true or false was expected here");
  return false;
}

template <class Enum>
Enum Reader::choice(const At& at, std::string_view key, Names names) {
  const json::value* value = member(at, key);
  if (value == nullptr) return Enum{};
  if (const json::string* found = value->if_string()) {
    const auto name = std::find(names.begin(), names.end(), std::string_view(found->data(), found->size()));
    if (name != names.end()) return static_cast<Enum>(name - names.begin());
  }
  wrong(below(at, key), fmt::format("one of {} was expected here", fmt::join(names, ", ")));
  return Enum{};
}

template <class Take>
void Reader::each(const At& at, std::string_view key, std::size_t most, Take take) {
  const json::value* value = member(at, key);
  if (value == nullptr) return;
  const std::string where = below(at, key);
  const json::array* found = value->if_array();
  if (found == nullptr) return wrong(where, "a list was expected here");
  if (found->size() > most) return wrong(where, fmt::format("{} entries are more than {}", found->size(), most));
  for (std::size_t i = 0; i < found->size() && !error_; ++i) take((*found)[i], fmt::format("{}[{}]", where, i));
}

template <class Take>
void Reader::each_object(const At& at, std::string_view key, std::size_t most, Names known, Take take) {
  each(at, key, most, [&](const json::value& value, const std::string& where) {
    const json::object* found = value.if_object();
    if (found == nullptr) return wrong(where, "an object was expected here");
    const At here{*found, where};
    only(here, known);
    take(here);
  });
}

List Reader::list(const At& at) {
  only(at, {"type", "mark", "items"});
  List out{choice<List::Mark>(at, "mark", {"bullet", "number", "tick"}), {}};
  each_object(at, "items", limits::paper_rows, {"text", "note", "ticked"}, [&](const At& item) {
    out.items.push_back(
        {text(item, "text", paper_cell_bytes), text(item, "note", paper_cell_bytes), flag(item, "ticked")});
  });
  return out;
}

Pairs Reader::pairs(const At& at) {
  only(at, {"type", "pairs"});
  Pairs out;
  each_object(at, "pairs", limits::paper_rows, {"label", "value"}, [&](const At& pair) {
    out.pairs.push_back({text(pair, "label", paper_label_bytes), text(pair, "value", paper_cell_bytes)});
  });
  return out;
}

Table Reader::table(const At& at) {
  only(at, {"type", "columns", "rows"});
  Table out;
  each_object(at, "columns", limits::paper_columns, {"title", "width", "mono"}, [&](const At& column) {
    out.columns.push_back(
        {text(column, "title", paper_label_bytes), number(column, "width", 1, 100), flag(column, "mono")});
  });
  if (out.columns.empty()) wrong(below(at, "columns"), "a table needs a column");
  each(at, "rows", limits::paper_rows, [&](const json::value& value, const std::string& where) {
    const json::array* cells = value.if_array();
    if (cells == nullptr || cells->size() != out.columns.size())
      return wrong(where, fmt::format("a list of {} cells was expected here", out.columns.size()));
    std::vector<std::string>& row = out.rows.emplace_back();
    for (const json::value& cell : *cells) row.push_back(text(cell, where, paper_cell_bytes));
  });
  return out;
}

Timeline Reader::timeline(const At& at) {
  only(at, {"type", "entries"});
  Timeline out;
  each_object(at, "entries", limits::paper_rows, {"when", "text", "note", "strong"}, [&](const At& entry) {
    out.entries.push_back({text(entry, "when", paper_label_bytes), text(entry, "text", paper_cell_bytes),
                           text(entry, "note", paper_cell_bytes), flag(entry, "strong")});
  });
  return out;
}

DotChart Reader::chart(const At& at) {
  only(at, {"type", "caption", "hours_label", "days", "dots", "marks"});
  DotChart out;
  out.caption = text(at, "caption");
  out.hours_label = text(at, "hours_label", paper_label_bytes);
  each(at, "days", limits::paper_chart_days, [&](const json::value& value, const std::string& where) {
    out.day_labels.push_back(text(value, where, paper_label_bytes));
  });
  if (out.day_labels.empty()) return wrong(below(at, "days"), "a chart needs a day"), out;
  const auto last_day = static_cast<std::uint32_t>(out.day_labels.size() - 1);
  each_object(at, "dots", limits::paper_chart_dots, {"day", "minute"}, [&](const At& dot) {
    out.dots.push_back({number(dot, "day", 0, last_day), number(dot, "minute", 0, 1439)});
  });
  each_object(at, "marks", limits::paper_chart_marks, {"day", "minute", "text"}, [&](const At& mark) {
    out.marks.push_back(
        {number(mark, "day", 0, last_day), number(mark, "minute", 0, 1439), text(mark, "text", paper_label_bytes)});
  });
  return out;
}

Picture Reader::picture(const At& at) {
  only(at, {"type", "caption", "png"});
  Picture out{text(at, "caption"), {}};
  const std::string where = below(at, "png");
  if (++pictures_ > limits::paper_pictures)
    return wrong(where, fmt::format("there are more than {} pictures", limits::paper_pictures)), out;
  const json::value* value = member(at, "png");
  const json::string* coded = value == nullptr ? nullptr : value->if_string();
  if (coded == nullptr) return wrong(where, "the bytes of the picture are missing"), out;
  out.png.resize(coded->size() / 4 * 3 + 3);
  std::size_t bytes = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.png.data()), out.png.size(), coded->data(), coded->size(),
                        nullptr, &bytes, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return wrong(where, "this is not base64"), Picture{};
  if (bytes > limits::paper_picture_bytes)
    wrong(where, fmt::format("a picture of {} bytes is larger than {}", bytes, limits::paper_picture_bytes));
  out.png.resize(bytes);
  return out;
}

Lines Reader::lines(const At& at) {
  only(at, {"type", "labels"});
  Lines out;
  each(at, "labels", limits::paper_rows, [&](const json::value& value, const std::string& where) {
    out.labels.push_back(text(value, where, paper_label_bytes));
  });
  return out;
}

Block Reader::block(const At& at) {
  const json::value* value = member(at, "type");
  const json::string* found = value == nullptr ? nullptr : value->if_string();
  const std::string_view type = found == nullptr ? std::string_view() : std::string_view(found->data(), found->size());
  if (type == "heading") {
    only(at, {"type", "level", "text"});
    return Heading{number(at, "level", 1, 3), text(at, "text", paper_label_bytes)};
  }
  if (type == "paragraph") {
    only(at, {"type", "text", "style"});
    return Paragraph{text(at, "text"), choice<Paragraph::Style>(at, "style", {"plain", "strong", "small"})};
  }
  if (type == "box") {
    only(at, {"type", "title", "text", "tone"});
    return Box{text(at, "title", paper_label_bytes), text(at, "text"),
               choice<Box::Tone>(at, "tone", {"note", "warning"})};
  }
  if (type == "quote") {
    only(at, {"type", "caption", "text"});
    return Quote{text(at, "caption", paper_label_bytes), text(at, "text")};
  }
  if (type == "list") return list(at);
  if (type == "pairs") return pairs(at);
  if (type == "table") return table(at);
  if (type == "timeline") return timeline(at);
  if (type == "dot_chart") return chart(at);
  if (type == "picture") return picture(at);
  if (type == "lines") return lines(at);
  if (type == "page_break") return only(at, {"type"}), PageBreak{};
  wrong(below(at, "type"), "unknown kind of block");
  return PageBreak{};
}

/// "2026-11-23T12:00:00+09:00" by its shape: what goes into the PDF's own data cannot be anything longer.
bool is_date_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00+00:00";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i] && !(shape[i] == '+' && text[i] == '-')) return false;
  }
  return true;
}

Result<Paper> Reader::read(const json::value& root) {
  const json::object* found = root.if_object();
  if (found == nullptr) return fail(ErrorCode::bad_data, "an object was expected");
  const At at{*found, {}};
  if (text(at, "schema", paper_label_bytes) != schema) wrong("schema", fmt::format("'{}' was expected here", schema));
  only(at, {"schema", "lang", "title", "subject", "made", "header", "footer", "blocks"});
  Paper out;
  out.lang = text(at, "lang", paper_label_bytes);
  if (out.lang != "ja" && out.lang != "en") wrong("lang", "one of ja, en was expected here");
  out.title = text(at, "title", paper_label_bytes);
  out.subject = text(at, "subject", paper_label_bytes);
  out.made = text(at, "made", paper_label_bytes);
  if (!is_date_time(out.made)) wrong("made", "a time like 2026-11-23T12:00:00+09:00 was expected here");
  out.header = text(at, "header", paper_label_bytes);
  out.footer = text(at, "footer", paper_label_bytes);
  each(at, "blocks", limits::paper_blocks, [&](const json::value& value, const std::string& where) {
    const json::object* one = value.if_object();
    if (one == nullptr) return wrong(where, "an object was expected here");
    out.blocks.push_back(block(At{*one, where}));
  });
  if (error_) return tl::unexpected(*error_);
  return out;
}

}  // namespace

Result<Paper> read_paper(std::string_view bytes) {
  if (bytes.size() > limits::paper_bytes)
    return fail(ErrorCode::bad_data, fmt::format("the document is larger than {} bytes", limits::paper_bytes));
  json::error_code error;
  json::parse_options options;
  options.max_depth = depth;
  const json::value root = json::parse({bytes.data(), bytes.size()}, error, {}, options);
  if (error) return fail(ErrorCode::bad_data, "this is not JSON in UTF-8, or it nests too deep");
  return Reader().read(root);
}

}  // namespace sekisho::paper
