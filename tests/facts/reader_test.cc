// The reader's data and how they are addressed.
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string filler =
    "ご登録の内容に変更がありましたので、お手数ですがもう一度ご覧になり、まちがいがないかどうかをお確かめください。期限"
    "をすぎますと変更できませんので、どうぞよろしくお願いいたします。なお、この件についてのお返事はいりません。";

Facts text(std::string_view subject, std::string_view body, const History& history = {}) {
  return observe(mail("a <a@shop.test>", subject, body), history);
}

TEST(Reader, DataInTheSubject) {
  const Facts facts = text("架空県汐見市浜町3-14 山田花子様", "本文");
  EXPECT_THAT(values(facts, FactId::reader_data_in_subject), ElementsAre("address", "name"));
  EXPECT_EQ(number(facts, FactId::reader_data_in_subject), 2);
  EXPECT_TRUE(facts.has(FactId::reader_address_in_subject));
  EXPECT_THAT(values(text("会員様へのお知らせ", "本文"), FactId::reader_data_in_subject), IsEmpty());
}

TEST(Reader, ACompanysOwnAddressIsNotTheReaders) {
  EXPECT_THAT(
      values(text("件名", "株式会社みどり 〒000-0001 架空県汐見市浜町3-14 03-0000-0001"), FactId::reader_data_in_body),
      IsEmpty());
  EXPECT_THAT(values(text("件名", "お名前 山田花子様 ご住所 架空県汐見市浜町3-14 電話 03-0000-0001"),
                     FactId::reader_data_in_body),
              ElementsAre("address", "name", "phone"));
}

TEST(Reader, TheProfileInAnyWidthAndSpelling) {
  History history;
  history.profile.names = {"山田 花子"};
  history.profile.postal_addresses = {"汐見市浜町3丁目14番7号"};
  history.profile.phones = {"03-0000-4127"};
  const Facts facts = text("山田　花子 さま", "汐見市浜町３－１４－７ (０３)００００－４１２７", history);
  EXPECT_THAT(values(facts, FactId::reader_profile_in_subject), ElementsAre("name"));
  EXPECT_THAT(values(facts, FactId::reader_profile_in_body), ElementsAre("address", "phone"));
  EXPECT_EQ(quote(facts, FactId::reader_profile_in_subject), "山田　花子");
  EXPECT_FALSE(text("山本さま", "汐見市浜町3-15", history).has(FactId::reader_profile_in_body));
}

TEST(Reader, ANumberInTheSubject) {
  EXPECT_THAT(values(text("会員No:50318264", "本文"), FactId::reader_number_in_subject), ElementsAre("50318264"));
  EXPECT_FALSE(text("2026年11月20日 123456789 円", "本文").has(FactId::reader_number_in_subject))
      << "no word for a member";
}

TEST(Reader, HowItAddresses) {
  EXPECT_EQ(number(text("件名", "reader@home.example 様\r\n" + filler), FactId::reader_addressed_by_mail_address), 1);
  EXPECT_EQ(number(text("件名", "other@home.example 様\r\n" + filler), FactId::reader_addressed_by_mail_address), 0);
  EXPECT_TRUE(text("件名", "山田花子様\r\n" + filler).has(FactId::reader_addressed_by_name));
  EXPECT_TRUE(text("件名", "お客様各位\r\n" + filler).has(FactId::reader_addressed_generically));
  EXPECT_TRUE(text("件名", "reader 様\r\n" + filler).has(FactId::reader_addressed_by_local_part));
  EXPECT_TRUE(text("件名", filler).has(FactId::reader_not_addressed));
  EXPECT_FALSE(text("件名", "利用者様\r\n" + filler).has(FactId::reader_addressed_by_name));
  EXPECT_FALSE(text("件名", "明日行きます").has(FactId::reader_not_addressed)) << "a short note addresses nobody";
}

TEST(Reader, AMailAddressInTheSubject) {
  EXPECT_TRUE(text("reader@home.example のパスワード", "本文").has(FactId::reader_mail_address_in_subject));
  EXPECT_FALSE(text("other@home.example のパスワード", "本文").has(FactId::reader_mail_address_in_subject));
}

}  // namespace
}  // namespace sekisho::facts::testing
