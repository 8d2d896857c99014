// One message as the mailbox remembers it: where it came from, where its links lead, how it was built and which items
// of the owner it shows, without a word of its text. Made by fingerprint_of() on any worker thread; a plain value of a
// few hundred bytes. What identifies a person (recipient, items, text) is kept as a keyed hash only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "campaign/exposure.h"
#include "campaign/report.h"
#include "facts/fact.h"
#include "knowledge/snapshot.h"
#include "message/message.h"
#include "verdict/verdict.h"

namespace sekisho::campaign {

/// A hash under the owner's secret key (store/secret.h): equal for equal text, and tells nothing else.
using KeyedHash = std::function<std::uint64_t(std::string_view)>;

/// A web site that a message leads to, wrappers taken off.
struct Landing {
  std::string host, domain;  ///< domain is the registrable one, or the host when there is none
  std::string path;          ///< its first path segment when more follows, "" else
};

/// How a sending system builds its mail; each a hash of a shape, 0 when it cannot be known.
struct Habits {
  std::uint32_t mailer = 0;      ///< the program it names
  std::uint32_t message_id = 0;  ///< the shape of its Message-ID
  std::uint32_t list = 0;        ///< List-Unsubscribe and the like: which, and of what form
  std::uint32_t order = 0;       ///< which headers it writes, in which order
  std::uint32_t boundary = 0;    ///< the style of its MIME boundaries
  std::uint32_t charset = 0;     ///< how it writes the charset parameter
  std::uint8_t hops = 0;         ///< Received headers below the border
  std::int16_t zone = 0;         ///< minutes east of UTC in its Date; -1 none
};

struct Fingerprint {
  std::int64_t time = 0;  ///< of the topmost dated Received, else Date, else 0 (unknown)
  bool time_is_received = false;
  std::string address, host, domain;  ///< of the first From, lower case; domain is the registrable one
  std::string net;                    ///< /24 or /48 that handed it in, "" unknown
  std::string helo_domain;
  std::vector<Landing> landings;  ///< distinct, at most limits::landings_of_a_message
  Habits habits;
  std::uint64_t recipient = 0, addressed = 0;  ///< keyed: whom it was delivered to, and whom it names in To
  std::uint64_t message_id = 0, content = 0;   ///< keyed
  std::uint64_t shape = 0;                     ///< simhash of the folded text, items, numbers and addresses slotted out
  float log_odds = 0;
  std::uint8_t answer = 0;  ///< verdict::Answer
  std::string scam_kind;
  std::array<std::uint16_t, 3> signs{};  ///< cards with the most weight, 1 + index into the deck; 0 none
  // what facts said
  bool proven = false, disproved = false, auth_known = false, spf_ok = false, dkim_ok = false;
  bool anybodys_sender = false;  ///< free mail, a carrier's box: says nothing about who shares it
  bool platform_sender = false;
  bool list = false, thread = false, forwarded = false, lookalike = false;
  bool asks_data = false;        ///< for anything at all
  bool asks_items = false;       ///< for what people know about a person: name, address, phone
  bool numbered_local = false;   ///< digits in the local part, or keyboard noise: made up rather than chosen
  std::uint32_t local_head = 0;  ///< hash of the letters it begins with
  bool own_site = false;         ///< every link leads to the sender's own organisation
  bool site_known = false;       ///< every link leads to very well known sites, or is none
  bool broken = false;
  Opened opened = Opened::unknown;        ///< as its own headers say
  std::array<Shown, item_kinds> items{};  ///< items of the profile found in subject and text
  std::vector<std::uint64_t>
      guesses;  ///< keyed: names, addresses, phones that look like somebody's; for a mailbox without profile
};

/// `receipt` facts are worked out again here because they name hosts. Pure.
Fingerprint fingerprint_of(const message::Message& message, const facts::Facts& facts, const verdict::Verdict& verdict,
                           const knowledge::Snapshot& knowledge, const ProfileMatcher& profile, const KeyedHash& hash);

}  // namespace sekisho::campaign
