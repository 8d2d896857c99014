#include "app/case_file.h"

#include <cstdio>
#include <ctime>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "app/json.h"
#include "base/limits.h"
#include "vault/export.h"

namespace sekisho::app {
namespace {

using casefile::CaseFile;
using casefile::Event;
using casefile::Evidence;
using vault::Entry;
using vault::Kind;

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    out.push_back(one_line(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

Evidence::Kind kind_of(const Entry& entry) {
  if (entry.about == "mail") return Evidence::Kind::mail;
  if (entry.about == "screenshot") return Evidence::Kind::picture;
  if (entry.about == "pdf") return Evidence::Kind::pdf;
  if (entry.about == "slip") return Evidence::Kind::slip;
  if (entry.about == "chat") return Evidence::Kind::chat;
  if (entry.about == "letter") return Evidence::Kind::letter;
  if (entry.about == "recording") return Evidence::Kind::call;
  return Evidence::Kind::other;
}

class Filler {
 public:
  Filler(const CaseRun& run, const vault::Vault& vault) : run_(run), vault_(vault) {}

  Result<CaseFile> fill() {
    file_.speech = run_.voice().japanese() ? care::Register::ja : care::Register::en;
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    file_.made = now;
    file_.zone_minutes = static_cast<std::int32_t>(local.tm_gmtoff / 60);
    file_.desk = vault_.content().entries.empty() ? std::string() : vault_.content().entries.back().author;
    for (const Entry& entry : vault_.content().entries)
      if (entry.kind == Kind::erased) erased_.insert(entry.about);
    std::string scan;
    for (const Entry& entry : vault_.content().entries) {
      if (entry.item && entry.kind == Kind::item && !erased_.contains(std::to_string(entry.number)))
        if (auto ok = add_evidence(entry); !ok) return tl::unexpected(ok.error());
      if (entry.kind == Kind::scanned && !erased_.contains(std::to_string(entry.number))) {
        auto bytes = item_of(vault_, entry, limits::message_bytes);
        if (!bytes) return tl::unexpected(bytes.error());
        if (*bytes) scan = std::move(**bytes);  // the last scan counts: it has seen the most
      }
      add_event(entry);
      if (entry.kind == Kind::detail) add_detail(entry);
    }
    if (!scan.empty()) add_scan(run_, scan, file_);
    link_lures();
    add_plan(run_, vault_, file_);
    if (vault_.content().keep_until != "none") file_.keep_until = vault_.content().keep_until;
    prove();
    return std::move(file_);
  }

 private:
  std::optional<casefile::Moment> when(const Entry& entry) const {
    return moment(entry.happened.empty() ? entry.time : entry.happened, file_.zone_minutes);
  }

  Result<void> add_evidence(const Entry& entry) {
    Evidence one;
    one.id = std::to_string(entry.number);
    one.kind = kind_of(entry);
    one.name = vault::export_name(entry);
    one.bytes = entry.item->bytes;
    one.sha256 = entry.item->sha256;
    if (!entry.happened.empty()) one.when = moment(entry.happened, file_.zone_minutes);
    one.added = moment(entry.time, file_.zone_minutes);
    one.added_by = entry.author;
    one.title = entry.item->name;
    one.shows = entry.text;
    if (one.kind == Evidence::Kind::mail) {
      auto bytes = item_of(vault_, entry, limits::message_bytes);
      if (!bytes) return tl::unexpected(bytes.error());
      if (*bytes) add_mail(run_, **bytes, one);
      // The first mail, and one that somebody said something about, stand in the file as they were.
      one.quote = !entry.text.empty() || !any_mail_;
      any_mail_ = true;
    }
    file_.evidence.push_back(std::move(one));
    return {};
  }

  void add_event(const Entry& entry) {
    Event event;
    event.when = when(entry);
    event.text = entry.text;
    event.author = entry.author;
    const std::string about = one_line(entry.about);
    switch (entry.kind) {
      case Kind::call:
      case Kind::letter:
        event.kind = entry.kind == Kind::call ? Event::Kind::call : Event::Kind::letter;
        if (!about.empty()) event.text = run_.voice().say("app.pair", {{"name", about}, {"value", entry.text}});
        break;
      case Kind::note:
        if (!about.empty()) event.text = run_.voice().say("app.pair", {{"name", about}, {"value", entry.text}});
        break;
      case Kind::stopped:
        event.kind = Event::Kind::check_in;
        event.text = run_.say("stopped." + about) + (entry.text.empty() ? "" : ": " + entry.text);
        break;
      case Kind::draft:
        file_.drafts.push_back({about.empty() && entry.item ? entry.item->name : about, {}, event.when});
        return;
      case Kind::handed:
        event.kind = Event::Kind::done;
        event.text = run_.voice().say("app.pair", {{"name", run_.say("kind.handed")}, {"value", about}});
        break;
      case Kind::item:
        if (erased_.contains(std::to_string(entry.number)) || entry.happened.empty()) return;
        event.kind = entry.about == "mail" ? Event::Kind::mail : Event::Kind::kept;
        event.text = entry.text.empty() ? entry.item->name : entry.text;
        event.evidence = {std::to_string(entry.number)};
        break;
      case Kind::detail:
        if (entry.about == "noticed")
          event.kind = Event::Kind::noticed;
        else if (entry.about == "advised")
          event.kind = Event::Kind::advised;
        else if (entry.about == "loss" && !entry.happened.empty())
          event.kind = Event::Kind::paid;
        else if (entry.about == "typed" && !entry.happened.empty())
          event.kind = Event::Kind::typed;
        else if (entry.about != "handover")
          return;
        break;
      default:
        return;
    }
    file_.timeline.push_back(std::move(event));
  }

  void add_detail(const Entry& entry) {
    const std::string& field = entry.about;
    const std::string& text = entry.text;
    const auto more = [&](std::vector<std::string>& to) { to.push_back(text); };
    if (field == "title") file_.title = text;
    if (field == "what") file_.telling = text;
    if (field == "where") file_.where = text;
    if (field == "how") file_.how = text;
    if (field == "no-loss") file_.no_loss_known = true;
    if (field == "person") more(file_.victim.names);
    if (field == "address") more(file_.victim.postal_addresses);
    if (field == "phone") more(file_.victim.phones);
    if (field == "mail") more(file_.victim.mail_addresses);
    if (field == "number") more(file_.victim.numbers);
    if (field == "other") more(file_.others);
    if (field == "typed") more(file_.typed);
    if (field == "question") more(file_.questions);
    if (field == "bring") more(file_.bring);
    if (field == "advised") file_.advice.push_back({text, {}, casefile::Advice::State::done, when(entry), {}});
    if (field == "loss") {
      auto parts = split(text, '|');
      parts.resize(std::max<std::size_t>(parts.size(), 4));
      casefile::Loss loss{{}, parts[0], parts[1], parts[2], parts[3]};
      if (!entry.happened.empty()) loss.when = moment(entry.happened, file_.zone_minutes);
      file_.losses.push_back(std::move(loss));
      file_.no_loss_known = false;
    }
    if (field == "desk") {
      auto parts = split(text, '|');
      parts.resize(std::max<std::size_t>(parts.size(), 2));
      casefile::Desk desk;
      desk.name = parts[0];
      desk.reference = parts[1];
      file_.desks.push_back(std::move(desk));
    }
  }

  /// The mail of the case that is a campaign's lure, by the time at which it was written.
  void link_lures() {
    constexpr std::int64_t near = 120;
    for (casefile::Campaign& campaign : file_.campaigns) {
      if (!campaign.lure) continue;
      for (Evidence& one : file_.evidence) {
        if (one.kind != Evidence::Kind::mail || !one.when || std::abs(one.when->time - campaign.lure->time) > near)
          continue;
        campaign.lure->evidence = one.id;
        campaign.lure->subject = one.title;
        for (const auto& [name, value] : one.facts)
          if (name == "From") campaign.lure->sender = value;
        one.quote = true;
        break;
      }
      Event event;
      event.kind = Event::Kind::lure;
      event.when = casefile::Moment{campaign.lure->time, casefile::Moment::Known::to_the_minute};
      event.text = campaign.lure->subject.empty() ? run_.say("event.lure") : campaign.lure->subject;
      if (!campaign.lure->evidence.empty()) event.evidence = {campaign.lure->evidence};
      file_.timeline.push_back(std::move(event));
    }
  }

  void prove() {
    const vault::Case& content = vault_.content();
    file_.proof.case_id = content.id;
    file_.proof.chain_head = content.digest;
    file_.proof.entries = content.entries.size();
    file_.proof.key_fingerprint = vault::hex(vault::sha256(vault::public_key_pem(vault_.keys().public_key())));
    for (const Entry& entry : content.entries)
      if (entry.kind == Kind::stamp) file_.proof.time_stamps.push_back(entry.text);
    file_.proof.verify_commands = {
        "sha256sum -c SHA256SUMS",
        "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig",
        "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in log.txt -sigfile log.txt.sig"};
  }

  const CaseRun& run_;
  const vault::Vault& vault_;
  CaseFile file_;
  std::set<std::string> erased_;
  bool any_mail_ = false;
};

}  // namespace

std::optional<casefile::Moment> moment(std::string_view text, std::int32_t zone_minutes) {
  const std::string whole(text);
  int year = 0, month = 0, day = 0, hour = 12, minute = 0, second = 0, zone_hours = 0, zone_rest = 0;
  char sign = 0;
  const int found = std::sscanf(whole.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &year, &month, &day, &hour, &minute,
                                &second, &sign, &zone_hours, &zone_rest);
  if (found < 3 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  std::tm parts{};
  parts.tm_year = year - 1900;
  parts.tm_mon = month - 1;
  parts.tm_mday = day;
  parts.tm_hour = hour;
  parts.tm_min = minute;
  parts.tm_sec = second;
  const std::int64_t zone = found >= 9    ? (sign == '-' ? -1 : 1) * (zone_hours * 60 + zone_rest)
                            : sign == 'Z' ? 0
                                          : zone_minutes;
  return casefile::Moment{static_cast<std::int64_t>(::timegm(&parts)) - zone * 60,
                          found >= 5 ? casefile::Moment::Known::to_the_minute : casefile::Moment::Known::to_the_day};
}

Result<std::optional<std::string>> item_of(const vault::Vault& vault, const vault::Entry& entry, std::size_t most) {
  if (!entry.item || entry.item->bytes > most) return std::nullopt;
  std::string bytes;
  const auto ok = vault.read_item(entry.number, [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  });
  if (!ok) return tl::unexpected(ok.error());
  return bytes;
}

Result<CaseFile> case_file_of(const CaseRun& run, const vault::Vault& vault) { return Filler(run, vault).fill(); }

}  // namespace sekisho::app
