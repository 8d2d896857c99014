// "Is it one of these?": rewritten examples of every kind of scam (knowledge/gallery/<kind>.yaml;
// docs/formats/gallery.md) with the signs that the deck sees in them, a search by words, and how alike a message is to
// each. Likeness names an example and what differs; it never moves a score and never decides. The build tool examines
// the examples once and packs the result, so that no start pays for it; with a site's overrides `engine` examines them
// again. Immutable; shared by all threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "facts/fact.h"
#include "knowledge/source.h"
#include "signs/card.h"
#include "verdict/verdict.h"

namespace sekisho::gallery {

/// How the text of an example is read; as `engine::ReadAs`.
enum class ReadAs : std::uint8_t { mail, pasted, sms };
std::string_view name(ReadAs read_as);

/// A sign seen in an example, and where.
struct Mark {
  std::string sign;  ///< id of a card
  double weight = 0;
  bool absent = false;
  std::vector<verdict::Quote> quotes;  ///< part is an index into Example::parts
};

struct Example {
  std::string id, kind, where;
  knowledge::Words title;
  knowledge::Words genuine;        ///< how a genuine message of this kind differs
  std::vector<std::string> words;  ///< further words under which it is found
  ReadAs read_as = ReadAs::pasted;
  std::string message;
  // What examining it gave:
  verdict::Answer answer = verdict::Answer::nothing_found;
  std::vector<facts::Part> parts;
  std::vector<Mark> marks;         ///< heaviest first
  bool kana = false;               ///< written in Japanese
  std::vector<std::string> ideas;  ///< sorted, without repeats; what likeness compares
};

/// The examples as written, one file a kind, sorted by path. Error bad_data with file and line: an unknown key or kind,
/// a missing language, an id given twice, an empty message.
Result<std::vector<Example>> read_examples(const std::vector<knowledge::RawFile>& files,
                                           const knowledge::Snapshot& knowledge);

/// The YAML files below `folder`, sorted by name; empty when there is no such folder.
Result<std::vector<knowledge::RawFile>> gallery_files(const std::filesystem::path& folder);

/// What a message talks about, independent of its wording: phrase lists, the trade of the brand it claims, attachments.
std::vector<std::string> ideas_of(const facts::Facts& facts, const knowledge::Snapshot& knowledge);

/// `example` with what examining its message gave.
Example examined(Example example, const facts::Facts& facts, const verdict::Verdict& verdict, const signs::Deck& deck);

/// The example most like a message, and what differs.
struct Nearest {
  const Example* example = nullptr;  ///< nullptr: nothing in the gallery is like it
  double likeness = 0;               ///< 0 … 1: share of what both talk about, rare ideas counting more
  std::vector<std::string> shared, only_example,
      only_message;  ///< ids of cards that accuse, heaviest first, at most three
};

class Gallery {
 public:
  explicit Gallery(std::vector<Example> examples);
  Gallery(const Gallery&) = delete;
  Gallery& operator=(const Gallery&) = delete;

  /// The flat file (knowledge/flat.h), as pack() wrote it.
  static Result<std::shared_ptr<const Gallery>> load(std::string_view bytes);
  std::string pack() const;

  const std::vector<Example>& examples() const { return examples_; }

  /// Examples in which every one of `words` is found (folded, as part of a word) in kind, title, words or text; those
  /// with the most words in kind, title or words first. No words: all.
  std::vector<const Example*> search(const std::vector<std::string>& words, const knowledge::Snapshot& knowledge) const;

  /// The example nearest to a judged message. Of a message that was given a kind, examples of that kind come first.
  Nearest nearest(const facts::Facts& facts, const verdict::Verdict& verdict, const signs::Deck& deck) const;

 private:
  double weight(const std::string& idea) const;
  std::vector<Example> examples_;
  std::unordered_map<std::string, double> weights_;  ///< of ideas: rarer among kinds, heavier
  double unseen_ = 0;
};

}  // namespace sekisho::gallery
