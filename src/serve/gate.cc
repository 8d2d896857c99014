#include "serve/gate.h"

#include <sys/stat.h>

#include <fstream>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "base/limits.h"

namespace sekisho::serve {
namespace {

constexpr std::string_view secure_cookie = "__Host-sekisho", plain_cookie = "sekisho";

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// As people type it: without spaces and hyphens, in capitals, O as 0 and I and L as 1.
std::string tidy(std::string_view code) {
  std::string out;
  for (char c : code) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  return out;
}

/// The value of our cookie in a Cookie field (RFC 6265 5.4).
std::string_view session_in(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view pair = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
  }
  return {};
}

std::string_view bearer_in(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() < scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((authorization[i] | 0x20) != (scheme[i] | 0x20)) return {};
  return authorization.substr(scheme.size());
}

}  // namespace

Gate::Gate(std::set<std::string> hosts, std::string code)
    : hosts_(std::move(hosts)), code_(tidy(code)), session_(random_hex(32)) {}

std::optional<Refusal> Gate::check_host(const Head& head) const {
  if (head.host.empty()) return Refusal{400, "bad_request"};
  const auto host = host_of(head.host);
  if (!host) return Refusal{400, "bad_request"};
  if (hosts_.count(*host) == 0) return Refusal{421, "wrong_host"};
  return std::nullopt;
}

/// A browser says where a request comes from; programs (curl) say nothing. A link from elsewhere may open the page, but
/// nothing from elsewhere may ask the API or post.
std::optional<Refusal> Gate::check_origin(const Head& head) const {
  const bool reads = head.method == Method::get || head.method == Method::head;
  const bool of_api = head.target.starts_with("/api/") || head.target.starts_with("/metrics");
  if (reads && !of_api) return std::nullopt;
  if (!head.fetch_site.empty() && head.fetch_site != "same-origin" && head.fetch_site != "none")
    return Refusal{403, "cross_site"};
  if (head.origin.empty()) return std::nullopt;
  const std::string own = fmt::format("{}://{}", head.secure ? "https" : "http", head.host);
  if (head.origin.size() != own.size()) return Refusal{403, "cross_site"};
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (lower(own[i]) != lower(head.origin[i])) return Refusal{403, "cross_site"};
  }
  return std::nullopt;
}

std::optional<Refusal> Gate::admit(const Head& head, Access access, Now now) {
  if (auto refusal = check_host(head)) return refusal;
  if (auto refusal = check_origin(head)) return refusal;
  if (access == Access::open || code_.empty()) return std::nullopt;
  if (same_secret(session_in(head.cookie, head.secure ? secure_cookie : plain_cookie), session_)) return std::nullopt;
  const std::string_view bearer = bearer_in(head.authorization);
  if (bearer.empty()) return Refusal{401, "code_needed"};
  return enter(head, bearer, now);
}

std::optional<Refusal> Gate::enter(const Head& head, std::string_view code, Now now) {
  if (code_.empty()) return std::nullopt;
  if (is_throttled(head.peer, now)) return Refusal{429, "too_many_codes"};
  if (same_secret(tidy(code), code_)) return std::nullopt;
  count_wrong(head.peer, now);
  return Refusal{401, "code_wrong"};
}

std::string Gate::cookie(const Head& head) const {
  constexpr int half_a_day = 12 * 60 * 60;
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}",
                     head.secure ? secure_cookie : plain_cookie, session_, half_a_day, head.secure ? "; Secure" : "");
}

bool Gate::is_throttled(const std::string& peer, Now now) const {
  const auto found = wrong_.find(peer);
  return found != wrong_.end() && now - found->second.since < std::chrono::minutes(1) &&
         found->second.count >= limits::wrong_codes_a_minute;
}

void Gate::count_wrong(const std::string& peer, Now now) {
  if (wrong_.size() >= limits::wrong_code_addresses)
    std::erase_if(wrong_, [&](const auto& one) { return now - one.second.since >= std::chrono::minutes(1); });
  // Thousands of addresses at once are one attack: all of them start again from nothing known, which costs each a
  // minute.
  if (wrong_.size() >= limits::wrong_code_addresses) wrong_.clear();
  Wrong& wrong = wrong_[peer];
  if (wrong.count == 0 || now - wrong.since >= std::chrono::minutes(1)) wrong = {0, now};
  ++wrong.count;
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0'), out;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()), static_cast<int>(bytes)) != 1) std::abort();
  for (const char c : raw) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string random_code() {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // 32, none that looks like another
  std::string raw(10, '\0'), out;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()), static_cast<int>(raw.size())) != 1) std::abort();
  for (const char c : raw) {
    if (out.size() == 5) out += '-';
    out += letters[static_cast<unsigned char>(c) % letters.size()];
  }
  return out;
}

Result<std::string> read_code(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    return fail(ErrorCode::unreadable, Said{"serve.code_file", {}}, "the access code cannot be read", path);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::usage, Said{"serve.code_open", {}}, "others can read the access code", path,
                "chmod 600 FILE");
  std::ifstream file(path, std::ios::binary);
  std::string code(limits::http_form_bytes, '\0');
  file.read(code.data(), static_cast<std::streamsize>(code.size()));
  code.resize(static_cast<std::size_t>(file.gcount()));
  code = code.substr(0, code.find_first_of("\r\n"));
  if (tidy(code).size() < limits::access_code_bytes_least)
    return fail(ErrorCode::usage,
                Said{"serve.code_short", {{"least", std::to_string(limits::access_code_bytes_least)}}},
                "the access code is too short", path, "put at least 10 letters in it");
  return code;
}

}  // namespace sekisho::serve
