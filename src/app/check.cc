// sekisho check: messages in, one answer for each out, in the order in which they came.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/pipeline.h"
#include "app/progress.h"
#include "app/text_report.h"
#include "mailbox/reader.h"
#include "report/check.h"

namespace sekisho::app {
namespace {

/// What a run prints, and the exit code that it adds up to. Used by one thread at a time (Pipeline emits in order).
class Printer {
 public:
  Printer(const Page& page, bool json, Detail detail, Progress& progress)
      : page_(page), json_(json), detail_(detail), progress_(progress) {}

  void print(const Finished& finished) {
    exit_code_ = worse(exit_code_, finished.exit_code);
    bytes_ += finished.bytes;
    if (!finished.complaint.empty()) {
      progress_.hide();
      std::fputs(finished.complaint.c_str(), stderr);
    }
    count(finished);
    if (json_)
      put(finished.short_text);
    else if (finished.answer)
      text(finished);
    progress_.advance(finished.bytes);
  }

  void end() {
    progress_.hide();
    if (held_)
      put(held_->long_text.empty() ? held_->short_text : held_->long_text);
    else if (!json_ && answers_ > 1)
      put(summary(tally_, page_));
  }

  int exit_code() const { return exit_code_; }
  const Tally& tally() const { return tally_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  /// The first message waits: alone it gets the whole answer, among others one line.
  void text(const Finished& finished) {
    ++answers_;
    if (detail_ == Detail::everything) {
      if (answers_ > 1) put("\n\n");
      put(finished.long_text);
      return;
    }
    if (answers_ == 1) {
      held_ = finished;
      return;
    }
    if (held_) put(held_->short_text);
    held_.reset();
    put(finished.short_text);
  }

  void count(const Finished& finished) {
    if (!finished.answer)
      ++tally_.failed;
    else if (*finished.answer == verdict::Answer::scam)
      ++tally_.scam;
    else if (*finished.answer == verdict::Answer::cannot_tell)
      ++tally_.cannot_tell;
    else
      ++tally_.nothing_found;
  }

  void put(std::string_view text) {
    if (text.empty()) return;
    progress_.hide();
    std::fwrite(text.data(), 1, text.size(), stdout);
  }

  const Page& page_;
  const bool json_;
  const Detail detail_;
  Progress& progress_;
  std::optional<Finished> held_;
  std::uint64_t answers_ = 0, bytes_ = 0;
  Tally tally_;
  int exit_code_ = exit_code::nothing_found;
};

/// Judges and words one job; runs on any thread.
class Clerk {
 public:
  Clerk(const Session& session, const Page& page, bool json, Detail detail)
      : session_(session), page_(page), json_(json), detail_(detail) {}

  Finished work(const Job& job, engine::Worker& worker, std::uint64_t sequence) const {
    if (job.error) return failed(job, *job.error);
    Outcome outcome{job.input, job.index, session_.engine.examine(job.bytes, {}, {}, worker, session_.options.read_as)};
    if (!outcome.report) return failed(job, outcome.report.error());
    Finished finished;
    finished.bytes = job.bytes.size();
    finished.answer = outcome.report->verdict.answer;
    finished.exit_code = *finished.answer == verdict::Answer::scam          ? exit_code::scam
                         : *finished.answer == verdict::Answer::cannot_tell ? exit_code::cannot_tell
                                                                            : exit_code::nothing_found;
    if (json_) {
      finished.short_text = report::check_json(outcome, session_.engine, session_.voice, page_.versions);
    } else {
      // Which message turns out to be the only one is known later; one that comes after an unreadable one may be.
      if (detail_ == Detail::everything || sequence < most_that_may_be_alone)
        finished.long_text = full_report(outcome, page_, detail_);
      finished.short_text = one_line(outcome, page_);
    }
    return finished;
  }

