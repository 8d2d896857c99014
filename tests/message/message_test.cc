#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "message/body_text.h"
#include "message/message.h"
#include "message/transfer.h"

namespace sekisho::message {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : alphabet[bits >> (18 - 6 * k) & 63];
    if (i % 57 == 54) out += '\n';
  }
  return out;
}

const std::string head =
    "From: Hanako <hanako@sender.example>\nTo: taro@receiver.example\nSubject: x\nDate: Mon, 5 Jan 2026 12:34:56 "
    "+0900\n";

std::vector<std::string> labels(const Message& message) {
  std::vector<std::string> out;
  for (const Readable& part : message.readable) out.push_back(part.label);
  return out;
}
using Labels = std::vector<std::string>;

std::string text_of(const Message& message, std::string_view label) {
  for (const Readable& part : message.readable)
    if (part.label == label) return part.text;
  return "(none)";
}

// --- the whole ---

TEST(Mail, PartsStandInTheOrderOfTheContract) {
  const Message m = parse_mail(
      head +
      "Reply-To: b@other.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n"
      "Content-Type: text/html\n\n<p>hi</p>\n--b\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1.4\n--b--\n");
  EXPECT_EQ(labels(m), (Labels{"header:from", "header:to", "header:reply-to", "header:subject", "text", "html",
                               "attachment:a.pdf"}));
  EXPECT_EQ(m.readable[0].text, "Hanako <hanako@sender.example>");
  EXPECT_EQ(text_of(m, "html"), "hi");
  EXPECT_TRUE(m.defects.empty());
  EXPECT_TRUE(m.within_budget);
}

TEST(Mail, HeadersAreRead) {
  const Message m = parse_mail(
      "Return-Path: <bounce@sender.example>\nList-Unsubscribe: <https://x.example>\nList-Id: a\nX-Mailer: M "
      "1\nMessage-ID: <1@x>\n" +
      head + "\nb");
  EXPECT_EQ(m.return_path.at(0).spec(), "bounce@sender.example");
  EXPECT_EQ(m.list_ids, (std::vector<std::string>{"list-unsubscribe", "list-id"}));
  EXPECT_EQ(m.mailer, "M 1");
  EXPECT_EQ(m.message_id, "<1@x>");
  EXPECT_EQ(m.date, 1767584096);
  EXPECT_EQ(m.date_offset_minutes, 540);
  EXPECT_EQ(m.header("SUBJECT")->value, "x");
}

TEST(Mail, AuthResultsKnowTheirPlaceAmongTheHeaders) {
  const Message m = parse_mail("Received: by a.example; x\nAuthentication-Results: a.example; spf=pass\n" + head +
                               "Authentication-Results: b.example; spf=fail\n\n");
  ASSERT_EQ(m.auth_results.size(), 2u);
  EXPECT_EQ(m.auth_results[0].header_index, 1u);
  EXPECT_EQ(m.auth_results[1].header_index, 6u);
}

TEST(Mail, DuplicatesAndAbsencesAreNamed) {
  const Message twice = parse_mail("From: a@x.example\nFrom: b@x.example\nSubject: 1\nSubject: 2\nDate: never\n\n");
  EXPECT_TRUE(twice.has(Defect::duplicate_from));
  EXPECT_TRUE(twice.has(Defect::duplicate_subject));
  EXPECT_TRUE(twice.has(Defect::bad_date));
  EXPECT_EQ(twice.from.at(0).local, "a");
  EXPECT_EQ(twice.subject, "1");
  EXPECT_TRUE(parse_mail("Subject: 1\n\n").has(Defect::missing_from));
}

TEST(Mail, CarriageReturnsOnlyAreLineEnds) {
  const Message m = parse_mail("From: a@x.example\rSubject: s\r\rbody\rmore");
  EXPECT_EQ(m.subject, "s");
  EXPECT_EQ(text_of(m, "text"), "body\nmore");
  EXPECT_TRUE(m.has(Defect::bare_cr));
}

TEST(Mail, NulBytesAreNamedAndDropped) {
  const Message m = parse_mail(head + "\na" + std::string(1, '\0') + "b");
  EXPECT_EQ(text_of(m, "text"), "ab");
  EXPECT_TRUE(m.has(Defect::nul_bytes));
}

