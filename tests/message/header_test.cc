#include <gtest/gtest.h>

#include "base/limits.h"
#include "message/address.h"
#include "message/auth_results.h"
#include "message/date.h"
#include "message/encoded_word.h"
#include "message/headers.h"
#include "message/parameters.h"
#include "message/received.h"

namespace sekisho::message {
namespace {

std::string words(std::string_view raw, std::string_view hint = {}) {
  Message message;
  return decode_unstructured(raw, hint, message);
}

Defect only_defect(const Message& message) {
  return message.defects.size() == 1 ? message.defects[0] : Defect::time_exhausted;
}

// --- lines ---

TEST(Headers, AFoldedValueLosesItsLineEndsAndKeepsItsSpace) {
  Message message;
  const HeaderBlock block = split_headers("Subject: one\r\n two\r\n\tthree\r\n\r\nbody", message);
  ASSERT_EQ(block.headers.size(), 1u);
  EXPECT_EQ(unfold(block.headers[0].folded, message), "one two\tthree");
  EXPECT_EQ(block.body_at, std::string_view("Subject: one\r\n two\r\n\tthree\r\n\r\n").size());
  EXPECT_TRUE(message.defects.empty());
}

TEST(Headers, ABadLineBetweenHeadersDoesNotHideTheOthers) {
  Message message;
  const HeaderBlock block = split_headers("From: a@b.example\nthis is no header\nSubject: x\n\nbody", message);
  EXPECT_NE(block.find("subject"), nullptr);
  EXPECT_EQ(only_defect(message), Defect::broken_header_line);
}

TEST(Headers, TextAfterAMissingBlankLineIsBody) {
  Message message;
  const std::string_view mail = "From: a@b.example\nSubject: x\nPay today\nor else\n";
  const HeaderBlock block = split_headers(mail, message);
  EXPECT_EQ(mail.substr(block.body_at), "Pay today\nor else\n");
  EXPECT_TRUE(message.has(Defect::no_header_end));
}

TEST(Headers, AnMboxLineIsPassedOver) {
  Message message;
  const HeaderBlock block = split_headers("From a@b.example Mon Jan  5 12:34:56 2026\nSubject: x\n\n", message);
  EXPECT_EQ(block.headers.size(), 1u);
  EXPECT_TRUE(message.defects.empty());
}

TEST(Headers, ABareCarriageReturnIsASpaceAndNamed) {
  Message message;
  EXPECT_EQ(unfold(" one\rtwo", message), "one two");
  EXPECT_EQ(only_defect(message), Defect::bare_cr);
}

TEST(Headers, CountIsLimited) {
  for (const std::size_t count : {limits::header_count - 1, limits::header_count, limits::header_count + 1}) {
    std::string mail;
    for (std::size_t i = 0; i < count; ++i) mail += "X-A: b\n";
    Message message;
    EXPECT_EQ(split_headers(mail + "\nbody", message).headers.size(), std::min(count, limits::header_count));
    EXPECT_EQ(message.has(Defect::too_many_headers), count > limits::header_count);
  }
}

TEST(Headers, LengthIsLimited) {
  for (const std::size_t size : {limits::header_bytes - 1, limits::header_bytes, limits::header_bytes + 1}) {
    Message message;
    EXPECT_EQ(unfold(std::string(size, 'a'), message).size(), std::min(size, limits::header_bytes));
    EXPECT_EQ(message.has(Defect::header_too_long), size > limits::header_bytes);
  }
}

// --- encoded-words ---

TEST(EncodedWord, Base64AndQ) {
  EXPECT_EQ(words("=?UTF-8?B?44GU56K66KqN?="), "ご確認");
  EXPECT_EQ(words("=?utf-8?q?=E3=81=94_ok?= now"), "ご ok now");
}

TEST(EncodedWord, SpaceBetweenWordsGoesAndBesideTextStays) {
  EXPECT_EQ(words("=?UTF-8?Q?a?= =?UTF-8?Q?b?= c =?UTF-8?Q?d?="), "ab c d");
}

TEST(EncodedWord, NeighboursWithoutSpaceAreTwoWords) { EXPECT_EQ(words("=?UTF-8?Q?a?==?UTF-8?Q?b?="), "ab"); }

TEST(EncodedWord, ACharacterSplitOverTwoWordsIsWhole) {
  EXPECT_EQ(words("=?UTF-8?Q?=E3=81?= =?UTF-8?Q?=94?="), "ご");
  EXPECT_EQ(words("=?UTF-8?B?44E=?= =?UTF-8?B?lA==?="), "ご");
}

TEST(EncodedWord, AnIso2022EscapeSplitOverTwoWordsIsWhole) {
  EXPECT_EQ(words("=?ISO-2022-JP?B?GyRCJDQzTkcn?= =?iso-2022-jp?B?GyhC?="), "ご確認");
}

TEST(EncodedWord, Base64CutInMidQuantumIsJoined) {
  EXPECT_EQ(words("=?UTF-8?B?44GU5?= =?UTF-8?B?6K66KqN?="), "ご確認");
}

TEST(EncodedWord, MissingPaddingLosesNothing) { EXPECT_EQ(words("=?UTF-8?B?YWI?="), "ab"); }

TEST(EncodedWord, RawSpacesInsideAreAccepted) { EXPECT_EQ(words("=?UTF-8?Q?two words?="), "two words"); }

TEST(EncodedWord, AnUnencodedQuestionMarkBeforeHexIsNotTheEnd) { EXPECT_EQ(words("=?UTF-8?Q?what?=21?="), "what?!"); }

TEST(EncodedWord, AWordWithoutEndIsReadAndNamed) {
  Message message;
  EXPECT_EQ(decode_unstructured("=?UTF-8?B?44GU56K66KqN", {}, message), "ご確認");
  EXPECT_TRUE(message.has(Defect::bad_encoded_word));
}

TEST(EncodedWord, WhatOnlyLooksLikeOneStays) {
  EXPECT_EQ(words("a =?b c"), "a =?b c");
  EXPECT_EQ(words("=?UTF-8?X?abc?="), "=?UTF-8?X?abc?=");
}

TEST(EncodedWord, LanguageOfRfc2231IsPassedOver) { EXPECT_EQ(words("=?UTF-8*ja?Q?a?="), "a"); }

TEST(EncodedWord, ControlCharactersBecomeSpacesOrGo) { EXPECT_EQ(words("=?UTF-8?Q?a=0D=0Ab=07c?="), "a bc"); }

TEST(EncodedWord, CountIsLimited) {
  std::string header;
  for (std::size_t i = 0; i < limits::encoded_words + 1; ++i) header += "=?UTF-8?Q?a?= ";
  const std::string text = words(header);
  EXPECT_EQ(text.substr(0, limits::encoded_words), std::string(limits::encoded_words, 'a'));
  EXPECT_NE(text.find("=?UTF-8?Q?a?="), std::string::npos);
}

TEST(EncodedWord, RawShiftJisHeaderIsRead) {
  Message message;
  EXPECT_EQ(decode_unstructured("\x82\xb2\x8a\x6d\x94\x46\x82\xad\x82\xbe\x82\xb3\x82\xa2", "shift_jis", message),
            "ご確認ください");
  EXPECT_TRUE(message.has(Defect::eight_bit_header));
}

TEST(EncodedWord, RawIso2022JpHeaderIsRead) { EXPECT_EQ(words("\x1b$B$43NG'\x1b(B"), "ご確認"); }

// --- addresses ---

std::vector<Address> addresses(std::string_view raw) {
  Message message;
  return parse_addresses(raw, {}, message);
}
std::string one(std::string_view raw) {
  const auto found = addresses(raw);
  if (found.size() != 1) return std::to_string(found.size()) + " addresses";
  return found[0].display + "|" + found[0].local + "|" + found[0].domain + (found[0].rfc_violation ? "!" : "");
}

TEST(Address, NameAndAngle) { EXPECT_EQ(one("Hanako Y. <hanako@Sender.Example>"), "Hanako Y.|hanako|sender.example"); }
TEST(Address, Bare) { EXPECT_EQ(one("hanako@sender.example"), "|hanako|sender.example"); }
TEST(Address, CommentIsTheName) {
  EXPECT_EQ(one("hanako@sender.example (Hanako (home))"), "Hanako (home)|hanako|sender.example");
}
TEST(Address, QuotedNameWithComma) {
  EXPECT_EQ(one("\"Shop, Inc. \\\"A\\\"\" <a@sender.example>"), "Shop, Inc. \"A\"|a|sender.example");
}
TEST(Address, EncodedWordInQuotesIsDecoded) {
  EXPECT_EQ(one("\"=?UTF-8?B?44GU56K66KqN?=\" <a@sender.example>"), "ご確認|a|sender.example");
}
TEST(Address, EncodedWordWithCommaInsideIsOneName) {
  EXPECT_EQ(one("=?UTF-8?Q?Shop, Inc.?= <a@sender.example>"), "Shop, Inc.|a|sender.example");
}
TEST(Address, NameThatLooksLikeAnAddressIsAName) {
  EXPECT_EQ(one("service@bank.example <x@evil.example>"), "service@bank.example|x|evil.example");
  EXPECT_EQ(one("\"service@bank.example\" <x@evil.example>"), "service@bank.example|x|evil.example");
}
TEST(Address, OfTwoAnglesTheLastIsTheAddress) {
  EXPECT_EQ(one("Bank <service@bank.example> <x@evil.example>"), "Bank <service@bank.example>|x|evil.example!");
}
TEST(Address, CarrierDotsAreReadAndFlagged) {
  EXPECT_EQ(one("docomo..x.@docomo.ne.jp"), "|docomo..x.|docomo.ne.jp!");
  EXPECT_EQ(one("<.x@carrier.example>"), "|.x|carrier.example!");
}
TEST(Address, QuotedLocalPart) { EXPECT_EQ(one("\"a..b\"@carrier.example"), "|a..b|carrier.example"); }
TEST(Address, TheLastAtSignCounts) {
  EXPECT_EQ(one("<service@bank.example@evil.example>"), "|service@bank.example|evil.example!");
}
TEST(Address, MissingBrackets) {
  EXPECT_EQ(one("Hanako hanako@sender.example>"), "Hanako|hanako|sender.example!");
  EXPECT_EQ(one("Hanako <hanako@sender.example"), "Hanako|hanako|sender.example!");
}
TEST(Address, UnquotedCommaInANameKeepsTheName) {
  EXPECT_EQ(one("Shop, Inc. <a@sender.example>"), "Shop, Inc.|a|sender.example!");
}
TEST(Address, NameAlone) { EXPECT_EQ(one("サポート"), "サポート||!"); }
TEST(Address, LocalUserAlone) { EXPECT_EQ(one("root"), "|root|"); }
TEST(Address, GroupIsOpened) {
  const auto found = addresses("friends: a@x.example, B <b@x.example>; c@x.example");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[1].display, "B");
  EXPECT_EQ(found[2].spec(), "c@x.example");
}
TEST(Address, EmptyGroupHasNobody) { EXPECT_TRUE(addresses("undisclosed-recipients:;").empty()); }
TEST(Address, InternationalDomainIsPunycode) { EXPECT_EQ(one("a@例え.test"), "|a|xn--r8jz45g.test"); }
TEST(Address, WholeAddressInAnEncodedWordIsFound) {
  EXPECT_EQ(one("=?UTF-8?Q?Bank_=3Cx=40evil.example=3E?="), "Bank|x|evil.example!");
}
TEST(Address, SourceRouteIsDropped) {
  EXPECT_EQ(one("<@relay.example,@b.example:a@sender.example>"), "|a|sender.example");
}
TEST(Address, EmptyReversePathIsNobody) { EXPECT_TRUE(addresses("<>").empty()); }
TEST(Address, RawShiftJisNameWithBackslashByteIsRead) {
  Message message;  // 表 is 0x95 0x5C: the second byte is a backslash
  const auto found = parse_addresses("\"\x95\x5c\x8e\xa6\" <a@sender.example>", "shift_jis", message);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].display, "表示");
}
TEST(Address, CountIsLimited) {
  std::string list;
  for (std::size_t i = 0; i < limits::addresses + 1; ++i) list += "a@b.example,";
  EXPECT_EQ(addresses(list).size(), limits::addresses);
  EXPECT_EQ(addresses(list.substr(0, (limits::addresses - 1) * 12)).size(), limits::addresses - 1);
}
TEST(Address, HostileListsEndInTime) {
  for (const char* piece : {"\"\\", "<\",", "(", "\"", "=?a?q?", "a:", "<<", "@", ",", "=?utf-8?b?="}) {
    std::string list;
    while (list.size() < limits::header_bytes) list += piece;
    EXPECT_LE(addresses(list).size(), limits::addresses) << piece;
  }
}
TEST(Address, ShownAsAClientDoes) {
  EXPECT_EQ(shown(addresses("Hanako <h@x.example>, t@x.example")), "Hanako <h@x.example>, t@x.example");
}

