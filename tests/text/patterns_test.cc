#include "text/patterns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "text/fold.h"

namespace sekisho::text {
namespace {

using testing::HasSubstr;

std::string text_of(std::string_view text, const PatternHit& hit) {
  return std::string(text.substr(hit.span.start, hit.span.size()));
}

std::vector<PatternHit> scan(const std::vector<Pattern>& patterns, std::string_view text) {
  const auto set = PatternSet::compile(patterns);
  EXPECT_TRUE(set) << (set ? "" : to_line(set.error()));
  auto scratch = set->make_scratch();
  EXPECT_TRUE(scratch);
  return set->scan(text, *scratch);
}

TEST(Patterns, find_japanese_where_it_stands) {
  constexpr std::string_view text = "本日中にお手続きください。";
  const auto hits = scan({{7, "お手続き", "a.yaml:1"}}, text);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].id, 7u);
  EXPECT_EQ(text_of(text, hits[0]), "お手続き");
}

TEST(Patterns, match_folded_text_whose_span_leads_back_to_the_original) {
  constexpr std::string_view original = "至急、お 手 続\r\nき！";
  const Folded folded = fold(original);
  const auto hits = scan({{1, "お手続き", "a.yaml:1"}}, folded.text());
  ASSERT_EQ(hits.size(), 1u);
  const Span span = folded.original(hits[0].span);
  EXPECT_EQ(original.substr(span.start, span.size()), "お 手 続\r\nき");
}

TEST(Patterns, count_characters_not_bytes) {
  EXPECT_EQ(scan({{1, "口座.{2}停止", "a"}}, "口座利用停止").size(), 1u);
  EXPECT_EQ(scan({{1, "口座.{3}停止", "a"}}, "口座利用停止").size(), 0u);
}

TEST(Patterns, overlapping_hits_of_one_id_become_the_longest) {
  constexpr std::string_view text = "xx aaaa yy";
  const auto hits = scan({{1, "a+", "a"}}, text);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(text_of(text, hits[0]), "aaaa");
}

TEST(Patterns, a_later_match_that_reaches_back_joins_earlier_ones) {
  constexpr std::string_view text = "ab ab end";
  const auto hits = scan({{1, "ab", "a"}, {1, "ab.*end", "a"}}, text);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(text_of(text, hits[0]), "ab ab end");
}

TEST(Patterns, separate_hits_of_one_id_stay_apart) { EXPECT_EQ(scan({{1, "ab", "a"}}, "ab ab ab").size(), 3u); }

TEST(Patterns, different_ids_may_overlap) {
  const auto hits = scan({{2, "abc", "a"}, {1, "bc", "a"}}, "abc");
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].id, 2u);
  EXPECT_EQ(hits[1].id, 1u);
}

TEST(Patterns, hits_come_in_order_of_their_start) {
  const auto hits = scan({{1, "z", "a"}, {2, "a.*", "a"}}, "z a z");
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_LE(hits[0].span.start, hits[1].span.start);
  EXPECT_LE(hits[1].span.start, hits[2].span.start);
}

TEST(Patterns, a_dot_does_not_cross_a_paragraph) { EXPECT_TRUE(scan({{1, "abc.*def", "a"}}, "abc\ndef").empty()); }

TEST(Patterns, anchors_stand_at_line_ends) { EXPECT_EQ(scan({{1, "^def$", "a"}}, "abc\ndef\nghi").size(), 1u); }

TEST(Patterns, an_error_names_file_and_line_and_the_expression) {
  const auto set = PatternSet::compile({{1, "fine", "good.yaml:1"}, {2, "(broken", "cards/bad.yaml:12"}});
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::bad_data);
  EXPECT_EQ(set.error().where, "cards/bad.yaml:12");
  EXPECT_THAT(set.error().what, HasSubstr("(broken"));
}

TEST(Patterns, that_match_the_empty_text_are_refused) { EXPECT_FALSE(PatternSet::compile({{1, "a*", "x.yaml:3"}})); }

TEST(Patterns, with_look_around_are_refused) { EXPECT_FALSE(PatternSet::compile({{1, "(?<=a)b", "x.yaml:3"}})); }

TEST(Patterns, that_are_not_utf_8_or_contain_nul_are_refused) {
  EXPECT_FALSE(PatternSet::compile({{1, "a\xff", "x.yaml:3"}}));
  EXPECT_FALSE(PatternSet::compile({{1, std::string("a\0b", 3), "x.yaml:3"}}));
}

