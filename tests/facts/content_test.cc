// Text, HTML, attachments, headers, the way in, and the shape of the whole.
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Facts text(std::string_view body) { return observe(mail("a <a@shop.test>", "件名", body)); }
Facts html(std::string_view body) { return observe(html_mail("a <a@shop.test>", "件名", body)); }
const std::string words =
    "これはふつうのお知らせです。来週の火曜日に集まりがありますので、お時間のある方はおいでください。場所はいつもの公民"
    "館です。";

TEST(Phrase, FoundQuotedAndNamed) {
  const Facts facts = observe(mail("a <a@shop.test>", "本日中",
                                   "お返事をお待ちしています。よろしくお願いします。\r\n\r\n> 配信停止\r\n> はこちら"));
  EXPECT_THAT(values(facts, FactId::phrase_found), ElementsAre("deadline_today"));
  EXPECT_THAT(values(facts, FactId::phrase_quoted), ElementsAre("unsubscribe_here"));
  EXPECT_EQ(quote(facts, FactId::phrase_found), "本日中");
}

TEST(Phrase, AMailThatIsOnlyAQuoteSpeaksForItself) {
  EXPECT_THAT(values(text("> 本日中に\r\n> お支払いください"), FactId::phrase_found), ElementsAre("deadline_today"));
}

TEST(Phrase, WhatIsHiddenIsNotSaid) {
  EXPECT_THAT(values(html("<p>" + words + "</p><div style=\"display:none\">本日中</div>"), FactId::phrase_found),
              IsEmpty());
}

TEST(Phrase, AFewOfEachListAreShown) {
  std::string many;
  for (int i = 0; i < 50; ++i) many += "本日中。\r\n\r\n";
  EXPECT_EQ(text(many).of(FactId::phrase_found).size(), 3U);
}

TEST(Text, TricksAndTheirPlaces) {
  const Facts invisible = text("あなたの口\xE2\x80\x8B座を確\xE2\x80\x8B認してください");
  EXPECT_EQ(number(invisible, FactId::text_invisible_in_words), 2);
  EXPECT_NE(quote(invisible, FactId::text_invisible_in_words), "(no place)");
  EXPECT_TRUE(text("p\xD0\xB0yment is due").has(FactId::text_mixed_script_words));  // Cyrillic а
  const Facts plain = text(words);
  for (const FactId id : {FactId::text_invisible_in_words, FactId::text_mixed_script_words, FactId::text_spaced_words,
                          FactId::text_lookalike_kana, FactId::text_entropy_noise, FactId::text_very_short,
                          FactId::text_empty, FactId::text_simplified_chinese, FactId::text_fullwidth_url})
    EXPECT_FALSE(plain.has(id)) << name(id);
}

TEST(Text, SizeAndLanguage) {
  EXPECT_TRUE(text("").has(FactId::text_empty));
  EXPECT_EQ(number(text("明日会えますか"), FactId::text_very_short), 7);
  EXPECT_GT(number(text(words), FactId::text_kana_share), 0.3);
  EXPECT_EQ(number(text("Plain English words only, and then some more of them."), FactId::text_kana_share) > 0.3,
            false);
  EXPECT_TRUE(text(words + "账户").has(FactId::text_simplified_chinese));
  EXPECT_FALSE(text("账户 only Latin letters around").has(FactId::text_simplified_chinese)) << "not in Japanese text";
}

TEST(Text, NoiseOutsideOfAddresses) {
  EXPECT_EQ(number(text("a8f7d6s5k4j3h2g1 words q9w8x7z6k5v4b3n2 words m1n2b3v4c5x6z7q8"), FactId::text_entropy_noise),
            3);
  EXPECT_FALSE(
      text("https://a.test/a8f7d6s5k4j3h2g1/q9w8x7z6k5v4b3n2/m1n2b3v4c5x6z7q8").has(FactId::text_entropy_noise));
}

TEST(Html, HidesMoreThanAPreviewLine) {
  std::string hidden;
  for (int i = 0; i < 60; ++i) hidden += "隠された文章";
  const Facts facts = html("<p>" + words + "</p><div style=\"display:none\">" + hidden + "</div>");
  EXPECT_THAT(values(facts, FactId::html_hidden_text), ElementsAre("display_none"));
  EXPECT_FALSE(
      html("<div style=\"display:none\">今週のお知らせ</div><p>" + words + "</p>").has(FactId::html_hidden_text))
      << "a preview line";
}

