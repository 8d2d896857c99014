#include "serve/home.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace sekisho::serve {
namespace {

namespace fs = std::filesystem;

constexpr std::time_t now = 1'795'000'000;
constexpr std::time_t day = 24 * 60 * 60;

X509* read(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return certificate;
}

/// X509_V_OK or why a phone that trusts the authority would refuse the certificate for `address`.
int verified(const HomeCertificates& made, const std::string& address) {
  X509_STORE* store = X509_STORE_new();
  X509* authority = read(made.authority_pem);
  X509* own = read(made.identity.chain_pem);
  X509_STORE_add_cert(store, authority);
  X509_STORE_CTX* context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, own, nullptr);
  X509_VERIFY_PARAM* wanted = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(wanted, now);
  X509_VERIFY_PARAM_set1_ip_asc(wanted, address.c_str());
  X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
  X509_verify_cert(context);
  const int result = X509_STORE_CTX_get_error(context);
  X509_STORE_CTX_free(context);
  X509_free(own);
  X509_free(authority);
  X509_STORE_free(store);
  return result;
}

class HomeTest : public testing::Test {
 protected:
  fs::path folder_ = fs::path(testing::TempDir()) / "sekisho_home";
  void SetUp() override { fs::remove_all(folder_); }
};

TEST_F(HomeTest, APhoneThatTrustsTheAuthorityTrustsTheAddressAndNoOther) {
  const auto made = home_certificates(folder_, {"192.168.1.5"}, now);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(verified(*made, "192.168.1.5"), X509_V_OK);
  EXPECT_EQ(verified(*made, "192.168.1.6"), X509_V_ERR_IP_ADDRESS_MISMATCH);
  EXPECT_EQ(made->fingerprint.size(), 32U * 3 - 1);
}

TEST_F(HomeTest, TheAuthorityCanVouchForNoAddressOfTheInternet) {
  const auto made = home_certificates(folder_, {"203.0.113.7"}, now);
  ASSERT_TRUE(made);
  EXPECT_EQ(verified(*made, "203.0.113.7"), X509_V_ERR_PERMITTED_VIOLATION);
}

TEST_F(HomeTest, TheKeysAreReadableByTheirOwnerAlone) {
  ASSERT_TRUE(home_certificates(folder_, {"10.0.0.2"}, now));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    struct stat status {};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(HomeTest, WhatIsGoodIsUsedAgainAndWhatIsNotIsMadeAnew) {
  const auto first = home_certificates(folder_, {"10.0.0.2"}, now);
  const auto again = home_certificates(folder_, {"10.0.0.2"}, now + 59 * day);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->fingerprint, again->fingerprint);
  const auto renewed = home_certificates(folder_, {"10.0.0.2"}, now + 61 * day);
  EXPECT_NE(renewed->fingerprint, first->fingerprint);
  EXPECT_EQ(renewed->authority_pem, first->authority_pem) << "phones need not be asked again";
  const auto moved = home_certificates(folder_, {"10.0.0.3"}, now + 61 * day);
  EXPECT_NE(moved->fingerprint, renewed->fingerprint);
  EXPECT_EQ(moved->authority_pem, first->authority_pem);
  const auto old = home_certificates(folder_, {"10.0.0.3"}, now + 5 * 365 * day);
  EXPECT_NE(old->authority_pem, first->authority_pem);
}

TEST_F(HomeTest, ADamagedFileIsReplaced) {
  ASSERT_TRUE(home_certificates(folder_, {"10.0.0.2"}, now));
  std::ofstream(folder_ / "server.key") << "nonsense";
  std::ofstream(folder_ / "authority.pem") << "";
  const auto made = home_certificates(folder_, {"10.0.0.2"}, now);
  ASSERT_TRUE(made);
  EXPECT_EQ(verified(*made, "10.0.0.2"), X509_V_OK);
}

TEST_F(HomeTest, WhereNothingCanBeKeptIsSaid) {
  std::ofstream(folder_) << "a file";
  EXPECT_EQ(home_certificates(folder_, {"10.0.0.2"}, now).error().said.id, "serve.state");
}

TEST(Qr, IsASquareWithItsQuietZone) {
  const auto lines = qr_lines("https://192.168.1.5:7625/#/code/ABCDE-FGHJK");
  ASSERT_GT(lines.size(), 12U);
  EXPECT_EQ(lines.front().find(' '), std::string::npos) << "light all round";
  for (const std::string& line : lines) EXPECT_TRUE(line.starts_with("██") && line.ends_with("██")) << line;
  EXPECT_TRUE(qr_lines(std::string(5'000, 'a')).empty());
}

}  // namespace
}  // namespace sekisho::serve
