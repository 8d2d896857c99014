#include "campaign/gathering.h"

#include <algorithm>
#include <utility>

namespace sekisho::campaign {

std::uint32_t Names::number(std::string_view name) {
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  const std::string& kept = kept_.emplace_back(name);
  const auto number = static_cast<std::uint32_t>(names_.size());
  names_.push_back(kept);
  numbers_.emplace(kept, number);
  return number;
}

std::uint32_t Names::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0 : found->second;
}

void Gathering::add(const Fingerprint& print) {
  Mail mail{};
  mail.time = print.time;
  mail.time_is_received = print.time_is_received;
  mail.recipient = print.recipient;
  mail.shape = print.shape;
  mail.address = names_.number(print.address);
  mail.host = names_.number(print.host);
  mail.domain = names_.number(print.domain);
  mail.net = names_.number(print.net);
  mail.helo = names_.number(print.helo_domain);
  mail.scam_kind = names_.number(print.scam_kind);
  mail.local_head = print.local_head;
  mail.first_landing = static_cast<std::uint32_t>(landings_.size());
  for (const Landing& landing : print.landings)
    landings_.push_back({names_.number(landing.host), names_.number(landing.domain), names_.number(landing.path)});
  mail.landings = static_cast<std::uint8_t>(print.landings.size());
  mail.first_guess = static_cast<std::uint32_t>(guesses_.size());
  guesses_.insert(guesses_.end(), print.guesses.begin(), print.guesses.end());
  mail.guesses = static_cast<std::uint8_t>(print.guesses.size());
  mail.answer = print.answer;
  mail.habits = print.habits;
  mail.log_odds = print.log_odds;
  mail.signs = print.signs;
  mail.items = print.items;
  for (const Shown& item : print.items)
    if (item.how != Shown::How::no) mail.shows_item = true;
  mail.proven = print.proven;
  mail.disproved = print.disproved;
  mail.auth_known = print.auth_known;
  mail.spf_ok = print.spf_ok;
  mail.dkim_ok = print.dkim_ok;
  mail.anybodys_sender = print.anybodys_sender;
  mail.platform_sender = print.platform_sender;
  mail.list = print.list;
  mail.thread = print.thread;
  mail.forwarded = print.forwarded;
  mail.lookalike = print.lookalike;
  mail.numbered_local = print.numbered_local;
  mail.asks_data = print.asks_data;
  mail.asks_items = print.asks_items;
  mail.opened = print.opened;
  mail.hardly_used = std::any_of(hardly_used_.begin(), hardly_used_.end(), [&](std::uint64_t address) {
    return address == print.recipient || address == print.addressed;
  });
  mail.own_site = print.own_site;
  mail.site_known = print.site_known;
  mail.broken = print.broken;
  mail.same = (print.content ^ (print.message_id * 0x9E3779B97F4A7C15U)) + mail.address * 0xC2B2AE3D27D4EB4FU;
  mails_.push_back(mail);
}

void Gathering::arrange(const std::vector<std::uint32_t>& order) {
  std::vector<Mail> arranged;
  arranged.reserve(order.size());
  for (const std::uint32_t number : order) arranged.push_back(mails_[number]);
  mails_ = std::move(arranged);
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  std::int64_t last_time = 0;
  for (std::uint32_t i = 0; i < mails_.size(); ++i) {
    Mail& mail = mails_[i];
    // A mail without any time stands where the mailbox has it.
    if (mail.time == 0) mail.time = last_time;
    if (mail.time_is_received) last_time = mail.time;
    // The same words under the same Message-ID from the same sender: the mail came twice, or was passed on by itself.
    if (const auto [first, is_new] = seen.emplace(mail.same, i); !is_new) mail.copy_of = first->second;
  }
}

}  // namespace sekisho::campaign
