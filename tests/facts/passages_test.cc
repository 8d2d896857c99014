// Speech that a warning reports, and what a long text only mentions.
#include "facts/passages.h"

#include "base/limits.h"
#include "facts/tools.h"
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string warning = "みなさまへ。詐欺にご注意ください。\r\n\r\n";
const std::string words_of_its_own = "先日はありがとうございました。来週の集まりについてお知らせいたします。";
const std::string quoted_threat = "「本日中にお支払いください」という偽メールです。\r\n";

Facts from(std::string_view sender, std::string_view body) { return observe(mail(sender, "お知らせ", body)); }

TEST(Passages, AWarningIsNotWhatItQuotes) {
  const Facts facts = from("a <a@shop.test>", warning + quoted_threat);
  EXPECT_TRUE(facts.has(FactId::message_only_warns));
  EXPECT_THAT(values(facts, FactId::phrase_quoted), ElementsAre("deadline_today"));
  EXPECT_EQ(quote(facts, FactId::message_only_warns), "詐欺にご注意");
}

TEST(Passages, QuotationMarksAloneExcuseNobody) {
  const Facts facts = from("a <a@shop.test>", "「本日中にお支払いください」\r\n");
  EXPECT_THAT(values(facts, FactId::phrase_found), ElementsAre("deadline_today"));
  EXPECT_FALSE(facts.has(FactId::message_only_warns));
}

TEST(Passages, OneLineOfWarningAtTheFootIsNotEnough) {
  const Facts facts = from("a <a@shop.test>", "「本日中にお支払いください」\r\n\r\n詐欺にご注意ください。\r\n");
  EXPECT_FALSE(facts.has(FactId::message_only_warns));
}

TEST(Passages, AWarningThatLeadsOnSpeaksForItself) {
  for (const std::string lead :
       {"https://evil.test/pay", "050-0000-1111", "暗証番号を返信してください", "至急、0120-000-000へお電話ください"}) {
    const Facts facts = from("a <a@shop.test>", warning + quoted_threat + lead + "\r\n");
    EXPECT_FALSE(facts.has(FactId::message_only_warns)) << lead;
    EXPECT_TRUE(facts.has(FactId::phrase_found)) << lead;
    EXPECT_THAT(values(facts, FactId::phrase_quoted), IsEmpty()) << lead;
  }
}

TEST(Passages, TheSendersOwnSiteAndKnownPlacesAreNoTrap) {
  for (const std::string link : {"https://shop.test/news", "https://famous.example/", "https://www.kakuuzei.go.jp/"})
    EXPECT_TRUE(from("a <a@shop.test>", warning + quoted_threat + link).has(FactId::message_only_warns)) << link;
  EXPECT_FALSE(from("みなと銀行 <a@shop.test>", warning + quoted_threat + "https://shop.test/news")
                   .has(FactId::message_only_warns))
      << "its own site, under a bank's name";
}

TEST(Passages, AWarningThatHasTheReaderSignInTodayIsNone) {
  const std::string link = "https://shop.test/a\r\n";
  EXPECT_FALSE(from("a <a@shop.test>", warning + "偽メールです。本日中に本人確認をお願いします。" + link)
                   .has(FactId::message_only_warns));
  EXPECT_TRUE(from("a <a@shop.test>", warning + "偽メールです。「本日中に本人確認を」とあります。" + link)
                  .has(FactId::message_only_warns))
      << "what it quotes is not its own wish";
}

TEST(Passages, ALinkMarkedAsQuotedIsTheSendersWhenTheTextSendsThere) {
  EXPECT_TRUE(from("a <a@shop.test>",
                   words_of_its_own + "こちらをクリックしてください。\r\n\r\n> https://evil.test/a\r\n> 以上")
                  .has(FactId::link_any));
  EXPECT_FALSE(
      from("a <a@shop.test>", words_of_its_own + "\r\n\r\n> https://evil.test/a\r\n> 以上").has(FactId::link_any));
}

