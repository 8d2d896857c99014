#include <sodium.h>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "paper/paper.h"
#include "text/utf8.h"

namespace sekisho::paper {

namespace {

namespace json = boost::json;

json::string clean(std::string_view text) {
  json::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t valid = text::valid_prefix(text);
    out.append(json::string_view(text.data(), valid));
    text.remove_prefix(valid);
    if (text.empty()) break;
    out.append("\uFFFD");
    text.remove_prefix(text::ill_formed_length(text));
  }
  return out;
}

template <class Enum, std::size_t n>
json::string_view name(Enum value, const std::array<json::string_view, n>& names) {
  return names[static_cast<std::size_t>(value)];
}

json::string base64(const std::string& bytes) {
  json::string out;
  out.resize(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL));
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.resize(out.size() - 1);  // its NUL
  return out;
}

template <class T, class Make>
json::array array_of(const std::vector<T>& values, Make make) {
  json::array out;
  out.reserve(values.size());
  for (const T& value : values) out.push_back(make(value));
  return out;
}

struct Writer {
  json::object operator()(const Heading& block) const {
    return {{"type", "heading"}, {"level", block.level}, {"text", clean(block.text)}};
  }
  json::object operator()(const Paragraph& block) const {
    static constexpr std::array<json::string_view, 3> styles{"plain", "strong", "small"};
    return {{"type", "paragraph"}, {"text", clean(block.text)}, {"style", name(block.style, styles)}};
  }
  json::object operator()(const List& block) const {
    static constexpr std::array<json::string_view, 3> marks{"bullet", "number", "tick"};
    return {{"type", "list"},
            {"mark", name(block.mark, marks)},
            {"items", array_of(block.items, [](const auto& item) {
               return json::object{{"text", clean(item.text)}, {"note", clean(item.note)}, {"ticked", item.ticked}};
             })}};
  }
  json::object operator()(const Pairs& block) const {
    return {{"type", "pairs"}, {"pairs", array_of(block.pairs, [](const auto& pair) {
                                  return json::object{{"label", clean(pair.label)}, {"value", clean(pair.value)}};
                                })}};
  }
  json::object operator()(const Table& block) const {
    return {
        {"type", "table"},
        {"columns",
         array_of(block.columns,
                  [](const auto& column) {
                    return json::object{{"title", clean(column.title)}, {"width", column.width}, {"mono", column.mono}};
                  })},
        {"rows", array_of(block.rows, [](const auto& row) { return array_of(row, clean); })}};
  }
  json::object operator()(const Timeline& block) const {
    return {{"type", "timeline"}, {"entries", array_of(block.entries, [](const auto& entry) {
                                     return json::object{{"when", clean(entry.when)},
                                                         {"text", clean(entry.text)},
                                                         {"note", clean(entry.note)},
                                                         {"strong", entry.strong}};
                                   })}};
  }
  json::object operator()(const DotChart& block) const {
    return {{"type", "dot_chart"},
            {"caption", clean(block.caption)},
            {"hours_label", clean(block.hours_label)},
            {"days", array_of(block.day_labels, clean)},
            {"dots", array_of(block.dots,
                              [](const auto& dot) {
                                return json::object{{"day", dot.day}, {"minute", dot.minute}};
                              })},
            {"marks", array_of(block.marks, [](const auto& mark) {
               return json::object{{"day", mark.day}, {"minute", mark.minute}, {"text", clean(mark.text)}};
             })}};
  }
  json::object operator()(const Box& block) const {
    static constexpr std::array<json::string_view, 2> tones{"note", "warning"};
    return {
        {"type", "box"}, {"title", clean(block.title)}, {"text", clean(block.text)}, {"tone", name(block.tone, tones)}};
  }
  json::object operator()(const Quote& block) const {
    return {{"type", "quote"}, {"caption", clean(block.caption)}, {"text", clean(block.text)}};
  }
  json::object operator()(const Picture& block) const {
    return {{"type", "picture"}, {"caption", clean(block.caption)}, {"png", base64(block.png)}};
  }
  json::object operator()(const Lines& block) const {
    return {{"type", "lines"}, {"labels", array_of(block.labels, clean)}};
  }
  json::object operator()(const PageBreak&) const { return {{"type", "page_break"}}; }
};

}  // namespace

std::string write_paper(const Paper& paper) {
  return json::serialize(
      json::object{{"schema", "sekisho.paper/1"},
                   {"lang", clean(paper.lang)},
                   {"title", clean(paper.title)},
                   {"subject", clean(paper.subject)},
                   {"made", clean(paper.made)},
                   {"header", clean(paper.header)},
                   {"footer", clean(paper.footer)},
                   {"blocks", array_of(paper.blocks, [](const Block& block) { return std::visit(Writer{}, block); })}});
}

}  // namespace sekisho::paper
