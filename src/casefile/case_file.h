// Everything that a case file says, as plain values: what `sekisho case` gathers from the vault, the guide's plan and a
// scan, and what casefile::to_paper() turns into pages. Filled by `app`; read here. It owns all its text, knows neither
// vault nor campaign, and any field may be empty: what is not known is left out or becomes a line to fill in by hand.
// Every text is UTF-8 as it was given or as a mail says it; nothing in it is trusted, cleaned or masked yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "care/registers.h"

namespace sekisho::casefile {

/// A point in time as well as it is known.
struct Moment {
  enum class Known : std::uint8_t { to_the_minute, to_the_day };
  std::int64_t time = 0;  ///< seconds since 1970-01-01 UTC; a day is its noon in the case's zone
  Known known = Known::to_the_minute;
};

/// The person whose case it is, and what is theirs: in the full file shown, in the shareable one masked wherever it
/// stands, in quoted mails too. The first of each is the one that is written at the top.
struct Victim {
  std::vector<std::string> names;  ///< kanji, kana, romaji
  std::vector<std::string> postal_addresses, phones, mail_addresses;
  std::vector<std::string> numbers;  ///< member, account, card numbers
  std::string contact;               ///< how to reach them, in one line; the addresses and numbers in it are theirs
};

/// What was lost. `to` is where it went, as the slip or the mail says it.
struct Loss {
  std::optional<Moment> when;
  std::string what;    ///< "120,000円", "gift card numbers"
  std::string how;     ///< "bank transfer, counter of …"
  std::string to;      ///< account, wallet, name: masked but for its end; the slip has all of it
  std::string reason;  ///< what the money was said to be for
};

/// One line of the timeline.
struct Event {
  enum class Kind : std::uint8_t {
    lure,      ///< the mail that fetched the data
    mail,      ///< a mail of the matter
    call,      ///< by telephone
    letter,    ///< on paper
    typed,     ///< the person typed something in, or sent it
    paid,      ///< money or its like went out
    noticed,   ///< it was noticed, or told to somebody
    advised,   ///< advice was given
    done,      ///< a step was done, a desk was called
    check_in,  ///< "did it stop?"
    kept,      ///< something was put into the vault
    note       ///< anything else
  };
  std::optional<Moment> when;  ///< nothing: unknown, listed last
  Kind kind = Kind::note;
  std::string text;
  std::string author;                 ///< who wrote it down; empty: the program, from the mails
  std::vector<std::string> evidence;  ///< ids of Evidence that show it
};
inline constexpr std::size_t event_kinds = 12;

/// A campaign of the mailbox (`sekisho scan`), in the words of docs/formats/scan.md.
struct Campaign {
  std::string id;    ///< "c1"
  std::string kind;  ///< the way of scamming, in the reader's language; may be empty
  std::int64_t first = 0, last = 0;
  std::uint32_t messages = 0, senders = 0;
  std::vector<std::string> domains;          ///< in the senders' addresses of the mails
  std::vector<std::string> landing_domains;  ///< where their links lead
  std::int64_t median_gap = 0;               ///< seconds; 0 unknown
  double regularity = 0;                     ///< 0 to 1
  std::optional<std::array<int, 2>> quiet;   ///< hours [from, to) without a mail
  bool live = false;
  std::vector<std::int64_t> arrivals;  ///< when each mail came, for the chart
  std::vector<std::string> because;    ///< why they belong together, sentences in the reader's language
  struct Lure {
    std::int64_t time = 0, first_use = 0;  ///< its delivery, and that of the first mail that followed
    std::string sender, subject;
    std::vector<std::string> shares;  ///< what ties it to the campaign, sentences
    std::string evidence;             ///< id of Evidence; may be empty
  };
  std::optional<Lure> lure;
};

/// What the senders hold about the person.
struct Exposed {
  enum class Item : std::uint8_t { name, postal_address, phone, mail_address, member_no, other };
  Item item = Item::other;
  std::string what;  ///< for `other`: what it is
  std::string value;
  std::int64_t first_seen = 0;  ///< 0 unknown
  std::uint32_t messages = 0;
  bool typed = false;     ///< the person typed it in themselves
  bool inferred = false;  ///< guessed from the mails, not confirmed by the person
};
inline constexpr std::size_t exposed_items = 6;

/// One thing that is kept in the vault.
struct Evidence {
  enum class Kind : std::uint8_t { mail, sms, picture, pdf, slip, chat, note, call, letter, other };
  std::string id;  ///< as the vault calls it, "3"
  Kind kind = Kind::other;
  std::string name;  ///< of the file in the zip
  std::uint64_t bytes = 0;
  std::string sha256;           ///< 64 hexadecimal digits
  std::optional<Moment> when;   ///< of the thing itself: a mail's date
  std::optional<Moment> added;  ///< when it was put in
  std::string added_by;
  std::string title;  ///< a mail's subject, or what the person calls it
  std::string shows;  ///< what it shows, by the person or the desk
  /// Of a mail: what its own headers say, by name ("From", "Received from"), shortest useful set.
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<std::string> reasons;  ///< why Sekisho calls it a scam, sentences in the reader's language
  std::string text;                  ///< of a mail, message or note, quoted in the file when `quote`
  bool quote = false;                ///< worth a box of its own: the lure, one mail of each campaign, notes
  std::string png;                   ///< a picture, only when the person wants it in the full file; else empty
};
inline constexpr std::size_t evidence_kinds = 10;

/// A step of the plan with its tick, or a draft that was made.
struct Advice {
  enum class State : std::uint8_t { open, done, not_needed };
  std::string text, why;
  State state = State::open;
  std::optional<Moment> done_on;
  std::string deadline;  ///< in words; empty: none
};
struct UsedDraft {
  std::string title, to;
  std::optional<Moment> when;
};

/// A desk as the guide shows it: its data are public and never masked.
struct Desk {
  std::string name, phone, hours, web, say;
  std::string reference;  ///< what the desk gave: number of the report, name of the officer is never asked for
};

/// Proofs of when and by whom the vault was written.
struct Proof {
  std::string case_id, chain_head;           ///< SHA-256 of the newest log entry, hexadecimal
  std::uint64_t entries = 0;                 ///< of the log
  std::string key_fingerprint;               ///< of the Ed25519 key
  std::vector<std::string> time_stamps;      ///< "2026-11-23 12:00 by …", one for each RFC 3161 reply
  std::vector<std::string> verify_commands;  ///< to be typed in the unpacked folder, in order
};

struct CaseFile {
  care::Register speech = care::Register::ja;
  std::int32_t zone_minutes = 540;  ///< of all days and hours in the file
  std::int64_t made = 0;            ///< "today"
  std::string title;                ///< what the person calls the case
  std::string desk;                 ///< who made the file, as they want it said; may be empty

