// Who wrote to this mailbox: each sender once, each message as a sighting of its sender. What the miner reads; made by
// `app` from a mailbox and a scan report, or from a few pasted addresses. Owns its strings. Filled by one thread, then
// only read.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sekisho::rules {

/// What a message was. `other`: scam without a campaign and what nobody could tell; neither to be stopped nor kept.
enum class Sort : std::uint8_t { wanted, campaign, other };

using SenderId = std::uint32_t;
using HostId = std::uint32_t;
inline constexpr std::uint32_t no_campaign = std::numeric_limits<std::uint32_t>::max();

struct Sighting {
  SenderId sender = 0;
  Sort sort = Sort::wanted;
  std::uint32_t campaign = no_campaign;  ///< index into Evidence::campaigns()
  std::int64_t time = 0;                 ///< seconds since 1970 UTC; 0 when unknown
};

struct Host {
  std::string name;         ///< lower case
  std::string registrable;  ///< "" for an IP address or a public suffix
};

class Evidence {
 public:
  /// Local part that stands for everybody at a host.
  static constexpr std::string_view anybody = "*";

  /// The index of a campaign by its name in the report.
  std::uint32_t campaign(std::string_view name);
  /// One message. `address` as in the From header. An address without host is kept apart: no rule can name it safely.
  void add(std::string_view address, Sort sort, std::uint32_t campaign, std::int64_t time);
  /// Somebody whose mail must arrive whatever the mailbox says: an address, or a host ("bank.example",
  /// "@bank.example").
  void keep(std::string_view address_or_host);
  /// Orders the sightings by time; call once, after the last add().
  void finish();

  const std::vector<Sighting>& sightings() const { return sightings_; }
  const std::vector<std::string>& senders() const { return senders_; }
  HostId host_of_sender(SenderId sender) const { return sender_host_[sender]; }
  const std::vector<Host>& hosts() const { return hosts_; }
  const std::vector<std::string>& campaigns() const { return campaigns_; }
  const std::vector<SenderId>& kept() const { return kept_; }
  /// Campaign messages whose From holds no usable address.
  std::uint64_t without_address() const { return without_address_; }

 private:
  SenderId sender(std::string address);
  HostId host(std::string_view name);

  std::vector<Sighting> sightings_;
  std::vector<std::string> senders_, campaigns_;
  std::vector<HostId> sender_host_;
  std::vector<Host> hosts_;
  std::vector<SenderId> kept_;
  std::unordered_map<std::string, SenderId> sender_ids_;
  std::unordered_map<std::string, HostId> host_ids_;
  std::unordered_map<std::string, std::uint32_t> campaign_ids_;
  std::uint64_t without_address_ = 0;
};

}  // namespace sekisho::rules
