// A case as a value: the entries of its log and the items they name. What `vault` keeps sealed on disk, and what `app`
// shows, exports and turns into a case file. Made by Vault (vault.h) from a log that was read, or by a caller who wants
// something added (then `number` and `before` are empty). Plain values; share them freely.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::vault {

/// What an entry says.
enum class Kind : std::uint8_t {
  opened,      ///< the first entry of every case; `about` is the case's id and a random number
  detail,      ///< who, what, when …: `about` is the field, `text` its value; the last one of a field counts
  item,        ///< evidence; `about` says what it is: mail, screenshot, pdf, slip, chat, letter, recording, other
  note,        ///< one line
  call,        ///< a phone call in one line; `about` is with whom
  letter,      ///< a letter sent or received in one line; `about` is with whom
  plan,        ///< the JSON of `sekisho guide` as an item; `about` is "answers" or "plan"
  tick,        ///< a step of the plan was done; `about` is the step's id
  draft,       ///< a letter or report as an item; `about` is the draft's id
  judged,      ///< the JSON of `sekisho check` as an item
  scanned,     ///< the JSON of `sekisho scan` as an item
  stopped,     ///< did it stop? `about` is "yes" or "no"
  stamp,       ///< an RFC 3161 reply as an item; `about` is the number of the last entry that it covers
  keep_until,  ///< `about` is a day or "none"
  handed,      ///< handed over or exported; `about` is to whom
  erased       ///< the item of entry number `about` was erased; its digest stays
};
inline constexpr std::size_t kinds = 16;

std::string_view name(Kind kind);
std::optional<Kind> find_kind(std::string_view name);

/// Bytes that were kept as they came.
struct Item {
  std::string sha256;       ///< 64 lower-case hexadecimal digits, of the bytes as they came
  std::uint64_t bytes = 0;  ///< their number
  std::string name;         ///< the file's name as it came, without folders
};

struct Entry {
  std::uint64_t number = 0;  ///< from 1
  std::string before;        ///< SHA-256 of the text of all entries before it
  std::string time;          ///< when it was written: RFC 3339, "2026-11-23T18:05:00+09:00"
  std::string author;
  Kind kind = Kind::note;
  std::string happened;  ///< when what it tells happened: a day, or RFC 3339; empty: not said
  std::string about;     ///< see Kind; may be empty
  std::string text;      ///< one line; may be empty
  std::optional<Item> item;
};

struct Case {
  std::string id;          ///< tells nothing about a person
  std::string opened;      ///< the day, 2026-11-23
  std::string keep_until;  ///< a day, or "none"
  std::vector<Entry> entries;
  std::string digest;  ///< SHA-256 of the text of all entries

  /// The value of a detail, as it was said last; empty when never.
  std::string_view detail(std::string_view field) const;
  /// nullptr when there is no such entry.
  const Entry* entry(std::uint64_t number) const;
  /// Whether the item of entry `number` was erased later.
  bool is_erased(std::uint64_t number) const;
};

/// A detail's fields. Of "title", "what", "where", "how" and "handover" the last counts; of the others each is one
/// more.
inline constexpr std::string_view detail_fields[] = {
    "title",     ///< what the case is called
    "person",    ///< a name of the person whose case it is, as they write it
    "address",   ///< theirs
    "phone",     ///< theirs
    "mail",      ///< their mail address
    "number",    ///< a member, account or card number of theirs
    "other",     ///< a name of somebody else that stands in the evidence: hidden in every case file
    "what",      ///< what happened, in the person's own words
    "where",     ///< place, site, device, carrier
    "how",       ///< by which means
    "loss",      ///< "what | how it was paid | to whom | for what it was said to be"; `happened` is when
    "no-loss",   ///< asked, and nothing is missing
    "typed",     ///< an item that was typed in or given away
    "noticed",   ///< when and how it was noticed
    "advised",   ///< what was advised
    "question",  ///< still open
    "bring",     ///< to take along to a desk
    "desk",      ///< "desk | what it said or its reference"
    "handover"   ///< for the next colleague
};

}  // namespace sekisho::vault
