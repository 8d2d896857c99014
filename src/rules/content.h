// Where a campaign changes its sending domains faster than addresses can be listed, what else its mail has in common:
// the site its links lead to, how their paths begin, the net it is handed in from. For Sieve and `sekisho filter`;
// carriers cannot type these. Fed message by message by `app`, which has read them; pure otherwise.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "rules/evidence.h"
#include "rules/ground.h"
#include "rules/list.h"

namespace sekisho::rules {

/// Messages of the campaigns that must show a trait before it may be a rule.
inline constexpr std::uint64_t trait_messages = 3;

/// Different sites that must show a path before it may be a rule: on one site alone the site says as much.
inline constexpr std::size_t path_sites = 2;

/// One message, with what link_trait(), path_trait() and net_trait() say of it.
struct TraitMail {
  Sort sort = Sort::wanted;
  std::uint32_t campaign = no_campaign;
  std::int64_t time = 0;
  std::vector<TraitEntry> traits;
  bool spared = false;  ///< an allow entry lets its sender through (spare.h): no rule on content can stop it
};

/// What the messages of a mailbox show, as numbers.
class TraitEvidence {
 public:
  void add(const TraitMail& mail);
  /// Puts the messages in order of delivery.
  void finish();

 private:
  friend class TraitMiner;
  struct Message {
    Sort sort;
    bool spared;
    std::uint32_t campaign;
    std::int64_t time;
    std::vector<std::uint32_t> traits;
  };
  std::vector<Message> messages_;
  std::vector<TraitEntry> traits_;
  std::map<TraitEntry, std::uint32_t> ids_;
};

struct TraitProposal {
  std::vector<TraitEntry> entries;
  std::uint64_t total = 0, stopped = 0;        ///< mail of the campaigns asked for
  std::uint64_t forged = 0;                    ///< of that, mail in the name of a sender that is spared
  std::uint64_t later = 0, later_stopped = 0;  ///< replayed: rules of the day before against what came after
  std::uint64_t wanted = 0;                    ///< wanted messages looked at; none shows an entry
  std::uint64_t bound = 0;
  bool proved = false;
};

/// For the campaigns in `campaigns`: the fewest traits that stop most of their mail and stand in no wanted message.
TraitProposal propose_traits(const TraitEvidence& evidence, std::span<const std::uint32_t> campaigns, std::size_t most);

/// The trait of a link host: its registrable domain, or the whole host where many share the domain; nullopt where the
/// place belongs to a known firm.
std::optional<TraitEntry> link_trait(std::string_view host, const Ground& ground);
/// The trait of a web link's path: its first segment when more follows; nullopt where many sites' paths begin so.
std::optional<TraitEntry> path_trait(std::string_view path, const Ground& ground);
/// The /24 of a dotted IPv4 address that is not private, loopback or link-local; nullopt otherwise.
std::optional<TraitEntry> net_trait(std::string_view ip);

}  // namespace sekisho::rules
