// The words of a case file in one register (knowledge/words_casefile.yaml), its days and hours. Private to casefile.
// Borrows the snapshot; pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "casefile/case_file.h"
#include "knowledge/snapshot.h"

namespace sekisho::casefile {

class PageWords {
 public:
  PageWords(const CaseFile& file, const knowledge::Snapshot& knowledge)
      : knowledge_(knowledge), speech_(file.speech), zone_minutes_(file.zone_minutes) {}

  using Slots = std::initializer_list<std::pair<std::string_view, std::string>>;
  /// "casefile.<key>", furigana in brackets, every "{name}" filled.
  std::string say(std::string_view key, Slots slots = {}) const;
  bool japanese() const { return speech_ != care::Register::en; }
  std::string joined(const std::vector<std::string>& parts) const;

  /// "2026年11月20日(金)"; with the minute "… 9:14".
  std::string day(std::int64_t time) const;
  std::string moment(const Moment& moment) const;
  /// "2026-11-20 09:14", for tables.
  std::string short_moment(const Moment& moment) const;
  /// RFC 3339 in the case's zone.
  std::string rfc3339(std::int64_t time) const;
  /// Days since 1970 and the minute of the day in the case's zone.
  struct Local {
    std::int64_t day = 0;
    std::uint32_t minute = 0;
  };
  Local local(std::int64_t time) const;
  /// "11/20".
  std::string chart_day(std::int64_t days_since_1970) const;
  /// "20 minutes", "3 hours": the largest unit that is at least one.
  std::string duration(std::int64_t seconds) const;

 private:
  const knowledge::Snapshot& knowledge_;
  care::Register speech_;
  std::int32_t zone_minutes_;
};

/// The last part of the words' keys, by enum.
inline constexpr std::array<std::string_view, event_kinds> event_kind_names{
    "lure", "mail", "call", "letter", "typed", "paid", "noticed", "advised", "done", "check_in", "kept", "note"};
inline constexpr std::array<std::string_view, evidence_kinds> evidence_kind_names{
    "mail", "sms", "picture", "pdf", "slip", "chat", "note", "call", "letter", "other"};
inline constexpr std::array<std::string_view, exposed_items> exposed_item_names{
    "name", "postal_address", "phone", "mail_address", "member_no", "other"};

/// At most `most` characters of `text`, with "…" when something was cut. Valid UTF-8 in and out.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace sekisho::casefile