  Victim victim;
  /// Names, numbers and addresses of other people that are known to stand in the texts; masked in every form. Mail
  /// addresses, telephone and account numbers are found without being listed.
  std::vector<std::string> others;

  std::vector<std::string> situations;  ///< what happened, in the guide's words
  std::string telling;                  ///< what happened, in the person's own words
  std::string where, how;               ///< place and means: device, carrier, site; own words
  std::vector<std::string> typed;       ///< what was typed in or given away, in the guide's words
  std::string when, damage;             ///< in the person's own words; empty: made from the timeline and the losses
  std::vector<Loss> losses;
  bool no_loss_known = false;  ///< asked, and nothing is missing so far

  std::vector<Event> timeline;  ///< in any order
  std::vector<Campaign> campaigns;
  std::vector<Exposed> exposed;
  std::vector<Evidence> evidence;
  std::vector<Advice> advice;
  std::vector<UsedDraft> drafts;
  std::vector<std::string> never;      ///< what the person was told never to do
  std::vector<std::string> questions;  ///< still open
  std::vector<std::string> bring;      ///< to the desk, beside this file
  std::vector<Desk> desks;
  std::string next_check;  ///< "27 November: have the mails stopped?"
  std::string keep_until;  ///< retention, in words
  Proof proof;
};

/// Who will read it. Other people's data are masked in all of them.
enum class Form : std::uint8_t {
  full,       ///< for the police or the bank
  shareable,  ///< the victim's own data masked too; no pictures
  hand_over   ///< for the next colleague at the desk: where things stand, on few pages
};

}  // namespace sekisho::casefile
