#include "campaign/clusters.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/fingerprint.h"

namespace sekisho::campaign {
namespace {

/// Different clusters that one value is compared with: a value that more share ties nobody together.
constexpr std::size_t clusters_of_a_value = 24;
/// How alike two groups must be to be joined, round by round.
constexpr std::array rounds{6.0, 4.5, same_hands, same_hands};

std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
  a ^= b + 0x9E3779B97F4A7C15U + (a << 12) + (a >> 4);
  return a;
}

/// "abcd-parcels-news.example" → "parcels-news", "parcels-news2.test" → "parcels-news": what rotating names keep.
/// Returns up to two patterns: the label without digits, and its part behind the first hyphen.
std::vector<std::uint64_t> name_patterns(std::string_view domain) {
  std::string label(domain.substr(0, domain.find('.')));
  std::erase_if(label, [](char c) { return c >= '0' && c <= '9'; });
  std::vector<std::uint64_t> patterns;
  constexpr std::size_t telling = 6;
  if (label.size() >= telling) patterns.push_back(fingerprint(label) | 1);
  if (const std::size_t hyphen = label.find('-'); hyphen != std::string::npos && label.size() - hyphen > telling + 1)
    patterns.push_back(fingerprint(label.substr(hyphen)) | 1);
  return patterns;
}

constexpr float sharp_words = 2.0F;
/// A proven sender that leads only to its own site, shows none of the owner's data and says nothing odd: what a firm
/// that writes for the first time looks like.
bool is_vouched_for(const Mail& mail) {
  return mail.proven && (mail.own_site || mail.landings == 0) && !mail.lookalike && !mail.shows_item &&
         !mail.numbered_local && mail.log_odds < sharp_words;
}

/// A rented net is shared by many; a net and one way of building mail together by few.
std::uint64_t net_and_habits(const Mail& mail) {
  const Habits& habits = mail.habits;
  if (habits.message_id == 0) return 0;
  return combine(combine(mail.net, habits.mailer), combine(combine(habits.message_id, habits.list), habits.hops)) | 1;
}

/// Which items of the owner stand in it, and how each is written: what is in somebody's list. One item alone, a name,
/// is in every list.
std::uint64_t own_data(const Mail& mail) {
  std::uint64_t value = 0, items = 0;
  for (const Shown& item : mail.items) {
    value = value << 8 | (item.how == Shown::How::no ? 0U : item.form + 1U);
    items += item.how != Shown::How::no;
  }
  return items < 2 ? 0 : combine(value, items) | 1;
}

/// Quarters of the text's simhash: texts made from one template differ in few bits, so one quarter is likely the same.
std::array<std::uint64_t, 4> wordings(const Mail& mail) {
  std::array<std::uint64_t, 4> quarters{};
  if (mail.shape == 0) return quarters;
  for (std::uint64_t i = 0; i < quarters.size(); ++i) quarters[i] = ((i + 1) << 16) | (mail.shape >> (16 * i) & 0xFFFF);
  return quarters;
}
/// Wordings kept of one cell: a large one is known by its first ones.
constexpr std::size_t wordings_of_a_cell = 64;

/// Values that wanted senders have too say little.
class MailboxRarity final : public Rarity {
 public:
  MailboxRarity(const Gathering& gathering, const Senders& senders) {
    find_roofs(gathering);
    std::unordered_map<std::uint64_t, std::uint32_t> last_sender;
    const auto& mails = gathering.mails();
    for (std::size_t i = 0; i < mails.size(); ++i) {
      const Mail& mail = mails[i];
      const bool known = senders.relation[i] == Relation::steady || senders.relation[i] == Relation::same_organisation;
      // Firms that write for the first time say what is common too: a path like /verify, a sending service's net.
      if ((!known && !is_vouched_for(mail)) || mail.forwarded) continue;
      const auto count = [&](Tie tie, std::uint64_t value) {
        const std::uint64_t key = combine(value, static_cast<std::uint64_t>(tie));
        // Senders, not mails; consecutive mails of one sender count once, which is near enough.
        std::uint32_t& last = last_sender[key];
        if (last == mail.address) return;
        last = mail.address;
        ++wanted_[key];
      };
      if (mail.net != 0) {
        count(Tie::net, mail.net);
        count(Tie::net_and_habits, net_and_habits(mail));
      }
      for (const std::uint64_t pattern : name_patterns(gathering.names().name(mail.domain)))
        count(Tie::name_pattern, pattern);
      if (mail.local_head != 0) count(Tie::local_head, mail.local_head);
      if (const std::uint64_t data = own_data(mail); data != 0) count(Tie::own_data, data);
      for (const std::uint64_t wording : wordings(mail)) count(Tie::wording, wording);
      for (const LandingId& landing : gathering.landings(mail)) {
        count(Tie::landing, site_of(landing));
        if (landing.path != 0) count(Tie::path, landing.path);
      }
    }
  }
  /// What stands for the site that a link leads to: its registrable domain, or under a roof the host. A roof is a
  /// domain that itself is never opened and under which several hosts are: they may be different people's.
  std::uint32_t site_of(const LandingId& landing) const {
    return roofs_.contains(landing.domain) ? landing.host : landing.domain;
  }
  double of(Tie tie, std::uint64_t value) const override {
    const auto found = wanted_.find(combine(value, static_cast<std::uint64_t>(tie)));
    if (found == wanted_.end()) return 1;
    return tie == Tie::net || tie == Tie::net_and_habits || tie == Tie::own_data ? 1.0 / (1 + found->second)
           : tie == Tie::landing                                                 ? 0.3 / found->second
                                                                                 : 0.0;
  }