TEST(Html, AsksRunsAndEmbeds) {
  const Facts facts = html(
      "<form action=\"https://evil.test/\"><p>ログイン</p><input name=id><input type=password "
      "name=p></form><script>x()</script><iframe src=\"https://evil.test\"></iframe>");
  EXPECT_THAT(values(facts, FactId::html_form), ElementsAre("evil.test"));
  EXPECT_TRUE(facts.has(FactId::html_password_field));
  EXPECT_TRUE(facts.has(FactId::html_script));
  EXPECT_TRUE(facts.has(FactId::html_embed));
  const Facts plain = html("<p>" + words + "</p><a href=\"https://shop.test\">見る</a>");
  for (const FactId id : {FactId::html_form, FactId::html_password_field, FactId::html_script, FactId::html_embed,
                          FactId::html_image_only, FactId::html_hidden_text, FactId::html_meta_refresh})
    EXPECT_FALSE(plain.has(id)) << name(id);
}

TEST(Html, NothingButAnImage) {
  EXPECT_TRUE(html("<a href=\"https://evil.test\"><img src=\"cid:a\"></a>").has(FactId::html_image_only));
  EXPECT_FALSE(
      html("<a href=\"https://evil.test\"><img src=\"cid:a\"></a><p>" + words + "</p>").has(FactId::html_image_only));
}

Facts twins(std::string_view plain, std::string_view rich) {
  std::string mail =
      "From: a <a@shop.test>\r\nTo: reader@home.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: "
      "multipart/alternative; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
  mail += std::string(plain) +
          "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
          std::string(rich) + "\r\n--b--\r\n";
  return observe(mail);
}

TEST(Html, TwinsThatDiffer) {
  std::string rich, poor;
  for (int i = 0; i < 12; ++i) rich += "むかしむかし、あるところに、おじいさんとおばあさんが住んでいました。";
  for (int i = 0; i < 12; ++i) poor += "春はあけぼの、やうやう白くなりゆく山ぎは、すこしあかりて、紫だちたる。";
  EXPECT_THAT(values(twins(poor, "<p>" + rich + "</p>"), FactId::html_differs_from_text), ElementsAre("words"));
  EXPECT_FALSE(twins(rich, "<p>" + rich + "</p>").has(FactId::html_differs_from_text));
  EXPECT_THAT(values(twins(rich + " https://a.test/", "<p>" + rich + "</p><a href=\"https://b.test/\">x</a>"),
                     FactId::html_differs_from_text),
              ElementsAre("links"));
}

TEST(Html, AListThatBothTwinsHitIsShownOnceFromHtml) {
  const Facts facts = twins("本日中に、ご返答をくださいますよう、お願いいたします。",
                            "<p>本日中に、ご返答をくださいますよう、お願いいたします。</p>");
  ASSERT_EQ(facts.of(FactId::phrase_found).size(), 1U);
  EXPECT_EQ(facts.parts.at(facts.of(FactId::phrase_found).begin()->place.part).label.substr(0, 4), "html");
}

Facts attached(std::string_view name, std::string_view bytes, std::string_view body = "添付です",
               std::string_view type = "application/octet-stream") {
  return observe(
      "From: a <a@shop.test>\r\nTo: reader@home.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: "
      "multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
      std::string(body) + "\r\n--b\r\nContent-Type: " + std::string(type) +
      "\r\nContent-Disposition: attachment; filename=\"" + std::string(name) + "\"\r\n\r\n" + std::string(bytes) +
      "\r\n--b--\r\n");
}

TEST(Attach, ByNameAndTrueKind) {
  EXPECT_THAT(values(attached("tool.exe", "MZ"), FactId::attach_executable), ElementsAre("exe"));
  EXPECT_THAT(values(attached("a.js", "var x"), FactId::attach_script), ElementsAre("js"));
  EXPECT_TRUE(attached("a.lnk", "x").has(FactId::attach_shortcut));
  EXPECT_TRUE(attached("a.iso", "x").has(FactId::attach_disk_image));
  EXPECT_TRUE(attached("a.mobileconfig", "x").has(FactId::attach_profile));
  EXPECT_TRUE(attached("a.docm", "x").has(FactId::attach_macro));
  EXPECT_THAT(values(attached("invoice.pdf.exe", "MZ"), FactId::attach_double_extension), ElementsAre("exe"));
  EXPECT_FALSE(attached("report.2026.pdf", "%PDF-1.4\n").has(FactId::attach_double_extension));
  EXPECT_THAT(values(attached("invoice.pdf", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), FactId::attach_kind_mismatch),
              ElementsAre("image"));
  const Facts pdf = attached("report.pdf", "%PDF-1.4\n%%EOF");
  EXPECT_TRUE(pdf.has(FactId::attach_pdf));
  for (const FactId id :
       {FactId::attach_executable, FactId::attach_script, FactId::attach_html, FactId::attach_kind_mismatch,
        FactId::attach_rtl_name, FactId::attach_password_in_body, FactId::attach_macro, FactId::attach_installer})
    EXPECT_FALSE(pdf.has(id)) << name(id);
}

