// sekisho contacts and sekisho carriers: the desks that help, and where mails are stopped; each dated, with how sure we
// are. A number that may not be shown is not in what is printed here either.
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/care_data.h"
#include "app/guide_text.h"
#include "app/json.h"
#include "report/desks.h"

namespace sekisho::app {
namespace {

GuidePage page_of(const Session& session, const care::Care& care) {
  return GuidePage(care, register_of(session), paint_for(session.settings.color.value), terminal_width(STDOUT_FILENO));
}

std::string confidence_words(const GuidePage& page, care::Confidence confidence) {
  return page.say(fmt::format("confidence.{}", knowledge::name(confidence)));
}

template <class Item>
int print_names(const Session& session, const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) out += item.id + '\n';
  return print(session, out);
}

class Desks {
 public:
  Desks(const care::Care& care, const care::Prefecture* prefecture, GuidePage page)
      : prefecture_(prefecture),
        page_(std::move(page)),
        shown_(report::shown_desks(care, prefecture, page_.speech())) {}

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
    if (prefecture_ != nullptr) out += to_json(report::police_object(*prefecture_, page_.speech())) + '\n';
    for (const report::ShownDesk& desk : shown_) out += to_json(report::to_object(desk, page_.speech())) + '\n';
    return out;
  }

 private:
  std::string police() const {
    const auto phones = report::police_phones(*prefecture_);
    std::string out = '\n' + page_.paint().strong(page_.in(prefecture_->police)) + '\n';
    for (const auto& [key, phone] : phones)
      out += page_.bullet(fmt::format("{}  {}  ({}, {})", page_.say(fmt::format("contacts.{}", key)), phone->number,
                                      confidence_words(page_, phone->confidence), as_of_words(page_, phone->as_of)));
    out += page_.detail("head.web", prefecture_->web);
    return phones.empty() ? out + page_.detail("head.say", page_.say("contacts.number_withheld")) : out;
  }

  const care::Prefecture* prefecture_;
  GuidePage page_;
  std::vector<report::ShownDesk> shown_;
};

std::string carrier_text(const care::Care& care, const care::Carrier& carrier, const GuidePage& page, bool in_full) {
  const care::Carrier& settings = report::settings_of(care, carrier);
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

}  // namespace

int run_contacts(const Session& session) {
  const auto data = load_care(session.settings);
  if (!data) return complain(session, data.error());
  if (session.options.names_only) return print_names(session, data->prefectures);
  const care::Prefecture* prefecture = nullptr;
  if (const std::string& place = session.options.guide.place; !place.empty()) {
    const auto found = report::find_prefecture(*data, place);
    if (!found) return complain(session, found.error());
    prefecture = *found;
  }
  const Desks desks(*data, prefecture, page_of(session, *data));
  return print(session, session.settings.format.value == engine::Format::json ? desks.lines() : desks.text());
}

int run_carriers(const Session& session) {
  const auto data = load_care(session.settings);
  if (!data) return complain(session, data.error());
  if (session.options.names_only) return print_names(session, data->carriers);
  const GuidePage page = page_of(session, *data);
  std::vector<const care::Carrier*> asked;
  if (const std::string& name = session.options.guide.place; !name.empty()) {
    const auto found = report::find_carrier(*data, name);
    if (!found) return complain(session, found.error());
    asked.push_back(*found);
  } else {
    for (const care::Carrier& carrier : data->carriers) asked.push_back(&carrier);
  }
  std::string out;
  if (session.settings.format.value == engine::Format::json) {
    for (const care::Carrier* carrier : asked) out += to_json(report::to_object(*data, *carrier, page.speech())) + '\n';
    return print(session, out);
  }
  out = page.paint().strong(page.say("carriers.title")) + '\n';
  for (const care::Carrier* carrier : asked) out += carrier_text(*data, *carrier, page, asked.size() == 1);
  return print(session, out + '\n' + page.paragraph(page.say("carriers.next")));
}

}  // namespace sekisho::app
