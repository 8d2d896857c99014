// The head of a case, the file `case`: what may be read without the passphrase (docs/formats/case.md). A few lines of
// text with one spelling only, signed with the case's key; the case's main key stands in it, sealed with the
// passphrase's. Any bytes give a Head or an error. Pure.
#pragma once

#include <string>
#include <string_view>

#include "vault/keys.h"

namespace sekisho::vault {

struct Head {
  /// Version 1 had no `keep-until`. A case is brought to the newest version when something is added to it.
  static constexpr unsigned newest = 2;
  unsigned version = newest;
  std::string id, opened;           ///< id: is_case_id; opened: a day
  std::string keep_until = "none";  ///< a day, or "none"
  Cost cost;
  Salt salt{};
  PublicKey public_key{};
  std::string sealed;  ///< the main key
  Signature signature{};
};

inline constexpr std::string_view head_file = "case";

/// Small letters, digits and hyphens, 1 to 40, a letter or digit first: it becomes a folder's name.
bool is_case_id(std::string_view text);
/// 2026-11-23; a real month and a day of 1 to 31.
bool is_day(std::string_view text);

/// What the sealed key is bound to: everything that stands above it.
std::string sealed_part(const Head& head);
/// What is signed: everything above the signature.
std::string signed_part(const Head& head);
std::string write_head(const Head& head);
/// Error bad_data: not a head, or changed so that it is none; also a version newer than this program. Whether the
/// signature holds is asked by the caller.
Result<Head> read_head(std::string_view bytes, const std::string& where);

}  // namespace sekisho::vault
