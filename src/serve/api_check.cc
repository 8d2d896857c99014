// POST /api/v1/check: the bytes of a mail, a paste, a mailbox or a packed one → what `sekisho check --format json`
// says.
#include <chrono>

#include <fmt/format.h>

#include "base/limits.h"
#include "mailbox/reader.h"
#include "report/check.h"
#include "report/inert.h"
#include "serve/site.h"

namespace sekisho::serve {
namespace {

/// The reports of one request, a line each, within the budgets of a request.
class Reports {
 public:
  Reports(const Call& call, engine::Worker& worker)
      : call_(call), worker_(worker), end_(std::chrono::steady_clock::now() + limits::http_judging_time) {}

  /// False when no more is taken.
  bool judge(const mailbox::Item& item) {
    if (is_spent()) return false;
    // Names inside a packed file are a stranger's too.
    report::Outcome outcome{report::for_terminal(item.input), item.index,
                            call_.knowing->engine().examine(item.bytes, {}, {}, worker_)};
    if (!outcome.report && outcome.report.error().where.empty())
      outcome.report.error().where = item.index == 0 ? outcome.input : fmt::format("{}#{}", outcome.input, item.index);
    add(outcome);
    return true;
  }
  void unreadable(const std::string& input, Error error) {
    error.where = report::for_terminal(error.where);
    if (!is_spent()) add({report::for_terminal(input), 0, tl::unexpected(std::move(error))});
  }

  std::size_t count() const { return count_; }
  const std::optional<Error>& error() const { return error_; }
  std::string take() { return std::move(out_); }

 private:
  void add(const report::Outcome& outcome) {
    ++count_;
    if (outcome.report) {
      call_.site.metrics().judged(verdict::name(outcome.report->verdict.answer));
    } else {
      call_.site.metrics().judged("error");
      error_ = outcome.report.error();
    }
    write(outcome);
  }
  void write(const report::Outcome& outcome) {
    out_ += report::check_json(outcome, call_.knowing->engine(), call_.knowing->voice(call_.speech),
                               call_.knowing->versions());
  }
  /// After the last line that fits comes one that says so.
  bool is_spent() {
    if (!spent_ && (count_ >= limits::http_messages || out_.size() >= limits::http_answer_bytes ||
                    (count_ > 0 && std::chrono::steady_clock::now() >= end_))) {
      spent_ = true;
      write({"-", count_,
             fail(ErrorCode::unreadable, Said{"serve.too_many", {{"count", std::to_string(count_)}}},
                  fmt::format("only the first {} messages were judged", count_))});
    }
    return spent_;
  }

  const Call& call_;
  engine::Worker& worker_;
  const std::chrono::steady_clock::time_point end_;
  std::string out_;
  std::size_t count_ = 0;
  std::optional<Error> error_;
  bool spent_ = false;
};

}  // namespace

Response answer_check(const Call& call) {
  auto& worker = call.hand->worker(call.knowing);
  if (!worker) return problem(call, worker.error());
  const std::string given = file_name_of(call.request.head.file_name);
  const std::string name = given.empty() ? "-" : given;
  Reports reports(call, *worker);
  mailbox::read_bytes(
      name, call.request.body, limits::http_unpacked_bytes,
      [&](const mailbox::Item& item) { return reports.judge(item); },
      [&](const mailbox::Unreadable& unreadable) { reports.unreadable(unreadable.input, unreadable.error); });
  if (reports.count() == 0)
    return problem(call, Error{ErrorCode::unreadable, "holds no message", name, {}, Said{"input.no_message", {}}});
  if (reports.count() == 1 && reports.error()) return problem(call, *reports.error());
  Response out;
  if (reports.count() > 1) out.type = "application/x-ndjson";
  out.body = reports.take();
  return out;
}

}  // namespace sekisho::serve
