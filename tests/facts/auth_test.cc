// Which results are believed (CONTRACTS.md "Trusting Authentication-Results").
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
const std::string from = "Minatobank <info@mail.minatobank.example>";
const std::string pass =
    "spf=pass smtp.mailfrom=mail.minatobank.example; dkim=pass header.d=minatobank.example; dmarc=pass "
    "header.from=mail.minatobank.example";

TEST(Auth, BelievesWhatStandsAboveTheHopFromOutside) {
  const Facts facts = observe(mail(from, "a", "本文です", receipt(pass)));
  EXPECT_TRUE(facts.has(FactId::auth_trusted));
  EXPECT_TRUE(facts.has(FactId::auth_dmarc_pass));
  EXPECT_TRUE(facts.has(FactId::auth_aligned));
  EXPECT_THAT(values(facts, FactId::sender_proven), ElementsAre("minatobank.example"));
  EXPECT_FALSE(facts.has(FactId::auth_foreign_header));
  EXPECT_FALSE(facts.has(FactId::auth_unknown));
}

TEST(Auth, WhatTheSenderWroteBelowIsForeignAndProvesNothing) {
  const std::string forged =
      receipt("spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=mail.minatobank.example") +
      "Authentication-Results: mx.home.example; " + pass + "\r\n";
  const Facts facts = observe(mail(from, "a", "本文です", forged));
  EXPECT_TRUE(facts.has(FactId::auth_foreign_header));
  EXPECT_TRUE(facts.has(FactId::auth_dmarc_fail));
  EXPECT_FALSE(facts.has(FactId::sender_proven));
  EXPECT_TRUE(facts.has(FactId::sender_disproved));
}

TEST(Auth, UnknownIsNotFail) {
  const Facts facts = observe(mail(from, "a", "本文です",
                                   "Received: from out.sender.example (out.sender.example [203.0.113.9]) by "
                                   "mx.home.example; Fri, 20 Nov 2026 10:00:05 +0900\r\n"));
  EXPECT_TRUE(facts.has(FactId::auth_unknown));
  for (const FactId id : {FactId::auth_spf_fail, FactId::auth_dmarc_fail, FactId::auth_dkim_none,
                          FactId::sender_unproven, FactId::sender_disproved})
    EXPECT_FALSE(facts.has(id)) << name(id);
}

TEST(Auth, ANameOfAnotherOrganisationIsNotTheReceivers) {
  std::string headers = receipt(pass);
  headers.replace(headers.find("mx.home.example"), 15, "mx.rogue.example");
  const Facts facts = observe(mail(from, "a", "本文です", headers));
  EXPECT_TRUE(facts.has(FactId::auth_unknown));
  EXPECT_TRUE(facts.has(FactId::auth_foreign_header));
}

TEST(Auth, WalksTheReceiversOwnHopsByOneOrganisationLoopbackAndLmtp) {
  const std::string inner =
      "Received: from mx.home.example (localhost [127.0.0.1]) by store.home.example with LMTP; Fri, 20 Nov 2026 "
      "10:00:07 +0900\r\n"
      "Received: from mx.home.example (mx.home.example [198.51.100.4]) by scan.home.example; Fri, 20 Nov 2026 10:00:06 "
      "+0900\r\n";
  EXPECT_TRUE(observe(mail(from, "a", "本文です", inner + receipt(pass))).has(FactId::auth_dmarc_pass));
}

TEST(Auth, AProviderOfSeveralDomainsThatWritesNoNameIsAPattern) {
  const std::string headers =
      "Received: from a.bigmail.example (2001:db8::1) by b.bigmail-infra.example with HTTPS; Fri, 20 Nov 2026 10:00:06 "
      "+0900\r\n"
      "Authentication-Results: spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=mail.minatobank.example; dkim=none; "
      "dmarc=pass header.from=mail.minatobank.example\r\n"
      "Received: from out.sender.example (203.0.113.9) by a.bigmail.example with SMTP; Fri, 20 Nov 2026 10:00:05 "
      "+0900\r\n";
  const Facts facts = observe(mail(from, "a", "本文です", headers));
  EXPECT_TRUE(facts.has(FactId::auth_dmarc_pass));
  EXPECT_TRUE(facts.has(FactId::auth_dkim_none));
}

