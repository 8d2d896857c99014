#include "knowledge/source.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "knowledge/snapshot.h"
#include "knowledge/yaml.h"

namespace sekisho::knowledge {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A small, complete set of data files in a folder of its own.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("sekisho-knowledge-" + std::to_string(::getpid()) + "-" +
                                         testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    put("knowledge/brands.yaml",
        "brands:\n- {id: acme, name_ja: アクメ, name_en: Acme, category: shop, aliases: [アクメ商店], web_domains: "
        "[acme.example], web_domains_confidence: verified, mail_domains: [mail.acme.example], mail_domains_confidence: "
        "memory}\n");
    put("knowledge/phrases/p.yaml", "hurry:\n  what: asks to hurry\n  ja: [至急]\n");
    put("knowledge/lists/short.txt", "# source: us\n# licence: CC0\n# as_of: 2026-01-02\n# match: domain\ns.example\n");
    put("knowledge/url_wrappers.yaml", "wrappers: []\n");
    put("knowledge/kinds.yaml",
        "kinds:\n- {id: bill, name: {ja: 請求, en: bill}, what: {ja: 請求です。, en: A bill.}}\n");
    put("knowledge/words.yaml", "verdict:\n  scam: {ja: 詐欺, en: scam}\n");
    put("signs/scale.yaml", "bias: 0\nscam: 0.9\ncannot_tell: 0.5\nquoted_reasons: 2\n");
  }
  void TearDown() override { fs::remove_all(root_); }
  void put(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  Result<Source> read() const { return read_source(root_ / "knowledge", root_ / "signs"); }
  std::string error() const {
    const auto source = read();
    return source ? "no error" : to_line(source.error());
  }
  fs::path root_;
};

TEST_F(Files, AreReadAndDated) {
  const auto source = read();
  ASSERT_TRUE(source) << to_line(source.error());
  EXPECT_EQ(source->brands.at(0).aliases.at(0), "アクメ商店");
  EXPECT_EQ(source->words.at("verdict.scam").en, "scam");
  EXPECT_EQ(source->as_of, "2026-01-02");
  EXPECT_EQ(source->scale.size(), 1u);
  EXPECT_TRUE(source->signs.empty()) << "the scale is no card";
}

TEST_F(Files, AnUpperCaseExpressionCouldNeverMatchAndIsRefused) {
  put("knowledge/phrases/p.yaml", "hurry:\n  what: asks to hurry\n  en:\n    - now\n    - Hurry\n");
  EXPECT_THAT(error(), HasSubstr("p.yaml:5: 'H' can never match"));
  put("knowledge/phrases/p.yaml", "hurry:\n  what: asks to hurry\n  ja: [ＡＢＣ]\n");
  EXPECT_THAT(error(), HasSubstr("write 'a'"));
}

TEST_F(Files, AMissingLanguageIsAnError) {
  put("knowledge/words.yaml", "verdict:\n  scam: {ja: 詐欺}\n");
  EXPECT_THAT(error(), HasSubstr("words.yaml:2: 'en' is missing"));
}

TEST_F(Files, ADomainMustBeALowerCaseHost) {
  put("knowledge/lists/short.txt", "# source: us\n# licence: CC0\n# as_of: 2026-01-02\nBad.Example\n");
  EXPECT_THAT(error(), HasSubstr("short.txt:4: 'Bad.Example' is not a lower-case domain name"));
}

TEST_F(Files, AListWithoutItsLicenceIsRefused) {
  put("knowledge/lists/short.txt", "# source: us\ns.example\n");
  EXPECT_THAT(error(), HasSubstr("# licence: "));
}

TEST_F(Files, AMissingFileIsNamed) {
  fs::remove(root_ / "knowledge/kinds.yaml");
  EXPECT_THAT(error(), HasSubstr("kinds.yaml: cannot be read"));
}

TEST_F(Files, ABadExpressionIsNamedByFileAndLine) {
  put("knowledge/phrases/p.yaml", "hurry:\n  what: asks to hurry\n  ja:\n    - 至急\n    - '(至急'\n");
  const auto source = read();
  ASSERT_TRUE(source) << to_line(source.error());
  const auto snapshot = Snapshot::build(*source);
  ASSERT_FALSE(snapshot);
  EXPECT_THAT(snapshot.error().where, HasSubstr("p.yaml:5"));
}

TEST_F(Files, OverridesReplaceByIdAndAddTheRest) {
  put("site/brands.yaml",
      "brands:\n- {id: acme, name_ja: 新アクメ, name_en: Acme, category: shop, web_domains: [new.example]}\n- {id: "
      "other, name_ja: 他, name_en: Other, category: shop}\n");
  put("site/phrases/more.yaml", "hurry:\n  what: more\n  add: true\n  ja: [大至急]\n");
  const auto over = overlay(*read(), root_ / "site");
  ASSERT_TRUE(over) << to_line(over.error());
  ASSERT_EQ(over->brands.size(), 2u);
  EXPECT_EQ(over->brands[0].name_ja, "新アクメ");
  EXPECT_EQ(over->phrases.at(0).expressions.size(), 2u);
  EXPECT_FALSE(overlay(*read(), root_ / "nowhere"));
}

TEST_F(Files, OverridesReachKindsWrappersPhrasesAndTheScale) {
  put("knowledge/url_wrappers.yaml",
      "wrappers:\n- {host: old.example, parameter: u, kind: redirector}\n- {host: wrap.example, parameter: u, kind: "
      "redirector}\n");
  put("site/url_wrappers.yaml",
      "wrappers:\n- {host: wrap.example, parameter: u, kind: tracker}\n- {host: new.example, kind: shortener, decode: "
      "opaque}\n");
  put("site/kinds.yaml",
      "kinds:\n- {id: bill, name: {ja: 架空請求, en: Bill}, what: {ja: 別の言葉。, en: Other words.}}\n- {id: fine, "
      "name: {ja: 罰金, en: Fine}, what: {ja: 罰金です。, en: A fine.}}\n");
  put("site/phrases/p.yaml", "hurry:\n  what: replaced\n  ja: [今すぐ]\n");
  put("site/signs/scale.yaml", "bias: -1\nscam: 0.8\ncannot_tell: 0.4\nquoted_reasons: 1\n");
  const auto over = overlay(*read(), root_ / "site");
  ASSERT_TRUE(over) << to_line(over.error());
  std::vector<std::string> hosts;
  for (const auto& wrapper : over->wrappers) hosts.push_back(wrapper.host);
  EXPECT_EQ(hosts, (std::vector<std::string>{"wrap.example", "new.example", "old.example"})) << "the site's come first";
  EXPECT_EQ(over->wrappers[0].kind, text::UrlWrapper::Kind::tracker);
  ASSERT_EQ(over->kinds.size(), 2u);
  EXPECT_EQ(over->kinds[0].name.ja, "架空請求");
  EXPECT_EQ(over->kinds[1].id, "fine");
  ASSERT_EQ(over->phrases.at(0).expressions.size(), 1u);
  EXPECT_EQ(over->phrases[0].expressions[0].text, "今すぐ");
  EXPECT_THAT(over->scale.at(0).text, HasSubstr("bias: -1"));
}

TEST_F(Files, APhraseListThatASiteGivesTwiceIsAnError) {
  put("site/phrases/a.yaml", "hurry:\n  what: once\n  ja: [今すぐ]\n");
  put("site/phrases/b.yaml", "hurry:\n  what: twice\n  ja: [大至急]\n");
  const auto over = overlay(*read(), root_ / "site");
  ASSERT_FALSE(over);
  EXPECT_THAT(to_line(over.error()), HasSubstr("b.yaml:1: the phrase list 'hurry' is given twice"));
}

TEST_F(Files, ADenialNamesListsThatExist) {
  put("knowledge/phrases/d.yaml", "never:\n  what: denies\n  takes_back: [hury]\n  ja: [急ぎません]\n");
  EXPECT_THAT(error(), HasSubstr("d.yaml:4: 'never' takes back an unknown phrase list 'hury' (did you mean 'hurry'?)"));
  put("knowledge/phrases/d.yaml", "never:\n  what: denies\n  takes_back: [hurry]\n  ja: [急ぎません]\n");
  const auto snapshot = Snapshot::build(*read());
  ASSERT_TRUE(snapshot) << to_line(snapshot.error());
  EXPECT_EQ((*snapshot)->phrase_lists().at(0).takes_back, std::vector<std::string>{"hurry"});
}

TEST_F(Files, AFolderThatWouldChangeNothingIsRefused) {
  put("empty/README", "nothing\n");
  const auto nothing = overlay(*read(), root_ / "empty");
  ASSERT_FALSE(nothing);
  EXPECT_THAT(to_line(nothing.error()), HasSubstr("holds nothing to lay over"));
  put("typo/brand.yaml", "brands: []\n");
  const auto typo = overlay(*read(), root_ / "typo");
  ASSERT_FALSE(typo);
  EXPECT_THAT(to_line(typo.error()), HasSubstr("did you mean 'brands.yaml'?"));
  put("notes/words_own.yaml", "verdict:\n  scam: {ja: さぎ, en: scam}\n");
  put("notes/mail.eml", "From: a@b.example\n\nx\n");
  EXPECT_TRUE(overlay(*read(), root_ / "notes"));
}

TEST_F(Files, AnAutomatonIsTakenOverOrKept) {
  const Source source = *read();
  const auto flat = Snapshot::pack(source);
  ASSERT_TRUE(flat);
  int asked = 0, kept = 0;
  std::string name, bytes;
  const AutomatonStore store{[&](const std::string& made_of) -> std::optional<std::string> {
                               ++asked;
                               name = made_of;
                               return bytes.empty() ? std::nullopt : std::optional(bytes);
                             },
                             [&](std::string_view automaton) {
                               ++kept;
                               bytes = automaton;
                             }};
  ASSERT_TRUE(Snapshot::build(source, *flat, store));
  EXPECT_EQ(asked, 0) << "the flat file's fits";
  Source more = source;
  more.phrases[0].expressions.push_back({"大至急", "test"});
  ASSERT_TRUE(Snapshot::build(more, *flat, store));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(kept, 1);
  const std::string first_name = name;
  ASSERT_TRUE(Snapshot::build(more, *flat, store));
  EXPECT_EQ(kept, 1) << "read back";
  EXPECT_EQ(name, first_name);
  more.phrases[0].expressions.push_back({"今すぐ", "test"});
  bytes = "broken";
  const auto mended = Snapshot::build(more, *flat, store);
  ASSERT_TRUE(mended);
  EXPECT_EQ(kept, 2) << "a broken one is made again";
  EXPECT_NE(name, first_name);
  auto scratch = (*mended)->patterns().make_scratch();
  EXPECT_EQ((*mended)->patterns().scan("今すぐ", *scratch).size(), 1u);
}

TEST_F(Files, TheFlatFileGivesTheSameSnapshot) {
  const auto bytes = Snapshot::pack(*read());
  ASSERT_TRUE(bytes);
  const auto snapshot = Snapshot::load(*bytes);
  ASSERT_TRUE(snapshot) << to_line(snapshot.error());
  EXPECT_EQ((*snapshot)->brand_of("www.acme.example")->id, "acme");
  EXPECT_EQ((*snapshot)->brand_of("acme.example.evil.test"), nullptr);
  EXPECT_EQ((*snapshot)->brand_of("notacme.example"), nullptr) << "a label boundary counts";
  EXPECT_TRUE((*snapshot)->in_list("short", "a.s.example"));
  EXPECT_FALSE((*snapshot)->in_list("short", "as.example"));
  EXPECT_FALSE((*snapshot)->in_list("no_such_list", "s.example"));
  const Brand& acme = *(*snapshot)->brand("acme");
  EXPECT_TRUE(Snapshot::owns(acme, "x.mail.acme.example").yes);
  EXPECT_EQ(Snapshot::owns(acme, "acme.example").confidence, Confidence::verified);
  EXPECT_FALSE(Snapshot::owns(acme, "acme.test").yes);
}

TEST_F(Files, ACutFlatFileIsRefusedNotRead) {
  const auto bytes = Snapshot::pack(*read());
  ASSERT_TRUE(bytes);
  for (std::size_t size = 0; size < bytes->size(); size += 1 + bytes->size() / 97)
    EXPECT_FALSE(Snapshot::load(bytes->substr(0, size))) << size;
}

TEST(Yaml, DepthIsRefusedBeyondItsLimitWithoutRunningOutOfStack) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(parse_yaml(nested(yaml_depth - 1), "f"));
  EXPECT_TRUE(parse_yaml(nested(yaml_depth), "f"));
  EXPECT_FALSE(parse_yaml(nested(yaml_depth + 1), "f"));
  EXPECT_FALSE(parse_yaml(nested(100'000), "f"));
}

TEST_F(Files, AFileOfAnotherShapeIsAnErrorAndNoException) {
  for (const std::string name : {"brands.yaml", "phrases/p.yaml", "url_wrappers.yaml", "kinds.yaml", "words.yaml"})
    for (const char* text : {"-", "[]", "word", "", "- a: b", "kinds: {a: {id: a}}", "words: [a]",
                             "wrappers: {a: {host: a}}", "brands: {a: {id: a}}"}) {
      SetUp();
      put("knowledge/" + name, text);
      EXPECT_THAT(error(), HasSubstr(name)) << text;
    }
}

TEST(Yaml, AliasesOfAliasesAreRefusedBeforeTheyAreWalked) {
  std::string laughs = "a0: &a0 [x]\n";
  for (int i = 1; i < 40; ++i) laughs += fmt::format("a{}: &a{} [*a{}, *a{}]\n", i, i, i - 1, i - 1);
  const auto root = parse_yaml(laughs, "f");
  ASSERT_FALSE(root);
  EXPECT_THAT(to_line(root.error()), HasSubstr("aliases"));
  EXPECT_TRUE(parse_yaml("a: &a [x, y]\nb: *a\nc: *a\n", "f"));
  EXPECT_FALSE(parse_yaml("a: &a [*a]\n", "f"));
  // Text without aliases never meets the limit, however many nodes its bytes make.
  EXPECT_TRUE(parse_yaml("[a,b,c,d,e,f,g,h]", "f"));
  EXPECT_TRUE(parse_yaml("{a,b,c,d,e,f,g,h}", "f"));
  EXPECT_TRUE(parse_yaml("-\n-\n-\n-\n-", "f"));
}

TEST(Yaml, SizeIsRefusedBeyondItsLimit) {
  EXPECT_TRUE(parse_yaml("#" + std::string(yaml_bytes - 1, 'x'), "f"));
  EXPECT_FALSE(parse_yaml("#" + std::string(yaml_bytes, 'x'), "f"));
}

TEST(Nearest, OffersOnlyNamesThatAreNear) {
  EXPECT_EQ(nearest("strenght", {"strength", "weight"}), "strength");
  EXPECT_EQ(nearest("banana", {"strength", "weight"}), "");
}

}  // namespace
}  // namespace sekisho::knowledge