// --- Received ---

std::string hop(std::string_view raw) {
  const Hop h = parse_received(raw);
  return h.from_helo + "|" + h.from_rdns + (h.rdns_known ? "!" : "") + "|" + h.from_ip + "|" + h.by + "|" + h.with +
         "|" + h.id + "|" + h.for_address;
}

TEST(Received, Postfix) {
  EXPECT_EQ(
      hop("from mail.sender.example (mx1.sender.example [203.0.113.5])\t(using TLSv1.3 with cipher X (256/256 "
          "bits))\t(No client "
          "certificate requested)\tby mx.receiver.example (Postfix) with ESMTPS id 4AbC\tfor <taro@receiver.example>; "
          "Mon,  5 Jan 2026 "
          "12:34:56 +0900 (JST)"),
      "mail.sender.example|mx1.sender.example!|203.0.113.5|mx.receiver.example|ESMTPS|4AbC|taro@receiver.example");
}
TEST(Received, PostfixUnknown) {
  EXPECT_EQ(hop("from WIN-1 (unknown [IPv6:2001:db8::5]) by mx.receiver.example (Postfix) with SMTP id 1; Mon, 5 Jan "
                "2026 00:00:00 +0000"),
            "WIN-1|!|2001:db8::5|mx.receiver.example|SMTP|1|");
}
TEST(Received, EximWithAndWithoutName) {
  EXPECT_EQ(hop("from mx1.sender.example ([203.0.113.5] helo=mail.sender.example) by mx.receiver.example with esmtps "
                "(Exim 4.96) id 1abc-0001-AB"),
            "mail.sender.example|mx1.sender.example!|203.0.113.5|mx.receiver.example|esmtps|1abc-0001-AB|");
  EXPECT_EQ(hop("from [203.0.113.5] (port=1234 helo=liar.example) by mx.receiver.example with smtp (Exim 4.96) id 1"),
            "liar.example|!|203.0.113.5|mx.receiver.example|smtp|1|");
  EXPECT_EQ(hop("from mx1.sender.example ([203.0.113.5]) by mx.receiver.example with esmtp (Exim 4.96) id 1"),
            "mx1.sender.example|mx1.sender.example!|203.0.113.5|mx.receiver.example|esmtp|1|");
}
TEST(Received, SendmailForged) {
  EXPECT_EQ(hop("from bank.example (host.isp.example [203.0.113.5] (may be forged)) by mx.receiver.example "
                "(8.15.2/8.15.2) with ESMTP id x"),
            "bank.example|!|203.0.113.5|mx.receiver.example|ESMTP|x|");
}
TEST(Received, Qmail) {
  EXPECT_EQ(hop("from unknown (HELO mail.sender.example) (203.0.113.5) by mx.receiver.example with SMTP; 5 Jan 2026 "
                "00:00:00 -0000"),
            "mail.sender.example|!|203.0.113.5|mx.receiver.example|SMTP||");
  EXPECT_EQ(hop("from mx1.sender.example (HELO x.example) (user@203.0.113.5) by mx.receiver.example with SMTP"),
            "x.example|mx1.sender.example!|203.0.113.5|mx.receiver.example|SMTP||");
}
TEST(Received, ExchangeDoesNotSayWhetherTheNameWasChecked) {
  EXPECT_EQ(hop("from MAIL.sender.example (203.0.113.5) by EX1.receiver.example (10.0.0.1) with Microsoft SMTP Server "
                "(version=TLS1_2, "
                "cipher=X) id 15.20.1; Mon, 5 Jan 2026 00:00:00 +0000"),
            "MAIL.sender.example||203.0.113.5|ex1.receiver.example|Microsoft SMTP Server|15.20.1|");
}
TEST(Received, Gmail) {
  EXPECT_EQ(hop("from mail.sender.example (mail.sender.example. [203.0.113.5]) by mx.google.com with ESMTPS id a-b.1 "
                "for <taro@receiver.example> "
                "(version=TLS1_3); Mon, 05 Jan 2026 00:00:00 -0800 (PST)"),
            "mail.sender.example|mail.sender.example!|203.0.113.5|mx.google.com|ESMTPS|a-b.1|taro@receiver.example");
  EXPECT_EQ(hop("by 2002:a05:1:2 with SMTP id abc; Mon, 05 Jan 2026 00:00:00 -0800 (PST)"),
            "|||2002:a05:1:2|SMTP|abc|");
}
TEST(Received, TheAddressThatTheReceiverSawBeatsTheClaimedOne) {
  EXPECT_EQ(hop("from [192.168.0.2] (home.isp.example [203.0.113.5]) by mx.receiver.example with ESMTPSA id 1"),
            "[192.168.0.2]|home.isp.example!|203.0.113.5|mx.receiver.example|ESMTPSA|1|");
}
TEST(Received, TimeIsRead) {
  EXPECT_EQ(parse_received("by a.example; Mon, 5 Jan 2026 12:34:56 +0900 (JST)").time, 1767584096);
  EXPECT_FALSE(parse_received("by a.example; soon").time.has_value());
}
TEST(Received, NothingThatIsNoAddressIsOne) {
  for (const char* text : {"999.1.1.1", "1.2.3", "1.2.3.4.5", "a:b", "12345", ""}) EXPECT_EQ(ip_of(text), "") << text;
  EXPECT_EQ(ip_of("[::ffff:192.0.2.1]"), "192.0.2.1");
}

