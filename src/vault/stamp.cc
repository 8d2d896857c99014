#include "vault/stamp.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <climits>
#include <memory>

#include <fmt/format.h>

#include "base/limits.h"
#include "vault/digest.h"

namespace sekisho::vault {
namespace {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freer<Free>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Reply = Owned<TS_RESP, TS_RESP_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Nonce = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Bio = Owned<BIO, BIO_free_all>;

/// What OpenSSL says was wrong; its queue is empty afterwards.
std::string reason() {
  std::string said;
  while (const unsigned long code = ERR_get_error()) {
    const char* text = ERR_reason_error_string(code);
    if (text != nullptr) said = said.empty() ? text : said + "; " + text;
  }
  return said.empty() ? "?" : said;
}

tl::unexpected<Error> no_reply(const std::string& where) {
  return fail(ErrorCode::bad_data, Said{"case.no_stamp", {{"said", reason()}}},
              "is not a time stamp's reply that grants one", where, "sekisho case stamp --request");
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Reply parse(std::string_view reply) {
  ERR_clear_error();
  if (reply.empty() || reply.size() > limits::stamp_bytes) return nullptr;
  const unsigned char* at = bytes(reply);
  Reply parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(reply.size())));
  return at == bytes(reply) + reply.size() ? std::move(parsed) : nullptr;
}

std::string time_of(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string authority_of(TS_TST_INFO* info) {
  GENERAL_NAME* name = TS_TST_INFO_get_tsa(info);
  if (name == nullptr || name->type != GEN_DIRNAME) return {};
  const Bio out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name->d.directoryName, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
    return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string();
}

/// The trusted certificates of `pem`.
X509_STORE* store_of(std::string_view pem) {
  if (pem.size() > limits::certificate_bytes) return nullptr;
  const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  if (!in || !store) return nullptr;
  std::size_t found = 0;
  while (true) {
    const Owned<X509, X509_free> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!certificate) break;
    if (X509_STORE_add_cert(store.get(), certificate.get()) == 1) ++found;
  }
  ERR_clear_error();  // the end of the file counts as an error
  return found > 0 ? store.release() : nullptr;
}

}  // namespace

Result<std::string> stamp_request(std::string_view digest) {
  const std::string raw = from_hex(digest, sizeof(Digest));
  const Request request(TS_REQ_new());
  const Imprint imprint(TS_MSG_IMPRINT_new());
  const Algorithm algorithm(X509_ALGOR_new());
  const Nonce nonce(ASN1_INTEGER_new());
  std::uint64_t random = 0;
  const bool made =
      !raw.empty() && request && imprint && algorithm && nonce &&
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(bytes(raw)), static_cast<int>(raw.size())) ==
          1 &&
      RAND_bytes(reinterpret_cast<unsigned char*>(&random), sizeof random) == 1 &&
      ASN1_INTEGER_set_uint64(nonce.get(), random >> 1U) == 1 && TS_REQ_set_version(request.get(), 1) == 1 &&
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 && TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
      TS_REQ_set_cert_req(request.get(), 1) == 1;
  unsigned char* der = nullptr;
  const int length = made ? i2d_TS_REQ(request.get(), &der) : -1;
  if (length <= 0) return fail(ErrorCode::internal, "the request for a time stamp cannot be made: " + reason());
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return out;
}

Result<Stamp> read_stamp(std::string_view reply, const std::string& where) {
  const Reply parsed = parse(reply);
  if (!parsed) return no_reply(where);
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(parsed.get())));
  TS_TST_INFO* info = TS_RESP_get_tst_info(parsed.get());
  if ((status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) || info == nullptr) return no_reply(where);
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  ASN1_OCTET_STRING* digest = TS_MSG_IMPRINT_get_msg(imprint);
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(digest) != static_cast<int>(sizeof(Digest)))
    return no_reply(where);
  Stamp out;
  out.digest = hex(ASN1_STRING_get0_data(digest), sizeof(Digest));
  out.time = time_of(TS_TST_INFO_get_time(info));
  std::array<char, 128> policy{};
  OBJ_obj2txt(policy.data(), static_cast<int>(policy.size()), TS_TST_INFO_get_policy_id(info), 1);
  out.policy = policy.data();
  out.authority = authority_of(info);
  if (out.time.empty()) return no_reply(where);
  return out;
}

Result<void> check_stamp(std::string_view reply, std::string_view digest, std::string_view pem,
                         const std::string& where) {
  const Reply parsed = parse(reply);
  if (!parsed) return no_reply(where);
  const std::string raw = from_hex(digest, sizeof(Digest));
  const Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free> context(TS_VERIFY_CTX_new());
  X509_STORE* store = store_of(pem);
  if (store == nullptr)
    return fail(ErrorCode::bad_data, Said{"case.no_certificate", {}}, "holds no certificate in PEM form", where);
  if (!context || raw.empty()) {
    X509_STORE_free(store);
    return no_reply(where);
  }
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store);  // the context frees it
  auto* const imprint = static_cast<unsigned char*>(OPENSSL_memdup(raw.data(), raw.size()));
  TS_VERIFY_CTX_set_imprint(context.get(), imprint, static_cast<long>(raw.size()));
  if (TS_RESP_verify_response(context.get(), parsed.get()) == 1) return {};
  const std::string said = reason();
  return fail(ErrorCode::bad_data, Said{"case.stamp_untrusted", {{"said", said}}},
              "the authority's signature does not hold: " + said, where);
}

}  // namespace sekisho::vault
