#include "casefile/to_paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "engine/embedded.h"
#include "invented_case.h"
#include "knowledge/snapshot.h"

namespace sekisho::casefile {
namespace {

using care::Register;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Register registers[] = {Register::ja, Register::ja_plain, Register::en};
constexpr Form forms[] = {Form::full, Form::shareable, Form::hand_over};

const knowledge::Snapshot& knowledge() {
  static const auto loaded = knowledge::Snapshot::load(engine::embedded_knowledge()).value();
  return *loaded;
}

std::string written(const CaseFile& file, Form form) { return paper::write_paper(to_paper(file, form, knowledge())); }

template <class Kind>
std::size_t count(const paper::Paper& paper) {
  return static_cast<std::size_t>(
      std::count_if(paper.blocks.begin(), paper.blocks.end(),
                    [](const paper::Block& block) { return std::holds_alternative<Kind>(block); }));
}

/// What stands before the first page break.
std::string first_page(const CaseFile& file, Form form) {
  paper::Paper paper = to_paper(file, form, knowledge());
  for (std::size_t i = 0; i < paper.blocks.size(); ++i)
    if (std::holds_alternative<paper::PageBreak>(paper.blocks[i])) {
      paper.blocks.resize(i);
      break;
    }
  return paper::write_paper(paper);
}

TEST(CaseFilePages, EveryFormInEveryRegisterIsAPaperAndHasAllItsWords) {
  for (const Register speech : registers)
    for (const Form form : forms) {
      const std::string json = written(invented::case_of_sixty(speech), form);
      const auto read = paper::read_paper(json);
      ASSERT_TRUE(read) << to_line(read.error());
      EXPECT_THAT(json, Not(HasSubstr("\"?\""))) << "a word is missing";
    }
}

TEST(CaseFilePages, PlainJapaneseHasReadingsAndTheOthersHaveNone) {
  EXPECT_THAT(written(invented::case_of_sixty(Register::ja_plain), Form::full), HasSubstr("証拠(しょうこ)"));
  EXPECT_THAT(written(invented::case_of_sixty(Register::ja), Form::full), Not(HasSubstr("(しょうこ)")));
}

TEST(CaseFilePages, TheFirstPageAloneSaysWhoWhatWhenWhereHowAndTheDamage) {
  const std::string page = first_page(invented::case_of_sixty(Register::ja), Form::full);
  for (const char* said : {"見本 花子", "090-0000-4321", "にせの宅配通知", "2026年11月3日", "自宅", "荷物の不在通知",
                           "48,000円", "60 点", "関わったという意味ではありません", "受理番号"})
    EXPECT_THAT(page, HasSubstr(said));
}

TEST(CaseFilePages, OtherPeoplesDataStandInNoForm) {
  for (const Register speech : {Register::ja, Register::en})
    for (const Form form : forms) {
      const std::string json = written(invented::case_of_sixty(speech), form);
      for (const char* hidden : {"太郎", "次郎", "Taro", "Jiro", "7654321", "ジロウ", "090-1234-0000", "050-3123-0000",
                                 "info@lamp", "reply.desk"})
        EXPECT_THAT(json, Not(HasSubstr(hidden))) << static_cast<int>(form);
    }
}

TEST(CaseFilePages, TheShareableFormHidesTheVictimTooAndShowsNoPicture) {
  for (const Register speech : registers) {
    CaseFile file = invented::case_of_sixty(speech);
    file.evidence[1].png = "x";
    const std::string json = written(file, Form::shareable);
    for (const char* hidden : {"花子", "ハナコ", "Hanako", "4321", "hanako", "999-0001", "中央1", "1029384756"})
      EXPECT_THAT(json, Not(HasSubstr(hidden)));
    EXPECT_EQ(count<paper::Picture>(to_paper(file, Form::shareable, knowledge())), 0u);
    EXPECT_EQ(count<paper::Picture>(to_paper(file, Form::full, knowledge())), 1u);
    EXPECT_THAT(json, HasSubstr("track-lamp.example"));
  }
}

TEST(CaseFilePages, WhatProvesItStandsInFull) {
  const CaseFile file = invented::case_of_sixty(Register::ja);
  const std::string json = written(file, Form::full);
  for (const Evidence& one : file.evidence) EXPECT_THAT(json, HasSubstr(one.sha256));
  EXPECT_THAT(json, HasSubstr(file.proof.chain_head));
  EXPECT_THAT(json, HasSubstr("sha256sum -c SHA256SUMS"));
  EXPECT_THAT(json, HasSubstr("#9110"));
}

TEST(CaseFilePages, TheFirstPageDatesTheMatterNotWhatWasDoneAboutIt) {
  CaseFile file;
  file.timeline = {{invented::minute(1, 9, 0), Event::Kind::lure, "a", "", {}},
                   {invented::minute(4, 9, 0), Event::Kind::paid, "b", "", {}},
                   {invented::minute(30, 9, 0), Event::Kind::check_in, "c", "", {}}};
  const std::string page = first_page(file, Form::full);
  EXPECT_THAT(page, HasSubstr("2026年11月3日(火) から 2026年11月6日(金) まで"));
}

TEST(CaseFilePages, LinksOfTheMailsCannotBeFollowedByMistake) {
  for (const Form form : forms)
    EXPECT_THAT(written(invented::case_of_sixty(Register::ja), form), Not(HasSubstr("https://track-lamp")));
}

TEST(CaseFilePages, TheTimelineIsInOrderAndTheUnknownLast) {
  CaseFile file;
  file.timeline = {{std::nullopt, Event::Kind::note, "never", "", {}},
                   {invented::minute(2, 0, 0), Event::Kind::note, "second", "", {}},
                   {invented::minute(1, 0, 0), Event::Kind::paid, "first", "", {}}};
  for (const paper::Block& block : to_paper(file, Form::full, knowledge()).blocks)
    if (const auto* timeline = std::get_if<paper::Timeline>(&block);
        timeline != nullptr && timeline->entries.size() == 3) {
      EXPECT_EQ(timeline->entries[0].text, "first");
      EXPECT_TRUE(timeline->entries[0].strong);
      EXPECT_EQ(timeline->entries[2].text, "never");
      return;
    }
  FAIL() << "no timeline of three";
}

TEST(CaseFilePages, TheHandOverNoteSaysWhatIsOpenAndEndsWithWhoTookIt) {
  const std::string json = written(invented::case_of_sixty(Register::ja), Form::hand_over);
  for (const char* said : {"見本 花子", "残っていること", "済んだこと", "11月27日", "引き継ぎを受ける人",
                           "次にすること", "2027年11月30日", "k7m2-q9xd"})
    EXPECT_THAT(json, HasSubstr(said));
  EXPECT_LT(json.size(), written(invented::case_of_sixty(Register::ja), Form::full).size() / 3);
}

TEST(CaseFilePages, ALongCampaignShowsItsLastDaysAndCountsTheRest) {
  CaseFile file;
  Campaign campaign;
  for (int day = 0; day < 300; ++day) campaign.arrivals.push_back(invented::at(day, 9, 0));
  file.campaigns = {campaign};
  for (const paper::Block& block : to_paper(file, Form::full, knowledge()).blocks)
    if (const auto* chart = std::get_if<paper::DotChart>(&block)) {
      EXPECT_EQ(chart->day_labels.size(), 120u);
      EXPECT_EQ(chart->dots.size(), 120u);
      EXPECT_THAT(chart->caption, HasSubstr("180"));
      return;
    }
  FAIL() << "no chart";
}

TEST(CaseFilePages, AnEmptyCaseIsAPageWithRoomToWrite) {
  for (const Form form : forms) {
    const std::string json = written(CaseFile{}, form);
    EXPECT_TRUE(paper::read_paper(json)) << json;
  }
  EXPECT_GE(count<paper::Lines>(to_paper(CaseFile{}, Form::full, knowledge())), 1u);
}

TEST(CaseFilePages, HoweverMuchThereIsItStaysWithinThePapersLimits) {
  CaseFile file = invented::case_of_sixty(Register::ja);
  const std::string huge(300'000, 'x');
  file.telling = file.where = file.how = file.title = file.desk = file.victim.contact = huge;
  file.proof.case_id = file.proof.chain_head = huge;
  for (int i = 0; i < 5'000; ++i) {
    file.timeline.push_back(
        {Moment{i * 60'000'000'000, Moment::Known::to_the_day}, Event::Kind::mail, huge.substr(0, 2'000), "x", {"1"}});
    file.evidence.push_back(file.evidence[0]);
    file.questions.push_back("?");
    file.campaigns.push_back(file.campaigns[0]);
  }
  file.evidence[0].facts.assign(500, {huge.substr(0, 3'000), huge.substr(0, 3'000)});
  for (const Form form : forms) {
    const auto read = paper::read_paper(written(file, form));
    EXPECT_TRUE(read) << to_line(read.error());
  }
}

}  // namespace
}  // namespace sekisho::casefile
