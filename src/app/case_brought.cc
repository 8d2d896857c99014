// What `guide`, `check` and `scan` said, on its way into a case: read and understood first, so that nothing is kept
// that is none of theirs.
#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "app/care_data.h"
#include "app/case.h"
#include "app/guide_state.h"
#include "app/json.h"
#include "app/scan_report.h"
#include "base/limits.h"
#include "care/answers.h"
#include "care/plan.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

Result<Brought> with_item(const CaseRun& run, vault::Kind kind, std::string about, std::string name,
                          std::string bytes) {
  auto entry = new_entry(run, kind);
  if (!entry) return tl::unexpected(entry.error());
  entry->about = std::move(about);
  entry->text = one_line(run.options.note);
  entry->item = vault::Item{{}, 0, std::move(name)};
  return Brought{std::move(*entry), std::move(bytes)};
}

/// `file` is answers as docs/formats/guide.md says, or "kept": those of the last interview.
Result<care::Answers> answers_of(const CaseRun& run, const std::string& file, care::Register speech) {
  if (file != "kept") {
    const auto text = read_small_file(file);
    if (!text) return tl::unexpected(text.error());
    return parse_answers(*text, file, speech);
  }
  auto kept = GuideStore(run.session.settings.state.value).load();
  if (!kept) return tl::unexpected(kept.error());
  if (!*kept) return tl::unexpected(wrong(run, "nothing_kept"));
  return std::move((*kept)->answers);
}

Result<void> bring_plan(const CaseRun& run, const std::string& file, std::vector<Brought>& out) {
  const auto data = load_care(run.session.settings);
  if (!data) return tl::unexpected(data.error());
  const care::Register speech = run.voice().japanese() ? care::Register::ja : care::Register::en;
  const auto answers = answers_of(run, file, speech);
  if (!answers) return tl::unexpected(answers.error());
  if (auto ok = care::check_answers(*data, *answers); !ok) return ok;
  const care::Plan plan = care::make_plan(*data, *answers, today_of(GuideOptions{}));
  auto asked = with_item(run, vault::Kind::plan, "answers", "answers.json", to_json(to_object(*answers)) + '\n');
  if (!asked) return tl::unexpected(asked.error());
  auto planned = with_item(run, vault::Kind::plan, "plan", "plan.json", to_json(to_object(plan)) + '\n');
  if (!planned) return tl::unexpected(planned.error());
  out.push_back(std::move(*asked));
  out.push_back(std::move(*planned));
  return {};
}

/// Whether `text` is one JSON object, or one a line, of `schema`.
bool is_json_of(std::string_view text, std::string_view schema) {
  bool any = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    boost::system::error_code error;
    const json::value value = json::parse(json::string_view(line.data(), line.size()), error);
    const json::value* said = !error && value.is_object() ? value.get_object().if_contains("schema") : nullptr;
    if (said == nullptr || !said->is_string() || std::string_view(said->get_string()) != schema) return false;
    any = true;
  }
  return any;
}

Result<void> bring_json(const CaseRun& run, const std::string& file, vault::Kind kind, std::string_view schema,
                        std::string_view name, std::size_t most, std::vector<Brought>& out) {
  auto text = read_whole(file, most);
  if (!text) return tl::unexpected(text.error());
  if (!is_json_of(*text, schema)) {
    Error error = wrong(run, "schema", {{"schema", std::string(schema)}});
    error.where = file;
    return tl::unexpected(error);
  }
  auto brought = with_item(run, kind, {}, std::string(name), std::move(*text));
  if (!brought) return tl::unexpected(brought.error());
  out.push_back(std::move(*brought));
  return {};
}

/// "NAME=FILE" or "FILE": the text of a draft as it was used; NAME is the draft's (sekisho guide --drafts).
Result<void> bring_draft(const CaseRun& run, const std::string& typed, std::vector<Brought>& out) {
  const std::size_t equals = typed.find('=');
  const bool named = equals != std::string::npos;
  const std::string file = named ? typed.substr(equals + 1) : typed;
  auto text = read_small_file(file);
  if (!text) return tl::unexpected(text.error());
  auto brought = with_item(run, vault::Kind::draft, named ? one_line(typed.substr(0, equals)) : std::string(),
                           one_line(file == "-" ? "draft.txt" : std::filesystem::path(file).filename().string()),
                           std::move(*text));
  if (!brought) return tl::unexpected(brought.error());
  out.push_back(std::move(*brought));
  return {};
}

}  // namespace

Result<std::vector<Brought>> brought_from(const CaseRun& run) {
  std::vector<Brought> out;
  const CaseOptions& options = run.options;
  for (const std::string& file : options.from_guide)
    if (auto ok = bring_plan(run, file, out); !ok) return tl::unexpected(ok.error());
  for (const std::string& file : options.from_check)
    if (auto ok =
            bring_json(run, file, vault::Kind::judged, "sekisho.check/1", "check.jsonl", limits::message_bytes, out);
        !ok)
      return tl::unexpected(ok.error());
  for (const std::string& file : options.from_scan)
    if (auto ok =
            bring_json(run, file, vault::Kind::scanned, "sekisho.scan/1", "scan.json", limits::message_bytes, out);
        !ok)
      return tl::unexpected(ok.error());
  for (const std::string& draft : options.drafts)
    if (auto ok = bring_draft(run, draft, out); !ok) return tl::unexpected(ok.error());
  return out;
}

}  // namespace sekisho::app
