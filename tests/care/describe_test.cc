#include "care/describe.h"

#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::care {
namespace {

const Care& data() {
  static const Care care = *read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  return care;
}
Described listen(std::string_view telling, Register speech = Register::ja) {
  static const Listener listener(data());
  return listener.listen(telling, speech);
}
bool among(const std::vector<std::string>& list, const char* id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

struct Told {
  const char *telling, *situation;
};

/// Written without looking at the cue words, for measuring.
constexpr Told told[] = {
    {"先月ネットで買ったコートがまだ届きません。お店に電話しても誰も出ません。", "police_1_no_delivery"},
    {"フリマアプリで買った財布、箱を開けたら写真とぜんぜん違う安っぽいものが入ってました", "police_1_no_delivery"},
    {"激安の工具の通販に振り込んだら、それきり連絡がつかない。振込先が外国人の名前だった", "police_1_no_delivery"},
    {"I paid for sneakers three weeks ago, nothing came and the shop's page is gone", "police_1_no_delivery"},
    {"三井住友銀行からカードが止まったというメールが来ました。本物でしょうか", "police_2_brand_mail"},
    {"ヤマトの再配達のショートメールのアドレスを押してしまった。まだ何も入れてない", "police_2_brand_mail"},
    {"えきねっとを名乗るメールにログインしてしまいました", "police_2_brand_mail"},
    {"got an email from Amazon saying my account is locked, I clicked the link", "police_2_brand_mail"},
    {"国税庁から税金を払えというSMSが来て、怖くなって開いてしまった", "police_2_brand_mail"},
    {"ツイッターで知らない人に嘘の悪口を書かれて拡散されています", "police_3_defamation"},
    {"口コミサイトに私の店のことを根も葉もない内容で書かれた", "police_3_defamation"},
    {"Someone keeps posting lies about me on X and calls me a thief", "police_3_defamation"},
    {"掲示板に娘のことをバカだとか不倫してるとか書かれて困っている", "police_3_defamation"},
    {"通帳を見たら知らないところへ50万円送金されていました", "police_4_bank"},
    {"ネット銀行から身に覚えのない振込のお知らせが何件も来て、残高がゼロになった", "police_4_bank"},
    {"Money was transferred from my online bank account and I did not do it", "police_4_bank"},
    {"夜中に銀行アプリから勝手にお金が動かされてた", "police_4_bank"},
    {"インスタに入れなくなって、友達に変なDMが送られているみたい", "police_5_sns_hijack"},
    {"LINEが乗っ取られた。知り合いにプリペイドカードを買ってと頼んでいるらしい", "police_5_sns_hijack"},
    {"フェイスブックのパスワードを変えられてログインできない", "police_5_sns_hijack"},
    {"My Instagram was taken over and it is sending messages to my friends", "police_5_sns_hijack"},
    {"貯めてた楽天のポイントが全部なくなってた", "police_6_points"},
    {"知らないうちにマイルがギフト券に交換されていた", "police_6_points"},
    {"ドラッグストアのポイントを誰かに使われたようです", "police_6_points"},
    {"All my reward points were spent by somebody else", "police_6_points"},
    {"5ちゃんねるに自宅の住所と電話番号を書き込まれた", "police_7_doxxing"},
    {"元彼が私の本名と勤務先と写真をネットに載せています", "police_7_doxxing"},
    {"they posted my home address and phone number on a forum", "police_7_doxxing"},
    {"私の名前と住所が入ったメールが朝から20分ごとに届いて怖い", "campaign_with_my_data"},
    {"無料期間の解約ページで名前と住所を入れたら、2週間後から脅すようなメールが何十通も来る", "campaign_with_my_data"},
    {"件名に住所と氏名が書いてあるメールが次から次へ来て、もう携帯を見るのが嫌です", "campaign_with_my_data"},
    {"Every twenty minutes I get a mail with my full name and address saying I have unpaid fees",
     "campaign_with_my_data"},
    {"簡易裁判所から支払督促という封筒が届きました。借りた覚えがありません", "court_order_genuine"},
    {"郵便屋さんが特別送達だと言って手渡していった。二週間以内に異議を出せと書いてある", "court_order_genuine"},
    {"少額訴訟の訴状が届いて、来月法廷に来いと書いてある", "small_claims"},
    {"裁判所から呼出状と答弁書の紙が送られてきた", "small_claims"},
    {"I received a summons and a complaint for a small claims hearing next month", "small_claims"},
    {"法務省の訴訟管理センターというところからハガキが来て、電話しろと書いてある", "court_order_fake"},
    {"訴訟最終告知のはがきが母に届いた。取り下げの期日が明日", "court_order_fake"},
    {"裁判所を名乗るメールで、今日中に払わないと差し押さえると言われた", "court_order_fake"},
    {"男が二人玄関に来て、金を払えと怒鳴っている", "collector_visit"},
    {"今から家に取り立てに行くと電話で脅されました", "collector_visit"},
    {"A man came to my door demanding money for a bill I never made", "collector_visit"},
    {"副業の申し込みで運転免許証の表と裏の写真を送ってしまった", "id_document_leaked"},
    {"融資の審査と言われて保険証と顔写真を送ったあと連絡が取れない", "id_document_leaked"},
    {"I sent a photo of my residence card to someone who said it was for a job", "id_document_leaked"},
    {"パソコンに警告が出て、書いてあった番号に電話したら遠隔操作ソフトを入れさせられた", "remote_control"},
    {"ウイルスに感染したと音が鳴って、マイクロソフトの人に画面を操作してもらった", "remote_control"},
    {"The support guy had me install AnyDesk and moved my mouse", "remote_control"},
    {"サポートの人と名乗る外人に言われてチームビューアを入れてしまった", "remote_control"},
};

TEST(Listening, FindsTheSituationOfTellingsItHasNotSeen) {
  std::size_t right = 0;
  for (const Told& one : told) {
    const Described found = listen(one.telling);
    const bool hit = !found.situations.empty() && found.situations.front().id == one.situation;
    right += hit ? 1 : 0;
    if (!hit)
      std::printf("  missed %s: %s (%s)\n", one.situation, one.telling,
                  found.situations.empty() ? "nothing" : found.situations.front().id.c_str());
  }
  std::printf("  %zu of %zu\n", right, std::size(told));
  EXPECT_GE(right * 10, std::size(told) * 9);
}

TEST(Listening, FindsTheSituationOfEachExampleWhenItIsLeftOut) {
  std::size_t right = 0, all = 0;
  for (std::size_t s = 0; s < data().describe.situations.size(); ++s)
    for (std::size_t e = 0; e < data().describe.situations[s].examples.size(); ++e) {
      Care without;
      without.typed_items = data().typed_items;
      without.actions = data().actions;
      without.describe = data().describe;
      auto& examples = without.describe.situations[s].examples;
      const std::string telling = examples[e];
      examples.erase(examples.begin() + static_cast<std::ptrdiff_t>(e));
      const Described found = Listener(without).listen(telling, Register::ja);
      ++all;
      const bool hit = !found.situations.empty() && found.situations.front().id == data().describe.situations[s].id;
      right += hit ? 1 : 0;
      if (!hit)
        std::printf("  missed %s: %s (%s)\n", data().describe.situations[s].id.c_str(), telling.c_str(),
                    found.situations.empty() ? "nothing" : found.situations.front().id.c_str());
    }
  std::printf("  %zu of %zu\n", right, all);
  EXPECT_GE(right * 10, all * 9);
}

/// What somebody may say who needs another desk than ours.
constexpr const char* other_matters[] = {
    "",
    "   ",
    "こんにちは",
    "今日はいい天気ですね。散歩に行きました。",
    "カレーの作り方を教えて",
    "明日の会議は何時からですか",
    "スマホの機種変更をしたいのですが、どこへ行けばいいですか",
    "病院の予約を来週に変えたい",
    "エアコンの調子が悪くて部屋が寒い",
    "孫の誕生日に何を贈ればいいか迷っています",
    "駅までの道を教えてください",
    "ごみの分別が分からない",
    "年賀状の書き方を知りたい",
    "犬が吠えて眠れない",
    "確定申告の書類はどこでもらえますか",
    "How do I bake bread?",
    "What time does the train leave?",
    "Please recommend a good restaurant near the station",
    "My washing machine makes a strange noise",
    "I would like to learn Japanese",
    "\xF0\x9F\x98\x80\xF0\x9F\x98\x80",
};

TEST(Listening, SaysNothingWhenNothingFits) {
  for (const char* telling : other_matters) {
    const Described found = listen(telling);
    EXPECT_TRUE(found.situations.empty())
        << telling << " → " << found.situations.front().id << ' ' << found.situations.front().confidence;
    EXPECT_GE(found.ask.size(), 1u) << telling;
    EXPECT_LE(found.ask.size(), 2u);
  }
}

TEST(Listening, QuotesTheWordsAsTheyWereWritten) {
  const Described found = listen("ポイントが全部消えてた");
  ASSERT_FALSE(found.situations.empty());
  EXPECT_EQ(found.situations.front().id, "police_6_points");
  for (const std::string& word : found.situations.front().because)
    EXPECT_NE(std::string("ポイントが全部消えてた").find(word), std::string::npos) << word;
  EXPECT_GT(found.situations.front().confidence, 0.5);
  EXPECT_LE(found.situations.front().confidence, 1.0);
}

TEST(Listening, WhatWasDeniedWasNotDone) {
  const Described a = listen("メールのリンクは押したけど、カード番号の入力はしていない");
  EXPECT_TRUE(among(a.done, "tapped"));
  EXPECT_FALSE(among(a.done, "card")) << "denied";
  EXPECT_TRUE(a.typed.empty());
  EXPECT_FALSE(among(listen("リンクは押してないです").done, "tapped"));
  EXPECT_FALSE(among(listen("怪しいメールのリンクは開いていません").done, "tapped"));
  EXPECT_TRUE(among(listen("リンクを押して入力はしていない").done, "tapped"))
      << "the denial belongs to the next clause";
  EXPECT_FALSE(among(listen("I did not click the link").done, "tapped"));
  EXPECT_TRUE(among(listen("I clicked the link but did not type anything").done, "tapped"));
}

TEST(Listening, EachThingIsDeniedByItsOwnVerb) {
  const Described a = listen("リンクを押してカード番号を入れたが、パスワードは入れてない");
  EXPECT_EQ(a.typed, std::vector<std::string>{"card_number"});
  EXPECT_FALSE(among(a.done, "password"));
  const Described b = listen("住所は入れたけど名前は入れてへん");
  EXPECT_EQ(b.typed, std::vector<std::string>{"postal_address"});
  const Described c = listen("I entered my card number but never typed my password");
  EXPECT_TRUE(among(c.typed, "card_number"));
  EXPECT_FALSE(among(c.typed, "password"));
}

TEST(Listening, OnlySoManyPlacesOfAWordAreAsked) {
  const auto said_after = [](std::size_t denials) {
    std::string telling;
    for (std::size_t i = 0; i < denials; ++i) telling += "名前は入れてない、";
    return among(listen(telling + "名前を入れた").typed, "name");
  };
  EXPECT_TRUE(said_after(limits::telling_places - 2));
  EXPECT_TRUE(said_after(limits::telling_places - 1));
  EXPECT_FALSE(said_after(limits::telling_places));
}

TEST(Listening, WhatWasTypedWasDone) {
  const Described found = listen("偽のサイトでカード番号とパスワードを入力してしまいました");
  EXPECT_TRUE(among(found.typed, "card_number"));
  EXPECT_TRUE(among(found.typed, "password"));
  EXPECT_TRUE(among(found.done, "card"));
  EXPECT_FALSE(among(found.done, "received"));
}

TEST(Listening, AsksWhatWouldTellTwoApart) {
  for (const Told& one : told) EXPECT_LE(listen(one.telling).ask.size(), 2u);
}

TEST(Listening, AnyBytesAndAnyLengthAreHeardOut) {
  const std::string at_limit(limits::telling_bytes, 'a');
  EXPECT_TRUE(listen(at_limit).situations.empty());
  const std::string beyond = std::string(limits::telling_bytes, 'a') + "。ポイントが全部消えてた";
  EXPECT_TRUE(listen(beyond).situations.empty()) << "what is beyond is not read";
  const std::string below = std::string(limits::telling_bytes - 40, 'a') + "。ポイントが消えた";
  EXPECT_FALSE(listen(below).situations.empty());
  listen("\xFF\xFEポイント");
}

TEST(Listening, TheSameWordsGiveTheSameAnswer) {
  const Described a = listen(told[0].telling), b = Listener(data()).listen(told[0].telling, Register::ja);
  ASSERT_EQ(a.situations.size(), b.situations.size());
  for (std::size_t i = 0; i < a.situations.size(); ++i)
    EXPECT_EQ(a.situations[i].confidence, b.situations[i].confidence);
}

}  // namespace
}  // namespace sekisho::care