TEST(Mail, ByteOrderMarkAndBlankLinesBeforeTheHeaderDoNotHideIt) {
  EXPECT_EQ(parse_mail("\xef\xbb\xbf\n\nSubject: s\n\nb").subject, "s");
}

TEST(Mail, EmptyBytesAreAMessage) {
  const Message m = parse_mail("");
  EXPECT_TRUE(m.readable.empty());
  EXPECT_TRUE(m.has(Defect::missing_from));
}

TEST(Mail, EveryDefectAndKindHasItsOwnName) {
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(Defect::time_exhausted); ++i) names.emplace_back(name(static_cast<Defect>(i)));
  for (int i = 1; i <= static_cast<int>(FileKind::profile); ++i)
    names.emplace_back("kind " + std::string(name(static_cast<FileKind>(i))));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_EQ(std::count(names.begin(), names.end(), "unknown"), 0);
}

// --- charsets ---

TEST(Body, Iso2022JpIsRead) {
  const Message m = parse_mail(head + "Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$B43NG'\x1b(B\n");
  EXPECT_EQ(m.declared_charsets, std::vector<std::string>{"iso-2022-jp"});
  EXPECT_FALSE(m.has(Defect::wrong_charset));
}

TEST(Body, AWrongDeclarationIsNamedAndTheTextRead) {
  const Message m =
      parse_mail(head + "Content-Type: text/plain; charset=us-ascii\n\nご確認ください。至急お願いします\n");
  EXPECT_EQ(text_of(m, "text"), "ご確認ください。至急お願いします\n");
  EXPECT_TRUE(m.has(Defect::wrong_charset));
}

TEST(Body, ACharsetThatNobodyKnowsIsNamedAndTheTextReadAsIfUndeclared) {
  const std::string text = "ご確認ください。至急お願いします\n";
  const Message body = parse_mail(head + "Content-Type: text/plain; charset=x-nobody-knows\n\n" + text);
  EXPECT_TRUE(body.has(Defect::unknown_charset));
  EXPECT_FALSE(body.has(Defect::wrong_charset));
  EXPECT_EQ(text_of(body, "text"), text);
  const Message subject = parse_mail("Subject: =?x-nobody-knows?B?44GT44KT?=\n" + head + "\nhello\n");
  EXPECT_TRUE(subject.has(Defect::unknown_charset));
  EXPECT_EQ(subject.subject, "こん");
  const Message known = parse_mail(head + "Content-Type: text/plain; charset=utf-8\n\n" + text);
  EXPECT_FALSE(known.has(Defect::unknown_charset));
}

TEST(Body, MetaCharsetCountsWhereTheHeaderHasNone) {
  const Message m =
      parse_mail(head + "Content-Type: text/html\n\n<meta charset=\"shift_jis\"><p>\x82\xb2\x8a\x6d\x94\x46</p>");
  EXPECT_EQ(text_of(m, "html"), "ご確認");
  EXPECT_EQ(m.declared_charsets, std::vector<std::string>{"shift_jis"});
}

// --- transfer encodings ---

std::string decoded(std::string_view text, Encoding encoding, Message& m, std::size_t most = 1000) {
  return std::string(decode_transfer(text, encoding, most, m).storage);
}

