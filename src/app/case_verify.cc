// sekisho case verify, receipt, stamp: whether a case is as it was left, and what shows it later.
#include <array>
#include <charconv>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/case.h"
#include "app/json.h"
#include "base/limits.h"
#include "vault/cases.h"
#include "vault/verify.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 12> finding_names{
    "head_changed", "log_changed",  "entry_changed", "chain_broken", "signature_wrong", "entries_missing",
    "item_changed", "item_missing", "foreign_file",  "stamp_wrong",  "stamp_untrusted", "receipt_differs"};
constexpr std::array<std::string_view, 6> notice_names{"unclaimed_item", "unfinished_file", "other_day",
                                                       "other_folder",   "erased_item",     "stamp_unchecked"};

/// A receipt as typed, or the file in which it was saved.
Result<std::optional<vault::Receipt>> receipt_of(const CaseRun& run) {
  const std::string& typed = run.options.receipt;
  if (typed.empty()) return std::nullopt;
  auto receipt = vault::find_receipt(typed);
  std::error_code error;
  if (!receipt && fs::is_regular_file(typed, error)) {
    const auto text = vault::read_file(typed, limits::answers_bytes);
    if (!text) return tl::unexpected(text.error());
    receipt = vault::find_receipt(*text);
  }
  if (!receipt) return tl::unexpected(wrong(run, "receipt", {{"value", shown(typed)}}));
  return receipt;
}

/// Bytes looked at so far, on a terminal, for a case with films in it.
class Meter {
 public:
  explicit Meter(const CaseRun& run) : run_(run), shown_(::isatty(STDERR_FILENO) == 1) {}
  ~Meter() {
    if (said_ > 0) std::fputs("\r\x1b[K", stderr);
  }
  void operator()(std::uint64_t bytes) {
    bytes_ += bytes;
    constexpr std::uint64_t step = 32'000'000;
    if (!shown_ || bytes_ / step == said_) return;
    said_ = bytes_ / step;
    std::fprintf(stderr, "\r%s\x1b[K", run_.say("progress", {{"mb", std::to_string(bytes_ / 1'000'000)}}).c_str());
  }

 private:
  const CaseRun& run_;
  bool shown_;
  std::uint64_t bytes_ = 0, said_ = 0;
};

template <class One, class Names>
json::array listed(const CaseRun& run, std::string_view family, const std::vector<One>& all, const Names& names) {
  json::array out;
  for (const One& one : all) {
    const std::string name(names[static_cast<std::size_t>(one.what)]);
    out.push_back(
        json::object{{"what", name},
                     {"entry", one.entry == 0 ? json::value(nullptr) : json::value(one.entry)},
                     {"value", valid_utf8(one.value)},
                     {"says", run.say(fmt::format("{}.{}", family, name),
                                      {{"entry", std::to_string(one.entry)}, {"value", valid_utf8(one.value)}})}});
  }
  return out;
}

std::string as_json(const CaseRun& run, const vault::Vault& vault, const vault::Verification& found,
                    const std::string& receipt) {
  json::array stamps;
  for (const vault::SeenStamp& stamp : found.stamps)
    stamps.push_back(json::object{{"entry", stamp.entry},
                                  {"covers", stamp.covers},
                                  {"time", stamp.stamp.time},
                                  {"authority", valid_utf8(stamp.stamp.authority)},
                                  {"checked", stamp.trusted}});
  return to_json(json::object{
             {"schema", "sekisho.case.verify/1"},
             {"case", vault.content().id},
             {"intact", found.findings.empty()},
             {"entries", found.entries},
             {"items", found.items},
             {"bytes", found.bytes},
             {"findings", listed(run, "finding", found.findings, finding_names)},
             {"notices", listed(run, "notice", found.notices, notice_names)},
             {"stamps", stamps},
             {"receipt_holds", run.options.receipt.empty() ? json::value(nullptr) : json::value(found.receipt_holds)},
             {"receipt", receipt},
             {"digest", vault.content().digest}}) +
         '\n';
}

std::string as_text(const CaseRun& run, const vault::Verification& found, const std::string& receipt) {
  const Paint paint = paint_for(run.session.settings.color.value);
  const bool intact = found.findings.empty();
  const std::string head =
      run.say(intact ? "verify.intact" : "verify.changed", {{"entries", std::to_string(found.entries)},
                                                            {"items", std::to_string(found.items)},
                                                            {"n", std::to_string(found.findings.size())}});
  std::string out = (intact ? paint.strong(head) : paint.warn(head)) + '\n';
  for (const vault::Finding& one : found.findings)
    out += "  ! " +
           run.say(fmt::format("finding.{}", finding_names[static_cast<std::size_t>(one.what)]),
                   {{"entry", std::to_string(one.entry)}, {"value", shown(one.value)}}) +
           '\n';
  for (const vault::Notice& one : found.notices)
    out += "  - " +
           run.say(fmt::format("notice.{}", notice_names[static_cast<std::size_t>(one.what)]),
                   {{"entry", std::to_string(one.entry)}, {"value", shown(one.value)}}) +
           '\n';
  for (const vault::SeenStamp& stamp : found.stamps)
    out += "  - " +
           run.say("verify.stamp", {{"time", stamp.stamp.time},
                                    {"covers", std::to_string(stamp.covers)},
                                    {"authority", shown(stamp.stamp.authority)}}) +
           '\n';
  if (found.receipt_holds) out += "  - " + run.say("verify.receipt_holds") + '\n';
  if (!intact) return out + '\n' + run.say("next.changed") + '\n';
  if (run.options.receipt.empty()) out += '\n' + run.say("verify.rollback") + '\n';
  return out + '\n' + run.say("next.verify", {{"receipt", receipt}}) + '\n';
}