TEST(Passages, LinesMarkedAsQuotedCountAsQuotedAboveAnAnswerToo) {
  EXPECT_THAT(values(from("a <a@shop.test>", "> 本日中に\r\n> お支払いください\r\n\r\n" + words_of_its_own),
                     FactId::phrase_found),
              IsEmpty());
}

TEST(Passages, AnAnnouncedExampleIsReported) {
  const Facts facts =
      from("a <a@shop.test>", warning + "偽メールです。文面の例:\r\n本日中にお支払いください\r\n\r\n以上です。\r\n");
  EXPECT_THAT(values(facts, FactId::phrase_quoted), ElementsAre("deadline_today"));
}

TEST(Passages, WhatALongTextMentionsInItsMiddleIsInPassing) {
  std::string filler;
  while (filler.size() < 2100 * 3) filler += "これはふつうの記事です。";
  EXPECT_THAT(values(from("a <a@shop.test>", filler + "本日中に。" + filler), FactId::phrase_found),
              ElementsAre("deadline_today"))
      << "a long letter is no digest: it is read to its end";
  for (const std::string host : {"a", "b", "c", "d"}) filler += "\r\nhttps://" + host + ".test/\r\n";
  const Facts middle = from("a <a@shop.test>", filler + "本日中に。" + filler);
  EXPECT_THAT(values(middle, FactId::phrase_found), IsEmpty());
  EXPECT_THAT(values(middle, FactId::phrase_in_passing), ElementsAre("deadline_today"));
  EXPECT_THAT(values(from("a <a@shop.test>", "本日中に。" + filler + filler), FactId::phrase_found),
              ElementsAre("deadline_today"))
      << "the beginning of a long text is what is read";
  EXPECT_THAT(values(from("a <a@shop.test>", filler + filler + "本日中に。"), FactId::phrase_found),
              ElementsAre("deadline_today"))
      << "and so is its end";
}

std::size_t covered(const std::vector<text::Span>& spans) {
  std::size_t bytes = 0;
  for (const text::Span span : spans) bytes += span.size();
  return bytes;
}

TEST(Passages, QuotationsCloseInTheirParagraph) {
  EXPECT_EQ(reported_speech("a 「b」 c", {}).size(), 1U);
  EXPECT_EQ(reported_speech("he said \"pay now\" twice", {}).size(), 1U);
  EXPECT_TRUE(reported_speech("「a\n\nb」", {}).empty());
  EXPECT_TRUE(reported_speech("a 5\" screen and a 6\" one", {}).empty()) << "inches";
  EXPECT_EQ(reported_speech("x\n> one\n> two\ny", {}).size(), 2U);
}

TEST(Passages, AnExampleBetweenRulesRunsToTheSecondRule) {
  const std::string text = "例:\n-----\nfirst\n\nsecond\n-----\nafter";
  const auto spans = reported_speech(text, {span_of(0, 4)});
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_NE(text.substr(spans[0].start, spans[0].size()).find("second"), std::string::npos);
  EXPECT_EQ(text.substr(spans[0].start, spans[0].size()).find("after"), std::string::npos);
}

TEST(Passages, NoQuotationIsLongerThanItsLimit) {
  const auto with = [](std::size_t inside) { return "\"" + std::string(inside, 'a') + "\""; };
  EXPECT_EQ(covered(reported_speech(with(limits::reported_speech_bytes - 2), {})), limits::reported_speech_bytes);
  EXPECT_EQ(covered(reported_speech(with(limits::reported_speech_bytes - 1), {})), 0U);
}

TEST(Passages, OnlySoManyMarksAreTried) {
  const auto marks = [](std::size_t unclosed) {
    std::string text;
    for (std::size_t i = 0; i < unclosed; ++i) text += "「\n\n";
    return reported_speech(text + "『a』", {}).size();
  };
  EXPECT_EQ(marks(limits::quotations_tried - 1), 1U);
  EXPECT_EQ(marks(limits::quotations_tried), 0U);
}

}  // namespace
}  // namespace sekisho::facts::testing