TEST(Transfer, Base64GoesOnAfterPaddingInMidStream) {
  Message m;
  EXPECT_EQ(decoded("QQ==QUI=QUJD", Encoding::base64, m), "AABABC");
  EXPECT_TRUE(m.defects.empty());
}
TEST(Transfer, Base64KeepsAnUnpaddedTail) {
  Message m;
  EXPECT_EQ(decoded("QUJDQUI", Encoding::base64, m), "ABCAB");
}
TEST(Transfer, Base64SkipsForeignBytesAndNamesThem) {
  Message m;
  EXPECT_EQ(decoded("QU!JD", Encoding::base64, m), "ABC");
  EXPECT_TRUE(m.has(Defect::bad_base64));
}
TEST(Transfer, Base64SizeIsKnownBeyondTheLimit) {
  Message m;
  const std::string text = base64(std::string(1000, 'x'));
  for (const std::size_t most : {999u, 1000u, 1001u}) {
    const Content content = decode_transfer(text, Encoding::base64, most, m);
    EXPECT_EQ(content.view().size(), std::min<std::size_t>(most, 1000)) << most;
    EXPECT_NEAR(static_cast<double>(content.size), 1000, 1) << most;
  }
}
TEST(Transfer, QuotedPrintable) {
  Message m;
  EXPECT_EQ(decoded("a=3Db=\r\nc  \r\nd=E3=81=82= \nz", Encoding::quoted_printable, m), "a=bc\ndあz");
  EXPECT_TRUE(m.defects.empty());
  EXPECT_EQ(decoded("50% =off =3", Encoding::quoted_printable, m), "50% =off =3");
  EXPECT_TRUE(m.has(Defect::bad_quoted_printable));
}
TEST(Transfer, Uuencode) {
  Message m;
  EXPECT_EQ(decoded("begin 644 a.txt\n#0V%T\n`\nend\n", Encoding::uuencode, m), "Cat");
}
TEST(Transfer, MisspelledNames) {
  Message m;
  EXPECT_EQ(parse_encoding(" BASE64;", m), Encoding::base64);
  EXPECT_EQ(parse_encoding("quoted printable", m), Encoding::quoted_printable);
  EXPECT_EQ(parse_encoding("7-bit", m), Encoding::identity);
  EXPECT_EQ(parse_encoding("8bits", m), Encoding::identity);
  EXPECT_TRUE(m.defects.empty());
  EXPECT_EQ(parse_encoding("rot13", m), Encoding::identity);
  EXPECT_TRUE(m.has(Defect::unknown_transfer_encoding));
}

// --- structure ---

std::string multipart(std::string_view kind, std::string_view body, std::string_view parameters = "; boundary=b") {
  return head + "Content-Type: multipart/" + std::string(kind) + std::string(parameters) + "\n\n" + std::string(body);
}

TEST(Structure, AlternativesShareAGroup) {
  const Message m = parse_mail(multipart("alternative",
                                         "--b\n\nhello\n--b\nContent-Type: multipart/related; "
                                         "boundary=c\n\n--c\nContent-Type: text/html\n\n<p>hello\n--c--\n--b--\n"));
  ASSERT_EQ(m.readable.size(), 5u);
  EXPECT_EQ(m.readable[3].alternative, std::optional<std::uint16_t>(0));
  EXPECT_EQ(m.readable[4].alternative, std::optional<std::uint16_t>(0));
  EXPECT_EQ(m.readable[0].alternative, std::nullopt);
}

TEST(Structure, ALongerBoundaryIsNotThisOne) {
  const Message m = parse_mail(multipart("mixed", "--b\n\none\n--bb\nstill one\n--b--\n"));
  EXPECT_EQ(text_of(m, "text"), "one\n--bb\nstill one");
}

TEST(Structure, AMissingEndIsNamed) {
  const Message m = parse_mail(multipart("mixed", "--b\n\none\n"));
  EXPECT_EQ(text_of(m, "text"), "one\n");
  EXPECT_TRUE(m.has(Defect::unterminated_multipart));
}

TEST(Structure, AMissingBoundaryParameterIsGuessed) {
  const Message m = parse_mail(multipart("mixed", "--guess\n\none\n--guess\n\ntwo\n--guess--\n", ""));
  EXPECT_EQ(text_of(m, "text"), "one");
  EXPECT_TRUE(m.has(Defect::missing_boundary));
}

TEST(Structure, ABoundaryThatDoesNotOccurIsGuessed) {
  const Message m = parse_mail(multipart("mixed", "--= other one\n\none\n--= other one\n\ntwo\n"));
  EXPECT_EQ(text_of(m, "text"), "one");
  EXPECT_TRUE(m.has(Defect::missing_boundary));
  EXPECT_FALSE(m.has(Defect::empty_multipart));
}

TEST(Structure, HtmlSourceIsLimited) {
  for (const int extra : {-1, 0, 1}) {
    const std::string html =
        "<p>x</p><!--" + std::string(limits::html_bytes - 12 + static_cast<std::size_t>(extra + 1) - 1, '-');
    const Message m = parse_mail(head + "Content-Type: text/html\n\n" + html);
    EXPECT_EQ(m.has(Defect::html_over_budget), extra > 0) << extra;
    EXPECT_EQ(text_of(m, "html"), "x");
  }
}

