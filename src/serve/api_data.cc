// Examples, signs, desks, carriers: what the program knows, to read.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/limits.h"
#include "report/desks.h"
#include "report/examples.h"
#include "report/json.h"
#include "report/signs.h"
#include "serve/site.h"

namespace sekisho::serve {
namespace {

namespace json = boost::json;

Response of(const json::value& value) {
  Response out;
  out.body = report::to_json(value) + '\n';
  return out;
}

Response not_found(const Call& call) { return problem(*call.knowing, call.speech, 404, "not_found"); }

/// A search as words, parted by spaces of any width; cut to what is worth looking for.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view wide_space = "\u3000";
  text = text.substr(0, limits::http_search_bytes);
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(report::valid_utf8(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') {
      end_word();
    } else if (text.substr(i).starts_with(wide_space)) {
      end_word();
      i += wide_space.size() - 1;
    } else {
      word += text[i];
    }
  }
  end_word();
  return words;
}

}  // namespace

Response answer_examples(const Call& call) {
  const engine::Engine& engine = call.knowing->engine();
  const std::string_view kind = call.request.target.value("kind");
  json::array found;
  for (const gallery::Example* example :
       engine.gallery().search(words_of(call.request.target.value("q")), engine.knowledge()))
    if (kind.empty() || example->kind == kind) found.push_back(report::to_object(*example, engine, call.speech.lang()));
  return of(json::object{{"schema", "sekisho.examples/1"}, {"examples", std::move(found)}});
}

Response answer_example(const Call& call) {
  const engine::Engine& engine = call.knowing->engine();
  for (const gallery::Example& example : engine.gallery().examples())
    if (example.id == call.request.arguments.front()) return of(report::to_object(example, engine, call.speech.lang()));
  return not_found(call);
}

Response answer_sign(const Call& call) {
  constexpr std::string_view fact_prefix = "fact:";
  const signs::Deck& deck = call.knowing->engine().deck();
  std::string_view asked = call.request.arguments.front();
  if (asked.starts_with(fact_prefix)) {
    const auto fact = facts::find_fact(asked.substr(fact_prefix.size()));
    return fact ? of(report::to_object(*fact, deck)) : not_found(call);
  }
  const signs::Card* card = deck.card(asked);
  return card == nullptr ? not_found(call) : of(report::to_object(*card, deck, call.speech.lang()));
}

Response answer_contacts(const Call& call) {
  const care::Care& care = call.knowing->care();
  const care::Register speech = call.speech.speech;
  json::array contacts;
  const care::Prefecture* prefecture = nullptr;
  if (const std::string asked(call.request.target.value("prefecture")); !asked.empty()) {
    const auto found = report::find_prefecture(care, asked);
    if (!found) return problem(call, found.error());
    prefecture = *found;
    contacts.push_back(report::police_object(*prefecture, speech));
  }
  for (const report::ShownDesk& desk : report::shown_desks(care, prefecture, speech))
    contacts.push_back(report::to_object(desk, speech));
  return of(json::object{{"schema", "sekisho.contacts/1"}, {"contacts", std::move(contacts)}});
}

Response answer_carriers(const Call& call) {
  const care::Care& care = call.knowing->care();
  json::array carriers;
  for (const care::Carrier& carrier : care.carriers)
    carriers.push_back(report::to_object(care, carrier, call.speech.speech));
  return of(json::object{{"schema", "sekisho.carriers/1"}, {"carriers", std::move(carriers)}});
}

Response answer_carrier(const Call& call) {
  const care::Care& care = call.knowing->care();
  const auto found = report::find_carrier(care, call.request.arguments.front());
  return found ? of(report::to_object(care, **found, call.speech.speech)) : not_found(call);
}

}  // namespace sekisho::serve
