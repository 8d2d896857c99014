#include "app/scan_report.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <boost/json/parse.hpp>

namespace sekisho::app {
namespace {

namespace json = boost::json;

/// Position as a number or as text, X-UIDL, Message-ID: all are text here.
std::string id_of(const json::value& value) {
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  if (value.is_string()) return std::string(value.get_string());
  return {};
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? std::string() : id_of(*value);
}

const json::array* list_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

/// The report's files by number; none when two have the same name, for then a name says nothing.
std::vector<std::string> distinct_inputs(const json::object& root) {
  std::vector<std::string> inputs;
  std::set<std::string> names;
  if (const json::array* list = list_at(root, "inputs"))
    for (const json::value& one : *list) {
      inputs.push_back(id_of(one));
      if (!names.insert(place_key(inputs.back(), 0)).second) return {};
    }
  return inputs;
}

std::string key_of(const json::object& message, const std::vector<std::string>& inputs) {
  const json::value* input = message.if_contains("input");
  const json::value* index = message.if_contains("index");
  if (input == nullptr || index == nullptr || !input->is_int64() || !index->is_int64()) return {};
  const auto number = static_cast<std::size_t>(input->get_int64());
  if (number >= inputs.size()) return {};
  return place_key(inputs[number], static_cast<std::uint64_t>(index->get_int64()));
}

tl::unexpected<Error> no_report(const std::string& where, const std::string& what) {
  return fail(ErrorCode::bad_data, Said{"data.scan_report", {{"said", what}}}, what, where,
              "sekisho scan MAILBOX --format json > report.json");
}

ReportedMessage message_of(const json::object& object) {
  ReportedMessage message;
  const std::string verdict = text_at(object, "verdict"), standing = text_at(object, "standing");
  message.standing = verdict == "scam" ? ReportedMessage::Standing::scam
                     : standing == "unknown" || (!verdict.empty() && verdict != "wanted")
                         ? ReportedMessage::Standing::unknown
                         : ReportedMessage::Standing::wanted;
  message.campaign = text_at(object, "campaign");
  return message;
}

}  // namespace

std::string place_key(std::string_view input, std::uint64_t index) {
  return fmt::format("{}#{}", input.substr(input.rfind('/') + 1), index);
}

ReportedMessage ScanReport::find(const MessagePlace& place, std::string_view uidl, std::string_view message_id) const {
  for (const std::string& id : {place_key(place.input, place.index), std::to_string(place.position), std::string(uidl),
                                std::string(message_id)})
    if (const auto it = messages.find(id); !id.empty() && it != messages.end()) return it->second;
  return {};
}

Result<ScanReport> parse_scan_report(std::string_view text, const std::string& where) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error) return no_report(where, "is no JSON: " + error.message());
  const json::object* root = value.if_object();
  if (root == nullptr) return no_report(where, "is no scan report");
  const json::array* messages = list_at(*root, "messages");
  const json::array* campaigns = list_at(*root, "campaigns");
  if (messages == nullptr && campaigns == nullptr) return no_report(where, "has neither 'messages' nor 'campaigns'");
  ScanReport report;
  // Members are named by id; a message that says its place is kept by that too.
  std::unordered_map<std::string, std::string> place_of_id;
  const std::vector<std::string> inputs = distinct_inputs(*root);
  if (messages != nullptr)
    for (const json::value& one : *messages) {
      const json::object* object = one.if_object();
      const std::string id = object == nullptr ? std::string() : text_at(*object, "id");
      if (id.empty()) continue;
      const std::string key = key_of(*object, inputs);
      if (!key.empty()) place_of_id.emplace(id, key);
      report.messages[key.empty() ? id : key] = message_of(*object);
    }
  if (campaigns != nullptr)
    for (const json::value& one : *campaigns) {
      const json::object* object = one.if_object();
      if (object == nullptr) continue;
      const std::string id = text_at(*object, "id");
      report.campaigns.push_back(id);
      const json::array* members = list_at(*object, "members");
      if (members == nullptr) continue;
      for (const json::value& member : *members) {
        const auto place = place_of_id.find(id_of(member));
        ReportedMessage& message = report.messages[place == place_of_id.end() ? id_of(member) : place->second];
        message.standing = ReportedMessage::Standing::scam;
        if (message.campaign.empty()) message.campaign = id;
      }
    }
  return report;
}

Result<std::string> read_whole(const std::string& path, std::size_t most) {
  const auto close = [](std::FILE* file) {
    if (file != nullptr && file != stdin) std::fclose(file);
  };
  const std::unique_ptr<std::FILE, decltype(close)> file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close);
  if (!file)
    return fail(ErrorCode::unreadable, Said{"input.unreadable", {{"said", std::generic_category().message(errno)}}},
                "cannot read: " + std::generic_category().message(errno), path,
                "check the path and that you may read it");
  std::string text;
  char buffer[64 * 1024];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
    text.append(buffer, got);
    if (text.size() > most)
      return fail(ErrorCode::bad_data, Said{"input.file_too_large", {{"megabytes", std::to_string(most >> 20U)}}},
                  fmt::format("is larger than {} MB", most >> 20U), path, "is this the right file?");
  }
  if (std::ferror(file.get()) != 0)
    return fail(ErrorCode::unreadable, Said{"input.unreadable", {{"said", std::generic_category().message(errno)}}},
                "cannot read: " + std::generic_category().message(errno), path,
                "check the path and that you may read it");
  return text;
}

}  // namespace sekisho::app