TEST(Attach, ANameThatIsTurnedAround) {
  EXPECT_TRUE(attached("invoice\xE2\x80\xAE"
                       "fdp.exe",
                       "MZ")
                  .has(FactId::attach_rtl_name));
}

TEST(Attach, APageWithAScript) {
  EXPECT_TRUE(attached("a.html", "<html><script>x()</script></html>").has(FactId::attach_html_script));
  EXPECT_FALSE(attached("a.html", "<html><p>statement</p></html>").has(FactId::attach_html_script));
}

TEST(Received, TheMachineThatHandedItIn) {
  const auto facts = [](std::string_view from) {
    return observe(mail("a <a@shop.test>", "s", "b",
                        "Received: from " + std::string(from) +
                            " by mx.home.example (Postfix) with ESMTP id 1; Fri, 20 Nov 2026 10:00:05 +0900\r\n"));
  };
  EXPECT_THAT(values(facts("mail.shop.test (unknown [203.0.113.9])"), FactId::received_no_rdns),
              ElementsAre("203.0.113.9"));
  EXPECT_FALSE(facts("mail.shop.test (mail.shop.test [203.0.113.9])").has(FactId::received_no_rdns));
  EXPECT_TRUE(facts("mail.shop.test (mail.shop.test [203.0.113.9])").has(FactId::received_own_machine));
  EXPECT_TRUE(facts("mail.shop.test (a.isp.test [203.0.113.9])").has(FactId::received_helo_mismatch));
  EXPECT_FALSE(facts("mail.shop.test (out.shop.test [203.0.113.9])").has(FactId::received_helo_mismatch));
  EXPECT_TRUE(facts("localhost (a.isp.test [203.0.113.9])").has(FactId::received_helo_is_ip_or_local));
  EXPECT_TRUE(observe(mail("a <a@shop.test>", "s", "b")).has(FactId::received_none));
  EXPECT_FALSE(observe(message::parse_sms("a")).has(FactId::received_none));
}

TEST(Received, Clocks) {
  const auto facts = [](std::string_view time) {
    return observe(
        mail("a <a@shop.test>", "s", "b",
             "Received: from a.test (a.test [203.0.113.9]) by mx.home.example; " + std::string(time) + "\r\n"));
  };
  EXPECT_FALSE(facts("Fri, 20 Nov 2026 10:00:05 +0900").has(FactId::received_date_skew));
  EXPECT_NEAR(number(facts("Fri, 20 Nov 2026 23:00:00 +0900"), FactId::received_date_skew), 13, 0.01);
  EXPECT_NEAR(number(facts("Fri, 20 Nov 2026 08:00:00 +0900"), FactId::header_date_future), 2, 0.01);
}

TEST(Header, WhatIsMissingOrForeign) {
  const Facts bare = observe("From: a <a@shop.test>\r\n\r\nb\r\n");
  for (const FactId id : {FactId::header_message_id_missing, FactId::header_date_missing, FactId::header_to_missing,
                          FactId::header_subject_missing})
    EXPECT_TRUE(bare.has(id)) << name(id);
  EXPECT_THAT(values(observe(mail("a <a@shop.test>", "s", "b")), FactId::header_message_id_foreign),
              ElementsAre("mta.example"));
  EXPECT_FALSE(observe(mail("a <a@mta.example>", "s", "b")).has(FactId::header_message_id_foreign));
  const Facts sms = observe(message::parse_sms("a"));
  EXPECT_FALSE(sms.has(FactId::header_message_id_missing));
  EXPECT_FALSE(sms.has(FactId::header_to_missing));
}

TEST(Header, RecipientsAndLists) {
  Envelope envelope;
  envelope.recipients = {"me@home.example"};
  EXPECT_TRUE(observe(mail("a <a@shop.test>", "s", "b"), {}, envelope).has(FactId::header_to_not_reader));
  envelope.recipients = {"Reader@Home.example"};
  EXPECT_FALSE(observe(mail("a <a@shop.test>", "s", "b"), {}, envelope).has(FactId::header_to_not_reader));
  EXPECT_FALSE(observe(mail("a <a@shop.test>", "s", "b")).has(FactId::header_to_not_reader))
      << "the reader is not known";
  EXPECT_EQ(
      number(observe(mail("a <a@shop.test>", "s", "b", "Cc: x@y.test, z@y.test\r\n")), FactId::header_many_recipients),
      3);
  EXPECT_TRUE(observe(mail("a <a@shop.test>", "s", "b", "List-Id: <l.shop.test>\r\n")).has(FactId::header_list));
  EXPECT_TRUE(
      observe(mail("a <a@shop.test>", "s", "b", "Auto-Submitted: auto-generated\r\n")).has(FactId::header_auto_reply));
  EXPECT_FALSE(observe(mail("a <a@shop.test>", "s", "b", "Auto-Submitted: no\r\n")).has(FactId::header_auto_reply));
}

