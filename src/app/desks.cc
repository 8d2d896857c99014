// sekisho contacts and sekisho carriers: the desks that help, and where mails are stopped; each dated, with how sure we
// are. A number that may not be shown is not in what is printed here either.
#include <algorithm>
#include <cctype>
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>
#include <boost/json/array.hpp>

#include "app/care_data.h"
#include "app/guide_text.h"
#include "app/json.h"
#include "text/fold.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

int complain(const Session& session, const Error& error) {
  std::fputs(session.voice.complaint(error).c_str(), stderr);
  return exit_code_of(error.code);
}

int print(const std::string& out) {
  std::fwrite(out.data(), 1, out.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(valid_utf8(text));
}

GuidePage page_of(const Session& session, const care::Care& care) {
  return GuidePage(care, register_of(session), paint_for(session.settings.color.value), terminal_width(STDOUT_FILENO));
}

std::string confidence_words(const GuidePage& page, care::Confidence confidence) {
  return page.say(fmt::format("confidence.{}", knowledge::name(confidence)));
}

/// One of `items` by id or by its name in any register; error usage naming the nearest id.
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

template <class Item>
int print_names(const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) out += item.id + '\n';
  return print(out);
}

/// The same order in which the words name them; a group without words comes last.
const std::vector<std::string> groups{"police", "report", "national", "legal", "money", "mental", "own"};

class Desks {
 public:
  Desks(const care::Care& care, const care::Prefecture* prefecture, GuidePage page)
      : care_(care), prefecture_(prefecture), page_(std::move(page)) {
    for (const std::string& group : groups)
      for (const care::Contact& contact : care.contacts)
        if (contact.group == group) add(contact);
    for (const care::Contact& contact : care.contacts)
      if (std::find(groups.begin(), groups.end(), contact.group) == groups.end()) add(contact);
  }

  std::string text() const {
    std::string out = page_.paint().strong(page_.say("contacts.title")) + '\n';
    if (prefecture_ != nullptr) out += police();
    std::string group;
    for (const auto& [contact, desk] : shown_) {
      if (contact->group != group) {
        group = contact->group;
        out += page_.heading("contacts.group." + group);
      }
      out += page_.desk(desk) + page_.detail("head.takes", page_.in(contact->takes)) +
             page_.detail("head.does_not_take", page_.in(contact->does_not_take)) +
             page_.detail("head.confidence", confidence_words(page_, contact->confidence)) +
             page_.detail("head.source", contact->origin.name);
    }
    return out + '\n' + page_.paragraph(page_.say("contacts.next"));
  }

  std::string lines() const {
    std::string out;
    if (prefecture_ != nullptr) out += to_json(police_object()) + '\n';
    for (const auto& [contact, desk] : shown_)
      out += to_json(json::object{{"schema", "sekisho.contacts/1"},
                                  {"id", desk.id},
                                  {"group", contact->group},
                                  {"name", desk.name},
                                  {"phone", or_null(desk.phone)},
                                  {"hours", or_null(desk.hours)},
                                  {"web", or_null(desk.web)},
                                  {"report_address", or_null(contact->report_address)},
                                  {"takes", page_.in(contact->takes)},
                                  {"does_not_take", or_null(page_.in(contact->does_not_take))},
                                  {"say", desk.say},
                                  {"as_of", desk.as_of},
                                  {"confidence", knowledge::name(contact->confidence)},
                                  {"confirmed", desk.confirmed},
                                  {"source", contact->origin.name},
                                  {"source_url", or_null(contact->origin.url)}}) +
             '\n';
    return out;
  }

 private:
  void add(const care::Contact& contact) {
    auto desk = care::shown(care_, contact, prefecture_, nullptr, {}, page_.speech());
    if (!desk) return;
    const auto plain = [&](std::string_view slot) {
      return slot == "police" && prefecture_ != nullptr       ? prefecture_->police.in(page_.speech())
             : slot == "police"                               ? care_.say("slot.your_police", page_.speech())
             : slot == "carrier"                              ? care_.say("slot.your_carrier", page_.speech())
             : slot == "prefecture" && prefecture_ != nullptr ? prefecture_->name.in(page_.speech())
             : slot == "prefecture"                           ? care_.say("slot.your_prefecture", page_.speech())
                                                              : care_.say("slot.that_day", page_.speech());
    };
    for (std::string* text : {&desk->name, &desk->hours, &desk->say}) *text = care::spoken(care::filled(*text, plain));
    shown_.emplace_back(&contact, std::move(*desk));
  }

  std::vector<std::pair<std::string_view, const care::Phone*>> phones() const {
    std::vector<std::pair<std::string_view, const care::Phone*>> out;
    const auto offer = [&](std::string_view key, const std::optional<care::Phone>& phone) {
      if (phone && phone->show) out.emplace_back(key, &*phone);
    };
    offer("cyber", prefecture_->cyber);
    offer("consult", prefecture_->consult);
    offer("hq", prefecture_->hq);
    return out;
  }

  std::string police() const {
    std::string out = '\n' + page_.paint().strong(page_.in(prefecture_->police)) + '\n';
    for (const auto& [key, phone] : phones())
      out += page_.bullet(fmt::format("{}  {}  ({}, {})", page_.say(fmt::format("contacts.{}", key)), phone->number,
                                      confidence_words(page_, phone->confidence), as_of_words(page_, phone->as_of)));
    out += page_.detail("head.web", prefecture_->web);
    return phones().empty() ? out + page_.detail("head.say", page_.say("contacts.number_withheld")) : out;
  }

