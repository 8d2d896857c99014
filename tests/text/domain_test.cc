#include "text/domain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "base/limits.h"

namespace sekisho::text {
namespace {

TEST(RegistrableDomain, AgreesWithTheTestsOfThePublicSuffixList) {
  std::ifstream file(SEKISHO_SOURCE_DIR "/tests/text/data/test_psl.txt");
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("checkPublicSuffix('")) continue;
    const std::size_t end = line.find('\'', 19);
    std::string host = line.substr(19, end - 19);
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const std::size_t quote = line.find('\'', end + 1);
    const std::string expected =
        quote == std::string::npos ? "" : line.substr(quote + 1, line.find('\'', quote + 1) - quote - 1);
    EXPECT_EQ(registrable_domain(host), expected) << line;
    ++checked;
  }
  EXPECT_GT(checked, 70);
}

TEST(RegistrableDomain, PrivateSuffixesAndOddities) {
  EXPECT_EQ(registrable_domain("a.b.example.co.jp"), "example.co.jp");
  EXPECT_EQ(registrable_domain("a.b.workers.dev"), "b.workers.dev");
  EXPECT_EQ(registrable_domain("example.co.jp."), "example.co.jp");
  for (const char* host : {"", ".", "co.jp", "192.0.2.1", "[2001:db8::1]", "jp", "github.io"})
    EXPECT_EQ(registrable_domain(host), "") << host;
}

TEST(RegistrableDomain, ManyLabelsCostLittle) {
  std::string host;
  for (int i = 0; i < 100'000; ++i) host += "a.";
  EXPECT_EQ(registrable_domain(host + "example.co.jp"), "example.co.jp");
}

TEST(PublicSuffix, KnowsSuffixes) {
  EXPECT_TRUE(is_public_suffix("co.jp"));
  EXPECT_TRUE(is_public_suffix("tokyo.jp"));
  EXPECT_TRUE(is_public_suffix("workers.dev"));
  EXPECT_FALSE(is_public_suffix("example.co.jp"));
  EXPECT_FALSE(is_public_suffix(""));
}

TEST(KnownTld, OnlyTheListCounts) {
  EXPECT_TRUE(has_known_tld("example.com"));
  EXPECT_TRUE(has_known_tld("xn--fiqs8s"));
  EXPECT_FALSE(has_known_tld("example.notatld"));
  EXPECT_FALSE(has_known_tld("192.0.2.1"));
  EXPECT_FALSE(has_known_tld("com."));
}

TEST(RegistrableLabel, IsTheLabelBeforeTheSuffix) {
  EXPECT_EQ(registrable_label("mail.example.co.jp", "example.co.jp"), "example");
  EXPECT_EQ(registrable_label("example.co.jp", "example.co.jp"), "example");
  EXPECT_EQ(registrable_label("co.jp", ""), "");
  EXPECT_EQ(registrable_label("badexample.jp", "example.jp"), "");
}

TEST(IsWithin, RespectsLabels) {
  EXPECT_TRUE(is_within("example.jp", "example.jp"));
  EXPECT_TRUE(is_within("a.example.jp", "example.jp"));
  EXPECT_FALSE(is_within("badexample.jp", "example.jp"));
  EXPECT_FALSE(is_within("jp", "example.jp"));
  EXPECT_FALSE(is_within("example.jp", ""));
}

TEST(Skeleton, LookAlikesAreEqual) {
  const std::vector<std::pair<const char*, const char*>> pairs{
      {"paypal", "paypa1"},        {"paypal", "paypai"},   {"example", "EXAMPLE"},  {"modern", "modem"},
      {"microsoft", "rnicrosoft"}, {"google", "g00gle"},   {"twitter", "tvvitter"}, {"apple", "аррӏе"},
      {"example", "ехаmрlе"},      {"example", "ｅxample"}};
  for (const auto& [a, b] : pairs) EXPECT_EQ(skeleton(a), skeleton(b)) << a << " " << b;
  EXPECT_NE(skeleton("example"), skeleton("sample"));
  EXPECT_NE(skeleton("amazon"), skeleton("amazom"));
}

TEST(Skeleton, AsciiGoesTheSameWayAloneAndBesideOtherLetters) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789-._";
  for (const char c : letters) {
    const std::string beside = skeleton(std::string(1, c) + "中");
    EXPECT_EQ(skeleton(std::string(1, c)) + skeleton("中"), beside) << c;
  }
}

