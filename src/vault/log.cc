#include "vault/log.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/limits.h"
#include "vault/entry.h"

namespace sekisho::vault {
namespace {

constexpr std::string_view title = "sekisho case log 1\n";
constexpr char entry_tag = 'E', end_tag = 'H';
constexpr std::size_t frame_bytes = 5;  // a tag and a length

/// One tagged piece of the file.
struct Frame {
  char tag = 0;
  std::string_view sealed, whole;
};

std::optional<Frame> take_frame(std::string_view& bytes) {
  if (bytes.size() < frame_bytes) return std::nullopt;
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < 4; ++i)
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[1 + i])) << (8 * i);
  if (length > bytes.size() - frame_bytes) return std::nullopt;
  const Frame frame{bytes[0], bytes.substr(frame_bytes, length), bytes.substr(0, frame_bytes + length)};
  bytes.remove_prefix(frame.whole.size());
  return frame;
}

void add_frame(std::string& to, char tag, std::string_view sealed) {
  to += tag;
  for (unsigned shift = 0; shift < 32; shift += 8) to += static_cast<char>((sealed.size() >> shift) & 0xFFU);
  to += sealed;
}

std::string place(std::string_view what, std::string_view case_id, std::uint64_t number) {
  return fmt::format("sekisho case log 1 {} {} {}", what, case_id, number);
}

std::string_view view(const Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

bool take_signature(std::string_view& plain, Signature& signature) {
  if (plain.size() < signature.size()) return false;
  std::memcpy(signature.data(), plain.data(), signature.size());
  plain.remove_prefix(signature.size());
  return true;
}

class Reader {
 public:
  Reader(const CaseKeys& keys, std::string_view case_id) : keys_(keys), id_(case_id) {}

  Log read(std::string_view bytes) {
    if (bytes.size() > limits::case_log_bytes || bytes.substr(0, title.size()) != title) {
      note(Finding::What::log_changed, 0);
      return std::move(log_);
    }
    bytes.remove_prefix(title.size());
    bool ended = false;
    while (!ended) {
      const auto frame = take_frame(bytes);
      if (!frame || (frame->tag != entry_tag && frame->tag != end_tag) || count_ >= limits::case_entries) {
        note(Finding::What::log_changed, 0);
        return std::move(log_);
      }
      ended = frame->tag == end_tag;
      ended ? end(*frame) : entry(*frame);
    }
    if (!bytes.empty()) note(Finding::What::log_changed, 0);
    return std::move(log_);
  }

 private:
  void note(Finding::What what, std::uint64_t entry, std::string value = {}) {
    log_.findings.push_back({what, entry, std::move(value)});
  }

  void entry(const Frame& frame) {
    const std::uint64_t number = ++count_;
    log_.sealed += frame.whole;
    std::string plain;
    Entry read;
    Signature signature;
    std::string_view rest;
    bool opened = open_sealed(keys_.log_key(), frame.sealed, place("entry", id_, number), plain);
    rest = plain;
    std::string_view text;
    if (opened && take_signature(rest, signature)) {
      text = rest;
      opened = take_entry(rest, read) && rest.empty() && read.number == number;
    } else {
      opened = false;
    }
    if (!opened) {
      whole_ = false;
      note(Finding::What::entry_changed, number);
      return;
    }
    if (whole_ && read.before != log_.digest()) {
      whole_ = false;
      note(Finding::What::chain_broken, number);
    }
    log_.running.add(text);
    log_.text += text;
    log_.digests.push_back(whole_ ? log_.digest() : std::string());
    if (whole_ && !signature_holds(keys_.public_key(), statement(id_, number, log_.digests.back()), signature))
      note(Finding::What::signature_wrong, number);
    log_.entries.push_back(std::move(read));
  }

  void end(const Frame& frame) {
    std::string plain;
    Signature signature;
    // The place of the end names the count: another count does not open, an earlier end neither.
    if (!open_sealed(keys_.log_key(), frame.sealed, place("end", id_, count_), plain)) {
      note(Finding::What::entries_missing, 0, std::to_string(count_));
      return;
    }
    std::string_view rest = plain;
    if (!take_signature(rest, signature) || !signature_holds(keys_.public_key(), rest, signature) ||
        (whole_ && rest != statement(id_, count_, log_.digest())))
      note(Finding::What::signature_wrong, 0);
  }

  const CaseKeys& keys_;
  std::string_view id_;
  Log log_;
  std::uint64_t count_ = 0;
  bool whole_ = true;
};

}  // namespace

std::string statement(std::string_view case_id, std::uint64_t entries, std::string_view digest) {
  return fmt::format("sekisho case state 1\nid {}\nentries {}\nsha256 {}\n", case_id, entries, digest);
}

Log read_log(std::string_view bytes, const CaseKeys& keys, std::string_view case_id) {
  return Reader(keys, case_id).read(bytes);
}

Result<Log> with_entries(Log log, std::vector<Entry> more, const CaseKeys& keys, std::string_view case_id) {
  const auto full = [] {
    return fail(ErrorCode::usage, Said{"case.log_full", {{"most", std::to_string(limits::case_entries)}}},
                "the log of the case is full", {}, "open another case");
  };
  if (log.entries.size() + more.size() > limits::case_entries) return full();
  for (Entry& entry : more) {
    entry.number = log.entries.size() + 1;
    entry.before = log.digest();
    const auto text = write_entry(entry);
    if (!text) return tl::unexpected(text.error());
    log.running.add(*text);
    log.text += *text;
    log.digests.push_back(log.digest());
    const Signature signature = keys.sign(statement(case_id, entry.number, log.digests.back()));
    add_frame(log.sealed, entry_tag,
              seal(keys.log_key(), std::string(view(signature)) + *text, place("entry", case_id, entry.number)));
    log.entries.push_back(std::move(entry));
    if (log.sealed.size() + limits::case_head_bytes > limits::case_log_bytes) return full();
  }
  return log;
}

std::string log_bytes(const Log& log, const CaseKeys& keys, std::string_view case_id) {
  std::string out(title);
  out += log.sealed;
  const std::uint64_t count = log.entries.size();
  const std::string state = statement(case_id, count, log.digest());
  const Signature signature = keys.sign(state);
  add_frame(out, end_tag, seal(keys.log_key(), std::string(view(signature)) + state, place("end", case_id, count)));
  return out;
}

std::optional<std::uint64_t> entries_in(std::string_view bytes) {
  if (bytes.substr(0, title.size()) != title) return std::nullopt;
  bytes.remove_prefix(title.size());
  std::uint64_t count = 0;
  while (const auto frame = take_frame(bytes)) {
    if (frame->tag == end_tag) return count;
    ++count;
  }
  return std::nullopt;
}

}  // namespace sekisho::vault