TEST(Auth, BelowItsReceivedOnlyAListedProviderOrTheVeryMachineIsBelieved) {
  const auto headers = [](const std::string& host, const std::string& name) {
    return "Received: from out.sender.example (out.sender.example [203.0.113.9]) by mx." + host +
           "; Fri, 20 Nov 2026 10:00:05 +0900\r\nAuthentication-Results: " + name +
           "; spf=pass smtp.mailfrom=mail.minatobank.example\r\n";
  };
  EXPECT_TRUE(
      observe(mail(from, "a", "本文です", headers("under.example", "mx.under.example"))).has(FactId::auth_spf_pass));
  EXPECT_TRUE(
      observe(mail(from, "a", "本文です", headers("home.example", "mx.home.example"))).has(FactId::auth_spf_pass))
      << "a filter behind Postfix writes right below";
  EXPECT_FALSE(observe(mail(from, "a", "本文です", headers("home.example", "home.example"))).has(FactId::auth_spf_pass))
      << "another name of the same organisation is not the machine";
  EXPECT_FALSE(observe(mail(from, "a", "本文です",
                            headers("home.example", "mx.home.example") + "X-Mailer: tool\r\n" +
                                "Authentication-Results: mx.home.example; dkim=pass header.d=evil.example\r\n"))
                   .has(FactId::auth_dkim_pass))
      << "what stands below other headers came with the message";
}

TEST(Auth, AMachineThatCallsItselfTheReceiverDoesNotOpenTheBlock) {
  const std::string headers =
      "Received: from mx.home.example (unknown [203.0.113.9]) by mx.home.example (Postfix); Fri, 20 Nov 2026 10:00:05 "
      "+0900\r\n"
      "Authentication-Results: mx.home.example; " +
      pass +
      "\r\nReceived: from a.b.example (a.b.example [203.0.113.10]) by mx.home.example (Postfix); Fri, 20 Nov 2026 "
      "10:00:01 +0900\r\n";
  const Facts facts = observe(mail(from, "a", "本文です", headers));
  EXPECT_TRUE(facts.has(FactId::auth_unknown));
  EXPECT_TRUE(facts.has(FactId::auth_foreign_header));
}

TEST(Auth, AnExportWithoutReceivedCountsOnlyOnTop) {
  const std::string result = "Authentication-Results: mx.home.example; " + pass + "\r\n";
  EXPECT_TRUE(
      observe(mail(from, "a", "本文です", "Delivered-To: reader@home.example\r\n" + result)).has(FactId::auth_trusted));
  const Facts below = observe(mail(from, "a", "本文です", "X-Mailer: tool\r\n" + result));
  EXPECT_FALSE(below.has(FactId::auth_trusted));
  EXPECT_TRUE(below.has(FactId::auth_foreign_header));
}

TEST(Auth, APassForSomebodyElseIsNamed) {
  const Facts facts = observe(mail(from, "a", "本文です",
                                   receipt("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; "
                                           "dmarc=fail header.from=mail.minatobank.example")));
  EXPECT_THAT(values(facts, FactId::auth_passes_for_other_domain), ElementsAre("evil.example"));
  EXPECT_THAT(values(facts, FactId::auth_dkim_other_domain), ElementsAre("evil.example"));
  EXPECT_FALSE(facts.has(FactId::auth_aligned));
}

TEST(Auth, OfTwoSignaturesTheOneForTheFromIsTold) {
  const Facts facts = observe(mail(
      from, "a", "本文です", receipt("dkim=pass header.d=platform.example; dkim=pass header.d=minatobank.example")));
  EXPECT_TRUE(facts.has(FactId::auth_aligned));
  EXPECT_THAT(values(facts, FactId::auth_dkim_pass), ElementsAre("minatobank.example"));
  EXPECT_FALSE(facts.has(FactId::auth_dkim_other_domain));
}

TEST(Auth, ADmarcResultAboutAnotherFromIsNotOurs) {
  const Facts facts = observe(mail(from, "a", "本文です", receipt("dmarc=pass header.from=evil.example")));
  EXPECT_FALSE(facts.has(FactId::auth_dmarc_pass));
  EXPECT_TRUE(facts.has(FactId::sender_unproven));
}

}  // namespace
}  // namespace sekisho::facts::testing