TEST(EditDistance, CountsInsertDeleteReplaceAndSwap) {
  EXPECT_EQ(edit_distance("amazon", "amazon", 3), 0);
  EXPECT_EQ(edit_distance("amazon", "arnazon", 3), 2);
  EXPECT_EQ(edit_distance("amazon", "amzaon", 3), 1);
  EXPECT_EQ(edit_distance("amazon", "amazo", 3), 1);
  EXPECT_EQ(edit_distance("", "abc", 3), 3);
  EXPECT_EQ(edit_distance("ca", "abc", 3), 3) << "optimal string alignment";
  EXPECT_EQ(edit_distance("楽天市場", "薬天市場", 2), 1);
}

TEST(EditDistance, StopsOnePastTheBound) {
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3);
  EXPECT_EQ(edit_distance("abc", "abcdefgh", 2), 3);
  EXPECT_EQ(edit_distance("abc", "abd", 0), 1);
  const int limit = static_cast<int>(limits::edit_distance);
  const std::string a(20, 'a');
  EXPECT_EQ(edit_distance(a, std::string(limit, 'b') + a.substr(limit), 1000), limit);
  EXPECT_EQ(edit_distance(a, std::string(limit - 1, 'b') + a.substr(limit - 1), 1000), limit - 1);
  EXPECT_EQ(edit_distance(a, std::string(limit + 1, 'b') + a.substr(limit + 1), 1000), limit + 1);
  EXPECT_EQ(edit_distance(a, std::string(limit + 5, 'b') + a.substr(limit + 5), 1000), limit + 1);
}

// The whole matrix, as a textbook has it.
int plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(EditDistance, BandAgreesWithTheWholeMatrix) {
  std::uint32_t state = 7;
  const auto next = [&state](std::uint32_t below) { return (state = state * 1664525u + 1013904223u) / 65536u % below; };
  for (int round = 0; round < 20'000; ++round) {
    std::string a, b;
    for (std::uint32_t n = next(9); n > 0; --n) a += static_cast<char>('a' + next(3));
    for (std::uint32_t n = next(9); n > 0; --n) b += static_cast<char>('a' + next(3));
    const int at_most = static_cast<int>(next(6));
    ASSERT_EQ(edit_distance(a, b, at_most), std::min(plain_distance(a, b), at_most + 1))
        << a << " " << b << " " << at_most;
  }
}

TEST(Randomness, NoiseIsAboveWords) {
  for (const char* word :
       {"example", "rakuten", "yamato", "microsoft", "weather", "nippon", "mitsubishi", "information"})
    for (const char* noise : {"xkqzvtwp", "a8f3k2q9", "qfzbcuep", "0b4616be49zx", "hjrwqrkk"})
      EXPECT_LT(randomness(word), randomness(noise)) << word << " " << noise;
  for (const char* word : {"example", "rakuten", "yamato", "information"}) EXPECT_LT(randomness(word), 0.3) << word;
  for (const char* noise : {"xkqzvtwp", "a8f3k2q9"}) EXPECT_GT(randomness(noise), 0.6) << noise;
}

TEST(Randomness, ShortLabelsSayNothing) {
  EXPECT_EQ(randomness(""), 0.0);
  EXPECT_EQ(randomness("x9q"), 0.0);
  EXPECT_GT(randomness("x9qz"), 0.0);
}

TEST(MixesScripts, LatinWithCyrillicOrGreek) {
  EXPECT_TRUE(mixes_scripts("pаypal"));
  EXPECT_TRUE(mixes_scripts("αpple"));
  EXPECT_FALSE(mixes_scripts("paypal"));
  EXPECT_FALSE(mixes_scripts("почта"));
}

TEST(MixesScripts, JapaneseWithLatinIsOrdinary) {
  EXPECT_FALSE(mixes_scripts("楽天カードのpoint"));
  EXPECT_FALSE(mixes_scripts("アマゾン"));
}

}  // namespace
}  // namespace sekisho::text