// --- Authentication-Results ---

std::string property(const AuthResults& auth, std::size_t result, std::string_view name) {
  for (const auto& [key, value] : auth.results.at(result).properties)
    if (key == name) return value;
  return "-";
}

TEST(AuthResults, Rfc8601) {
  const AuthResults auth = parse_auth_results(
      "mx.receiver.example 1; spf=pass (ok) smtp.mailfrom=a@sender.example; dkim=fail reason=\"bad; sig\" "
      "header.d=sender.example header.i=@sender.example");
  EXPECT_EQ(auth.authserv_id, "mx.receiver.example");
  ASSERT_EQ(auth.results.size(), 2u);
  EXPECT_EQ(auth.results[0].method, "spf");
  EXPECT_EQ(auth.results[0].result, "pass");
  EXPECT_EQ(property(auth, 0, "smtp.mailfrom"), "a@sender.example");
  EXPECT_EQ(property(auth, 1, "reason"), "bad; sig");
  EXPECT_EQ(property(auth, 1, "header.i"), "@sender.example");
}
TEST(AuthResults, CarrierFormWithItsOwnProperties) {
  const AuthResults auth = parse_auth_results(
      "carrier.example; spf=pass <a@evil.example> smtp.helo=evil.example; dkim=pass header.d=evil.example header.s=s1; "
      "dmarc=fail header.from=shop.example dmarc_spf=fail dmarc_dkim=fail aspf=relaxed adkim=relaxed");
  ASSERT_EQ(auth.results.size(), 3u);
  EXPECT_EQ(property(auth, 0, ""), "a@evil.example");
  EXPECT_EQ(auth.results[2].result, "fail");
  EXPECT_EQ(property(auth, 2, "dmarc_spf"), "fail");
  EXPECT_EQ(property(auth, 2, "adkim"), "relaxed");
}
TEST(AuthResults, WithoutAnId) {
  const AuthResults auth = parse_auth_results(
      "spf=fail (sender IP is 203.0.113.5) smtp.mailfrom=evil.example; dkim=none (message not signed)");
  EXPECT_EQ(auth.authserv_id, "");
  ASSERT_EQ(auth.results.size(), 2u);
  EXPECT_EQ(property(auth, 0, "smtp.mailfrom"), "evil.example");
}
TEST(AuthResults, None) {
  const AuthResults auth = parse_auth_results("mx.receiver.example; none");
  EXPECT_EQ(auth.authserv_id, "mx.receiver.example");
  EXPECT_TRUE(auth.results.empty());
}
TEST(AuthResults, CommentKeepsThePolicy) {
  EXPECT_EQ(
      property(parse_auth_results("mx.example; dmarc=fail (p=REJECT sp=NONE) header.from=a.example"), 0, "comment"),
      "p=REJECT sp=NONE");
}
TEST(AuthResults, ArcInstanceIsPassedOver) {
  const AuthResults auth = parse_arc_auth_results("i=1; mx.receiver.example; dkim=pass header.d=a.example");
  EXPECT_TRUE(auth.arc);
  EXPECT_EQ(auth.authserv_id, "mx.receiver.example");
  ASSERT_EQ(auth.results.size(), 1u);
}
TEST(AuthResults, SpacesAroundEqualSigns) {
  const AuthResults auth = parse_auth_results("mx.example; spf = softfail smtp.mailfrom = a@b.example");
  ASSERT_EQ(auth.results.size(), 1u);
  EXPECT_EQ(auth.results[0].result, "softfail");
  EXPECT_EQ(property(auth, 0, "smtp.mailfrom"), "a@b.example");
}

