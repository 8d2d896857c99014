// Brand names as they hide in hosts, paths and look-alike letters: computed once per snapshot from its brands, so that
// a message pays a few hash look-ups per site. Called by `facts`. Immutable after construction; shared by all threads.
// Distances follow the lengths of the names: short names are only recognised when the eye would see the very same
// letters, because half of all short words are one letter from some brand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sekisho::knowledge {

struct Brand;

class BrandIndex {
 public:
  BrandIndex() = default;
  explicit BrandIndex(const std::vector<Brand>& brands);

  static constexpr std::uint32_t nobody = 0xFFFFFFFF;
  struct Match {
    std::uint32_t brand = nobody;  ///< index into Snapshot::brands(), or nobody
    int distance = 0;              ///< letters that differ, at least 1 unless the labels are equal letter by letter
    bool weak = false;  ///< a short or ambiguous name, meaning little unless the brand is named elsewhere too
    explicit operator bool() const { return brand != nobody; }
  };

  /// The brand whose own domain label looks like `label` (the displayed registrable label, UTF-8): equal skeleton, or
  /// one edit for names of six letters and more, two for nine and more. The caller has made sure that the host is not
  /// the brand's.
  Match looks_like(std::string_view label) const;

  /// The brand named in a host outside its registrable label taken whole: a sub-domain ("amazon.co.jp.host.example") or
  /// a word of a longer label ("amazon-login.example"). `registrable` as text::registrable_domain gives it.
  Match named_in_host(std::string_view host, std::string_view registrable) const;

  /// The brand that is a whole word of a path or of a local part. At most the first 300 bytes are looked at.
  Match named_in_words(std::string_view text) const;

  /// The brand whose name `folded_word` imitates in other letters (lookalike_key equal, letters not).
  Match imitated_by(std::string_view folded_word) const;

 private:
  struct Label {
    std::string skeleton;
    std::uint32_t brand = nobody;
    std::uint32_t letters = 0;
  };
  struct Name {
    std::uint32_t brand = nobody;
    bool weak = false;
  };
  enum class DomainLabels : std::uint8_t { are_names, are_places };
  void add_label(std::string_view domain, std::uint32_t brand, DomainLabels meaning);
  void add_name(std::string_view name, std::uint32_t brand, bool weak);
  Match name(std::string_view key) const;
  Match name_in_label(std::string_view label, bool whole_counts) const;

  std::vector<Label> labels_;
  std::unordered_map<std::string, std::uint32_t> own_labels_, by_skeleton_;
  std::unordered_map<std::string, Name> names_;                ///< letters and digits only, lower case
  std::unordered_map<std::string, std::uint32_t> imitations_;  ///< by lookalike_key
  std::unordered_map<std::string, bool> genuine_;              ///< folded names as they are written
  std::size_t longest_name_ = 0;
};

}  // namespace sekisho::knowledge
