// A small invented knowledge and the road from raw mail to facts, shared by the tests of observers.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "facts/scene.h"
#include "knowledge/snapshot.h"

namespace sekisho::facts::testing {

inline knowledge::NameList domains(std::string name, std::vector<std::string> entries,
                                   knowledge::NameList::Match match = knowledge::NameList::Match::domain) {
  std::sort(entries.begin(), entries.end());
  return {std::move(name), "test", "test", "2026-01-01", match, std::move(entries)};
}

inline knowledge::PhraseList phrases(std::string name, std::vector<std::string> expressions) {
  knowledge::PhraseList list;
  list.name = std::move(name);
  list.exact = true;
  for (std::string& expression : expressions) list.expressions.push_back({std::move(expression), "test"});
  return list;
}

inline knowledge::PhraseList denial(std::string name, std::vector<std::string> takes_back,
                                    std::vector<std::string> expressions) {
  knowledge::PhraseList list = phrases(std::move(name), std::move(expressions));
  list.takes_back = std::move(takes_back);
  return list;
}

/// Two firms, a post office and a tax office that do not exist.
inline knowledge::Source source() {
  using knowledge::Confidence;
  knowledge::Source source;
  knowledge::Brand bank;
  bank.id = "minato";
  bank.name_ja = "みなと銀行";
  bank.name_en = "Minatobank";
  bank.category = "bank";
  bank.aliases = {"みなと銀行", "Minatobank"};
  bank.weak_aliases = {"MNT"};
  bank.web_domains = {"minatobank.example"};
  bank.mail_domains = bank.mail_domains_checked = {"mail.minatobank.example"};
  bank.web_confidence = bank.mail_confidence = Confidence::verified;
  knowledge::Brand parcel;
  parcel.id = "hayabusa";
  parcel.name_ja = "はやぶさ便";
  parcel.name_en = "Hayabusa Express";
  parcel.category = "delivery";
  parcel.aliases = {"はやぶさ便", "Hayabusa", "ハヤブサ"};
  parcel.web_domains = {"hayabusa.example"};
  parcel.web_confidence = parcel.mail_confidence = Confidence::memory;
  knowledge::Brand tax;
  tax.id = "zeimu";
  tax.name_ja = "架空税務庁";
  tax.name_en = "Kakuu Tax Agency";
  tax.category = "government";
  tax.aliases = {"架空税務庁"};
  tax.web_domains = {"kakuuzei.go.jp"};
  knowledge::Brand card;  // its name holds the name of another firm
  card.id = "minatocard";
  card.name_ja = "みなと銀行カード";
  card.name_en = "Minatobank Card";
  card.category = "card";
  card.aliases = {"みなと銀行カード"};
  card.web_domains = {"minato-card.example"};
  card.web_confidence = card.mail_confidence = Confidence::verified;
  source.brands = {bank, parcel, tax, card};
  source.lists = {domains("free_mail", {"freebox.example"}),
                  domains("carrier_mail", {"keitai.example"}),
                  domains("disposable_mail", {"gone.example"}),
                  domains("cheap_tlds", {"top", "xyz"}, knowledge::NameList::Match::word),
                  domains("mail_platforms", {"platform.example"}),
                  domains("official_endings", {"go.jp", "lg.jp"}),
                  domains("url_shorteners", {"sho.example"}),
                  domains("free_hosting", {"pages.example"}),
                  domains("dynamic_dns", {"dyn.example"}),
                  domains("form_services", {"forms.example"}),
                  domains("file_storage", {"storage.example"}),
                  domains("link_pages", {"links.example"}),
                  domains("chat_apps", {"chat.example"}),
                  domains("well_known", {"famous.example"}),
                  domains("receiver_big", {"bigmail.example", "bigmail-infra.example"}),
                  domains("results_without_name", {"bigmail.example", "bigmail-infra.example"}),
                  domains("results_below_received", {"under.example"}),
                  domains("receiver_under", {"under.example"}),
                  domains("address_counters", {"丁目", "番", "号", "番地"}, knowledge::NameList::Match::word),
                  domains("not_a_name", {"会員", "利用者"}, knowledge::NameList::Match::word),
                  domains("ordinary_words", {"minatabank"}, knowledge::NameList::Match::word)};
  source.phrases = {
      phrases("deadline_today", {"本日中"}),
      phrases("deadline_hours", {R"(\d{1,3}時間以内)"}),
      phrases("deadline_days", {R"(\d{1,2}日以内)"}),
      phrases("unsubscribe_here", {"配信停止"}),
      phrases("refuse_here", {"受取拒否"}),
      phrases("enquiry_here", {"お問い合わせ"}),
      phrases("honorific_name", {"[一-龠々]{2,5} ?[一-龠々ぁ-んァ-ヶー]{0,5} ?(?:様|さま)"}),
      phrases("jp_address", {R"([一-龠]{2,3}県[一-龠ぁ-んァ-ヶ]{1,10}[市区町村].{0,14}\d{1,4}(?:丁目|番地?|号|-\d))"}),
      phrases("jp_phone", {R"(0\d{1,4}-\d{1,4}-\d{3,4})"}),
      phrases("postal_code", {R"(〒 ?\d{3}-?\d{4})"}),
      phrases("member_number", {R"(会員no\.? ?:? ?\d{4,14})"}),
      phrases("company_block", {"株式会社[一-龠ぁ-んァ-ヶー]{1,12}"}),
      phrases("asks_is_this_real", {"本物でしょうか"}),
      phrases("asks_secret", {"合言葉.{1,4}入力", R"(\benter your watchword\b)"}),
      denial("never_asks", {"asks_secret"},
             {"合言葉の入力を求めることはありません", R"(\bnever ask [^.\n]{0,20}watchword\b)"}),
      phrases("simplified_chinese_words", {"账户"}),
      phrases("attachment_password", {"解凍パスワード"}),
      phrases("for_users_of", {"をご利用"}),
      phrases("addressee_is_mail_address", {R"([a-z0-9._%+-]{1,40}@[a-z0-9.-]{3,40} ?様)"}),
      phrases("generic_greeting", {"お客様各位"}),
      phrases("public_office", {"警察署"}),
      phrases("newsletter_marks", {"メールマガジン"}),
      phrases("bulletin_about_scams", {"詐欺にご注意", "偽メールです"}),
      phrases("example_follows", {"文面の例:"}),
      phrases("foreign_or_ip_phone", {R"(050-\d{4}-\d{4})"}),
      phrases("asks_call", {"お電話ください"}),
      phrases("urgent_word", {"至急"}),
      phrases("click_here", {"クリックして"}),
      phrases("verify_identity", {"本人確認"}),
      phrases("login_request", {"ログインして"}),
      phrases("asks_reply_with_secret", {"暗証番号を返信"}),
      phrases("crypto_address", {"bc1[a-z0-9]{25,59}"})};
  source.as_of = "2026-01-01";
  return source;
}

inline const knowledge::Snapshot& knowledge_of_tests() {
  static const std::shared_ptr<const knowledge::Snapshot> snapshot = [] {
    auto built = knowledge::Snapshot::build(source());
    if (!built) throw std::runtime_error(to_line(built.error()));
    return *built;
  }();
  return *snapshot;
}

inline Facts observe(const message::Message& message, const History& history = {}, const Envelope& envelope = {}) {
  auto scratch = knowledge_of_tests().patterns().make_scratch().value();
  return observe_all(message, knowledge_of_tests(), history, envelope, scratch);
}
inline Facts observe(std::string_view mail, const History& history = {}, const Envelope& envelope = {}) {
  return observe(message::parse_mail(mail), history, envelope);
}

/// Values of all facts of that name, in order.
inline std::vector<std::string> values(const Facts& facts, FactId id) {
  std::vector<std::string> out;
  for (const Fact& fact : facts.of(id)) out.push_back(fact.value);
  return out;
}
inline double number(const Facts& facts, FactId id) { return facts.has(id) ? facts.of(id).begin()->number : -1; }
/// What the first fact of that name underlines.
inline std::string quote(const Facts& facts, FactId id) {
  if (!facts.has(id)) return "(absent)";
  const Place place = facts.of(id).begin()->place;
  if (place.part == no_part) return "(no place)";
  return facts.parts.at(place.part).text.substr(place.span.start, place.span.size());
}

/// A mail of plain text with the usual headers.
inline std::string mail(std::string_view from, std::string_view subject, std::string_view body,
                        std::string_view more_headers = {}) {
  std::string out(more_headers);
  out += "From: " + std::string(from) + "\r\nTo: reader@home.example\r\nSubject: " + std::string(subject) +
         "\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nMessage-ID: <1@mta.example>\r\nMIME-Version: "
         "1.0\r\nContent-Type: text/plain; "
         "charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
         std::string(body) + "\r\n";
  return out;
}
inline std::string html_mail(std::string_view from, std::string_view subject, std::string_view html,
                             std::string_view more_headers = {}) {
  std::string out = mail(from, subject, html, more_headers);
  out.replace(out.find("text/plain"), 10, "text/html");
  return out;
}

/// What a careful receiver writes on top: its results, then the hop from outside.
inline std::string receipt(std::string_view results, std::string_view helo = "out.sender.example",
                           std::string_view rdns = "out.sender.example") {
  return "Authentication-Results: mx.home.example; " + std::string(results) + "\r\nReceived: from " +
         std::string(helo) + " (" + std::string(rdns) +
         " [203.0.113.9]) by mx.home.example (Postfix) with ESMTPS id 1 for <reader@home.example>; Fri, 20 Nov 2026 "
         "10:00:05 +0900\r\n";
}

}  // namespace sekisho::facts::testing