// --- dates ---

std::string date(std::string_view text) {
  const auto found = parse_date(text);
  if (!found) return "none";
  return std::to_string(found->seconds) + (found->offset_minutes ? " " + std::to_string(*found->offset_minutes) : "");
}

TEST(Date, Forms) {
  EXPECT_EQ(date("Mon, 5 Jan 2026 12:34:56 +0900"), "1767584096 540");
  EXPECT_EQ(date("Mon, 05 Jan 2026 12:34:56 +0900 (東京 (標準時))"), "1767584096 540");
  EXPECT_EQ(date("5 Jan 26 03:34:56 GMT"), "1767584096 0");
  EXPECT_EQ(date("Mon Jan  5 12:34:56 JST 2026"), "1767584096 540");
  EXPECT_EQ(date("2026-01-05T12:34:56+09:00"), "1767584096 540");
  EXPECT_EQ(date("2026/01/05 03:34:56"), "1767584096");
  EXPECT_EQ(date("2026年1月5日(月) 12:34:56 +0900"), "1767584096 540");
  EXPECT_EQ(date("2026年1月5日 午後3:34:56 JST"), "1767594896 540");
  EXPECT_EQ(date("5-Jan-2026 12:34:56 AM -0800"), "1767602096 -480");
}
TEST(Date, WhatIsNone) {
  for (const char* text : {"", "yesterday", "Mon, 32 Jan 2026 00:00:00 +0000", "5 Jan 2026 25:00:00 +0000",
                           "29 Feb 2026 00:00:00 +0000", "12:34:56"})
    EXPECT_EQ(date(text), "none") << text;
}

