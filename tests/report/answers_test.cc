#include "report/answers.h"

#include <gmock/gmock.h>

#include "report/care.h"
#include "report/json.h"

namespace sekisho::report {
namespace {

using ::testing::HasSubstr;

const care::Care& care_data() {
  static const care::Care data = load_care({}).value();
  return data;
}

TEST(Answers, WhatIsWrittenIsReadBack) {
  const auto read = parse_answers(
      R"({"situations":["s"],"done":["paid"],"when":"2026-11-20","prefecture":"chiba","told_someone":true,"lang":"en"})",
      "-", care::Register::ja);
  ASSERT_TRUE(read) << read.error().what;
  const auto again = parse_answers(to_json(to_object(*read)), "-", care::Register::ja);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(to_json(to_object(*again)), to_json(to_object(*read)));
  EXPECT_EQ(again->speech, care::Register::en);
  EXPECT_EQ(again->told_someone, "yes");
}

TEST(Answers, AWrongFieldIsNamedWithItsNearest) {
  const auto read = parse_answers(R"({"situation":[]})", "answers", care::Register::ja);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::usage);
  EXPECT_THAT(read.error().hint, HasSubstr("situations"));
}

TEST(Answers, AJudgedMessageLeadsToItsSituationAndNothingElse) {
  ASSERT_FALSE(care_data().situation_of_kind.empty());
  const auto& [kind, situation] = *care_data().situation_of_kind.begin();
  const auto found = answers_from_check(care_data(), "{\"scam_kind\":\"" + kind + "\"}\n{\"scam_kind\":null}\n", "-",
                                        care::Register::ja);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->situations, std::vector<std::string>{situation});
  EXPECT_FALSE(answers_from_check(care_data(), "{\"scam_kind\":null}", "-", care::Register::ja));
  EXPECT_FALSE(answers_from_check(care_data(), "[1,2]", "-", care::Register::ja));
}

TEST(Json, BytesThatAreNoTextBecomeReplacementCharacters) {
  EXPECT_EQ(to_json(array_of({"a\xff", ""})), "[\"a\uFFFD\",\"\"]");
  EXPECT_EQ(to_json(or_null("")), "null");
}

}  // namespace
}  // namespace sekisho::report