  Finished failed(const Job& job, Error error) const {
    if (error.where.empty()) error.where = name(job);
    Finished finished;
    finished.bytes = job.bytes.size();
    finished.exit_code = exit_code_of(error.code);
    finished.complaint = session_.voice.complaint(error);
    if (json_)
      finished.short_text = report::check_json({job.input, job.index, tl::unexpected(std::move(error))},
                                               session_.engine, session_.voice, page_.versions);
    return finished;
  }

 private:
  /// After so many inputs the first answer is either printed or every input failed; a whole answer is made for these
  /// only.
  static constexpr std::uint64_t most_that_may_be_alone = 64;

  std::string name(const Job& job) const {
    std::string name = job.input == "-" ? session_.voice.say("app.standard_input") : job.input;
    if (job.index > 0) name += fmt::format("#{}", job.index);
    return name;
  }

  const Session& session_;
  const Page& page_;
  const bool json_;
  const Detail detail_;
};

void print_stats(const Printer& printer, std::chrono::steady_clock::time_point began, unsigned jobs) {
  const double seconds =
      std::max(1e-6, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double messages = static_cast<double>(printer.tally().all());
  const double megabytes = static_cast<double>(printer.bytes()) / 1e6;
  std::fputs(fmt::format("stats: messages {:.0f}  MB {:.3f}  seconds {:.3f}  messages/s {:.1f}  MB/s {:.2f}  jobs {}  "
                         "peak_resident_MB {:.1f}\n",
                         messages, megabytes, seconds, messages / seconds, megabytes / seconds, jobs,
                         static_cast<double>(usage.ru_maxrss) / 1024)
                 .c_str(),
             stderr);
}

}  // namespace

int run_check(const Session& session) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::string> paths = session.options.paths;
  if (paths.empty()) paths.emplace_back("-");
  const bool asks_person = isatty(STDIN_FILENO) == 1 && std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (asks_person) std::fputs((session.voice.say("app.prompt") + '\n').c_str(), stderr);

  const bool json = session.settings.format.value == engine::Format::json;
  const Detail detail = session.options.verbose ? Detail::everything : Detail::short_answer;
  const unsigned jobs = session.settings.jobs.value != 0
                            ? session.settings.jobs.value
                            : std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  const Versions versions = versions_of(session.engine);
  const Page page{session.engine, session.voice, versions, paint_for(session.settings.color.value),
                  terminal_width(STDOUT_FILENO)};

  const bool shown = shows_progress();
  Progress progress(session.voice, shown, shown ? mailbox::measure(paths).bytes : 0);
  Printer printer(page, json, detail, progress);
  const Clerk clerk(session, page, json, detail);
  Pipeline pipeline(
      session.engine, jobs,
      [&](const Job& job, engine::Worker& worker, std::uint64_t sequence) { return clerk.work(job, worker, sequence); },
      [&](const Job& job, const Error& error) { return clerk.failed(job, error); },
      [&](const Finished& finished) { printer.print(finished); });
  mailbox::read_all(
      paths,
      [&](const mailbox::Item& item) {
        pipeline.submit({item.input, item.index, std::string(item.bytes), {}});
        return true;
      },
      [&](const mailbox::Unreadable& unreadable) {
        pipeline.submit({unreadable.input, 0, {}, unreadable.error});
      });
  pipeline.finish();
  int code = printer.exit_code();
  if (printer.tally().all() == 0) {
    const Error nothing{ErrorCode::unreadable, "holds no message", paths.front(),
                        "give a mail file, an mbox, a folder of .eml files, or - for standard input",
                        Said{"input.no_message", {}}};
    printer.print(clerk.failed({paths.front(), 0, {}, {}}, nothing));
    code = printer.exit_code();
  }
  printer.end();
  if (session.options.stats) print_stats(printer, began, jobs);
  if (!output_arrived()) {
    std::fputs(
        session.voice
            .complaint({ErrorCode::internal, "standard output could not be written", {}, {}, Said{"output.failed", {}}})
            .c_str(),
        stderr);
    code = worse(code, exit_code::internal);
  }
  return code;
}

}  // namespace sekisho::app