 private:
  void find_roofs(const Gathering& gathering) {
    std::unordered_map<std::uint32_t, std::uint32_t> first_host;
    std::unordered_set<std::uint32_t> opened;
    for (const Mail& mail : gathering.mails())
      for (const LandingId& landing : gathering.landings(mail)) {
        if (landing.host == landing.domain) opened.insert(landing.domain);
        const auto [found, is_new] = first_host.try_emplace(landing.domain, landing.host);
        if (!is_new && found->second != landing.host) roofs_.insert(landing.domain);
      }
    for (const std::uint32_t domain : opened) roofs_.erase(domain);
  }

  std::unordered_map<std::uint64_t, std::uint32_t> wanted_;
  std::unordered_set<std::uint32_t> roofs_;
};

class Joiner {
 public:
  Joiner(const Gathering& gathering, const Senders& senders)
      : gathering_(gathering), senders_(senders), rarity_(gathering, senders) {}

  std::vector<Cluster> run() {
    make_cells();
    parent_.resize(cells_.size());
    std::iota(parent_.begin(), parent_.end(), 0U);
    // What is clearest first, so that a lone mail goes to its own before it can lead two strangers together.
    for (const double needed : rounds)
      for (const Tie tie : {Tie::group, Tie::landing, Tie::name_pattern, Tie::path, Tie::local_head,
                            Tie::net_and_habits, Tie::net, Tie::own_data, Tie::wording})
        join_over(tie, needed);
    std::vector<Cluster> clusters;
    for (std::uint32_t i = 0; i < cells_.size(); ++i)
      if (root(i) == i) {
        std::sort(cells_[i].mails.begin(), cells_[i].mails.end());
        clusters.push_back(std::move(cells_[i]));
      }
    return clusters;
  }

 private:
  std::uint64_t key_of(const Mail& mail, std::uint32_t group) const {
    const Habits& habits = mail.habits;
    std::uint64_t key = combine(habits.mailer, habits.message_id);
    key = combine(key, combine(habits.list, habits.order));
    if (group != 0) return combine(key, combine(1, group));
    const auto landings = gathering_.landings(mail);
    if (!landings.empty()) return combine(key, combine(2, rarity_.site_of(landings.front())));
    return combine(key, combine(3, mail.net != 0 ? mail.net : 0xFFFFFFFFU + std::uint64_t{mail.address}));
  }

  void make_cells() {
    std::unordered_map<std::uint64_t, std::uint32_t> cell_of;
    const auto& mails = gathering_.mails();
    for (std::uint32_t i = 0; i < mails.size(); ++i) {
      const Relation relation = senders_.relation[i];
      if (relation == Relation::steady || relation == Relation::same_organisation) continue;
      const auto [found, is_new] =
          cell_of.try_emplace(key_of(mails[i], senders_.group[i]), static_cast<std::uint32_t>(cells_.size()));
      if (is_new) cells_.emplace_back();
      Cluster& cell = cells_[found->second];
      cell.mails.push_back(i);
      if (mails[i].copy_of == no_copy || cell.profile.mails == 0) add(cell.profile, mails[i], senders_.group[i]);
    }
  }

