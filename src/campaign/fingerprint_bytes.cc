#include "campaign/fingerprint_bytes.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/limits.h"

namespace sekisho::campaign {
namespace {

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// The yes-or-no members, in the order of their bits.
constexpr std::array flags{&Fingerprint::time_is_received, &Fingerprint::proven,          &Fingerprint::disproved,
                           &Fingerprint::auth_known,       &Fingerprint::spf_ok,          &Fingerprint::dkim_ok,
                           &Fingerprint::anybodys_sender,  &Fingerprint::platform_sender, &Fingerprint::list,
                           &Fingerprint::thread,           &Fingerprint::forwarded,       &Fingerprint::lookalike,
                           &Fingerprint::asks_data,        &Fingerprint::numbered_local,  &Fingerprint::own_site,
                           &Fingerprint::site_known,       &Fingerprint::broken,          &Fingerprint::asks_items};

}  // namespace

void ByteWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_ += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
}

void ByteWriter::fixed(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(value >> shift);
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  bytes_ += value;
}

std::string_view ByteReader::take(std::uint64_t size) {
  if (!ok_ || size > bytes_.size()) {
    ok_ = false;
    bytes_ = {};
    return {};
  }
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::string_view byte = take(1);
    if (byte.empty()) return 0;
    const auto bits = static_cast<unsigned char>(byte[0]);
    value |= std::uint64_t{bits & 0x7FU} << shift;
    if (bits < 0x80) return value;
  }
  ok_ = false;
  return 0;
}

std::uint64_t ByteReader::fixed() {
  std::uint64_t value = 0;
  int shift = 0;
  for (const char c : take(8)) {
    value |= std::uint64_t{static_cast<unsigned char>(c)} << shift;
    shift += 8;
  }
  return value;
}

std::string_view ByteReader::text() { return take(number()); }

void write(ByteWriter& out, const Fingerprint& print) {
  out.number(zigzag(print.time));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < flags.size(); ++i) bits |= std::uint64_t{print.*flags[i]} << i;
  out.number(bits);
  for (const std::string* text :
       {&print.address, &print.host, &print.domain, &print.net, &print.helo_domain, &print.scam_kind})
    out.text(*text);
  out.number(print.landings.size());
  for (const Landing& landing : print.landings) {
    out.text(landing.host);
    out.text(landing.domain);
    out.text(landing.path);
  }
  const Habits& habits = print.habits;
  for (const std::uint32_t habit :
       {habits.mailer, habits.message_id, habits.list, habits.order, habits.boundary, habits.charset})
    out.number(habit);
  out.number(habits.hops);
  out.number(zigzag(habits.zone));
  for (const std::uint64_t hash : {print.recipient, print.addressed, print.message_id, print.content, print.shape})
    out.fixed(hash);
  out.number(static_cast<std::uint64_t>(print.opened));
  out.number(print.local_head);
  out.number(std::bit_cast<std::uint32_t>(print.log_odds));
  out.number(print.answer);
  for (const std::uint16_t sign : print.signs) out.number(sign);
  for (const Shown& item : print.items)
    out.number(static_cast<std::uint64_t>(item.how) | std::uint64_t{item.form} << 2);
  out.number(print.guesses.size());
  for (const std::uint64_t guess : print.guesses) out.fixed(guess);
}

std::optional<Fingerprint> read_fingerprint(ByteReader& in) {
  Fingerprint print;
  print.time = unzigzag(in.number());
  const std::uint64_t bits = in.number();
  for (std::size_t i = 0; i < flags.size(); ++i) print.*flags[i] = (bits >> i & 1) != 0;
  for (std::string* text :
       {&print.address, &print.host, &print.domain, &print.net, &print.helo_domain, &print.scam_kind})
    *text = in.text();
  const std::uint64_t landings = in.number();
  if (landings > limits::landings_of_a_message) return std::nullopt;
  for (std::uint64_t i = 0; i < landings; ++i) {
    Landing landing;
    landing.host = in.text();
    landing.domain = in.text();
    landing.path = in.text();
    print.landings.push_back(std::move(landing));
  }
  Habits& habits = print.habits;
  for (std::uint32_t* habit :
       {&habits.mailer, &habits.message_id, &habits.list, &habits.order, &habits.boundary, &habits.charset})
    *habit = static_cast<std::uint32_t>(in.number());
  habits.hops = static_cast<std::uint8_t>(in.number());
  habits.zone = static_cast<std::int16_t>(unzigzag(in.number()));
  for (std::uint64_t* hash : {&print.recipient, &print.addressed, &print.message_id, &print.content, &print.shape})
    *hash = in.fixed();
  const std::uint64_t opened = in.number();
  if (opened > static_cast<std::uint64_t>(Opened::yes)) return std::nullopt;
  print.opened = static_cast<Opened>(opened);
  print.local_head = static_cast<std::uint32_t>(in.number());
  print.log_odds = std::bit_cast<float>(static_cast<std::uint32_t>(in.number()));
  print.answer = static_cast<std::uint8_t>(in.number());
  for (std::uint16_t& sign : print.signs) sign = static_cast<std::uint16_t>(in.number());
  for (Shown& item : print.items) {
    const std::uint64_t both = in.number();
    if ((both & 3) > static_cast<std::uint64_t>(Shown::How::masked)) return std::nullopt;
    item = {static_cast<Shown::How>(both & 3), static_cast<std::uint8_t>(both >> 2)};
  }
  const std::uint64_t guesses = in.number();
  if (guesses > limits::guesses_of_a_message) return std::nullopt;
  for (std::uint64_t i = 0; i < guesses; ++i) print.guesses.push_back(in.fixed());
  if (!in.ok()) return std::nullopt;
  return print;
}

}  // namespace sekisho::campaign