Result<std::string> certificates_of(const CaseRun& run) {
  if (run.options.certificates.empty()) return std::string();
  return vault::read_file(run.options.certificates, limits::certificate_bytes);
}

/// A new file with these bytes; what is there already is left alone.
Result<void> save(const std::string& path, std::string_view bytes) {
  const fs::path place = path;
  std::error_code error;
  if (fs::exists(fs::symlink_status(place, error)))
    return fail(ErrorCode::usage, Said{"case.export_exists", {}}, "something of this name is there already", path);
  auto file = vault::NewFile::begin(vault::real_files(), place.has_parent_path() ? place.parent_path() : fs::path("."),
                                    place.filename().string());
  if (!file) return tl::unexpected(file.error());
  if (auto ok = file->append(bytes); !ok) return ok;
  return file->commit(place.filename().string());
}

/// The reply of an authority goes into the case as evidence of when its log was as it was.
int take_reply(const CaseRun& run) {
  const std::string& file = run.options.reply;
  const auto reply = vault::read_file(file, limits::stamp_bytes);
  if (!reply) return complain(run, reply.error());
  const auto stamp = vault::read_stamp(*reply, file);
  if (!stamp) return complain(run, stamp.error());
  const auto certificates = certificates_of(run);
  if (!certificates) return complain(run, certificates.error());
  if (!certificates->empty())
    if (auto ok = vault::check_stamp(*reply, stamp->digest, *certificates, file); !ok) return complain(run, ok.error());
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  std::size_t covers = 0;
  for (std::size_t i = 0; i < vault->digests().size(); ++i)
    if (vault->digests()[i] == stamp->digest) covers = i + 1;
  if (covers == 0) return complain(run, wrong(run, "stamp_of_another"));
  auto entry = new_entry(run, vault::Kind::stamp);
  if (!entry) return complain(run, entry.error());
  entry->about = std::to_string(covers);
  entry->text = one_line(stamp->time + ' ' + stamp->authority);
  entry->item = vault::Item{{}, 0, one_line(fs::path(file).filename().string())};
  std::size_t at = 0;
  const auto added = vault->add_item(std::move(*entry), [&](char* to, std::size_t room) -> Result<std::size_t> {
    const std::size_t count = reply->copy(to, room, at);
    at += count;
    return count;
  });
  if (!added) return complain(run, added.error());
  return print(run, run.say("stamped", {{"time", stamp->time}, {"covers", std::to_string(covers)}}) + '\n' +
                        run.say(certificates->empty() ? "stamp_not_checked" : "stamp_checked") + '\n');
}

}  // namespace

int case_verify(const CaseRun& run) {
  if (!run.words.empty()) return complain(run, wrong(run, "too_many", {{"word", shown(run.words.front())}}));
  const auto receipt = receipt_of(run);
  if (!receipt) return complain(run, receipt.error());
  auto certificates = certificates_of(run);
  if (!certificates) return complain(run, certificates.error());
  const auto vault = open_case(run, vault::Access::read);
  if (!vault) return complain(run, vault.error());
  vault::Verification found;
  {
    Meter meter(run);
    found = vault::verify(*vault, {*receipt, std::move(*certificates)}, [&](std::uint64_t bytes) { meter(bytes); });
  }
  const std::string now = vault::write_receipt(vault->content().entries.size(), vault->content().digest);
  const int printed = print(run, run.json ? as_json(run, *vault, found, now) : as_text(run, found, now));
  return printed != 0 ? printed : found.findings.empty() ? 0 : exit_code::bad_data;
}

int case_receipt(const CaseRun& run) {
  const auto vault = open_case(run, vault::Access::read);
  if (!vault) return complain(run, vault.error());
  if (!vault->findings().empty())
    return complain(run,
                    Error{ErrorCode::bad_data, "the case is not as it was left", {}, {}, Said{"case.damaged", {}}});
  const vault::Case& content = vault->content();
  const std::string code = vault::write_receipt(content.entries.size(), content.digest);
  if (run.json)
    return print(run, to_json(json::object{{"schema", "sekisho.case.receipt/1"},
                                           {"case", content.id},
                                           {"receipt", code},
                                           {"entries", content.entries.size()},
                                           {"digest", content.digest}}) +
                          '\n');
  const std::string text = run.say("receipt", {{"id", content.id},
                                               {"receipt", code},
                                               {"entries", std::to_string(content.entries.size())},
                                               {"digest", content.digest},
                                               {"time", time_now()}});
  if (!run.options.output.empty())
    if (auto ok = save(run.options.output, text + '\n'); !ok) return complain(run, ok.error());
  return print(run, text + "\n\n" + run.say("next.receipt", {{"receipt", code}}) + '\n');
}

int case_stamp(const CaseRun& run) {
  if (!run.options.reply.empty()) return take_reply(run);
  if (run.options.request.empty()) return complain(run, wrong(run, "stamp_what"));
  const auto vault = open_case(run, vault::Access::read);
  if (!vault) return complain(run, vault.error());
  if (!vault->findings().empty())
    return complain(run,
                    Error{ErrorCode::bad_data, "the case is not as it was left", {}, {}, Said{"case.damaged", {}}});
  const auto request = vault::stamp_request(vault->content().digest);
  if (!request) return complain(run, request.error());
  if (auto ok = save(run.options.request, *request); !ok) return complain(run, ok.error());
  return print(run, run.say("requested", {{"file", shown(run.options.request)},
                                          {"entries", std::to_string(vault->content().entries.size())}}) +
                        '\n');
}

}  // namespace sekisho::app