TEST(Structure, AMultipartWithoutPartsIsShownAsText) {
  const Message m = parse_mail(multipart("mixed", "just text\n"));
  EXPECT_EQ(text_of(m, "text"), "just text\n");
  EXPECT_TRUE(m.has(Defect::empty_multipart));
}

TEST(Structure, ForwardedMessagesAreReadOneDeeper) {
  const Message m = parse_mail(head + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
                               base64("From: Bank <x@evil.example>\nSubject: inner\n\ntext\n"));
  EXPECT_EQ(labels(m), (Labels{"header:from", "header:to", "header:subject", "header:from", "header:subject", "text"}));
  EXPECT_EQ(m.readable[2].depth, 0);
  EXPECT_EQ(m.readable[3].depth, 1);
  EXPECT_EQ(m.readable[5].text, "text\n");
  EXPECT_EQ(m.from.at(0).local, "hanako");
  ASSERT_EQ(m.attachments.size(), 1u);
  EXPECT_EQ(m.attachments[0].kind, FileKind::message);
}

std::string nested(std::size_t levels, bool message) {
  std::string mail = "From: a@x.example\n";
  for (std::size_t i = 0; i < levels; ++i) {
    const std::string b = "b" + std::to_string(i);
    mail += message ? "Content-Type: message/rfc822\n\nFrom: a@x.example\n"
                    : "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n";
  }
  return mail + "\nhello\n";
}

TEST(Structure, DepthIsLimited) {
  for (const bool message : {false, true})
    for (const std::size_t levels : {limits::mime_depth - 1, limits::mime_depth, limits::mime_depth + 1}) {
      const Message m = parse_mail(nested(levels, message));
      EXPECT_EQ(m.has(Defect::nested_too_deep), levels > limits::mime_depth) << levels;
      EXPECT_EQ(m.within_budget, levels <= limits::mime_depth) << levels;
      EXPECT_EQ(text_of(m, "text") == "hello\n", levels <= limits::mime_depth) << levels;
    }
}

TEST(Structure, SearchingForBoundariesIsLimited) {
  const std::string filling(limits::boundary_search_bytes / 8, 'x');
  for (const std::size_t levels : {7u, 8u}) {  // the eighth level's search would end beyond the limit
    std::string mail = "From: a@x.example\n";
    for (std::size_t i = 0; i < levels; ++i)
      mail += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
    const Message m = parse_mail(mail + "\n" + filling);
    EXPECT_EQ(m.has(Defect::nested_too_deep), levels > 7) << levels;
  }
}

TEST(Structure, HeadersTogetherAreLimited) {
  const std::string line =
      "X-A: " + std::string(limits::header_bytes / 2 - 7, 'a') + "\n";  // 32 kB of value with its space and line end
  for (const std::size_t count : {limits::header_block_bytes / (limits::header_bytes / 2) - 1,
                                  limits::header_block_bytes / (limits::header_bytes / 2) + 1}) {
    std::string mail;
    for (std::size_t i = 0; i < count; ++i) mail += line;
    const Message m = parse_mail(mail + "Subject: s\n\nb");
    EXPECT_EQ(m.has(Defect::header_too_long), count > limits::header_block_bytes / (limits::header_bytes / 2)) << count;
    EXPECT_EQ(m.within_budget, !m.has(Defect::header_too_long)) << count;
  }
}

