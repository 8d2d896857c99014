#include "campaign/exposure.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "knowledge/source.h"

namespace sekisho::campaign {
namespace {

/// Lists as the knowledge has them, so that the test needs no snapshot from disk.
std::shared_ptr<const knowledge::Snapshot> lists() {
  knowledge::Source source;
  knowledge::NameList counters, prefectures;
  counters.name = "address_counters";
  counters.entries = {"の", "丁目", "号", "号室", "番", "番地"};
  prefectures.name = "jp_prefectures";
  prefectures.entries = {"東京都", "大阪府"};
  source.lists = {counters, prefectures};
  auto snapshot = knowledge::Snapshot::build(std::move(source));
  EXPECT_TRUE(snapshot.has_value());
  return snapshot ? *snapshot : nullptr;
}

class Exposure : public testing::Test {
 protected:
  Exposure() : knowledge_(lists()) {
    Profile profile;
    profile.names = {"川辺美咲", "カワベミサキ", "Misaki Kawabe"};
    profile.postal_addresses = {"東京都緑原市花園3-12-7 コーポ緑203号室"};
    profile.phones = {"080-0123-4567"};
    profile.mail_addresses = {"misaki.k55@mail.example"};
    profile.member_nos = {"40718225"};
    matcher_ = ProfileMatcher(profile, *knowledge_);
  }
  Shown::How how(std::string_view text, Item item) const {
    std::array<Shown, item_kinds> shown{};
    matcher_.look(text::fold(text), shown);
    return shown[static_cast<std::size_t>(item)].how;
  }
  bool shows(std::string_view text, Item item) const { return how(text, item) == Shown::How::plain; }

  std::shared_ptr<const knowledge::Snapshot> knowledge_;
  ProfileMatcher matcher_;
};

TEST_F(Exposure, ANameIsFoundInKanjiKanaAndRomaji) {
  for (const char* text :
       {"川辺美咲様", "川辺 美咲 様", "川辺\u3000美咲", "カワベミサキ様", "カワベ ミサキ", "かわべ みさき様",
        "ｶﾜﾍﾞ ﾐｻｷ", "Misaki Kawabe様", "MISAKI KAWABE", "Kawabe Misaki", "花園/Misaki Kawabe 様",
        "川\u200b辺\u200b美\u200b咲", "川 辺 美 咲", "M\u200bi\u200bs\u200ba\u200bk\u200bi Kawabe"})
    EXPECT_TRUE(shows(text, Item::name)) << text;
  for (const char* text : {"川辺様", "美咲様", "misaki.kawabe@else.example", "Misakikawabes"})
    EXPECT_FALSE(shows(text, Item::name)) << text;
}

TEST_F(Exposure, AnAddressIsFoundHoweverItsNumbersAreWritten) {
  for (const char* text :
       {"東京都緑原市花園3-12-7", "緑原市花園3-12-7", "東京都 緑原市 花園３－１２－７", "緑原市花園3丁目12番7号",
        "緑原市花園３丁目１２番７号", "緑原市花園三丁目十二番七号", "〒000-1234 東京都緑原市花園3-12-7 コーポ緑203号室",
        "緑原市花園3の12の7", "緑\u200b原\u200b市\u200b花\u200b園\u200b3\u200b-\u200b1\u200b2\u200b-\u200b7",
        "緑原市花園3-12-7\n080-0123-4567", "緑原市花園3-12-7 080-0123-4567",
        "緑　原　市　花　園　３　－　１　２　－　７"})
    EXPECT_TRUE(shows(text, Item::postal_address)) << text;
  for (const char* text : {"緑原市花園", "緑原市花園3-12-70", "緑原市花園3-1-27", "緑原市花園3-12", "花園3-12-7",
                           "緑原市花園四丁目十二番七号"})
    EXPECT_FALSE(shows(text, Item::postal_address)) << text;
}

TEST_F(Exposure, APhoneNumberIsFoundInEveryUsualForm) {
  for (const char* text :
       {"080-0123-4567", "08001234567", "０８０－０１２３－４５６７", "080(0123)4567", "080 0123 4567",
        "+81-80-0123-4567", "+81 (0)80 0123 4567", "電話:080-0123-4567様", "080.0123.4567"})
    EXPECT_TRUE(shows(text, Item::phone)) << text;
  for (const char* text : {"080-0123-4568", "1080-0123-4567", "080-0123-45678", "9999-080-0123-4567", "12080012345679"})
    EXPECT_FALSE(shows(text, Item::phone)) << text;
}

TEST_F(Exposure, AMaskedPhoneNumberIsSaidToBeMasked) {
  EXPECT_EQ(how("080-****-4567", Item::phone), Shown::How::masked);
  EXPECT_EQ(how("080●●●●4567", Item::phone), Shown::How::masked);
  EXPECT_EQ(how("080-****-4568", Item::phone), Shown::How::no);
  EXPECT_EQ(how("090-****-4567", Item::phone), Shown::How::no);
}

TEST_F(Exposure, AMailAddressIsNotFoundInsideALongerOne) {
  EXPECT_TRUE(shows("登録: misaki.k55@mail.example 様", Item::mail_address));
  EXPECT_TRUE(shows("MISAKI.K55＠mail.example", Item::mail_address));
  EXPECT_FALSE(shows("xmisaki.k55@mail.example", Item::mail_address));
  EXPECT_FALSE(shows("misaki.k55@mail.example.test", Item::mail_address));
  EXPECT_FALSE(shows("a.misaki.k55@mail.example", Item::mail_address));
}

TEST_F(Exposure, AMemberNumberIsNotFoundInsideALongerOne) {
  EXPECT_TRUE(shows("会員番号:40718225", Item::member_no));
  EXPECT_TRUE(shows("会員番号 ４０７１８２２５", Item::member_no));
  EXPECT_FALSE(shows("伝票 140718225", Item::member_no));
  EXPECT_FALSE(shows("伝票 1864-4071-8225", Item::member_no));
}

TEST_F(Exposure, AnEmptyProfileFindsNothing) {
  std::array<Shown, item_kinds> shown{};
  ProfileMatcher().look(text::fold("川辺美咲 080-0123-4567"), shown);
  for (const Shown& item : shown) EXPECT_EQ(item.how, Shown::How::no);
}

TEST_F(Exposure, TextIsSearchedToItsLimitAndNoFurther) {
  const std::string name = "Misaki Kawabe";
  const auto at = [&](std::size_t place) { return std::string(place, '.') + ' ' + name; };
  EXPECT_TRUE(shows(at(limits::exposure_bytes - name.size() - 2), Item::name));
  EXPECT_TRUE(shows(at(limits::exposure_bytes - name.size() - 1), Item::name));
  EXPECT_FALSE(shows(at(limits::exposure_bytes - name.size()), Item::name));
}

}  // namespace
}  // namespace sekisho::campaign
