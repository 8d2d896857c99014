// All fingerprints of a mailbox side by side, names interned, copies recognised: what the analysis works on. One
// Gathering belongs to one scan and one thread. A mail takes about two hundred bytes here, whatever its text was.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "campaign/fingerprint.h"

namespace sekisho::campaign {

/// Names as numbers; 0 is the empty name. The views stay valid as long as the pool lives.
class Names {
 public:
  Names() { number({}); }
  std::uint32_t number(std::string_view name);
  /// 0 also when it was never seen.
  std::uint32_t find(std::string_view name) const;
  std::string_view name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }

 private:
  std::deque<std::string> kept_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

struct LandingId {
  std::uint32_t host = 0, domain = 0, path = 0;
};

inline constexpr std::uint32_t no_copy = 0xFFFFFFFF;

struct Mail {
  std::int64_t time = 0;
  std::uint64_t recipient = 0, shape = 0;
  std::uint32_t address = 0, host = 0, domain = 0, net = 0, helo = 0, scam_kind = 0, local_head = 0;
  std::uint32_t first_landing = 0, first_guess = 0;  ///< into Gathering's shared vectors
  std::uint8_t landings = 0, guesses = 0;
  std::uint8_t answer = 0;
  Opened opened = Opened::unknown;
  Habits habits;
  float log_odds = 0;
  std::array<std::uint16_t, 3> signs{};
  std::array<Shown, item_kinds> items{};
  std::uint64_t same = 0;           ///< equal for copies: of content, Message-ID and sender
  std::uint32_t copy_of = no_copy;  ///< an earlier mail that this one repeats
  bool proven : 1, disproved : 1, auth_known : 1, spf_ok : 1, dkim_ok : 1, anybodys_sender : 1, platform_sender : 1,
      list : 1, thread : 1, forwarded : 1, lookalike : 1, numbered_local : 1, asks_data : 1, asks_items : 1,
      own_site : 1, site_known : 1, broken : 1, shows_item : 1, time_is_received : 1,
      hardly_used : 1;  ///< it came to an address that the owner hardly uses
};

class Gathering {
 public:
  /// `hardly_used`: keyed hashes of the owner's addresses that few people know.
  explicit Gathering(std::vector<std::uint64_t> hardly_used = {}) : hardly_used_(std::move(hardly_used)) {}

  /// The message's number is the count before it, until arrange().
  void add(const Fingerprint& print);
  /// Once, when all are there: puts the mails into the order of the mailbox (`order`: their numbers so far), gives
  /// mails without any time the time of their neighbour, and finds copies.
  void arrange(const std::vector<std::uint32_t>& order);

  const std::vector<Mail>& mails() const { return mails_; }
  const Names& names() const { return names_; }
  std::span<const LandingId> landings(const Mail& mail) const {
    return {landings_.data() + mail.first_landing, mail.landings};
  }
  std::span<const std::uint64_t> guesses(const Mail& mail) const {
    return {guesses_.data() + mail.first_guess, mail.guesses};
  }

 private:
  std::vector<std::uint64_t> hardly_used_;
  Names names_;
  std::vector<Mail> mails_;
  std::vector<LandingId> landings_;
  std::vector<std::uint64_t> guesses_;
};

}  // namespace sekisho::campaign