  void add(ClusterProfile& profile, const Mail& mail, std::uint32_t group) const {
    profile.first = profile.mails == 0 ? mail.time : std::min(profile.first, mail.time);
    profile.last = profile.mails == 0 ? mail.time : std::max(profile.last, mail.time);
    ++profile.mails;
    profile.vouched += is_vouched_for(mail) ? 1 : 0;
    const auto tie = [&](Tie kind) -> Counts& { return profile.ties[static_cast<std::size_t>(kind)]; };
    tie(Tie::group).add(group);
    if (group != 0)
      for (const std::uint64_t pattern : name_patterns(gathering_.names().name(group)))
        tie(Tie::name_pattern).add(pattern);
    if (mail.net != 0) {
      tie(Tie::net).add(mail.net);
      tie(Tie::net_and_habits).add(net_and_habits(mail));
    }
    tie(Tie::local_head).add(group == 0 ? mail.local_head : 0);
    tie(Tie::own_data).add(own_data(mail));
    if (tie(Tie::wording).size() < wordings_of_a_cell)
      for (const std::uint64_t wording : wordings(mail)) tie(Tie::wording).add(wording);
    for (const LandingId& landing : gathering_.landings(mail)) {
      tie(Tie::landing).add(rarity_.site_of(landing));
      tie(Tie::path).add(landing.path);
    }
    const auto habit = [&](Habit kind, std::uint64_t value) {
      profile.habits[static_cast<std::size_t>(kind)].add(value);
    };
    habit(Habit::mailer, mail.habits.mailer);
    habit(Habit::message_id, mail.habits.message_id);
    habit(Habit::list, mail.habits.list);
    habit(Habit::order, mail.habits.order);
    habit(Habit::boundary, mail.habits.boundary);
    habit(Habit::charset, mail.habits.charset);
    habit(Habit::hops, mail.habits.hops + 1U);
    habit(Habit::zone, static_cast<std::uint64_t>(mail.habits.zone + 2000));
    profile.recipients.add(mail.recipient);
  }

  std::uint32_t root(std::uint32_t cell) {
    while (parent_[cell] != cell) cell = parent_[cell] = parent_[parent_[cell]];
    return cell;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    if (cells_[a].mails.size() < cells_[b].mails.size()) std::swap(a, b);
    parent_[b] = a;
    cells_[a].profile.merge(cells_[b].profile);
    cells_[a].mails.insert(cells_[a].mails.end(), cells_[b].mails.begin(), cells_[b].mails.end());
    cells_[b] = Cluster{};
  }

  void join_over(Tie tie, double needed) {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> holders;
    for (std::uint32_t i = 0; i < cells_.size(); ++i)
      if (root(i) == i)
        for (const auto& [value, count] : cells_[i].profile.ties[static_cast<std::size_t>(tie)].values())
          if (rarity_.of(tie, value) > 0.1) holders[value].push_back(i);
    std::vector<std::pair<std::size_t, std::uint64_t>> order;
    for (const auto& [value, cells] : holders)
      if (cells.size() > 1) order.emplace_back(cells.size(), value);
    std::sort(order.begin(), order.end());
    for (const auto& [size, value] : order) join_holders(holders[value], needed);
  }

  void join_holders(const std::vector<std::uint32_t>& cells, double needed) {
    std::vector<std::uint32_t> met;
    for (const std::uint32_t cell : cells) {
      std::uint32_t own = root(cell);
      for (std::uint32_t& other : met) {
        other = root(other);
        if (other == own) continue;
        const Likeness like = likeness(cells_[own].profile, cells_[other].profile, rarity_);
        if (like.hard < least_hard || like.sum() < needed) continue;
        join(own, other);
        own = root(own);
      }
      for (std::uint32_t& other : met) other = root(other);
      std::sort(met.begin(), met.end());
      met.erase(std::unique(met.begin(), met.end()), met.end());
      if (std::find(met.begin(), met.end(), own) == met.end() && met.size() < clusters_of_a_value) met.push_back(own);
    }
  }

  const Gathering& gathering_;
  const Senders& senders_;
  const MailboxRarity rarity_;
  std::vector<Cluster> cells_;
  std::vector<std::uint32_t> parent_;
};

}  // namespace

std::vector<Cluster> find_clusters(const Gathering& gathering, const Senders& senders) {
  return Joiner(gathering, senders).run();
}

}  // namespace sekisho::campaign
