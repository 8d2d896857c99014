// contacts.yaml, prefectures.yaml and carriers.yaml.
#include "care/reading.h"

namespace sekisho::care {
namespace {

Result<Contact> contact_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file,
                       {"id", "group", "name", "phone", "show_phone", "hours", "web", "report_address", "takes",
                        "does_not_take", "say", "own", "listed_only", "source", "as_of", "confidence"}));
  Contact contact;
  contact.where = at(file, node);
  CARE_TRY(id, text_of(node, "id", file));
  contact.id = id;
  CARE_TRY(group, text_of(node, "group", file));
  contact.group = group;
  CARE_TRY(title, text_at(node, "name", file));
  contact.name = title;
  CARE_TRY(phone, text_or(node, "phone", "", file));
  contact.phone = phone;
  CARE_TRY(show, flag_or(node, "show_phone", false, file));
  contact.show_phone = show;
  CARE_TRY(web, text_or(node, "web", "", file));
  contact.web = web;
  CARE_TRY(address, text_or(node, "report_address", "", file));
  contact.report_address = address;
  CARE_TRY(hours, text_if(node, "hours", file));
  contact.hours = hours;
  CARE_TRY(takes, text_at(node, "takes", file));
  contact.takes = takes;
  CARE_TRY(not_taken, text_if(node, "does_not_take", file));
  contact.does_not_take = not_taken;
  CARE_TRY(say, text_at(node, "say", file));
  contact.say = say;
  CARE_TRY(own, flag_or(node, "own", false, file));
  contact.own = own;
  CARE_TRY(listed, flag_or(node, "listed_only", false, file));
  contact.listed_only = listed;
  CARE_TRY(confidence, confidence_at(node, file));
  contact.confidence = confidence;
  CARE_TRY(origin, origin_at(node, file));
  contact.origin = origin;
  return contact;
}

Result<std::optional<Phone>> phone_at(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node || node.IsNull()) return std::nullopt;
  CARE_CHECK(only_keys(node, file, {"number", "show_phone", "confidence", "as_of", "source"}));
  Phone phone;
  CARE_TRY(number, text_of(node, "number", file));
  phone.number = number;
  CARE_TRY(show, flag_or(node, "show_phone", false, file));
  phone.show = show;
  CARE_TRY(confidence, confidence_at(node, file));
  phone.confidence = confidence;
  CARE_TRY(as_of, text_or(node, "as_of", "unknown", file));
  phone.as_of = as_of;
  return phone;
}

Result<Carrier> carrier_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file,
                       {"id", "name", "domains", "uses_settings_of", "taps", "settings_url", "tip", "facts", "source",
                        "as_of", "confidence"}));
  Carrier carrier;
  CARE_TRY(id, text_of(node, "id", file));
  carrier.id = id;
  CARE_TRY(title, text_at(node, "name", file));
  carrier.name = title;
  CARE_TRY(domains, texts_of(node, "domains", file));
  carrier.domains = domains;
  CARE_TRY(same_as, text_or(node, "uses_settings_of", "", file));
  carrier.uses_settings_of = same_as;
  CARE_TRY(taps, text_if(node, "taps", file));
  carrier.taps = taps;
  if (taps.empty() == same_as.empty())
    return fail(ErrorCode::bad_data, fmt::format("'{}' needs 'taps' or 'uses_settings_of', not both", id),
                at(file, node));
  CARE_TRY(url, text_or(node, "settings_url", "", file));
  carrier.settings_url = url;
  CARE_TRY(tip, text_if(node, "tip", file));
  carrier.tip = tip;
  CARE_TRY(facts, list_at(node, "facts", file));
  for (const auto& entry : facts) {
    CARE_CHECK(only_keys(entry, file, {"id", "label", "value", "confidence", "as_of"}));
    Carrier::Fact fact;
    CARE_TRY(fact_id, text_of(entry, "id", file));
    fact.id = fact_id;
    CARE_TRY(label, text_at(entry, "label", file));
    fact.label = label;
    CARE_TRY(value, text_at(entry, "value", file));
    fact.value = value;
    CARE_TRY(known, confidence_at(entry, file));
    fact.confidence = known;
    CARE_TRY(as_of, text_or(entry, "as_of", "unknown", file));
    fact.as_of = as_of;
    CARE_CHECK(add_new(carrier.facts, std::move(fact), entry, file));
  }
  CARE_TRY(confidence, confidence_at(node, file));
  carrier.confidence = confidence;
  CARE_TRY(origin, origin_at(node, file));
  carrier.origin = origin;
  return carrier;
}

}  // namespace

Result<void> read_contacts(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "contacts"}));
  CARE_TRY(list, list_at(root, "contacts", file));
  for (const auto& node : list) {
    CARE_TRY(contact, contact_in(node, file));
    CARE_CHECK(add_new(care.contacts, std::move(contact), node, file));
  }
  return {};
}

Result<void> read_prefectures(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "prefectures"}));
  CARE_TRY(list, list_at(root, "prefectures", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(
        node, file,
        {"id", "code", "name", "police", "hq_phone", "consult_phone", "cyber_phone", "web", "source", "as_of"}));
    Prefecture prefecture;
    CARE_TRY(id, text_of(node, "id", file));
    prefecture.id = id;
    CARE_TRY(code, text_of(node, "code", file));
    prefecture.code = code;
    CARE_TRY(title, text_at(node, "name", file));
    prefecture.name = title;
    CARE_TRY(police, text_at(node, "police", file));
    prefecture.police = police;
    CARE_TRY(hq, phone_at(node, "hq_phone", file));
    prefecture.hq = hq;
    CARE_TRY(consult, phone_at(node, "consult_phone", file));
    prefecture.consult = consult;
    CARE_TRY(cyber, phone_at(node, "cyber_phone", file));
    prefecture.cyber = cyber;
    CARE_TRY(web, text_or(node, "web", "", file));
    prefecture.web = web;
    const YAML::Node source = node["source"];
    if (source && source.IsMap()) {
      CARE_TRY(source_name, text_of(source, "name", file));
      CARE_TRY(url, text_or(source, "url", "", file));
      CARE_TRY(as_of, text_or(node, "as_of", "unknown", file));
      prefecture.origin = {source_name, url, as_of};
    }
    CARE_CHECK(add_new(care.prefectures, std::move(prefecture), node, file));
  }
  return {};
}

Result<void> read_carriers(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "carriers"}));
  CARE_TRY(list, list_at(root, "carriers", file));
  for (const auto& node : list) {
    CARE_TRY(carrier, carrier_in(node, file));
    CARE_CHECK(add_new(care.carriers, std::move(carrier), node, file));
  }
  return {};
}

}  // namespace sekisho::care