TEST(Patterns, none_at_all_match_nothing_and_survive_a_round_trip) {
  const auto set = PatternSet::compile({});
  ASSERT_TRUE(set);
  const auto loaded = PatternSet::load(*set->serialize());
  ASSERT_TRUE(loaded);
  auto scratch = loaded->make_scratch();
  EXPECT_TRUE(loaded->scan("anything", *scratch).empty());
}

TEST(Patterns, hit_the_same_after_serialize_and_load) {
  const auto set = PatternSet::compile({{40, "確認", "a"}, {41, "password", "a"}});
  ASSERT_TRUE(set);
  const auto bytes = set->serialize();
  ASSERT_TRUE(bytes);
  const auto loaded = PatternSet::load(*bytes);
  ASSERT_TRUE(loaded);
  auto scratch = loaded->make_scratch();
  const auto hits = loaded->scan("password を確認", *scratch);
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].id, 41u);
  EXPECT_EQ(hits[1].id, 40u);
}

TEST(Patterns, serialized_bytes_are_the_same_each_time) {
  const auto once = PatternSet::compile({{1, "abc", "a"}}), again = PatternSet::compile({{1, "abc", "a"}});
  EXPECT_EQ(*once->serialize(), *again->serialize());
}

TEST(Patterns, damaged_bytes_are_an_error) {
  auto bytes = *PatternSet::compile({{1, "abc", "a"}})->serialize();
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  EXPECT_FALSE(PatternSet::load(bytes));
  EXPECT_FALSE(PatternSet::load("not a database"));
  EXPECT_FALSE(PatternSet::load(std::string_view(bytes).substr(0, 20)));
}

TEST(Patterns, invalid_utf_8_is_scanned_up_to_where_it_is_valid) {
  EXPECT_EQ(scan({{1, "ab", "a"}}, "ab \xff ab").size(), 1u);
  EXPECT_TRUE(scan({{1, "ab", "a"}}, "").empty());
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(PatternLimits, one_id_gets_its_ceiling_and_no_more) {
  const std::vector<Pattern> patterns = {{1, "ab", "a"}, {2, "telling", "a"}};
  EXPECT_EQ(scan(patterns, repeated("ab ", limits::pattern_hits_of_one - 1)).size(), limits::pattern_hits_of_one - 1);
  EXPECT_EQ(scan(patterns, repeated("ab ", limits::pattern_hits_of_one)).size(), limits::pattern_hits_of_one);
  EXPECT_EQ(scan(patterns, repeated("ab ", limits::pattern_hits_of_one + 1)).size(), limits::pattern_hits_of_one);
}

TEST(PatternLimits, a_flood_of_many_ids_does_not_push_out_the_last_phrase) {
  std::vector<Pattern> patterns;
  std::string flood;
  for (std::uint32_t id = 0; id < 100; ++id) {
    std::string word = "w" + std::to_string(1000 + id);
    patterns.push_back({id, word, "a"});
    flood += repeated(word + " ", limits::pattern_hits_of_one);
  }
  patterns.push_back({999, "telling", "a"});
  const auto hits = scan(patterns, flood + "telling");
  EXPECT_LE(hits.size(), limits::pattern_hits);
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits.back().id, 999u);
}

TEST(PatternLimits, total_is_never_exceeded) {
  std::vector<Pattern> patterns;
  std::string text;
  for (std::uint32_t id = 0; id < limits::pattern_hits + 10; ++id) {
    const std::string word = "w" + std::to_string(100'000 + id);
    patterns.push_back({id, word, "a"});
    text += word + " ";
  }
  EXPECT_EQ(scan(patterns, text).size(), limits::pattern_hits);
}

TEST(Patterns, a_clause_start_goes_back_to_the_beginning_of_the_sentence_and_no_further_than_the_expression) {
  Pattern pattern{7, "(?:止|停止).{0,4}ます", "t"};
  pattern.start = Pattern::Start::clause;
  const auto set = PatternSet::compile({pattern});
  ASSERT_TRUE(set);
  auto scratch = set->make_scratch();
  const std::string text = "ご案内です。口座を停止します。ほかの文。";
  const auto hits = set->scan(text, *scratch);
  ASSERT_EQ(hits.size(), 1u);
  const std::string shown = text.substr(hits[0].span.start, hits[0].span.size());
  EXPECT_NE(shown.find("停止します"), std::string::npos);
  EXPECT_EQ(shown.find("。"), std::string::npos) << "another sentence was shown: " << shown;
  EXPECT_NE(static_cast<unsigned char>(shown[0]) & 0xC0, 0x80) << "half a letter";
}

}  // namespace
}  // namespace sekisho::text
