#include "vault/strength.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include <sodium.h>
#include <zxcvbn.h>

namespace sekisho::vault {
namespace {

// Bits of guesses. One guess costs 256 MiB for most of a second (keys.h): a hundred machines try some 2^30 in a season.
constexpr double fair_bits = 40, strong_bits = 60;
// The time of zxcvbn grows faster than its text; more than this is strong or a repetition.
constexpr std::size_t looked_at = 64;

}  // namespace

Strength strength_of(std::string_view passphrase) {
  char start[looked_at + 1] = {};
  std::copy_n(passphrase.begin(), std::min(passphrase.size(), looked_at), start);
  const double bits = ZxcvbnMatch(start, nullptr, nullptr);
  sodium_memzero(start, sizeof start);
  if (bits < fair_bits) return Strength::weak;
  return bits < strong_bits ? Strength::fair : Strength::strong;
}

}  // namespace sekisho::vault