// --- parameters ---

Parameterised parameters(std::string_view raw) {
  Message message;
  return parse_parameterised(raw, {}, message);
}

TEST(Parameters, ValueAndQuotes) {
  const Parameterised type = parameters("Text/HTML; Charset=\"utf-8\"; boundary=\"a;b\"");
  EXPECT_EQ(type.value, "text/html");
  EXPECT_EQ(type.parameter("charset"), "utf-8");
  EXPECT_EQ(type.parameter("boundary"), "a;b");
}
TEST(Parameters, Rfc2231Continuations) {
  EXPECT_EQ(parameters("a/b; name*1*=%A4.txt; name*0*=iso-2022-jp''%1B%24B%24").parameters.size(), 1u);
  EXPECT_EQ(
      parameters("a/b; filename*0*=UTF-8''%E8%AB%8B; filename*1*=%E6%B1%82; filename*2=.pdf").parameter("filename"),
      "請求.pdf");
  EXPECT_EQ(parameters("a/b; filename*=utf-8'ja'%E8%AB%8B.pdf; filename=fallback.pdf").parameter("filename"), "請.pdf");
}
TEST(Parameters, EncodedWordAsFileName) {
  EXPECT_EQ(parameters("a/b; name=\"=?UTF-8?B?6KuL5rGC?= =?UTF-8?Q?=2Epdf?=\"").parameter("name"), "請求.pdf");
  EXPECT_EQ(parameters("a/b; name==?UTF-8?B?6KuL5rGC?=.pdf").parameter("name"), "請求.pdf");
}
TEST(Parameters, BareFileNameWithSpaces) {
  EXPECT_EQ(parameters("a/b; name=my file.pdf; x=y").parameter("name"), "my file.pdf");
}
TEST(Parameters, BackslashInAWindowsPathStays) {
  EXPECT_EQ(parameters("a/b; name=\"C:\\tmp\\a.txt\"").parameter("name"), "C:\\tmp\\a.txt");
}
TEST(Parameters, MissingSemicolonAndQuote) {
  EXPECT_EQ(parameters("text/plain charset=utf-8").parameter("charset"), "utf-8");
  EXPECT_EQ(parameters("text/plain; charset=\"utf-8").parameter("charset"), "utf-8");
}
TEST(Parameters, OfTwoTheFirstStaysAndIsNamed) {
  Message message;
  EXPECT_EQ(parse_parameterised("multipart/mixed; boundary=a; boundary=b", {}, message).parameter("boundary"), "a");
  EXPECT_EQ(only_defect(message), Defect::bad_parameter);
}

}  // namespace
}  // namespace sekisho::message
