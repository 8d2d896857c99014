// Everything that is known but not learned from a mailbox, in one immutable value: brands, lists, phrases, wrappers,
// words, and the text of the cards. Made by the build tool into one flat file inside the binary; loaded in milliseconds;
// shared by all threads as shared_ptr<const Snapshot>. Observers get a reference and never keep it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "knowledge/brand_index.h"
#include "knowledge/source.h"
#include "text/patterns.h"

namespace sekisho::knowledge {

/// Where compiled automata outlive a run (engine/automaton_cache.h). Both may be empty.
struct AutomatonStore {
  /// The automaton kept under a name made of letters and digits.
  std::function<std::optional<std::string>(const std::string& made_of)> find;
  /// Keeps what find() did not have.
  std::function<void(std::string_view automaton)> keep;
};

class Snapshot {
 public:
  /// From the flat file; everything is copied out of `bytes`.
  static Result<std::shared_ptr<const Snapshot>> load(std::string_view bytes);
  /// From sources. Compiling the patterns takes seconds, so the automaton of `previous` (a flat file) or of `store` is
  /// taken over when it was made of the same expressions.
  static Result<std::shared_ptr<const Snapshot>> build(Source source, std::string_view previous = {},
                                                       const AutomatonStore& store = {});
  /// The flat file. docs/formats/knowledge.md
  /// `previous`: an older flat file whose automaton is taken over when no expression has changed; anything else is ignored.
  static Result<std::string> pack(const Source& source, std::string_view previous = {}, const AutomatonStore& store = {});

  /// A copy of this snapshot with other cards (tests, fuzzing); without patterns.
  std::shared_ptr<const Snapshot> with_signs(std::vector<RawFile> signs) const;

  const std::vector<Brand>& brands() const { return source_.brands; }
  const Brand* brand(std::string_view id) const;
  /// The brand that owns `host` (equal or below one of its domains), nullptr when none is known.
  const Brand* brand_of(std::string_view host) const;
  /// Whether `host` is one of `brand`'s domains and how well that is known.
  struct Owns { bool yes = false; Confidence confidence = Confidence::memory; };
  static Owns owns(const Brand& brand, std::string_view host);

  /// Brand names hidden in hosts, paths and look-alike letters; its matches index brands().
  const BrandIndex& brand_index() const { return brand_index_; }

  /// "host is in list": domain lists match on label boundaries, word lists whole. An unknown list name is false (names are
  /// checked when cards are loaded).
  bool in_list(std::string_view list, std::string_view value) const;
  static bool in_list(const NameList& list, std::string_view value);
  /// nullptr when there is none of that name.
  const NameList* list(std::string_view name) const;
  bool has_list(std::string_view list) const;
  bool has_phrase_list(std::string_view name) const;
  const std::vector<PhraseList>& phrase_lists() const { return source_.phrases; }
  const std::vector<NameList>& name_lists() const { return source_.lists; }

  /// What a pattern id of patterns() stands for.
  struct Meaning { enum class What : std::uint8_t { phrase, brand, weak_brand } what; std::uint32_t index; };
  const text::PatternSet& patterns() const { return patterns_; }
  const Meaning& meaning(std::uint32_t pattern_id) const { return meanings_[pattern_id]; }

  const std::vector<text::UrlWrapper>& wrappers() const { return source_.wrappers; }
  const std::vector<Kind>& kinds() const { return source_.kinds; }
  const Kind* kind(std::string_view id) const;
  bool has_words(std::string_view key) const { return source_.words.count(std::string(key)) != 0; }
  /// A string for people; an unknown key gives "?" (the tests forbid it).
  const Words& words(std::string_view key) const;
  /// Keys of words below `group` ("next.scam"), in the order of the file.
  const std::vector<std::string>& keys_below(std::string_view group) const;
  const std::vector<RawFile>& signs() const { return source_.signs; }
  const std::vector<RawFile>& scale() const { return source_.scale; }
  const std::string& as_of() const { return source_.as_of; }
  /// First 12 hex digits of a digest of the flat file without the compiled automaton: the "knowledge" of `versions`.
  const std::string& version() const { return version_; }
  const Source& source() const { return source_; }

 private:
  Snapshot() = default;
  void index();
  Source source_;
  text::PatternSet patterns_;
  std::vector<Meaning> meanings_;
  BrandIndex brand_index_;
  std::unordered_map<std::string_view, const Brand*> brand_by_domain_;
  std::unordered_map<std::string_view, std::vector<std::string>> keys_below_;
  std::unordered_map<std::string_view, std::size_t> list_by_name_, phrase_by_name_;
  std::string version_;
};


}  // namespace sekisho::knowledge