TEST(Structure, FiftyThousandLevelsEndQuickly) {
  EXPECT_TRUE(parse_mail(nested(50'000, false)).has(Defect::nested_too_deep));
  EXPECT_TRUE(parse_mail(nested(50'000, true)).has(Defect::nested_too_deep));
}

TEST(Structure, PartCountIsLimited) {
  for (const std::size_t parts :
       {limits::mime_parts - 2, limits::mime_parts - 1, limits::mime_parts, 20 * limits::mime_parts}) {
    std::string body;
    for (std::size_t i = 0; i < parts; ++i) body += "--b\n\nx\n";
    const Message m = parse_mail(multipart("mixed", body + "--b--\n"));
    EXPECT_EQ(m.has(Defect::too_many_parts), parts + 1 > limits::mime_parts) << parts;  // the multipart counts too
  }
}

TEST(Structure, LinesLikeBoundariesCostLittle) {
  std::string body;
  while (body.size() < 4'000'000) body += "--b\r";
  EXPECT_TRUE(parse_mail(multipart("mixed", body)).has(Defect::empty_multipart));
}

TEST(Structure, TextIsLimited) {
  const std::string first = parse_mail(head + "\n").readable[0].text + "taro@receiver.example" + "x";
  for (const int extra : {-1, 0, 1}) {
    const std::size_t size = limits::text_bytes - first.size() + static_cast<std::size_t>(extra + 1) - 1;
    const Message m = parse_mail(head + "\n" + std::string(size, 'a'));
    EXPECT_EQ(m.has(Defect::text_truncated), extra > 0) << extra;
    EXPECT_EQ(m.within_budget, extra <= 0) << extra;
  }
}

TEST(Structure, LinksAreLimited) {
  for (const std::size_t count : {limits::links - 1, limits::links, limits::links + 1}) {
    std::string html;
    for (std::size_t i = 0; i < count; ++i) html += "<a href='https://x.example/" + std::to_string(i) + "'>x</a>";
    const Message m = parse_mail(
        multipart("mixed", "--b\n\nhttps://a.example/\n--b\nContent-Type: text/html\n\n" + html + "\n--b--\n"));
    EXPECT_EQ(m.links.size(), std::min(count + 1, limits::links)) << count;
    EXPECT_EQ(m.has(Defect::too_many_links), count + 1 > limits::links) << count;
  }
}

TEST(Structure, ReceivedAreLimited) {
  std::string hops;
  for (std::size_t i = 0; i < limits::received_hops + 1; ++i) hops += "Received: by a.example\n";
  EXPECT_EQ(parse_mail(hops + "\n").received.size(), limits::received_hops);
}

// --- text ---

TEST(BodyText, FlowedLinesAreJoined) {
  EXPECT_EQ(unflow("a \nb\n> c \n> d\n-- \nsig \n", FlowedSpace::keep), "a b\n> c d\n-- \nsig ");
  EXPECT_EQ(unflow("ご \n確認\n", FlowedSpace::remove), "ご確認\n");
  EXPECT_EQ(unflow(" >not quoted\n", FlowedSpace::keep), ">not quoted\n");
}
TEST(BodyText, FlowedIsUndoneInMail) {
  EXPECT_EQ(text_of(parse_mail(head + "Content-Type: text/plain; format=flowed\n\na \nb\n"), "text"), "a b\n");
  EXPECT_EQ(text_of(parse_mail(head + "Content-Type: text/plain\n\na \nb\n"), "text"), "a \nb\n");
}
TEST(BodyText, CalendarIsReadable) {
  const Message m = parse_mail(head +
                               "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nSUMMARY;LANGUAGE=ja:お支払い\\, "
                               "至急\nDESCRIPTION:https://evil.exam\n ple/pay\\nnow\n"
                               "ORGANIZER;CN=\"Bank\":mailto:x@evil.example\nDTSTART:20260105\nEND:VCALENDAR\n");
  EXPECT_EQ(text_of(m, "calendar"), "お支払い, 至急\nhttps://evil.example/pay\nnow\nBank x@evil.example\n");
  ASSERT_GE(m.links.size(), 1u);
  EXPECT_EQ(m.links[0].from, Link::From::calendar);
  EXPECT_EQ(m.links[0].url->href(), "https://evil.example/pay");
}

std::string tail(std::string_view text) {
  const text::Span span = quoted_tail(text);
  return std::string(text.substr(span.start, span.size()));
}
TEST(QuotedTail, LinesAtTheEnd) { EXPECT_EQ(tail("yes\n> no\n>\n> what\n\n"), "> no\n>\n> what\n\n"); }
TEST(QuotedTail, AnAnswerBelowIsNotQuoted) { EXPECT_EQ(tail("> question\nanswer\n"), ""); }
TEST(QuotedTail, Markers) {
  EXPECT_EQ(tail("a\n-----Original Message-----\nFrom: b\n"), "-----Original Message-----\nFrom: b\n");
  EXPECT_EQ(tail("a\n---------- Forwarded message ---------\nb"), "---------- Forwarded message ---------\nb");
  EXPECT_EQ(tail("a\n----- 元のメッセージ -----\nb"), "----- 元のメッセージ -----\nb");
  EXPECT_EQ(tail("original message\nfrom us\n"), "");
}
TEST(QuotedTail, Attribution) {
  EXPECT_EQ(tail("ok\n2026年1月5日(月) 12:34 山田 <y@x.example>:\n> a\n"),
            "2026年1月5日(月) 12:34 山田 <y@x.example>:\n> a\n");
  EXPECT_EQ(tail("On Mon, 5 Jan 2026 at 12:34, Y <y@x.example> wrote:\n> a\nmy answer\n"), "");
}

// --- links ---

TEST(Links, HtmlLinksAreResolvedAndShown) {
  const Message m = parse_mail(head +
                               "Content-Type: text/html\n\n<base href='https://x.example/a/'><p>go <a "
                               "href='../b'>here</a> or https://plain.example/</p>");
  ASSERT_EQ(m.links.size(), 2u);
  EXPECT_EQ(m.links[0].url->href(), "https://x.example/b");
  EXPECT_EQ(m.links[0].written, "../b");
  const std::string& text = m.readable[m.links[0].part].text;
  EXPECT_EQ(text.substr(m.links[0].shown.start, m.links[0].shown.size()), "here");
  EXPECT_EQ(m.links[1].from, Link::From::text);
  EXPECT_EQ(m.links[1].url->host, "plain.example");
}
TEST(Links, AnAddressShownByALinkIsOneLink) {
  const Message m =
      parse_mail(head + "Content-Type: text/html\n\n<a href='https://evil.example/'>https://bank.example/</a>");
  ASSERT_EQ(m.links.size(), 1u);
  EXPECT_EQ(m.links[0].url->host, "evil.example");
}
TEST(Links, TextLinksKeepWhatWasWritten) {
  const Message m = parse_mail(head + "\nhxxps://parcel.example/1 を\n");
  ASSERT_EQ(m.links.size(), 1u);
  EXPECT_TRUE(m.links[0].mangled);
  EXPECT_EQ(m.links[0].url->host, "parcel.example");
  EXPECT_EQ(m.links[0].written, "hxxps://parcel.example/1");
}
TEST(Links, FormsOfAttachedPagesCount) {
  const Message m = parse_mail(
      multipart("mixed",
                "--b\n\nsee\n--b\nContent-Type: text/html; name=pay.html\nContent-Disposition: attachment\n\n"
                "<form action='https://evil.example/'><input type=password></form><script>1</script>\n--b--\n"));
  EXPECT_EQ(labels(m).back(), "attachment:pay.html");
  ASSERT_EQ(m.attachments.size(), 1u);
  EXPECT_EQ(m.attachments[0].kind, FileKind::html);
  EXPECT_TRUE(m.attachments[0].has_script);
  ASSERT_EQ(m.links.size(), 1u);
  EXPECT_EQ(m.links[0].from, Link::From::attachment);
  EXPECT_EQ(m.links[0].part, m.readable.size() - 1);
}

// --- pasted, SMS, what is what ---

TEST(Pasted, JapaneseFieldsBecomeParts) {
  const Message m = parse_pasted(
      "件名：【重要】ご確認\n差出人： 配送センター <info@parcel.example>\n送信日時：2026年1月5日 12:34\n\n本文です\n");
  EXPECT_EQ(labels(m), (Labels{"header:from", "header:subject", "header:date", "text"}));
  EXPECT_EQ(m.subject, "【重要】ご確認");
  EXPECT_EQ(m.from.at(0).spec(), "info@parcel.example");
  EXPECT_EQ(text_of(m, "text"), "本文です\n");
  EXPECT_TRUE(m.defects.empty());
  EXPECT_EQ(m.input, InputKind::pasted);
}
TEST(Pasted, DecoratedAndEnglishFields) {
  const Message m =
      parse_pasted("---------- Forwarded message ---------\nFrom: Bank <x@evil.example>\n【件名】 至急\n\nbody");
  EXPECT_EQ(m.subject, "至急");
  EXPECT_EQ(m.from.at(0).domain, "evil.example");
  EXPECT_EQ(text_of(m, "text"), "body");
}
TEST(Pasted, TextWithoutFieldsIsAllBody) {
  EXPECT_EQ(text_of(parse_pasted("こんにちは\n件名：これは本文\n"), "text"), "こんにちは\n件名：これは本文\n");
}
TEST(Pasted, ShiftJisFromAWindowsFileIsRead) {
  EXPECT_EQ(text_of(parse_pasted("\x82\xb2\x8a\x6d\x94\x46\x82\xad\x82\xbe\x82\xb3\x82\xa2\r\n"), "text"),
            "ご確認ください\n");
}
TEST(Sms, IsOneBody) {
  const Message m = parse_sms("件名：お荷物 https://parcel.example/1");
  EXPECT_EQ(labels(m), Labels{"text"});
  EXPECT_EQ(m.links.size(), 1u);
  EXPECT_EQ(m.input, InputKind::sms);
}

using Shape = Recognised::Shape;
TEST(Recognise, Shapes) {
  EXPECT_EQ(recognise("From: a@x.example\nSubject: s\n\nb").shape, Shape::mail);
  EXPECT_EQ(recognise("Received: by a\n\tb\nX-Y: z\n\n").shape, Shape::mail);
  EXPECT_EQ(recognise("From a@x.example Mon Jan  5 12:34:56 2026\nSubject: s\n\n").shape, Shape::mbox);
  EXPECT_EQ(recognise("From Tokyo with love").shape, Shape::sms);
  EXPECT_EQ(recognise("Note: a\nHint: b\n\n" + std::string(400, 'x')).shape, Shape::pasted);
  EXPECT_EQ(recognise("件名：ご確認\n\n短い").shape, Shape::pasted);
  EXPECT_EQ(recognise("お荷物があります https://parcel.example/1").shape, Shape::sms);
  EXPECT_EQ(recognise(" \r\n\t\n").shape, Shape::empty);
  EXPECT_EQ(recognise("").shape, Shape::empty);
}
TEST(Recognise, ShortAndLong) {
  std::string text;
  for (int i = 0; i < 350; ++i) text += "あ";
  EXPECT_EQ(recognise(text).shape, Shape::sms);
  EXPECT_EQ(recognise(text + "あ").shape, Shape::pasted);
  EXPECT_EQ(recognise("1\n2\n3\n4\n5\n6\n7\n8").shape, Shape::sms);
  EXPECT_EQ(recognise("1\n2\n3\n4\n5\n6\n7\n8\n9").shape, Shape::pasted);
}
TEST(Recognise, BinaryIsSaidByName) {
  EXPECT_EQ(recognise(std::string("\x89PNG\r\n\x1a\n\0\0", 10)).why, "PNG image");
  EXPECT_EQ(recognise("%PDF-1.7\n").why, "PDF document");
  EXPECT_EQ(recognise("PK\3\4abc").why, "ZIP archive");
  EXPECT_EQ(recognise(std::string("\x7f"
                                  "ELF\2\1\0",
                                  7))
                .why,
            "Linux program");
  EXPECT_EQ(recognise(std::string("some text\0more", 14)).shape, Shape::binary);
}
TEST(Recognise, Utf16TextIsText) {
  const std::string_view utf16("\xff\xfe\x53\x30\x93\x30", 6);
  EXPECT_EQ(recognise(utf16).shape, Shape::sms);
  const auto message = read_message(utf16, "x");
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(text_of(*message, "text"), "こん");
}
TEST(ReadMessage, RefusesWhatIsNoMailAndSaysWhatToDo) {
  const auto refused = read_message("%PDF-1.7\n", "a.pdf");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::not_mail);
  EXPECT_EQ(refused.error().where, "a.pdf");
  EXPECT_NE(refused.error().what.find("PDF"), std::string::npos);
  EXPECT_FALSE(refused.error().hint.empty());
  EXPECT_FALSE(read_message("\n", "e").has_value());
  EXPECT_EQ(read_message("From: a@x.example\nSubject: s\n\nb", "m")->input, InputKind::mail);
}

}  // namespace
}  // namespace sekisho::message
