#include "report/desks.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/array.hpp>

#include "report/json.h"
#include "text/fold.h"

namespace sekisho::report {
namespace {

namespace json = boost::json;

std::string in(const care::Text& text, care::Register speech) { return care::spoken(text.in(speech)); }

template <class Item>
Result<const Item*> find_named(const std::vector<Item>& items, std::string_view what, const std::string& asked) {
  const std::string wanted = text::fold_key(asked);
  std::vector<std::string> ids;
  for (const Item& item : items) {
    ids.push_back(item.id);
    for (const std::string& name : {item.id, item.name.ja, item.name.en})
      if (text::fold_key(name) == wanted) return &item;
    // 千葉 for 千葉県, 東京 for 東京都: the name without its last letter.
    const std::string ja = text::fold_key(item.name.ja);
    if (wanted.size() >= 6 && ja.size() == wanted.size() + 3 && ja.rfind(wanted, 0) == 0) return &item;
  }
  const std::string near = knowledge::nearest(wanted, ids);
  return fail(ErrorCode::usage, fmt::format("unknown {} '{}'", what, asked), {},
              near.empty() ? fmt::format("one of: {}", fmt::join(ids, ", ")) : fmt::format("did you mean '{}'?", near));
}

/// The same order in which the words name them; a group without words comes last.
constexpr std::array<std::string_view, 7> groups{"police", "report", "national", "legal", "money", "mental", "own"};

std::size_t rank(const care::Contact& contact) {
  return static_cast<std::size_t>(std::find(groups.begin(), groups.end(), contact.group) - groups.begin());
}

}  // namespace

Result<const care::Prefecture*> find_prefecture(const care::Care& care, const std::string& asked) {
  return find_named(care.prefectures, "prefecture", asked);
}

Result<const care::Carrier*> find_carrier(const care::Care& care, const std::string& asked) {
  return find_named(care.carriers, "carrier", asked);
}

std::vector<ShownDesk> shown_desks(const care::Care& care, const care::Prefecture* prefecture, care::Register speech) {
  const auto plain = [&](std::string_view slot) {
    return slot == "police" && prefecture != nullptr       ? prefecture->police.in(speech)
           : slot == "police"                              ? care.say("slot.your_police", speech)
           : slot == "carrier"                             ? care.say("slot.your_carrier", speech)
           : slot == "prefecture" && prefecture != nullptr ? prefecture->name.in(speech)
           : slot == "prefecture"                          ? care.say("slot.your_prefecture", speech)
                                                           : care.say("slot.that_day", speech);
  };
  std::vector<ShownDesk> out;
  for (const care::Contact& contact : care.contacts) {
    auto desk = care::shown(care, contact, prefecture, nullptr, {}, speech);
    if (!desk) continue;
    for (std::string* text : {&desk->name, &desk->hours, &desk->say}) *text = care::spoken(care::filled(*text, plain));
    out.push_back({&contact, std::move(*desk)});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ShownDesk& a, const ShownDesk& b) { return rank(*a.contact) < rank(*b.contact); });
  return out;
}

json::object to_object(const ShownDesk& shown, care::Register speech) {
  const auto& [contact, desk] = shown;
  return {{"schema", "sekisho.contacts/1"},
          {"id", desk.id},
          {"group", contact->group},
          {"name", desk.name},
          {"phone", or_null(desk.phone)},
          {"hours", or_null(desk.hours)},
          {"web", or_null(desk.web)},
          {"report_address", or_null(contact->report_address)},
          {"takes", in(contact->takes, speech)},
          {"does_not_take", or_null(in(contact->does_not_take, speech))},
          {"say", desk.say},
          {"as_of", desk.as_of},
          {"confidence", knowledge::name(contact->confidence)},
          {"confirmed", desk.confirmed},
          {"source", contact->origin.name},
          {"source_url", or_null(contact->origin.url)}};
}

std::vector<std::pair<std::string_view, const care::Phone*>> police_phones(const care::Prefecture& prefecture) {
  std::vector<std::pair<std::string_view, const care::Phone*>> out;
  const auto offer = [&](std::string_view key, const std::optional<care::Phone>& phone) {
    if (phone && phone->show) out.emplace_back(key, &*phone);
  };
  offer("cyber", prefecture.cyber);
  offer("consult", prefecture.consult);
  offer("hq", prefecture.hq);
  return out;
}

json::object police_object(const care::Prefecture& prefecture, care::Register speech) {
  json::array numbers;
  for (const auto& [key, phone] : police_phones(prefecture))
    numbers.push_back({{"desk", key},
                       {"phone", phone->number},
                       {"as_of", phone->as_of},
                       {"confidence", knowledge::name(phone->confidence)}});
  return {{"schema", "sekisho.contacts/1"},        {"id", "prefectural_police"},   {"prefecture", prefecture.id},
          {"name", in(prefecture.police, speech)}, {"phones", std::move(numbers)}, {"web", or_null(prefecture.web)},
          {"source", prefecture.origin.name}};
}

const care::Carrier& settings_of(const care::Care& care, const care::Carrier& carrier) {
  const care::Carrier* other = carrier.uses_settings_of.empty() ? nullptr : care.carrier(carrier.uses_settings_of);
  return other == nullptr ? carrier : *other;
}

json::object to_object(const care::Care& care, const care::Carrier& carrier, care::Register speech) {
  const care::Carrier& settings = settings_of(care, carrier);
  json::array facts;
  for (const care::Carrier::Fact& fact : settings.facts)
    facts.push_back({{"id", fact.id},
                     {"label", in(fact.label, speech)},
                     {"value", in(fact.value, speech)},
                     {"as_of", fact.as_of},
                     {"confidence", knowledge::name(fact.confidence)},
                     {"confirmed", fact.confidence != care::Confidence::memory}});
  return {{"schema", "sekisho.carriers/1"},
          {"id", carrier.id},
          {"name", in(carrier.name, speech)},
          {"domains", json::array(carrier.domains.begin(), carrier.domains.end())},
          {"uses_settings_of", or_null(carrier.uses_settings_of)},
          {"taps", in(settings.taps, speech)},
          {"settings_url", or_null(settings.settings_url)},
          {"tip", or_null(in(settings.tip, speech))},
          {"facts", std::move(facts)},
          {"as_of", settings.origin.as_of},
          {"confidence", knowledge::name(settings.confidence)},
          {"confirmed", settings.confidence != care::Confidence::memory},
          {"source", settings.origin.name}};
}

}  // namespace sekisho::report
