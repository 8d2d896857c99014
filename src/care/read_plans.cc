// situations/<id>.yaml and steps.yaml.
#include <algorithm>
#include <array>

#include "care/reading.h"

namespace sekisho::care {
namespace {

constexpr std::array<std::string_view, 12> phase_names{"danger", "calm",     "money", "device", "accounts", "paper",
                                                       "tell",   "evidence", "mails", "police", "desks",    "watch"};
constexpr std::array<std::string_view, 3> count_names{"law", "calendar", "business"};
constexpr std::array<std::string_view, 4> kind_names{"must_arrive", "do_by", "usual", "at_once"};
constexpr std::array<std::string_view, line_kinds> line_names{"never",    "expect",  "do_not_ignore",
                                                              "evidence", "prevent", "causes"};
constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> check_times{
    {{"1h", 1}, {"1d", 24}, {"3d", 72}, {"7d", 168}, {"14d", 336}, {"30d", 720}}};

enum class Where : std::uint8_t { situation, shared, everywhere };

Result<Deadline> deadline_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file, {"base", "days", "count", "kind", "text", "unknown"}));
  Deadline deadline;
  CARE_TRY(kind_word, text_of(node, "kind", file));
  CARE_TRY(kind, one_of<Deadline::Kind>(kind_word, kind_names, node["kind"], file));
  deadline.kind = kind;
  CARE_TRY(text, text_at(node, "text", file));
  deadline.text = text;
  if (kind == Deadline::Kind::at_once) {
    if (node["base"] || node["days"] || node["count"] || node["unknown"])
      return fail(ErrorCode::bad_data, "'at_once' has no date", at(file, node), "keep kind and text only");
    return deadline;
  }
  CARE_TRY(base, texts_of(node, "base", file));
  if (base.empty()) return fail(ErrorCode::bad_data, "'base' is missing", at(file, node));
  for (const std::string& date : base)
    if (date != "today" && !is_date_field(date))
      return fail(ErrorCode::bad_data, fmt::format("'{}' is no date of the answers", date), at(file, node["base"]),
                  "when, typed_on, mails_began, received_paper or today");
  deadline.base = base;
  if (!node["days"]) return fail(ErrorCode::bad_data, "'days' is missing", at(file, node));
  CARE_TRY(days, count_or(node, "days", 0, file));
  deadline.days = days;
  CARE_TRY(count_word, text_or(node, "count", "calendar", file));
  CARE_TRY(count, one_of<Deadline::Count>(count_word, count_names, node["count"], file));
  deadline.count = count;
  CARE_TRY(unknown, text_if(node, "unknown", file));
  deadline.unknown = unknown;
  if (unknown.empty() && base.back() != "today")
    return fail(ErrorCode::bad_data, "'unknown' is missing: what is said when the date is not known", at(file, node));
  return deadline;
}

/// The optional confidence of a step or line.
Result<void> read_confidence(const YAML::Node& node, const std::string& file, std::optional<Confidence>& confidence,
                             std::string& confirm_at) {
  if (node["confidence"]) {
    CARE_TRY(value, confidence_at(node, file));
    confidence = value;
  }
  CARE_TRY(place, text_or(node, "confirm_at", "", file));
  confirm_at = place;
  if (confidence == Confidence::memory && confirm_at.empty())
    return fail(ErrorCode::bad_data, "what is from memory needs 'confirm_at'", at(file, node),
                "name the desk that can confirm it");
  return {};
}

Result<Step> step_in(const YAML::Node& node, const std::string& file, Where where) {
  CARE_CHECK(only_keys(
      node, file,
      {"id", "phase", "rank", "when", "replaces", "text", "why", "deadline", "contacts", "confidence", "confirm_at"}));
  Step step;
  step.where = at(file, node);
  CARE_TRY(id, text_of(node, "id", file));
  step.id = id;
  CARE_TRY(phase_word, text_of(node, "phase", file));
  CARE_TRY(phase, one_of<Phase>(phase_word, phase_names, node["phase"], file));
  step.phase = phase;
  CARE_TRY(rank, count_or(node, "rank", 50, file));
  step.rank = rank;
  CARE_TRY(when, when_in(node["when"], file));
  step.when = when;
  step.everywhere = where == Where::everywhere;
  if (step.everywhere && when.empty())
    return fail(ErrorCode::bad_data, fmt::format("'{}' joins every plan, so it needs a 'when'", id), at(file, node));
  CARE_TRY(replaces, texts_of(node, "replaces", file));
  step.replaces = replaces;
  CARE_TRY(text, text_at(node, "text", file));
  step.text = text;
  CARE_TRY(why, text_at(node, "why", file));
  step.why = why;
  if (node["deadline"]) {
    CARE_TRY(deadline, deadline_in(node["deadline"], file));
    step.deadline = deadline;
  }
  CARE_TRY(contacts, texts_of(node, "contacts", file));
  step.contacts = contacts;
  CARE_CHECK(read_confidence(node, file, step.confidence, step.confirm_at));
  return step;
}

