// An invented case of sixty items, in Japanese or English: a form filled in after a false delivery notice, then a mail
// every twenty minutes, then a transfer. For the tests of the case file, its benchmark, and the pages under
// docs/review. No name, number or domain in it is anybody's.
#pragma once

#include <string>

#include <fmt/format.h>

#include "casefile/case_file.h"

namespace sekisho::casefile::invented {

/// 2026-11-02 00:00 in Japan.
inline constexpr std::int64_t begin = 1'793'545'200;
inline constexpr std::int64_t at(int day, int hour, int minute) {
  return begin + (day * 24 + hour) * 3'600 + minute * 60;
}
inline Moment minute(int day, int hour, int of_hour) { return {at(day, hour, of_hour), Moment::Known::to_the_minute}; }
inline Moment whole_day(int day) { return {at(day, 12, 0), Moment::Known::to_the_day}; }
inline std::string digest(int i) {
  std::string out;
  for (int k = 0; k < 8; ++k)
    out += fmt::format("{:08x}", static_cast<std::uint32_t>(0x9E3779B9U * static_cast<std::uint32_t>(i * 8 + k + 1)));
  return out;
}

inline void add_campaign(CaseFile& file, bool ja) {
  Campaign campaign;
  campaign.id = "c1";
  campaign.kind = ja ? "宅配の不在通知をよそおう" : "pretends to be a parcel that could not be delivered";
  campaign.domains = {"lamp-parcel.test", "lamp-parcel.example", "blue-notice.test", "k3-mail.example"};
  campaign.landing_domains = {"track-lamp.example"};
  campaign.median_gap = 20 * 60;
  campaign.regularity = 0.93;
  campaign.quiet = {2, 5};
  campaign.live = true;
  for (int day = 3; day <= 20; ++day)
    for (int hour = 0; hour < 24; ++hour)
      for (int third = 0; third < 3; ++third)
        if (hour < 2 || hour >= 5) campaign.arrivals.push_back(at(day, hour, third * 20 + (day * 7 + hour) % 5));
  campaign.first = campaign.arrivals.front();
  campaign.last = campaign.arrivals.back();
  campaign.messages = static_cast<std::uint32_t>(campaign.arrivals.size()) + 1;
  campaign.senders = 214;
  campaign.because =
      ja ? std::vector<std::string>{"1,134 通のリンクが同じサイト track-lamp.example へ行く",
                                    "1,090 通が同じネットワーク 198.51.100.0/24 から送られた",
                                    "612 通にあなたの名前が書いてある"}
         : std::vector<std::string>{"1,134 lead to the same site, track-lamp.example",
                                    "1,090 come from the same network, 198.51.100.0/24", "612 show your name"};
  campaign.lure = Campaign::Lure{
      at(1, 9, 14),
      at(3, 0, 3),
      ja ? "荷物センター <info@lamp-parcel.test>" : "Parcel Centre <info@lamp-parcel.test>",
      ja ? "【重要】お荷物をお届けできませんでした" : "We could not deliver your parcel",
      {ja ? "同じサイトへ導き、名前と住所をたずねている" : "it leads to the same site and asks for name and address"},
      "1"};
  file.campaigns.push_back(std::move(campaign));
}

inline void add_timeline(CaseFile& file, bool ja) {
  using Kind = Event::Kind;
  const auto add = [&](std::optional<Moment> when, Kind kind, std::string text, std::vector<std::string> evidence = {},
                       std::string author = {}) {
    file.timeline.push_back({when, kind, std::move(text), std::move(author), std::move(evidence)});
  };
  const std::string me = ja ? "見本 花子" : "Hanako Mihon", desk = ja ? "窓口 乙" : "desk B";
  add(minute(1, 9, 14), Kind::lure,
      ja ? "荷物の不在通知をよそおうメールが届いた" : "A mail that pretends to be about a parcel came", {"1"});
  add(minute(1, 9, 40), Kind::typed,
      ja ? "開いたページに、名前・住所・電話番号を入力した"
         : "Typed name, address and telephone number into the page that opened",
      {"2"}, me);
  add(minute(3, 0, 3), Kind::mail,
      ja ? "名前入りのメールが、約20分おきに届きはじめた" : "Mails with the name in them began, about every 20 minutes",
      {"3", "4", "5"});
  add(minute(8, 14, 5), Kind::call,
      ja ? "配送会社だと名乗る電話。手数料を振り込むように言われた。090-1234-0000 から"
         : "A call from somebody who said to be the carrier and asked for a fee, from 090-1234-0000",
      {}, me);
  add(minute(8, 15, 30), Kind::paid, ja ? "手数料として 48,000円を振り込んだ" : "Transferred 48,000 yen as a fee",
      {"58"}, me);
  add(minute(9, 10, 0), Kind::noticed,
      ja ? "家族の見本太郎さんに話し、詐欺だと気づいた" : "Told a relative, Mr. Taro Mihon, and saw that it was a scam",
      {}, me);
  add(minute(9, 10, 30), Kind::done,
      ja ? "銀行に電話し、振込先の口座を止めるように頼んだ" : "Called the bank and asked to stop the receiving account",
      {"59"}, me);
  add(minute(9, 13, 0), Kind::advised,
      ja ? "消費生活センターで、記録を残し警察に相談するように言われた"
         : "The consumer centre advised to keep records and see the police",
      {"60"}, desk);
  for (int i = 0; i < 8; ++i)
    add(minute(10 + i, 20, 0), Kind::check_in,
        ja ? fmt::format("止まらない。きょうは {} 通", 63 - i) : fmt::format("not stopped: {} mails today", 63 - i), {},
        me);
  add(whole_day(12), Kind::letter,
      ja ? "裁判所をよそおうはがきが届いた。放置せず、本物かどうかを窓口で確かめた"
         : "A postcard that pretends to be from a court; checked at the desk, not genuine",
      {"57"}, me);
  add(std::nullopt, Kind::note, ja ? "前にも似た電話があった気がする" : "There may have been a similar call before", {},
      me);
  add(minute(20, 20, 0), Kind::check_in,
      ja ? "受信拒否を入れてから、きょうは 2 通" : "2 mails today, since the reject rules", {}, me);
}

inline void add_evidence(CaseFile& file, bool ja) {
  using Kind = Evidence::Kind;
  for (int i = 1; i <= 60; ++i) {
    Evidence one;
    one.id = std::to_string(i);
    one.sha256 = digest(i);
    one.bytes = static_cast<std::uint64_t>(4'000 + i * 137);
    one.added = minute(9, 13, i);
    one.added_by = ja ? "窓口 乙" : "desk B";
    if (i == 1) {
      one.kind = Kind::mail;
      one.title = ja ? "【重要】お荷物をお届けできませんでした" : "We could not deliver your parcel";
      one.quote = true;
      one.facts = {{"From", ja ? "荷物センター <info@lamp-parcel.test>" : "Parcel Centre <info@lamp-parcel.test>"},
                   {"Reply-To", "reply.desk@k3-mail.example"},
                   {"Received from", "198.51.100.24"},
                   {"Date", "Tue, 3 Nov 2026 09:14:22 +0900"}};
      one.reasons = ja ? std::vector<std::string>{"名乗る会社と、送ってきた所が違う", "期限を切って急がせている",
                                                  "リンクの見た目と行き先が違う"}
                       : std::vector<std::string>{"it names one company and comes from another place",
                                                  "it hurries the reader with a deadline",
                                                  "a link leads elsewhere than it shows"};
      one.text = ja ? "見本 花子 様\n\nお荷物のお届けにあがりましたが、ご不在のため持ち帰りました。\n本日 18:00 "
                      "までに下記からお手続きください。\n\n  "
                      "https://track-lamp.example/r?id=4471\n\nお手続きがない場合、荷物は返送されます。\nお問い合わせ: "
                      "050-3123-0000 担当 空野 次郎\n\n荷物センター"
                    : "Dear Hanako Mihon,\n\nWe tried to deliver your parcel today, but nobody was at home.\nPlease "
                      "arrange a new delivery by 18:00 today:\n\n  https://track-lamp.example/r?id=4471\n\nOtherwise "
                      "the parcel will be returned.\nQuestions: 050-3123-0000, Mr. Jiro Kaku\n\nParcel Centre";
    } else if (i == 2 || i == 56) {
      one.kind = Kind::picture;
      one.title = ja ? "入力したページの画面" : "The page where data were typed in";
      one.name = fmt::format("screen-{}.png", i);
    } else if (i == 57) {
      one.kind = Kind::letter;
      one.title = ja ? "裁判所をよそおうはがき" : "Postcard that pretends to be from a court";
    } else if (i == 58) {
      one.kind = Kind::slip;
      one.title = ja ? "振込の控え" : "Slip of the transfer";
      one.name = "slip.pdf";
    } else if (i >= 59) {
      one.kind = Kind::note;
      one.title = ja ? (i == 59 ? "銀行への電話のメモ" : "消費生活センターでの助言")
                     : (i == 59 ? "Note of the call to the bank" : "Advice of the consumer centre");
      one.quote = i == 60;
      one.text = ja ? "記録を消さないこと。警察の相談窓口 #9110 "
                      "に電話してから行くこと。担当の相談員から、はがきは無視せず確かめるようにと言われた。"
                    : "Delete nothing. Call the police desk #9110 before going there. Do not ignore the postcard; have "
                      "it checked.";
    } else {
      one.kind = Kind::mail;
      one.title = ja ? fmt::format("見本花子様 お荷物番号 {} のご確認", 70012345 + i)
                     : fmt::format("Hanako Mihon: please confirm parcel {}", 70012345 + i);
      one.quote = i == 3;
      if (i == 3)
        one.text = ja ? "見本花子様\n\n最終のご案内です。https://track-lamp.example/x\n"
                      : "Dear Hanako Mihon,\n\nlast notice: https://track-lamp.example/x\n";
      one.when = minute(3, 0, i);
    }
    if (!one.when) one.when = minute(i == 1 ? 1 : 8, 9, 14);
    if (one.name.empty()) one.name = fmt::format("{:04}-{}", i, one.kind == Kind::mail ? "mail.eml" : "note.txt");
    file.evidence.push_back(std::move(one));
  }
}

inline void add_advice(CaseFile& file, bool ja) {
  using State = Advice::State;
  const auto add = [&](const char* in_ja, const char* in_en, State state, std::optional<Moment> on = {},
                       const char* deadline = "") {
    file.advice.push_back({ja ? in_ja : in_en, {}, state, on, deadline});
  };
  add("銀行に連絡し、振込先の口座の停止と返金の手続きを頼む",
      "Call the bank: stop the receiving account, ask for the money back", State::done, whole_day(9));
  add("警察の相談窓口 (#9110) に電話し、この記録を持っていく",
      "Call the police desk (#9110) and take this record there", State::open, {},
      ja ? "11月27日(金)" : "Friday 27 November");
  add("差出人のドメインを受信拒否に入れる", "Put the senders' domains on the reject list", State::done, whole_day(19));
  add("使い回しているパスワードを変える", "Change the passwords that are used in several places", State::open, {},
      ja ? "今週中" : "this week");
  add("カード会社に連絡する", "Call the card company", State::not_needed);
  file.drafts = {
      {ja ? "被害の届出の下書き" : "Draft of the report to the police", ja ? "警察署" : "police", whole_day(19)},
      {ja ? "銀行への依頼" : "Request to the bank", ja ? "銀行" : "the bank", whole_day(9)}};
  file.never = ja ? std::vector<std::string>{"返信しない。「配信停止」も押さない。", "電話をかけ直さない。",
                                             "お金を取り戻すと言う業者に払わない。"}
                  : std::vector<std::string>{"Do not answer, and do not press \"unsubscribe\".", "Do not call back.",
                                             "Do not pay anybody who offers to get the money back."};
  file.questions =
      ja ? std::vector<std::string>{"ほかの口座からの引き落としがないか", "入力したのは電話番号までか、カード番号もか"}
         : std::vector<std::string>{"Was anything else debited?", "Was a card number typed in as well?"};
  file.bring =
      ja ? std::vector<std::string>{"この紙", "本人確認の書類", "通帳と振込の控え", "スマートフォン (メールを消さずに)"}
         : std::vector<std::string>{"this paper", "an identity document", "bank book and slip",
                                    "the telephone, with the mails still on it"};
  file.desks = {{ja ? "警察の相談専用電話" : "Police consultation line",
                 "#9110",
                 ja ? "平日の昼間" : "working days",
                 {},
                 ja ? "詐欺メールで情報を入力し、振り込んだこと" : "that data were typed in and money transferred",
                 ""}};
  file.next_check = ja ? "11月27日 メールが止まったか" : "27 November: have the mails stopped?";
}

inline CaseFile case_of_sixty(care::Register speech) {
  const bool ja = speech != care::Register::en;
  CaseFile file;
  file.speech = speech;
  file.made = at(21, 12, 0);
  file.title = ja ? "荷物の通知のあとの連続メール" : "mails after a parcel notice";
  file.desk = ja ? "くらしの相談室 (架空)" : "Consultation desk (invented)";
  file.victim.names =
      ja ? std::vector<std::string>{"見本 花子", "ミホン ハナコ"} : std::vector<std::string>{"Hanako Mihon"};
  file.victim.contact = "090-0000-4321 / hanako.mihon@example.test";
  file.victim.postal_addresses = {ja ? "〒999-0001 架空県見本市中央1-2-3 見本荘 201" : "1-2-3 Chuo, Mihon City"};
  file.others = {ja ? "見本太郎" : "Taro Mihon", ja ? "空野 次郎" : "Jiro Kaku"};
  file.situations = ja ? std::vector<std::string>{"にせの宅配通知のページに、自分の情報を入力した",
                                                  "名前入りの詐欺メールが続けて届く", "言われて振り込んだ"}
                       : std::vector<std::string>{"Typed own data into the page of a false delivery notice",
                                                  "Scam mails with the own name keep coming",
                                                  "Made a transfer because somebody asked for it"};
  file.telling = ja ? "荷物が届かないというメールが来て、ちょうど待っていたので開いてしまいました。名前と住所と電話番号"
                      "を入れました。三日後から、名前の入ったメールが一日に六十通ほど来ます。八日目に 090-1234-0000 "
                      "から電話があり、手数料と言われて振り込みました。次の日に家族の見本太郎さんに話して、おかしいと分"
                      "かりました。"
                    : "A mail said that a parcel could not be delivered. I was waiting for one and opened it. I typed "
                      "in my name, address and telephone number. Three days later mails with my name began, some sixty "
                      "a day. A week later somebody called from 090-1234-0000 and asked for a fee, which I "
                      "transferred. The next day I told Mr. Taro Mihon, my relative, and saw that something was wrong.";
  file.where = ja ? "自宅。スマートフォンのメール" : "at home, mail on the telephone";
  file.how =
      ja ? "荷物の不在通知をよそおうメールのリンク。そのあと電話" : "link in a mail about a parcel, later a call";
  file.typed = ja ? std::vector<std::string>{"名前", "住所", "電話番号"}
                  : std::vector<std::string>{"name", "postal address", "telephone number"};
  file.losses = {{minute(8, 15, 30), ja ? "48,000円" : "48,000 yen", ja ? "銀行振込 (ATM)" : "bank transfer (ATM)",
                  ja ? "つばめ銀行 本店 普通 7654321 ソラノ ジロウ" : "Kaku Bank, main branch, 7654321",
                  ja ? "荷物の保管手数料" : "storage fee for a parcel"}};
  add_campaign(file, ja);
  add_timeline(file, ja);
  file.exposed = {
      {Exposed::Item::name, {}, file.victim.names.front(), at(3, 0, 3), 612, true, false},
      {Exposed::Item::postal_address, {}, file.victim.postal_addresses.front(), at(4, 0, 3), 40, true, false},
      {Exposed::Item::phone, {}, "090-0000-4321", at(8, 14, 5), 0, true, false},
      {Exposed::Item::member_no, {}, "1029384756", at(6, 3, 0), 3, false, true}};
  add_evidence(file, ja);
  add_advice(file, ja);
  file.keep_until = ja ? "2027年11月30日" : "30 November 2027";
  file.proof = {"k7m2-q9xd",
                digest(100),
                143,
                "SHA256:" + digest(101).substr(0, 43),
                {"2026-11-23 11:58 (RFC 3161, tsa.example)"},
                {"sha256sum -c SHA256SUMS",
                 "openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig"}};
  return file;
}

}  // namespace sekisho::casefile::invented
