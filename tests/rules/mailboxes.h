// Small invented mailboxes and knowledge for the tests of `rules`.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "knowledge/snapshot.h"
#include "rules/dialect_source.h"
#include "rules/evidence.h"
#include "rules/ground.h"

namespace sekisho::rules::tests {

inline constexpr std::int64_t morning = 1'780'000'000 / 86'400 * 86'400;
inline constexpr std::int64_t day = 86'400;

inline knowledge::NameList list(std::string name, std::vector<std::string> entries, bool words = false) {
  knowledge::NameList made;
  made.name = std::move(name);
  made.match = words ? knowledge::NameList::Match::word : knowledge::NameList::Match::domain;
  std::sort(entries.begin(), entries.end());
  made.entries = std::move(entries);
  return made;
}

/// A world with one free-mail host, one platform, one firm and a few words.
inline const Ground& ground() {
  static const auto snapshot = [] {
    knowledge::Source source;
    source.lists = {list("carrier_mail", {"keitai.example"}),
                    list("dynamic_dns", {"dyn.example"}),
                    list("free_hosting", {"pages.example"}),
                    list("free_mail", {"posuto.example"}),
                    list("host_words", {"center", "club", "info", "mail", "news", "shop"}, true),
                    list("mail_platforms", {"platform.example"}),
                    list("path_words", {"index", "track"}, true),
                    list("well_known", {"famous.example"})};
    knowledge::Brand firm;
    firm.id = "hoshibank";
    firm.name_ja = firm.name_en = "Hoshi Bank";
    firm.category = "bank";
    firm.web_domains = {"hoshibank.example"};
    source.brands = {firm};
    return knowledge::Snapshot::build(std::move(source)).value();
  }();
  static const Ground made(*snapshot);
  return made;
}

/// Fills an Evidence line by line; time goes on by a minute with every mail.
class Mailbox {
 public:
  Mailbox& wanted(std::string_view address, int mails = 1) { return add(address, Sort::wanted, no_campaign, mails); }
  Mailbox& other(std::string_view address) { return add(address, Sort::other, no_campaign, 1); }
  Mailbox& campaign(std::string_view id, std::initializer_list<std::string_view> addresses, int mails = 1) {
    const std::uint32_t index = evidence_.campaign(id);
    for (const std::string_view address : addresses) add(address, Sort::campaign, index, mails);
    return *this;
  }
  Mailbox& next_day() {
    time_ = (time_ / day + 1) * day;
    return *this;
  }
  Mailbox& keep(std::string_view who) {
    evidence_.keep(who);
    return *this;
  }
  Evidence evidence() {
    evidence_.finish();
    return evidence_;
  }

 private:
  Mailbox& add(std::string_view address, Sort sort, std::uint32_t campaign, int mails) {
    for (; mails > 0; --mails) evidence_.add(address, sort, campaign, time_ += 60);
    return *this;
  }
  Evidence evidence_;
  std::int64_t time_ = morning;
};

inline const Dialects& dialects() {
  static const Dialects made =
      read_dialects_file(std::string(SEKISHO_SOURCE_DIR) + "/knowledge/rules/dialects.yaml").value();
  return made;
}
inline const Dialect& place(std::string_view id) { return *dialects().find(id); }

/// "reject domain a.example", one a line, allow entries after them; the order is that of the values.
inline std::string lines(const Lists& lists) {
  std::vector<std::string> reject, allow;
  for (const Entry& entry : lists.reject)
    reject.push_back("reject " + std::string(name(entry.mode)) + ' ' + entry.value + '\n');
  for (const Entry& entry : lists.allow)
    allow.push_back("allow " + std::string(name(entry.mode)) + ' ' + entry.value + '\n');
  std::sort(reject.begin(), reject.end());
  std::sort(allow.begin(), allow.end());
  std::string out;
  for (const auto* part : {&reject, &allow})
    for (const std::string& line : *part) out += line;
  return out;
}

}  // namespace sekisho::rules::tests