Result<Line> line_in(const YAML::Node& node, LineKind kind, const std::string& file) {
  CARE_CHECK(
      only_keys(node, file, {"id", "ja", "ja-plain", "en", "when", "rank", "confidence", "confirm_at", "everywhere"}));
  Line line;
  line.kind = kind;
  line.where = at(file, node);
  CARE_TRY(id, text_of(node, "id", file));
  line.id = id;
  CARE_TRY(ja, text_of(node, "ja", file));
  CARE_TRY(plain, text_of(node, "ja-plain", file));
  CARE_TRY(en, text_of(node, "en", file));
  line.text = {ja, plain, en};
  CARE_TRY(when, when_in(node["when"], file));
  line.when = when;
  CARE_TRY(rank, count_or(node, "rank", 50, file));
  line.rank = rank;
  CARE_TRY(everywhere, flag_or(node, "everywhere", false, file));
  line.everywhere = everywhere;
  if (everywhere && when.empty())
    return fail(ErrorCode::bad_data, fmt::format("'{}' joins every plan, so it needs a 'when'", id), at(file, node));
  CARE_CHECK(read_confidence(node, file, line.confidence, line.confirm_at));
  return line;
}

Result<Use> use_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file, {"use", "phase", "rank", "when"}));
  Use use;
  use.where = at(file, node);
  CARE_TRY(id, text_of(node, "use", file));
  use.id = id;
  if (node["phase"]) {
    CARE_TRY(word, text_of(node, "phase", file));
    CARE_TRY(phase, one_of<Phase>(word, phase_names, node["phase"], file));
    use.phase = phase;
  }
  if (node["rank"]) {
    CARE_TRY(rank, count_or(node, "rank", 50, file));
    use.rank = rank;
  }
  if (node["when"]) {
    CARE_TRY(when, when_in(node["when"], file));
    use.when = when;
  }
  return use;
}

Result<std::vector<ContactUse>> contact_uses(const YAML::Node& map, const std::string& file) {
  std::vector<ContactUse> uses;
  CARE_TRY(list, list_at(map, "contacts", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "say", "when"}));
    ContactUse use;
    use.where = at(file, node);
    CARE_TRY(id, text_of(node, "id", file));
    use.id = id;
    CARE_TRY(say, text_if(node, "say", file));
    use.say = say;
    CARE_TRY(when, when_in(node["when"], file));
    use.when = when;
    uses.push_back(std::move(use));
  }
  return uses;
}

Result<std::vector<NextCheck>> next_checks(const YAML::Node& map, const std::string& file) {
  std::vector<NextCheck> checks;
  CARE_TRY(list, list_at(map, "next_check", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"after", "ask", "when"}));
    NextCheck next;
    CARE_TRY(after, text_of(node, "after", file));
    const auto found =
        std::find_if(check_times.begin(), check_times.end(), [&](const auto& time) { return time.first == after; });
    if (found == check_times.end())
      return fail(ErrorCode::bad_data, fmt::format("'{}' is not known here", after), at(file, node["after"]),
                  "one of: 1h, 1d, 3d, 7d, 14d, 30d");
    next.hours = found->second;
    CARE_TRY(ask, text_at(node, "ask", file));
    next.ask = ask;
    CARE_TRY(when, when_in(node["when"], file));
    next.when = when;
    checks.push_back(std::move(next));
  }
  return checks;
}

