#include "serve/home.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "serve/gate.h"

namespace sekisho::serve {
namespace {

namespace fs = std::filesystem;

constexpr long day = 24L * 60 * 60;
constexpr long authority_days = 5 * 365, certificate_days = 90, renewed_days_before = 30;

struct Free {
  void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
  void operator()(X509* it) const { X509_free(it); }
  void operator()(BIO* it) const { BIO_free(it); }
  void operator()(X509_EXTENSION* it) const { X509_EXTENSION_free(it); }
  void operator()(GENERAL_NAMES* it) const { GENERAL_NAMES_free(it); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

struct Pair {
  Owned<X509> certificate;
  Owned<EVP_PKEY> key;
};

bool is_home(const in_addr& address) {
  const std::uint32_t ip = ntohl(address.s_addr);
  return (ip >> 24) == 10 || (ip >> 20) == 0xAC1 || (ip >> 16) == 0xC0A8;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(bio.get());
}

bool add(X509* to, X509* issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
  return extension && X509_add_ext(to, extension.get(), -1) == 1;
}

/// A certificate for `key` with a random number, from a day ago (clocks differ) for `days`.
Owned<X509> blank(EVP_PKEY* key, const std::string& name, std::time_t now, long days) {
  Owned<X509> made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  const std::string number = random_hex(16);
  BIGNUM* big = nullptr;
  BN_hex2bn(&big, ("0" + number.substr(1)).c_str());
  BN_to_ASN1_INTEGER(big, X509_get_serialNumber(made.get()));
  BN_free(big);
  X509_time_adj_ex(X509_getm_notBefore(made.get()), -1, 0, &now);
  X509_time_adj_ex(X509_getm_notAfter(made.get()), static_cast<int>(days), 0, &now);
  X509_set_pubkey(made.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return made;
}

Pair make_authority(std::time_t now) {
  Pair made{nullptr, Owned<EVP_PKEY>(EVP_EC_gen("P-256"))};
  if (!made.key) return {};
  // A number in the name tells two machines' authorities apart in a phone's list.
  made.certificate = blank(made.key.get(), "Sekisho home " + random_hex(2), now, authority_days);
  X509* it = made.certificate.get();
  X509_set_issuer_name(it, X509_get_subject_name(it));
  // Whoever steals the key can speak for home addresses only: for no name at all, for no address of the internet.
  const bool good = add(it, it, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add(it, it, NID_key_usage, "critical,keyCertSign") &&
                    add(it, it, NID_subject_key_identifier, "hash") &&
                    add(it, it, NID_name_constraints,
                        "critical,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/255.240.0.0,"
                        "permitted;IP:192.168.0.0/255.255.0.0,"
                        "permitted;IP:fc00:0:0:0:0:0:0:0/fe00:0:0:0:0:0:0:0,permitted;DNS:sekisho.invalid,"
                        "permitted;email:sekisho.invalid");
  if (!good || X509_sign(it, made.key.get(), EVP_sha256()) == 0) return {};
  return made;
}

Pair make_certificate(const Pair& authority, const std::vector<std::string>& addresses, std::time_t now) {
  Pair made{nullptr, Owned<EVP_PKEY>(EVP_EC_gen("P-256"))};
  if (!made.key) return {};
  made.certificate = blank(made.key.get(), "Sekisho " + addresses.front(), now, certificate_days);
  X509* it = made.certificate.get();
  X509_set_issuer_name(it, X509_get_subject_name(authority.certificate.get()));
  std::string names;
  for (const std::string& address : addresses) names += (names.empty() ? "IP:" : ",IP:") + address;
  const bool good = add(it, authority.certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    add(it, authority.certificate.get(), NID_key_usage, "critical,digitalSignature") &&
                    add(it, authority.certificate.get(), NID_ext_key_usage, "serverAuth") &&
                    add(it, authority.certificate.get(), NID_subject_key_identifier, "hash") &&
                    add(it, authority.certificate.get(), NID_authority_key_identifier, "keyid") &&
                    add(it, authority.certificate.get(), NID_subject_alt_name, names);
  if (!good || X509_sign(it, authority.key.get(), EVP_sha256()) == 0) return {};
  return made;
}

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Pair read_pair(const fs::path& folder, const std::string& name) {
  const std::string certificate = read_all(folder / (name + ".pem")), key = read_all(folder / (name + ".key"));
  const Owned<BIO> from(BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
  const Owned<BIO> key_from(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
  Pair read{Owned<X509>(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr)),
            Owned<EVP_PKEY>(PEM_read_bio_PrivateKey(key_from.get(), nullptr, nullptr, nullptr))};
  if (!read.certificate || !read.key || X509_check_private_key(read.certificate.get(), read.key.get()) != 1) return {};
  return read;
}

Result<void> write_file(const fs::path& path, const std::string& text) {
  const fs::path beside = path.string() + ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) ::close(file);
  if (!written || ::rename(beside.c_str(), path.c_str()) != 0)
    return fail(ErrorCode::unreadable, Said{"serve.state", {}}, "the certificate cannot be kept", path.string());
  return {};
}

Result<void> write_pair(const fs::path& folder, const std::string& name, const Pair& pair) {
  if (auto ok = write_file(folder / (name + ".key"), pem_of(pair.key.get())); !ok) return ok;
  return write_file(folder / (name + ".pem"), pem_of(pair.certificate.get()));
}

bool lasts(X509* certificate, std::time_t now, long days) {
  std::time_t then = now + days * day;
  return X509_cmp_time(X509_get0_notAfter(certificate), &then) > 0 &&
         X509_cmp_time(X509_get0_notBefore(certificate), &now) < 0;
}

/// Whether the certificate speaks for exactly these addresses.
bool names(X509* certificate, const std::vector<std::string>& addresses) {
  const Owned<GENERAL_NAMES> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (!all || sk_GENERAL_NAME_num(all.get()) != static_cast<int>(addresses.size())) return false;
  return std::all_of(addresses.begin(), addresses.end(), [&](const std::string& address) {
    return X509_check_ip_asc(certificate, address.c_str(), 0) == 1;
  });
}

std::string fingerprint_of(X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest.data(), &size);
  std::vector<std::string> bytes;
  for (unsigned i = 0; i < size; ++i) bytes.push_back(fmt::format("{:02X}", digest[i]));
  return fmt::format("{}", fmt::join(bytes, ":"));
}

/// The address from which this machine would speak to the internet; nothing is sent (a datagram socket only looks up).
std::string default_address() {
  const int probe = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return {};
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(9);
  inet_pton(AF_INET, "192.0.2.1", &to.sin_addr);  // RFC 5737: nobody's
  sockaddr_in own{};
  socklen_t size = sizeof own;
  std::array<char, INET_ADDRSTRLEN> text{};
  if (::connect(probe, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
      ::getsockname(probe, reinterpret_cast<sockaddr*>(&own), &size) == 0)
    inet_ntop(AF_INET, &own.sin_addr, text.data(), text.size());
  ::close(probe);
  return text.data();
}

}  // namespace

std::vector<std::string> home_addresses() {
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return found;
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> freed(list, ::freeifaddrs);
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    if ((one->ifa_flags & IFF_UP) == 0 || (one->ifa_flags & IFF_LOOPBACK) != 0) continue;
    const auto& address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr;
    if (!is_home(address)) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    found.emplace_back(inet_ntop(AF_INET, &address, text.data(), text.size()));
  }
  std::sort(found.begin(), found.end());
  const auto first = std::find(found.begin(), found.end(), default_address());
  if (first != found.end()) std::rotate(found.begin(), first, first + 1);
  return found;
}

Result<HomeCertificates> home_certificates(const fs::path& folder, const std::vector<std::string>& addresses,
                                           std::time_t now) {
  const auto cannot = [&] { return fail(ErrorCode::internal, "the certificate could not be made", folder.string()); };
  if (addresses.empty()) return cannot();
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return fail(ErrorCode::unreadable, Said{"serve.state", {}}, "the certificate cannot be kept", folder.string());
  fs::permissions(folder, fs::perms::owner_all, error);
  Pair authority = read_pair(folder, "authority");
  bool anew = false;
  if (!authority.key || !lasts(authority.certificate.get(), now, certificate_days)) {
    authority = make_authority(now);
    if (!authority.key) return cannot();
    if (auto ok = write_pair(folder, "authority", authority); !ok) return tl::unexpected(ok.error());
    anew = true;
  }
  Pair own = read_pair(folder, "server");
  if (anew || !own.key || !lasts(own.certificate.get(), now, renewed_days_before) ||
      !names(own.certificate.get(), addresses) || X509_verify(own.certificate.get(), authority.key.get()) != 1) {
    own = make_certificate(authority, addresses, now);
    if (!own.key) return cannot();
    if (auto ok = write_pair(folder, "server", own); !ok) return tl::unexpected(ok.error());
  }
  return HomeCertificates{{pem_of(own.certificate.get()), pem_of(own.key.get())},
                          pem_of(authority.certificate.get()),
                          fingerprint_of(own.certificate.get())};
}

}  // namespace sekisho::serve
