#include "campaign/senders.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace sekisho::campaign {
namespace {

constexpr std::uint32_t mails_of_a_steady_address = 2;
constexpr std::int64_t day = 86'400;

struct AddressStats {
  std::uint32_t mails = 0, proven = 0, disproved = 0;
  std::int64_t first = 0, last = 0;
};

/// Addresses under one host or domain.
struct PlaceStats {
  std::uint32_t repeated = 0, once = 0;  ///< addresses with several mails, with one
  std::uint32_t hosts = 0;
};

std::uint64_t pair(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }

class Work {
 public:
  explicit Work(const Gathering& gathering) : gathering_(gathering), mails_(gathering.mails()) {}

  Senders run() {
    count_addresses();
    count_places();
    Senders senders;
    senders.relation.resize(mails_.size(), Relation::stranger);
    senders.group.resize(mails_.size(), 0);
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      senders.relation[i] = relation_of(mails_[i]);
      senders.group[i] = group_of(mails_[i], senders.relation[i]);
    }
    senders.mails_of_address.resize(gathering_.names().size(), 0);
    senders.days_of_address.resize(gathering_.names().size(), 0);
    senders.usual_log_odds.resize(gathering_.names().size(), 0);
    for (const auto& [address, stats] : addresses_) {
      senders.mails_of_address[address] = stats.mails;
      senders.days_of_address[address] = static_cast<std::uint32_t>((stats.last - stats.first) / day);
      senders.usual_log_odds[address] = usual_.at(address);
    }
    return senders;
  }

 private:
  void count_addresses() {
    for (const Mail& mail : mails_) {
      if (mail.copy_of != no_copy || mail.address == 0) continue;
      AddressStats& stats = addresses_[mail.address];
      if (stats.mails++ == 0) stats.first = mail.time;
      stats.first = std::min(stats.first, mail.time);
      stats.last = std::max(stats.last, mail.time);
      stats.proven += mail.proven;
      stats.disproved += mail.disproved;
      ++nets_of_address_[pair(mail.address, mail.net)];
      log_odds_[mail.address].push_back(mail.log_odds);
    }
    for (auto& [address, odds] : log_odds_) {
      const auto middle = odds.begin() + static_cast<std::ptrdiff_t>(odds.size() / 2);
      std::nth_element(odds.begin(), middle, odds.end());
      usual_[address] = *middle;
    }
  }

  bool is_repeated(const AddressStats& stats) const { return stats.mails >= mails_of_a_steady_address; }

  void count_places() {
    std::unordered_set<std::uint64_t> host_known;
    std::unordered_set<std::uint32_t> address_known;
    for (const Mail& mail : mails_) {
      if (mail.copy_of != no_copy || mail.address == 0) continue;
      const AddressStats& stats = addresses_[mail.address];
      if (address_known.insert(mail.address).second) {
        for (PlaceStats* place : {&hosts_[mail.host], &domains_[mail.domain]})
          ++(is_repeated(stats) ? place->repeated : place->once);
        if (host_known.insert(pair(mail.domain, mail.host)).second) ++domains_[mail.domain].hosts;
      }
      if (is_repeated(stats) && mail.net != 0) steady_nets_.insert(pair(mail.domain, mail.net));
    }
  }

  Relation relation_of(const Mail& mail) const {
    const auto found = addresses_.find(mail.address);
    if (found == addresses_.end()) return Relation::stranger;
    const AddressStats& stats = found->second;
    if (is_repeated(stats)) {
      const auto net = nets_of_address_.find(pair(mail.address, mail.net));
      const std::uint32_t from_here = net == nets_of_address_.end() ? 0 : net->second;
      // Never from this net before or after, and the checks do not speak for it.
      const bool elsewhere = mail.net != 0 && from_here * 2 <= stats.mails && from_here <= 2;
      if (elsewhere && mail.auth_known && !mail.proven && stats.proven > 0) return Relation::impersonated;
      if (stats.proven * 2 >= stats.mails || !mail.auth_known || usual_.at(mail.address) < 0) return Relation::steady;
      return Relation::stranger;
    }
    // A firm has a few addresses; a roof under which far more came once than stayed is anybody's.
    const PlaceStats& place = domains_.at(mail.domain);
    const bool is_roof = place.once > std::max<std::uint32_t>(2, place.repeated);
    if (!mail.anybodys_sender && !is_roof && mail.net != 0 && steady_nets_.contains(pair(mail.domain, mail.net)))
      return Relation::same_organisation;
    return Relation::stranger;
  }

  std::uint32_t group_of(const Mail& mail, Relation relation) const {
    if (relation == Relation::impersonated || mail.anybodys_sender || mail.host == 0) return 0;
    const PlaceStats& domain = domains_.at(mail.domain);
    if (domain.repeated == 0) return mail.domain;
    const PlaceStats& host = hosts_.at(mail.host);
    // Steady senders and strangers under one roof: the roof ties nobody together, a host of one's own may.
    if (relation == Relation::stranger) return host.repeated == 0 && mail.host != mail.domain ? mail.host : 0;
    return mail.host;
  }

  const Gathering& gathering_;
  const std::vector<Mail>& mails_;
  std::unordered_map<std::uint32_t, AddressStats> addresses_;
  std::unordered_map<std::uint32_t, std::vector<float>> log_odds_;
  std::unordered_map<std::uint32_t, float> usual_;
  std::unordered_map<std::uint64_t, std::uint32_t> nets_of_address_;
  std::unordered_set<std::uint64_t> steady_nets_;
  std::unordered_map<std::uint32_t, PlaceStats> hosts_, domains_;
};

}  // namespace

Senders know_senders(const Gathering& gathering) { return Work(gathering).run(); }

}  // namespace sekisho::campaign