Result<void> situation_steps(const YAML::Node& root, const std::string& file, Situation& situation, Care& care) {
  CARE_TRY(list, list_at(root, "steps", file));
  for (const auto& node : list) {
    if (node.IsMap() && node["use"]) {
      CARE_TRY(use, use_in(node, file));
      situation.steps.push_back(use);
      continue;
    }
    CARE_TRY(step, step_in(node, file, Where::situation));
    situation.steps.push_back({step.id, {}, {}, {}, step.where});
    CARE_CHECK(add_new(care.steps, std::move(step), node, file));
  }
  return {};
}

Result<void> situation_lines(const YAML::Node& root, const std::string& file, LineKind kind, Situation& situation,
                             Care& care) {
  CARE_TRY(list, list_at(root, name(kind), file));
  for (const auto& node : list) {
    if (node.IsMap() && node["use"]) {
      CARE_TRY(use, use_in(node, file));
      situation.lines[static_cast<std::size_t>(kind)].push_back(use);
      continue;
    }
    CARE_TRY(line, line_in(node, kind, file));
    if (line.everywhere)
      return fail(ErrorCode::bad_data, "a line of a situation cannot join every plan", at(file, node),
                  "move it to steps.yaml");
    situation.lines[static_cast<std::size_t>(kind)].push_back({line.id, {}, {}, {}, line.where});
    CARE_CHECK(add_new(care.lines, std::move(line), node, file));
  }
  return {};
}

}  // namespace

std::string_view name(LineKind kind) { return line_names[static_cast<std::size_t>(kind)]; }

Result<void> read_situation(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file,
                       {"id", "name", "reassure", "steps", "never", "expect", "do_not_ignore", "evidence", "prevent",
                        "causes", "contacts", "next_check", "source", "as_of", "confidence"}));
  Situation situation;
  situation.where = at(file, root);
  CARE_TRY(id, text_of(root, "id", file));
  situation.id = id;
  if (id != path.stem().string())
    return fail(ErrorCode::bad_data, fmt::format("the id '{}' is not the file's name", id), at(file, root["id"]));
  CARE_TRY(title, text_at(root, "name", file));
  situation.name = title;
  CARE_TRY(reassure, text_at(root, "reassure", file));
  situation.reassure = reassure;
  CARE_TRY(confidence, confidence_at(root, file));
  situation.confidence = confidence;
  CARE_TRY(origin, origin_at(root, file));
  situation.origin = origin;
  CARE_CHECK(situation_steps(root, file, situation, care));
  for (std::size_t kind = 0; kind < line_kinds; ++kind)
    CARE_CHECK(situation_lines(root, file, static_cast<LineKind>(kind), situation, care));
  CARE_TRY(contacts, contact_uses(root, file));
  situation.contacts = contacts;
  CARE_TRY(checks, next_checks(root, file));
  situation.next_checks = checks;
  return add_new(care.situations, std::move(situation), root, file);
}

Result<void> read_steps(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "steps", "everywhere", "lines", "contacts", "next_check"}));
  for (const Where where : {Where::shared, Where::everywhere}) {
    CARE_TRY(list, list_at(root, where == Where::shared ? "steps" : "everywhere", file));
    for (const auto& node : list) {
      CARE_TRY(step, step_in(node, file, where));
      CARE_CHECK(add_new(care.steps, std::move(step), node, file));
    }
  }
  if (const YAML::Node lines = root["lines"]; lines && !lines.IsNull()) {
    CARE_CHECK(only_keys(lines, file, {"never", "expect", "do_not_ignore", "evidence", "prevent", "causes"}));
    for (std::size_t kind = 0; kind < line_kinds; ++kind) {
      CARE_TRY(list, list_at(lines, line_names[kind], file));
      for (const auto& node : list) {
        CARE_TRY(line, line_in(node, static_cast<LineKind>(kind), file));
        CARE_CHECK(add_new(care.lines, std::move(line), node, file));
      }
    }
  }
  CARE_TRY(contacts, contact_uses(root, file));
  for (const ContactUse& use : contacts)
    if (use.when.empty())
      return fail(ErrorCode::bad_data, fmt::format("'{}' joins every plan, so it needs a 'when'", use.id), use.where);
  care.everywhere_contacts.insert(care.everywhere_contacts.end(), contacts.begin(), contacts.end());
  CARE_TRY(checks, next_checks(root, file));
  care.everywhere_checks.insert(care.everywhere_checks.end(), checks.begin(), checks.end());
  return {};
}

}  // namespace sekisho::care
