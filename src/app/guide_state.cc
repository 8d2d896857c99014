#include "app/guide_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "app/care_data.h"
#include "app/json.h"
#include "app/terminal.h"
#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr const char* schema = "sekisho.guide.state/1";
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

tl::unexpected<Error> cannot(std::string_view what, const fs::path& path) {
  return fail(ErrorCode::unreadable, std::string("cannot be ") + std::string(what) + ": " + std::strerror(errno),
              path.string(), "check the state folder (sekisho doctor names it)");
}

Result<void> write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0) return cannot("written", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::uint32_t small_number(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_int64() && value->get_int64() >= 0 && value->get_int64() < 1000
             ? static_cast<std::uint32_t>(value->get_int64())
             : 0;
}

}  // namespace

Result<void> GuideStore::make_folder() const {
  if (folder_.empty())
    return fail(ErrorCode::usage, "there is no folder to keep this in", {}, "give one with --state DIR");
  std::error_code error;
  if (fs::exists(folder_, error)) return {};
  fs::create_directories(folder_, error);
  if (error) return fail(ErrorCode::unreadable, "cannot be made: " + error.message(), folder_.string());
  fs::permissions(folder_, fs::perms::owner_all, error);
  return {};
}

Result<std::optional<GuideState>> GuideStore::load() const {
  std::error_code error;
  if (folder_.empty() || !fs::exists(answers(), error)) return std::nullopt;
  const std::string where = answers().string();
  const auto text = read_small_file(where);
  if (!text) return tl::unexpected(text.error());
  const auto damaged = [&] {
    return fail(ErrorCode::bad_data, "the kept answers cannot be read", where, "sekisho guide --forget starts afresh");
  };
  boost::system::error_code wrong;
  const json::value value = json::parse(*text, wrong);
  if (wrong || !value.is_object()) return damaged();
  const json::object& object = value.get_object();
  const json::value* kept = object.if_contains("answers");
  const json::value* asked = object.if_contains("asked");
  if (kept == nullptr || !kept->is_object() || asked == nullptr || !asked->is_array()) return damaged();
  GuideState state;
  auto parsed = parse_answers(to_json(*kept), where, care::Register::ja);
  if (!parsed) return damaged();
  state.answers = std::move(*parsed);
  for (const json::value& question : asked->get_array()) {
    if (!question.is_string()) return damaged();
    state.asked.emplace_back(question.get_string());
  }
  if (const json::value* since = object.if_contains("since"); since != nullptr && since->is_string())
    state.since = care::find_day(std::string_view(since->get_string()));
  state.rungs_tried = small_number(object, "rungs_tried");
  state.checks_made = small_number(object, "checks_made");
  return state;
}

Result<void> GuideStore::save(const GuideState& state) const {
  if (auto ok = make_folder(); !ok) return ok;
  json::object object{{"schema", schema},
                      {"answers", to_object(state.answers)},
                      {"asked", json::array(state.asked.begin(), state.asked.end())},
                      {"since", state.since ? json::value(care::iso(*state.since)) : json::value(nullptr)},
                      {"rungs_tried", state.rungs_tried},
                      {"checks_made", state.checks_made}};
  // Beside and renamed: a run that is killed leaves the old answers or the new ones, never half of them.
  const fs::path beside = folder_ / ("guide.json." + std::to_string(::getpid()));
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, owner_only);
  if (file < 0) return cannot("written", beside);
  const auto written = write_all(file, to_json(object) + '\n', beside);
  const bool kept = ::fsync(file) == 0;
  ::close(file);
  if (!written) return written;
  if (!kept || ::rename(beside.c_str(), answers().c_str()) != 0) return cannot("written", answers());
  return {};
}

Result<void> GuideStore::log(care::Day day, std::string_view line) const {
  if (auto ok = make_folder(); !ok) return ok;
  std::string words = for_terminal(line.substr(0, limits::interview_bytes));
  const int file = ::open(log_file().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, owner_only);
  if (file < 0) return cannot("written", log_file());
  const auto written = write_all(file, care::iso(day) + "  " + words + '\n', log_file());
  ::close(file);
  return written;
}

Result<std::vector<std::string>> GuideStore::logged() const {
  std::vector<std::string> lines;
  std::error_code error;
  if (folder_.empty() || !fs::exists(log_file(), error)) return lines;
  const auto text = read_small_file(log_file().string());
  if (!text) return tl::unexpected(text.error());
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    if (end > at) lines.push_back(text->substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

Result<bool> GuideStore::forget() const {
  bool any = false;
  if (folder_.empty()) return any;
  for (const fs::path& file : {answers(), log_file()}) {
    if (::unlink(file.c_str()) == 0)
      any = true;
    else if (errno != ENOENT)
      return cannot("erased", file);
  }
  return any;
}

}  // namespace sekisho::app
