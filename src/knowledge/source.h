// The data files as values: what YAML and list files say, checked, before anything is indexed. Read by the build tool
// (tools/compile_knowledge.cc) and, for a site's overrides, by `engine` at start. An unknown key, a missing language or
// a doubled name is an error with file and line. Plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/unwrap.h"

namespace sekisho::knowledge {

/// How well a fact is known; see knowledge/README.md. Order: later is better known.
enum class Confidence : std::uint8_t {
  memory,
  public_code_single,
  public_code,
  computed,
  seed,
  verified_old_page,
  two_pages,
  verified
};
std::string_view name(Confidence confidence);

/// A sentence in every language that the product speaks.
struct Words {
  std::string ja, en;
  std::string_view in(std::string_view lang) const { return lang == "en" ? en : ja; }
};

struct Brand {
  std::string id, name_ja, name_en, category;
  std::vector<std::string> aliases;  ///< recognised in text as a claim to be this brand
  std::vector<std::string>
      weak_aliases;  ///< short or ambiguous: count only in a sender's name or beside the brand's own domain
  std::vector<std::string> web_domains, mail_domains, mail_domains_checked;
  Confidence web_confidence = Confidence::memory, mail_confidence = Confidence::memory;
};

/// A named idea, e.g. "deadline_today": expressions over folded text.
struct PhraseList {
  std::string name, what;
  struct Expression {
    std::string text, where;
  };
  std::vector<Expression> expressions;
  /// `exact: true`: the facts read the very characters of a hit (a number, an address), not only where it stands.
  bool exact = false;
  /// Lists whose hits it takes back where they end inside one of its own: "we never ask for your password".
  std::vector<std::string> takes_back;
};

/// A list of domains (host equals an entry or lies below it) or of words (whole value equals).
struct NameList {
  std::string name, source, licence, as_of;
  enum class Match : std::uint8_t { domain, word } match = Match::domain;
  std::vector<std::string> entries;  ///< sorted, unique
};

/// One of the kinds of scam, and what points at it. Points name the kind; they never move the score.
struct Kind {
  std::string id;
  Words name, what;
  struct Hint {
    std::string phrase, brand_category, sign;
    int points = 1;
  };
  std::vector<Hint> hints;
  /// `general: true`: says how more than what about (an account is locked), and gives way to a kind that says what about.
  bool general = false;
};

/// A YAML file kept as text for a layer above to read (cards, predicates): knowledge does not know what a sign is.
struct RawFile {
  std::string path, text;
};

struct Source {
  std::vector<Brand> brands;
  std::vector<PhraseList> phrases;
  std::vector<NameList> lists;
  std::vector<text::UrlWrapper> wrappers;
  std::vector<Kind> kinds;
  std::map<std::string, Words> words;  ///< sentences that belong to no single card, by key
  std::vector<std::string>
      word_order;              ///< their keys in the order of the files: the order in which next steps are shown
  std::vector<RawFile> signs;  ///< signs/<family>/*.yaml, sorted by path: cards and predicates
  std::vector<RawFile> scale;  ///< signs/scale.yaml: bias and thresholds, for `verdict`
  std::string as_of;           ///< newest date of any file, ISO
};

/// Reads `knowledge` (…/knowledge) and `signs` (…/signs). Error bad_data: file:line, what was expected, the nearest
/// name.
Result<Source> read_source(const std::filesystem::path& knowledge, const std::filesystem::path& signs);

/// A site's folder with the same layout laid over `base`: same id or name replaces, new adds, phrase lists with
/// `add: true` grow.
Result<Source> overlay(Source base, const std::filesystem::path& folder);

/// The nearest of `names` to a misspelled one, or "" when none is near: for "did you mean".
std::string nearest(std::string_view wrong, const std::vector<std::string>& names);
/// The same for Error::said: {"near", the nearest}, or {"known", all of them} when none is near.
std::pair<std::string, std::string> suggestion(std::string_view wrong, const std::vector<std::string>& names);

}  // namespace sekisho::knowledge
