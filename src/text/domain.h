// Names of hosts: organisational domain (libpsl), what a label looks like to the eye, how random it is. Called by
// `facts`, `knowledge` and later `rules`. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::text {

/// The registrable (organisational) domain of a lower-case ASCII host: "example.co.jp" of "a.b.example.co.jp". A public
/// suffix, an IP address or an empty host gives "". Private-section suffixes (workers.dev, github.io) count as suffixes.
std::string registrable_domain(std::string_view host);

/// True for "co.jp", "tokyo.jp", "workers.dev"; false for a registrable domain.
bool is_public_suffix(std::string_view host);

/// The label before the public suffix: "example" of "mail.example.co.jp"; "" when there is none.
std::string_view registrable_label(std::string_view host, std::string_view registrable);

/// "a.b.example.jp" is `domain` or below it, on a label boundary.
bool is_within(std::string_view host, std::string_view domain);

/// UTS #39 skeleton of a displayed host or label, lower case, plus digit/letter pairs (0/o, 1/l, rn/m, vv/w): equal
/// skeletons look alike. For comparison only.
std::string skeleton(std::string_view utf8);

/// Damerau-Levenshtein distance in code points, stopping at `at_most`+1.
int edit_distance(std::string_view a, std::string_view b, int at_most);

/// 0 (a word or name) … 1 (keyboard noise): consonant runs, digit/letter switching, character entropy of an ASCII label.
double randomness(std::string_view label);

/// Latin letters mixed with Cyrillic/Greek, or any mix that the UTS #39 "moderately restrictive" profile (which allows
/// Latin + Han + Hiragana + Katakana) refuses.
bool mixes_scripts(std::string_view utf8_label);

}  // namespace sekisho::text
