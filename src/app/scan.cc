// sekisho scan: whole mailboxes in, one report out.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/me_store.h"
#include "app/progress.h"
#include "app/scan_page.h"
#include "engine/scan.h"
#include "mailbox/reader.h"

namespace sekisho::app {
namespace {

/// Minutes east of UTC of this machine's clock: the owner's hours of the day.
std::int32_t own_zone() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  return localtime_r(&now, &local) == nullptr ? 0 : static_cast<std::int32_t>(local.tm_gmtoff / 60);
}

void print_stats(const engine::Scanned& scanned, std::chrono::steady_clock::time_point began, unsigned jobs) {
  const double seconds =
      std::max(1e-6, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::fputs(fmt::format("stats: messages {}  read_now {}  seconds {:.3f}  messages/s {:.1f}  jobs {}  "
                         "peak_resident_MB {:.1f}\n",
                         scanned.places.size(), scanned.read_now, seconds,
                         static_cast<double>(scanned.places.size()) / seconds, jobs,
                         static_cast<double>(usage.ru_maxrss) / 1024)
                 .c_str(),
             stderr);
}

}  // namespace

int run_scan(const Session& session) {
  const auto began = std::chrono::steady_clock::now();
  engine::ScanOptions options;
  if (!session.options.scan.no_profile) {
    auto profile = profile_for_scan(session.options.scan.profile, session.settings.state.value);
    if (!profile) return complain(session, profile.error());
    options.profile = std::move(*profile);
  }
  options.jobs = session.settings.jobs.value != 0
                     ? session.settings.jobs.value
                     : std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  options.zone_minutes = own_zone();
  options.fresh = session.options.scan.fresh;
  if (!session.options.scan.keep_nothing && !session.settings.state.value.empty())
    options.state = session.settings.state.value;

  const bool shown = shows_progress();
  Progress progress(session.voice, shown, shown ? mailbox::measure(session.options.paths).bytes : 0);
  const auto scanned =
      engine::scan(session.engine, session.options.paths, options,
                   [&](std::uint64_t bytes, std::uint64_t messages) { progress.advance(bytes, messages); });
  progress.hide();
  if (!scanned) return complain(session, scanned.error());
  int code = exit_code::nothing_found;
  for (const mailbox::Unreadable& unreadable : scanned->unreadable)
    code = worse(code, complain(session, unreadable.error));
  if (scanned->unkept) (void)complain(session, *scanned->unkept);  // the answer is whole: only the next run is longer
  if (scanned->places.empty() && scanned->unreadable.empty())
    code = worse(code, complain(session, {ErrorCode::unreadable, "holds no message", session.options.paths.front(),
                                          "give an mbox, a Maildir, a folder or a zip of .eml files",
                                          Said{"input.no_message", {}}}));

  const ScanPage page{
      session.engine,        session.voice,     paint_for(session.settings.color.value), terminal_width(STDOUT_FILENO),
      scanned->zone_minutes, std::time(nullptr)};
  // "Nothing was found" under an error would be read as an answer; a program still gets its object.
  const bool for_people = session.options.scan.html || session.settings.format.value != engine::Format::json;
  if (scanned->places.empty() && for_people) return code;
  const Put put = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  if (session.options.scan.html)
    put(scan_html(*scanned, page));
  else if (session.settings.format.value == engine::Format::json)
    scan_json(*scanned, page, versions_of(session.engine), put);
  else
    put(scan_text(*scanned, page));
  const bool any_scam = std::any_of(scanned->report.messages.begin(), scanned->report.messages.end(),
                                    [](const auto& line) { return line.standing == campaign::Standing::scam; });
  if (any_scam) code = worse(code, exit_code::scam);
  if (session.options.stats) print_stats(*scanned, began, options.jobs);
  if (!output_arrived())
    code = worse(code, complain(session, {ErrorCode::internal, "standard output could not be written", {}, {}}));
  return code;
}

}  // namespace sekisho::app