  json::object police_object() const {
    json::array numbers;
    for (const auto& [key, phone] : phones())
      numbers.push_back({{"desk", key},
                         {"phone", phone->number},
                         {"as_of", phone->as_of},
                         {"confidence", knowledge::name(phone->confidence)}});
    return {{"schema", "sekisho.contacts/1"},        {"id", "prefectural_police"},   {"prefecture", prefecture_->id},
            {"name", page_.in(prefecture_->police)}, {"phones", std::move(numbers)}, {"web", or_null(prefecture_->web)},
            {"source", prefecture_->origin.name}};
  }

  const care::Care& care_;
  const care::Prefecture* prefecture_;
  GuidePage page_;
  std::vector<std::pair<const care::Contact*, care::PlannedContact>> shown_;
};

const care::Carrier& settings_of(const care::Care& care, const care::Carrier& carrier) {
  const care::Carrier* other = carrier.uses_settings_of.empty() ? nullptr : care.carrier(carrier.uses_settings_of);
  return other == nullptr ? carrier : *other;
}

std::string carrier_text(const care::Care& care, const care::Carrier& carrier, const GuidePage& page, bool in_full) {
  const care::Carrier& settings = settings_of(care, carrier);
  const std::string doubt =
      settings.confidence == care::Confidence::memory ? "  (" + page.say("unconfirmed") + ")" : "";
  std::string out = page.bullet(page.in(carrier.name) + " [" + carrier.id + "]");
  out += page.detail("carriers.domains", fmt::format("{}", fmt::join(carrier.domains, ", ")));
  if (&settings != &carrier)
    out += page.paragraph("     " + page.say("carriers.same_as", "name", page.in(settings.name)));
  out += page.detail("carriers.taps", page.in(settings.taps) + doubt);
  out += page.detail("head.web", settings.settings_url);
  out += page.detail("carriers.tip", page.in(settings.tip));
  out += page.detail("head.as_of", as_of_words(page, settings.origin.as_of));
  if (!in_full) return out;
  for (const auto* from : {&carrier, &settings}) {
    for (const care::Carrier::Fact& fact : from->facts)
      out += page.bullet(fmt::format("{}: {}  ({}, {})", page.in(fact.label), page.in(fact.value),
                                     confidence_words(page, fact.confidence), as_of_words(page, fact.as_of)));
    if (from == &settings) break;
  }
  return out + page.detail("head.source", settings.origin.name);
}

json::object carrier_object(const care::Care& care, const care::Carrier& carrier, const GuidePage& page) {
  const care::Carrier& settings = settings_of(care, carrier);
  json::array facts;
  for (const care::Carrier::Fact& fact : settings.facts)
    facts.push_back({{"id", fact.id},
                     {"label", page.in(fact.label)},
                     {"value", page.in(fact.value)},
                     {"as_of", fact.as_of},
                     {"confidence", knowledge::name(fact.confidence)},
                     {"confirmed", fact.confidence != care::Confidence::memory}});
  return {{"schema", "sekisho.carriers/1"},
          {"id", carrier.id},
          {"name", page.in(carrier.name)},
          {"domains", json::array(carrier.domains.begin(), carrier.domains.end())},
          {"uses_settings_of", or_null(carrier.uses_settings_of)},
          {"taps", page.in(settings.taps)},
          {"settings_url", or_null(settings.settings_url)},
          {"tip", or_null(page.in(settings.tip))},
          {"facts", std::move(facts)},
          {"as_of", settings.origin.as_of},
          {"confidence", knowledge::name(settings.confidence)},
          {"confirmed", settings.confidence != care::Confidence::memory},
          {"source", settings.origin.name}};
}

}  // namespace

int run_contacts(const Session& session) {
  const auto data = load_care(session.settings);
  if (!data) return complain(session, data.error());
  if (session.options.names_only) return print_names(data->prefectures);
  const care::Prefecture* prefecture = nullptr;
  if (const std::string& place = session.options.guide.place; !place.empty()) {
    const auto found = find_named(data->prefectures, "prefecture", place);
    if (!found) return complain(session, found.error());
    prefecture = *found;
  }
  const Desks desks(*data, prefecture, page_of(session, *data));
  return print(session.settings.format.value == engine::Format::json ? desks.lines() : desks.text());
}

int run_carriers(const Session& session) {
  const auto data = load_care(session.settings);
  if (!data) return complain(session, data.error());
  if (session.options.names_only) return print_names(data->carriers);
  const GuidePage page = page_of(session, *data);
  std::vector<const care::Carrier*> asked;
  if (const std::string& name = session.options.guide.place; !name.empty()) {
    const auto found = find_named(data->carriers, "carrier", name);
    if (!found) return complain(session, found.error());
    asked.push_back(*found);
  } else {
    for (const care::Carrier& carrier : data->carriers) asked.push_back(&carrier);
  }
  std::string out;
  if (session.settings.format.value == engine::Format::json) {
    for (const care::Carrier* carrier : asked) out += to_json(carrier_object(*data, *carrier, page)) + '\n';
    return print(out);
  }
  out = page.paint().strong(page.say("carriers.title")) + '\n';
  for (const care::Carrier* carrier : asked) out += carrier_text(*data, *carrier, page, asked.size() == 1);
  return print(out + '\n' + page.paragraph(page.say("carriers.next")));
}

}  // namespace sekisho::app
