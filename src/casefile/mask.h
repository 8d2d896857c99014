// What belongs to people, hidden in a text: mail addresses but for their domain, telephone, account and card numbers,
// postal codes, and names. Other people's always; the victim's own only in the shareable form. Works on the folded
// text, so that full-width digits and invisible letters hide nothing. Pure; safe from any thread once made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casefile/case_file.h"
#include "knowledge/snapshot.h"

namespace sekisho::casefile {

class Mask {
 public:
  /// The words that stand beside names ("様", "Mr.") and those that are none ("お客") come from the knowledge:
  /// casefile.mask.*.
  Mask(const CaseFile& file, Form form, const knowledge::Snapshot& knowledge);

  /// `text` with what is hidden written as ●; ill-formed UTF-8 becomes U+FFFD.
  std::string operator()(std::string_view text) const;
  /// Where money went, in a line: besides, the holder, whose name banks write in katakana.
  std::string account(std::string_view text) const;
  /// Something that is the victim's own by its place: as it is, or as a whole hidden.
  std::string own(std::string_view text) const;

 private:
  struct Span {
    std::size_t begin = 0, end = 0;  ///< of the text as it came
    std::size_t shown = 0;           ///< letters that stay at its beginning
    std::size_t shown_at_end = 0;
  };
  struct Name {
    std::string folded;
    bool own = false;
    bool word = false;  ///< ASCII: no letter may stand beside it
  };
  class Search;
  void add_name(std::string_view name, bool own);
  void add_address(std::string_view address);
  void add_number(std::string_view number);
  void add_contact(std::string_view contact);

  bool hides_own_;
  std::vector<Name> names_;              ///< to be hidden wherever they stand
  std::vector<std::string> own_names_;   ///< folded
  std::vector<std::string> own_mails_;   ///< folded
  std::vector<std::string> own_digits_;  ///< of phones, numbers, postal codes
  std::vector<std::string> own_places_;  ///< folded letters of an address before its first number
  std::vector<std::string> honorifics_, titles_, no_names_, units_;  ///< folded
};

}  // namespace sekisho::casefile
