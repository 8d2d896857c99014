// Links: each for itself, their texts, and all together.
#include "base/limits.h"
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Facts text(std::string_view body, std::string_view from = "a <a@shop.test>") {
  return observe(mail(from, "件名", body));
}
Facts html(std::string_view body, std::string_view from = "a <a@shop.test>") {
  return observe(html_mail(from, "件名", body));
}

TEST(Link, HowItIsWritten) {
  EXPECT_THAT(values(html(R"(<a href="https:\\evil.test/x">a</a>)"), FactId::link_odd_written),
              ElementsAre("backslash"));
  EXPECT_THAT(values(html(R"(<a href="http://0x7f.1/">a</a>)"), FactId::link_odd_written), ElementsAre("odd_ip"));
  EXPECT_THAT(values(html(R"(<a href="https://minatobank.example@evil.test/">a</a>)"), FactId::link_userinfo),
              ElementsAre("evil.test"));
  EXPECT_THAT(values(html(R"(<a href="http://203.0.113.7/">a</a>)"), FactId::link_raw_ip), ElementsAre("203.0.113.7"));
  EXPECT_THAT(values(text("hxxps://evil.test/x を開く"), FactId::link_mangled_text), ElementsAre("evil.test"));
  EXPECT_TRUE(text("https://evil.test:8443/x").has(FactId::link_port));
  EXPECT_TRUE(text("http://evil.test/x").has(FactId::link_http_only));
  EXPECT_TRUE(html("<a href=\"javascript:run(1)\">a</a>").has(FactId::link_javascript));
  EXPECT_TRUE(html(R"(<a href="data:text/html,x">a</a>)").has(FactId::link_data_url));
  EXPECT_EQ(number(text("https://a.b.c.evil.test/x"), FactId::link_deep_subdomain), 3);
  const Facts plain = text("https://www.shop.test/orders/1?id=3 をご覧ください");
  for (const FactId id :
       {FactId::link_odd_written, FactId::link_userinfo, FactId::link_raw_ip, FactId::link_mangled_text,
        FactId::link_port, FactId::link_http_only, FactId::link_javascript, FactId::link_data_url,
        FactId::link_deep_subdomain, FactId::link_idn, FactId::link_random_host, FactId::link_brand_in_host_or_path,
        FactId::link_lookalike_host, FactId::link_recipient_id, FactId::link_wrapper, FactId::link_hidden})
    EXPECT_FALSE(plain.has(id)) << name(id);
}

TEST(Link, KindsOfPlacesByList) {
  EXPECT_THAT(values(text("https://sho.example/a"), FactId::link_shortener), ElementsAre("sho.example"));
  EXPECT_TRUE(text("https://me.pages.example/a").has(FactId::link_free_hosting));
  EXPECT_TRUE(text("https://me.dyn.example/a").has(FactId::link_dynamic_dns));
  EXPECT_TRUE(text("https://forms.example/a").has(FactId::link_form_service));
  EXPECT_TRUE(text("https://storage.example/a").has(FactId::link_storage));
  EXPECT_TRUE(text("https://links.example/a").has(FactId::link_link_page));
  EXPECT_TRUE(text("https://chat.example/a").has(FactId::link_chat_app));
  EXPECT_THAT(values(text("https://shop.top/a"), FactId::link_cheap_tld), ElementsAre("top"));
}

TEST(Link, WhatIsShownAndWhereItLeads) {
  const Facts facts = html("<a href='https://login.evil.test/a'>https://www.shop.test/</a> <a href='https://login.evil.test/b'>here</a>"
                           "<a href='https://pic.test/'><img src='https://img.test/x.png'></a>");
  ASSERT_EQ(facts.leads.size(), 3U);
  const Lead& first = facts.leads[0];
  EXPECT_EQ(first.host, "login.evil.test");
  EXPECT_EQ(first.domain, "evil.test");
  EXPECT_EQ(facts.parts[first.place.part].text.substr(first.place.span.start, first.place.span.size()),
            "https://www.shop.test/");
  EXPECT_EQ(facts.leads[2].place.part, no_part);
}

TEST(Link, LeadsAreCutAtTheLimit) {
  for (const std::size_t count : {limits::facts_of_a_kind - 1, limits::facts_of_a_kind, limits::facts_of_a_kind + 1}) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i) body += "http://h" + std::to_string(i) + ".test/\n";
    EXPECT_EQ(text(body).leads.size(), std::min(count, limits::facts_of_a_kind)) << count;
  }
}

TEST(Link, OneFactAHost) {
  EXPECT_EQ(text("http://203.0.113.7/a http://203.0.113.7/b http://203.0.113.7/c").of(FactId::link_raw_ip).size(), 1U);
}

TEST(Link, NamesThatItBorrows) {
  EXPECT_EQ(number(text("https://minatobank.example.evil.test/"), FactId::link_brand_in_host_or_path), 2);
  EXPECT_EQ(number(text("https://minatobank-login.test/"), FactId::link_brand_in_host_or_path), 2);
  EXPECT_EQ(number(text("https://evil.test/minatobank/login"), FactId::link_brand_in_host_or_path), 1);
  EXPECT_THAT(values(text("https://mlnatobank.test/"), FactId::link_lookalike_host), ElementsAre("minato"));
  EXPECT_THAT(values(text("https://www.minatobank.example/minatobank"), FactId::link_brand_in_host_or_path), IsEmpty());
  EXPECT_THAT(values(text("https://famous.example/minatobank"), FactId::link_brand_in_host_or_path), IsEmpty())
      << "a page about the bank";
  EXPECT_THAT(values(text("https://kindergarten.test/minato"), FactId::link_brand_in_host_or_path), IsEmpty());
}

TEST(Link, InternationalNames) {
  const Facts mixed = html("<a href=\"https://m\xD1\x96natobank.test/\">a</a>");  // Cyrillic i
  EXPECT_TRUE(mixed.has(FactId::link_idn));
  EXPECT_TRUE(mixed.has(FactId::link_mixed_script));
  EXPECT_THAT(values(mixed, FactId::link_lookalike_host), ElementsAre("minato"));
  const Facts japanese = html("<a href=\"https://みどり書店.test/\">a</a>");
  EXPECT_TRUE(japanese.has(FactId::link_idn));
  EXPECT_FALSE(japanese.has(FactId::link_mixed_script));
}

TEST(Link, TheReadersAddressInside) {
  EXPECT_THAT(values(text("https://evil.test/?u=reader%40home.example"), FactId::link_recipient_id),
              ElementsAre("plain"));
  EXPECT_THAT(values(text("https://evil.test/?u=cmVhZGVyQGhvbWUuZXhhbXBsZQ=="), FactId::link_recipient_id),
              ElementsAre("base64"));
  EXPECT_FALSE(text("https://evil.test/?u=other%40home.example").has(FactId::link_recipient_id));
}

TEST(Link, ImagesAndHiddenLinksAreNotTapped) {
  const Facts facts = html(
      R"(<img src="http://203.0.113.7/p.gif"><div style="display:none"><a href="http://203.0.113.8/">x</a></div><p>文章</p>)");
  EXPECT_TRUE(facts.has(FactId::link_none));
  EXPECT_FALSE(facts.has(FactId::link_raw_ip));
  EXPECT_THAT(values(facts, FactId::link_hidden), ElementsAre("203.0.113.8"));
}

TEST(LinkText, ShowsAnotherSite) {
  const Facts facts = html(R"(<a href="https://evil.test/x">https://www.minatobank.example/login</a>)");
  EXPECT_THAT(values(facts, FactId::link_text_names_other_site), ElementsAre("minatobank.example"));
  EXPECT_EQ(quote(facts, FactId::link_text_names_other_site), "https://www.minatobank.example/login");
  EXPECT_FALSE(html(R"(<a href="https://login.minatobank.example/x">minatobank.example</a>)")
                   .has(FactId::link_text_names_other_site));
  EXPECT_FALSE(html(R"(<a href="https://click.platform.example/x">https://shop.test/</a>)")
                   .has(FactId::link_text_names_other_site))
      << "a known click counter";
  EXPECT_FALSE(html(R"(<a href="https://evil.test/x">こちら</a>)").has(FactId::link_text_names_other_site));
}

TEST(LinkText, OnePlaceBehindAll) {
  EXPECT_EQ(number(html(R"(<a href="https://evil.test/x">支払う</a><a href="https://evil.test/x">断る</a>)"),
                   FactId::link_same_behind_all),
            2);
  EXPECT_THAT(values(html(R"(<a href="https://evil.test/x?a=1">支払う</a><a href="https://evil.test/x?a=2">断る</a>)"),
                     FactId::link_same_behind_all),
              ElementsAre("path"));
  EXPECT_FALSE(html(R"(<a href="https://evil.test/x">支払う</a><a href="https://evil.test/y">断る</a>)")
                   .has(FactId::link_same_behind_all));
  EXPECT_FALSE(html(R"(<a href="https://evil.test/x">支払う</a><a href="https://evil.test/x">支払う</a>)")
                   .has(FactId::link_same_behind_all))
      << "the same words";
  EXPECT_FALSE(
      html(R"(<a href="https://c.platform.example/x?a=1">買う</a><a href="https://c.platform.example/x?a=2">見る</a>)")
          .has(FactId::link_same_behind_all))
      << "a counter";
}

TEST(LinkText, RefusingLeadsToTheMainCall) {
  const Facts facts = text("お手続き\r\nhttps://evil.test/x\r\n\r\n" + std::string(200, '-') +
                           "\r\n受取拒否の方\r\nhttps://evil.test/x");
  EXPECT_THAT(values(facts, FactId::link_refusal_same), ElementsAre("refuse_here"));
  EXPECT_EQ(quote(facts, FactId::link_refusal_same), "受取拒否");
  EXPECT_FALSE(
      text("新着\r\nhttps://shop.test/new\r\n\r\n" + std::string(200, '-') + "\r\n配信停止\r\nhttps://shop.test/stop")
          .has(FactId::link_refusal_same));
  EXPECT_FALSE(text("新着です\r\n配信停止\r\nhttps://shop.test/stop").has(FactId::link_refusal_same))
      << "the only link is the way out";
}

TEST(LinkSet, WhoseSites) {
  const Facts own = text("https://www.shop.test/a https://help.shop.test/b");
  EXPECT_THAT(values(own, FactId::link_site_is_sender), ElementsAre("shop.test"));
  EXPECT_THAT(values(own, FactId::link_only_one_site), ElementsAre("shop.test"));
  EXPECT_FALSE(own.has(FactId::link_site_not_sender));
  const Facts other = text("https://evil.test/a");
  EXPECT_THAT(values(other, FactId::link_site_not_sender), ElementsAre("evil.test"));
  EXPECT_TRUE(other.has(FactId::link_unrelated_to_sender_and_brand));
  EXPECT_FALSE(other.has(FactId::link_only_one_site)) << "a single link";
  const Facts brand = text("https://minatobank.example/a", "Minatobank <a@shop.test>");
  EXPECT_TRUE(brand.has(FactId::link_site_not_sender));
  EXPECT_FALSE(brand.has(FactId::link_unrelated_to_sender_and_brand));
  EXPECT_TRUE(text("https://www.famous.example/").has(FactId::link_well_known_site));
  EXPECT_FALSE(text("https://www.famous.example/ https://evil.test/").has(FactId::link_well_known_site));
  EXPECT_EQ(number(text("https://a.test/ https://b.test/ https://www.b.test/"), FactId::link_count_hosts), 2);
  EXPECT_TRUE(text("リンクはありません").has(FactId::link_none));
}

}  // namespace
}  // namespace sekisho::facts::testing
