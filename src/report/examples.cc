#include "report/examples.h"

#include <boost/json/array.hpp>

namespace sekisho::report {

namespace json = boost::json;

std::string kind_name(const gallery::Example& example, const engine::Engine& engine, const std::string& lang) {
  const knowledge::Kind* kind = engine.knowledge().kind(example.kind);
  return std::string(kind == nullptr ? std::string_view(example.kind) : kind->name.in(lang));
}

json::object to_object(const gallery::Example& example, const engine::Engine& engine, const std::string& lang) {
  json::object out{{"schema", "sekisho.examples/1"},
                   {"id", example.id},
                   {"kind", example.kind},
                   {"kind_name", kind_name(example, engine, lang)},
                   {"what", nullptr},
                   {"title", example.title.in(lang)},
                   {"genuine", example.genuine.in(lang)},
                   {"read_as", gallery::name(example.read_as)},
                   {"verdict", verdict::name(example.answer)}};
  if (const auto* kind = engine.knowledge().kind(example.kind)) out["what"] = kind->what.in(lang);
  out["words"] = json::array(example.words.begin(), example.words.end());
  json::array parts, marks;
  for (std::size_t i = 0; i < example.parts.size(); ++i)
    parts.push_back({{"id", i}, {"kind", example.parts[i].label}, {"text", example.parts[i].text}});
  for (const gallery::Mark& mark : example.marks) {
    const signs::Card* card = engine.deck().card(mark.sign);
    if (card == nullptr) continue;
    json::array quotes;
    for (const verdict::Quote& quote : mark.quotes)
      quotes.push_back(
          {{"part", quote.part}, {"start", quote.span.start}, {"end", quote.span.end}, {"text", quote.text}});
    marks.push_back({{"sign", mark.sign},
                     {"weight", mark.weight},
                     {"title", card->title.in(lang)},
                     {"how_to_check", card->how_to_check.in(lang)},
                     {"absent", mark.absent},
                     {"quotes", std::move(quotes)}});
  }
  out["parts"] = std::move(parts);
  out["marks"] = std::move(marks);
  return out;
}

}  // namespace sekisho::report
