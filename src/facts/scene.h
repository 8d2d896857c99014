// What several observers need and none should work out twice: the message, the knowledge, and derived things computed
// once (sites of links, who it claims to be, which authentication results may be believed, pattern hits). Built by
// observe_all; lives for one message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "facts/history.h"
#include "knowledge/snapshot.h"
#include "message/message.h"
#include "text/unwrap.h"

namespace sekisho::facts {

/// A link as a browser would follow it.
struct Site {
  std::size_t link = 0;              ///< index into message.links
  const text::Url* opens = nullptr;  ///< the place opened first (never null in Scene::sites)
  std::string host;                  ///< of that place
  std::string domain;                ///< registrable domain of host ("" for an IP address)
  text::Unwrapped unwrapped;         ///< wrappers walked; chain is empty when none
  std::string final_host;            ///< after certain wrappers: where it ends as far as can be known; else host
  std::string final_domain;
  bool is_web = false;               ///< http(s)
  bool is_active = false;            ///< the reader can tap it: not an image source, not hidden
  bool quoted = false;               ///< it stands in quoted or forwarded older mail
};

/// For whom a passage speaks.
enum class Voice : std::uint8_t {
  own,      ///< for whoever sent the message
  quoted,   ///< it stands in quoted or forwarded older mail, or a warning reports it
  passing,  ///< it is mentioned deep inside a long text
  denied    ///< the sentence says that nobody asks for it
};

/// A phrase list that matched.
struct Hit {
  std::uint32_t list = 0;            ///< index into knowledge.phrase_lists()
  std::uint16_t part = 0;            ///< readable part
  text::Span span;                   ///< in its original text
  Voice voice = Voice::own;
  bool own() const { return voice == Voice::own; }
};

/// How strongly a message speaks as a brand. A shop that writes "paid by X, shipped by Y" names X and Y in passing.
/// Below `opening` a naming is no claim to be that brand.
enum class Prominence : std::uint8_t {
  passing = 1,       ///< somewhere in the body
  opening = 2,       ///< the first lines, the signature, "thank you for using ○○", the text of a link, or three times and more
  subject = 3,
  sender_domain = 4, ///< the From address is the brand's (and is not a mail box that anyone can have there)
  sender_name = 5
};

/// A brand or institution that the message names.
struct Claim {
  const knowledge::Brand* brand = nullptr;
  Prominence prominence = Prominence::passing;
  bool by_sender_name = false, by_sender_domain = false, in_subject = false, in_body = false, in_link_text = false;
  bool weak = false;                 ///< only a short, ambiguous alias
  bool lookalike = false;            ///< written with look-alike letters
  Place place;                       ///< the strongest place: sender name, then subject, then body
  std::size_t mentions = 0;
};

enum class Auth : std::uint8_t { unknown, none, pass, fail, softfail, neutral };

/// What the receiver's own server found, after CONTRACTS.md "Trusting Authentication-Results".
struct Trust {
  bool trusted = false;              ///< a believable Authentication-Results was found
  Auth spf = Auth::unknown, dkim = Auth::unknown, dmarc = Auth::unknown;
  std::string spf_domain, dkim_domain;
  bool dkim_aligned = false, spf_aligned = false;   ///< passed for the From's organisational domain
  bool foreign_header = false;       ///< a header of that name written by somebody else
  /// DMARC passed, or DKIM or SPF passed in alignment.
  bool sender_proven() const { return dmarc == Auth::pass || dkim_aligned || spf_aligned; }
  bool sender_disproved() const { return dmarc == Auth::fail; }
};

struct Scene {
  const message::Message& message;
  const knowledge::Snapshot& knowledge;
  const History& history;
  const Envelope& envelope;

  std::string from_host, from_domain;  ///< of the first From; domain is the organisational one
  const knowledge::Brand* from_brand = nullptr;  ///< owner of from_host
  std::vector<Site> sites;
  std::vector<Hit> hits;
  std::vector<Claim> claims;           ///< most prominent first
  Trust trust;

  bool quoted_is_own = false;          ///< next to nothing was written around the quoted or forwarded mail: that is the message
  bool only_warns = false;             ///< it warns of scams and leads nowhere of the sender's choice
  std::optional<std::size_t> border_hop;  ///< index into message.received: where the receiver took it from outside
  std::vector<std::string> reader;     ///< lower-case addresses of the reader
  bool reader_known = false;           ///< from the envelope, the profile or the delivering server, not merely a lone To

  bool has_hit(std::string_view list) const;
  /// The most prominent claim that is more than a naming in passing; nullptr when there is none.
  const Claim* claim() const;
  /// Index of the first readable part of that kind, or no_part.
  std::uint16_t part_of(message::Readable::Kind kind) const;
};

/// Where observers write.
class Notes {
 public:
  void add(FactId id, Place place = {}, std::string value = {}, double number = 0);
  std::vector<Fact> take();
 private:
  std::vector<Fact> facts_;
  std::vector<std::uint16_t> counts_;
};

/// Builds the scene, runs every observer, sorts. Pure; the scratch belongs to the calling worker. Observers that `until`
/// leaves no time for are not run: the defect time_exhausted.
Facts observe_all(const message::Message& message, const knowledge::Snapshot& knowledge, const History& history,
                  const Envelope& envelope, text::PatternSet::Scratch& scratch, const Deadline& until = {});

PartKind part_kind(message::Readable::Kind kind);

}  // namespace sekisho::facts
