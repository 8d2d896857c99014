// What a whole mailbox says: the mailbox verdict of every message, the campaigns with their rhythm and their lure, what
// the senders know about the owner, and for each sender address what it sent. Made by campaign::analyse() from
// fingerprints alone; read by `rules` (senders), `care` and `app` (everything). A plain value; it owns all its text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::campaign {

/// What a message was found to be, after what the rest of the mailbox says. `unknown`: nothing speaks for a scam, but
/// the sender has no history here either; rules must not be proved with it as if it were wanted for certain.
enum class Standing : std::uint8_t { wanted, unknown, scam };

/// Whether the owner opened a message, where the mailbox shows it (Status, X-Mozilla-Status, a Maildir's flags).
enum class Opened : std::uint8_t { unknown, no, yes };

inline constexpr std::uint32_t no_campaign = 0xFFFFFFFF;
inline constexpr std::uint32_t no_message = 0xFFFFFFFF;

/// One kind of evidence that the mailbox adds to a message's own log-odds. The words are in knowledge/words_scan.yaml
/// under scan.evidence.<name>.
enum class Evidence : std::uint8_t {
  in_campaign,    ///< it belongs to a campaign
  lure,           ///< it is the lure of a campaign
  stranger,       ///< the sender's only appearance, leading to a site that nobody else leads to and that is not its own
  steady_sender,  ///< the same address again and again, never disproved
  same_organisation,  ///< another address of an organisation that is a steady sender
  own_site,           ///< a proven sender with an address of its own that leads only to its own site
  knows_member_no,    ///< a proven sender that knows the right member number; lures make one up
  person,             ///< a letter from a person, without links, from a box of their own
  answers_owner,      ///< it stands in a thread with the owner
  mailing_list,       ///< a proven mailing list
  forwarded,          ///< a wanted sender passes somebody else's mail on
  spoofed_sender,     ///< a wanted sender's address, but from elsewhere and disproved
  hardly_used,        ///< a stranger who writes to an address that the owner hardly uses
};
inline constexpr std::size_t evidence_kinds = 13;
std::string_view name(Evidence evidence);

struct EvidenceShare {
  Evidence what = Evidence::stranger;
  float log_odds = 0;  ///< added to the message's own
};

/// The mailbox verdict of one message. `own` is the message's own log-odds and is never rewritten.
struct MessageLine {
  std::uint32_t campaign = no_campaign;  ///< index into MailboxReport::campaigns
  Standing standing = Standing::unknown;
  std::uint8_t shares_used = 0;
  float own = 0, sum = 0;
  std::array<EvidenceShare, 3> shares{};  ///< the first `shares_used`
  std::int64_t time = 0;                  ///< delivery, seconds since 1970-01-01 UTC
};

/// Items about the owner.
enum class Item : std::uint8_t { name, postal_address, phone, mail_address, member_no };
inline constexpr std::size_t item_kinds = 5;
std::string_view name(Item item);

/// How regularly a campaign beats.
struct Rhythm {
  std::int64_t median_gap = 0;  ///< seconds between two mails; 0 when there are fewer than three
  std::int64_t p10_gap = 0, p90_gap = 0;
  double regularity = 0;                    ///< share of gaps within a quarter of the median
  std::array<std::uint32_t, 24> by_hour{};  ///< mails by hour of day in the owner's zone
  std::optional<std::array<int, 2>> quiet;  ///< hours [from, to) without a mail though there are many; wraps at 24
  bool live = false;                        ///< still running at the end of the mailbox
  std::int64_t next_from = 0, next_to = 0;  ///< when the next one is likely, for a live one
};

/// What its messages have in common, with how many of them show it; the "why these belong together".
struct Common {
  enum class What : std::uint8_t {
    sender_domain,
    name_pattern,
    landing_site,
    sending_net,
    path,
    habits,
    own_data,
    changing_sender,
    hardly_used,  ///< they come to an address that the owner hardly uses
    visited       ///< the owner says that they opened this site, or typed something there
  };
  What what = What::sender_domain;
  std::string value;  ///< a domain, "198.51.100.0/24", "/abc/…"; "" when the kind says it all
  std::uint32_t messages = 0;
};
std::string_view name(Common::What what);

/// One way of wording within a campaign: an example message stands for many.
struct Family {
  std::uint32_t example = no_message;
  std::uint32_t messages = 0;
};

struct Lure {
  std::uint32_t message = no_message;
  std::int64_t time = 0, first_use = 0;  ///< its delivery, and that of the first mail that followed
  std::vector<Common> shares;            ///< what ties it to the campaign
  bool asks_for_data = false;            ///< its own words ask for something
  bool asks_for_items = false;           ///< for just what the later ones hold: name, address, phone
  Opened opened = Opened::unknown;       ///< as the mailbox shows it
  std::string scam_kind;                 ///< of knowledge/kinds.yaml, or ""
};

struct Campaign {
  std::string id;                      ///< "c1", "c2" … by first message
  std::vector<std::uint32_t> members;  ///< message numbers, in order of delivery, lure and copies included
  std::uint32_t copies = 0;            ///< among them, the same message again
  std::int64_t first = 0, last = 0;
  std::vector<std::string> domains;  ///< sending hosts, most frequent first
  std::vector<std::string> landing_domains;
  std::uint32_t senders = 0;  ///< different addresses
  double sure = 0;            ///< probability that this is a scam campaign, 0 to 1
  Rhythm rhythm;
  std::vector<Common> common;
  std::vector<Family> families;
  std::vector<std::string> scam_kinds;  ///< most frequent first
  std::optional<Lure> lure;
  std::array<std::uint32_t, item_kinds> items{};  ///< messages with that item of the owner
};

/// What the senders of scams hold about the owner.
struct Exposure {
  Item item = Item::name;
  std::int64_t first_seen = 0;
  std::vector<std::uint32_t> messages;
  bool inferred = false;  ///< not from the profile; `certainty` says how likely it is the owner's
  double certainty = 1;
};

/// One sender address and everything it sent, for those who make rules. `address` is lower case.
struct SenderMail {
  std::uint32_t message = 0;
  std::uint32_t campaign = no_campaign;
  Standing standing = Standing::unknown;
  std::int64_t time = 0;
  bool spoofed = false;  ///< a wanted sender's address that somebody else used: no rule by sender stops it
};
struct Sender {
  std::string address;
  std::vector<SenderMail> mails;
};

struct MailboxReport {
  std::vector<MessageLine> messages;  ///< one for each message, by number
  std::vector<Campaign> campaigns;
  std::vector<Exposure> exposure;     ///< none when no scam carries an item
  std::uint32_t shows_somebodys = 0;  ///< scam messages with a name, address or number that may be the owner's
  std::vector<Sender> senders;        ///< sorted by address
  std::int64_t first = 0, last = 0;
};

}  // namespace sekisho::campaign