TEST(Message, AShortForwardThatAsksIsAQuestionAndNotWhatItQuotes) {
  const std::string quoted =
      "\r\n\r\n-----Original Message-----\r\n本日中にお支払いください\r\nhttps://evil.test/x\r\n";
  const Facts asks = text("これは本物でしょうか" + quoted);
  EXPECT_TRUE(asks.has(FactId::message_forward_asks));
  EXPECT_THAT(values(asks, FactId::phrase_quoted), ElementsAre("deadline_today"));
  EXPECT_THAT(values(asks, FactId::phrase_found), ElementsAre("asks_is_this_real"));
  const Facts tells = text("転送します" + quoted);
  EXPECT_FALSE(tells.has(FactId::message_forward_asks));
  EXPECT_THAT(values(tells, FactId::phrase_found), ElementsAre("deadline_today")) << "it is what it quotes";
  const Facts inside = text("転送します\r\n\r\n-----Original Message-----\r\nこれは本物でしょうか。本日中に\r\n");
  EXPECT_FALSE(inside.has(FactId::message_forward_asks)) << "the quoted mail's own question is nobody's";
}

TEST(Phrase, WhatASentenceSaysThatNobodyAsksForIsNotAsked) {
  const auto found = [](std::string_view body) { return values(text(body), FactId::phrase_found); };
  const auto denied = [](std::string_view body) { return values(text(body), FactId::phrase_denied); };
  EXPECT_THAT(found("合言葉を入力してください。"), ElementsAre("asks_secret"));
  EXPECT_THAT(found("合言葉の入力を求めることはありません。"), ElementsAre("never_asks"));
  EXPECT_THAT(denied("合言葉の入力を求めることはありません。"), ElementsAre("asks_secret"));
  EXPECT_THAT(found("we never ask you to enter your watchword."), ElementsAre("never_asks"));
  EXPECT_THAT(denied("we never ask you to enter your watchword."), ElementsAre("asks_secret"));
  // A denial beside a request excuses nobody.
  for (const std::string_view body : {"合言葉の入力を求めることはありません。合言葉を入力してください。",
                                      "合言葉を入力してください。合言葉の入力を求めることはありません。",
                                      "we never ask you to enter your watchword. now enter your watchword here.",
                                      "enter your watchword: we never ask you to enter your watchword."}) {
    EXPECT_THAT(found(body), ::testing::Contains("asks_secret")) << body;
    EXPECT_THAT(denied(body), ElementsAre("asks_secret")) << body;
  }
}

TEST(Message, ShapesOfTheWhole) {
  EXPECT_THAT(values(text("a"), FactId::message_kind), ElementsAre("mail"));
  EXPECT_THAT(values(observe(message::parse_sms("a")), FactId::message_kind), ElementsAre("sms"));
  const Facts asks = text(
      "こんなメールが届きました。これは本物でしょうか。教えてください。\r\n\r\n> 本日中にお支払いください\r\n> "
      "https://evil.test/x");
  EXPECT_TRUE(asks.has(FactId::message_forward_asks));
  EXPECT_TRUE(asks.has(FactId::message_forwarded));
  EXPECT_FALSE(
      text("この絵は本物でしょうか。美術館で見たものと少しちがうように思います。").has(FactId::message_forward_asks));
  const Facts reply =
      observe(mail("a <a@shop.test>", "s",
                   "承知しました。明日の十時にうかがいます。よろしくお願いします。\r\n\r\n> 明日はいかがですか\r\n",
                   "In-Reply-To: <1@x.test>\r\n"));
  EXPECT_TRUE(reply.has(FactId::message_reply_thread));
  EXPECT_FALSE(reply.has(FactId::message_forwarded));
}

TEST(Message, DeadlinesThatDoNotAgree) {
  EXPECT_THAT(values(text("本日中に解約してください。リンクは48時間以内に無効になります。"),
                     FactId::message_deadline_contradiction),
              ElementsAre("deadline_hours", "deadline_hours"));
  EXPECT_FALSE(
      text("本日中に解約してください。24時間以内にお願いします。").has(FactId::message_deadline_contradiction));
  EXPECT_FALSE(text("48時間以内にお願いします。").has(FactId::message_deadline_contradiction));
}

TEST(Message, NewslettersHaveAListAndAWayOut) {
  EXPECT_TRUE(
      observe(mail("a <a@shop.test>", "s", "新着です。配信停止はこちら", "List-Unsubscribe: <https://shop.test/u>\r\n"))
          .has(FactId::message_newsletter));
  EXPECT_FALSE(text("新着です。配信停止はこちら").has(FactId::message_newsletter));
}

}  // namespace
}  // namespace sekisho::facts::testing
