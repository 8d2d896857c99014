// Names of hosts: organisational domain (libpsl), what a label looks like to the eye, how random it is. Called by
// `facts`, `knowledge` and later `rules`. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::text {

/// The registrable (organisational) domain of a lower-case ASCII host: "example.co.jp" of "a.b.example.co.jp". A public
/// suffix, an IP address or an empty host gives ""; one final dot is passed over. A top-level domain that the list does
/// not know counts as a suffix ("example.test" is registrable). Private-section suffixes (workers.dev, github.io) count
/// as suffixes.
std::string registrable_domain(std::string_view host);

/// True for "co.jp", "tokyo.jp", "workers.dev"; false for a registrable domain.
bool is_public_suffix(std::string_view host);

/// True when the last label is a top-level domain that the list names (its ICANN section), not merely a word after a
/// dot.
bool has_known_tld(std::string_view host);

/// The label before the public suffix: "example" of "mail.example.co.jp"; "" when there is none.
std::string_view registrable_label(std::string_view host, std::string_view registrable);

/// "a.b.example.jp" is `domain` or below it, on a label boundary.
bool is_within(std::string_view host, std::string_view domain);

/// UTS #39 skeleton of a displayed host or label, lower case, plus digit/letter pairs (0/o, 1/l, rn/m, vv/w): equal
/// skeletons look alike. i, l and 1 are one. For comparison only; empty only for nothing visible.
std::string skeleton(std::string_view utf8);

/// Damerau-Levenshtein distance in code points (optimal string alignment: no piece is edited twice), `at_most`+1 when
/// it is greater than `at_most`, which is cut to limits::edit_distance.
int edit_distance(std::string_view a, std::string_view b, int at_most);

/// 0 (a word or name) … 1 (keyboard noise), of an ASCII label: crowded and unspeakable consonants, switching between
/// letters and digits, digits, rare letters, long runs of vowels. Labels with fewer than four letters and digits give
/// 0. The weights were fitted, and 0.5 was put where 3 % of well-known names lie above it: half of the registrable
/// labels of the Tranco top 10,000 (MISP warning list) against as many of JPCERT/CC's phishing URLs 2019-2024 and half
/// as many random strings. On what was held out: AUC 0.79 JPCERT against Tranco (37 % of JPCERT's labels above 0.5, the
/// rest being words, as phishing names often are), AUC 0.94 random strings against Tranco (69 % above 0.5). A hint,
/// never a proof.
double randomness(std::string_view label);

/// Latin letters mixed with Cyrillic/Greek, or any mix that the UTS #39 "moderately restrictive" profile (which allows
/// Latin + Han + Hiragana + Katakana) refuses.
bool mixes_scripts(std::string_view utf8_label);

}  // namespace sekisho::text
