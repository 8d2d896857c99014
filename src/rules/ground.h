// What the miner must know of the world before it names a domain: places that many people share, genuine firms, words
// that stand in many names. A thin view of the knowledge snapshot, which must outlive it; tests hand in small ones.
// Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/snapshot.h"

namespace sekisho::rules {

/// Why a domain must not be refused as a whole.
enum class Shared : std::uint8_t {
  no,
  mail_of_people,  ///< free mail, carrier mail: every address is another person
  place_of_many,   ///< hosting, mail platform, dynamic names: every name below is another customer
  genuine          ///< the domain of a known firm or well-known site, whose name may have been forged
};

class Ground {
 public:
  explicit Ground(const knowledge::Snapshot& knowledge) : knowledge_(&knowledge) {}

  /// What `domain` (lower case, no leading dot) is known as.
  Shared shared(std::string_view domain) const;
  /// `label` is a run of common words ("info-center", "newsmail"), so that many owners may have chosen it.
  bool is_common(std::string_view label) const;
  /// The segment of a path is digits, marks and words that begin many sites' paths ("index", "wp-content", "mail2").
  bool is_common_path(std::string_view segment) const;
  /// `label` contains the name of a known firm's domain, or is contained in one.
  bool is_near_a_firm(std::string_view label) const;
  /// Domains of firms, mail services and well-known sites that end with `ending` and are longer, at most `most`.
  std::vector<std::string> known_names_ending(std::string_view ending, std::size_t most) const;

 private:
  const knowledge::Snapshot* knowledge_;
};

}  // namespace sekisho::rules
