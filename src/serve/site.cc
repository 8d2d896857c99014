#include "serve/site.h"

#include <array>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "base/limits.h"
#include "report/json.h"

namespace sekisho::serve {
namespace {

constexpr std::array<Route, 21> routes{{
    {Method::get, "/api/v1/health", Access::open, Where::here, 0, answer_health},
    {Method::get, "/metrics", Access::guarded, Where::here, 0, answer_metrics},
    {Method::get, "/api/v1/openapi.json", Access::open, Where::here, 0, answer_openapi},
    {Method::post, "/api/v1/session", Access::open, Where::here, limits::http_form_bytes, answer_session},
    {Method::get, "/ca.crt", Access::open, Where::here, 0, answer_authority},
    {Method::post, "/api/v1/check", Access::guarded, Where::on_a_worker, limits::message_bytes, answer_check},
    {Method::get, "/api/v1/examples", Access::guarded, Where::on_a_worker, 0, answer_examples},
    {Method::get, "/api/v1/examples/{id}", Access::guarded, Where::on_a_worker, 0, answer_example},
    {Method::get, "/api/v1/signs/{id}", Access::guarded, Where::on_a_worker, 0, answer_sign},
    {Method::get, "/api/v1/guide/questions", Access::guarded, Where::on_a_worker, 0, answer_questions},
    {Method::post, "/api/v1/guide", Access::guarded, Where::on_a_worker, limits::answers_bytes, answer_plan},
    {Method::post, "/api/v1/guide/describe", Access::guarded, Where::on_a_worker, limits::answers_bytes,
     answer_describe},
    {Method::post, "/api/v1/guide/from-check", Access::guarded, Where::on_a_worker, limits::message_bytes,
     answer_from_check},
    {Method::post, "/api/v1/guide/calendar", Access::guarded, Where::on_a_worker, limits::answers_bytes,
     answer_calendar},
    {Method::post, "/api/v1/guide/drafts", Access::guarded, Where::on_a_worker, limits::answers_bytes, answer_drafts},
    {Method::get, "/api/v1/guide/handouts", Access::guarded, Where::on_a_worker, 0, answer_handouts},
    {Method::get, "/api/v1/guide/handouts/{id}", Access::guarded, Where::on_a_worker, 0, answer_handout},
    {Method::get, "/api/v1/contacts", Access::guarded, Where::on_a_worker, 0, answer_contacts},
    {Method::get, "/api/v1/carriers", Access::guarded, Where::on_a_worker, 0, answer_carriers},
    {Method::get, "/api/v1/carriers/{id}", Access::guarded, Where::on_a_worker, 0, answer_carrier},
    {Method::get, "/{page}", Access::open, Where::here, 0, nullptr},
}};

/// The arguments of `pattern` when `path` is one of its kind.
std::optional<std::vector<std::string>> matched(std::string_view pattern, const std::vector<std::string>& path) {
  std::vector<std::string> arguments;
  std::size_t segment = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the slash
    const std::string_view want = pattern.substr(0, std::min(pattern.find('/'), pattern.size()));
    pattern.remove_prefix(want.size());
    if (segment == path.size()) return std::nullopt;
    if (want.starts_with('{'))
      arguments.push_back(path[segment]);
    else if (want != path[segment])
      return std::nullopt;
    ++segment;
  }
  return segment == path.size() ? std::optional(std::move(arguments)) : std::nullopt;
}

bool reads(Method method) { return method == Method::get || method == Method::head; }

std::string joined(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& segment : path) out += '/' + segment;
  return out.empty() ? "/" : out;
}

}  // namespace

Site::Site(Published<Knowing>& knowing, Gate& gate, Metrics& metrics, const Pages& pages, Settings settings)
    : knowing_(knowing), gate_(gate), metrics_(metrics), pages_(pages), settings_(std::move(settings)) {}

Speech Site::speech_for(const Target& target) const {
  const auto asked = care::find_register(target.value("lang"));
  return asked ? Speech{*asked} : settings_.speech;
}

Response Site::problem(int status, std::string_view id, std::string_view target) const {
  const auto read = read_target(target);
  return serve::problem(*knowing_.get(), read ? speech_for(*read) : settings_.speech, status, id);
}

std::variant<Site::Admitted, Response> Site::admit(const Head& head, Gate::Now now) {
  auto target = read_target(head.target);
  if (!target) {
    // Who asks is looked at first: a stranger's page learns nothing, not even what exists.
    if (const auto refusal = gate_.admit(head, Access::open, now)) return problem(refusal->status, refusal->problem);
    return problem(head.target.size() > limits::http_target_bytes ? 414 : 404, "not_found");
  }
  const Route* found = nullptr;
  std::vector<std::string> arguments;
  bool other_method = false;
  for (const Route& route : routes) {
    if (route.answer == nullptr) continue;
    auto match = matched(route.pattern, target->path);
    if (!match) continue;
    if (head.method == route.method || (head.method == Method::head && route.method == Method::get)) {
      found = &route;
      arguments = std::move(*match);
      break;
    }
    other_method = true;
  }
  const bool of_api = !target->path.empty() && target->path.front() == "api";
  if (const auto refusal = gate_.admit(head,
                                       found != nullptr ? found->access
                                       : of_api         ? Access::guarded
                                                        : Access::open,
                                       now)) {
    Response out = problem(refusal->status, refusal->problem, head.target);
    if (refusal->status == 401) out.headers.emplace_back("WWW-Authenticate", "Bearer");
    return out;
  }
  if (found != nullptr) return Admitted{found, std::move(*target), std::move(arguments)};
  if (other_method || !reads(head.method)) {
    Response out = problem(405, "wrong_method", head.target);
    out.headers.emplace_back("Allow", other_method && reads(head.method) ? "POST" : "GET, HEAD");
    return out;
  }
  const PageFile* file = pages_.find(joined(target->path));
  if (file == nullptr) return problem(404, "not_found", head.target);
  return page_response(*file, head);
}

Response Site::answer(const Route& route, const Request& request, Hand* hand) {
  const Call call{*this, knowing_.get(), request, speech_for(request.target), hand};
  Response out;
  try {
    out = route.answer(call);
  } catch (const std::bad_alloc&) {
    out = serve::problem(*call.knowing, call.speech, 503, "busy");
  } catch (const std::exception&) {
    out = serve::problem(*call.knowing, call.speech, 500, "internal");
  }
  out.name = route.pattern;
  return out;
}

Response problem(const Knowing& knowing, const Speech& speech, int status, std::string_view id, Told told) {
  const report::Voice& voice = knowing.voice(speech);
  const auto say = [&](std::string_view what) { return voice.say(fmt::format("serve.problem.{}.{}", id, what)); };
  Response out;
  out.status = status;
  out.type = "application/problem+json";
  out.body = report::to_json(
                 boost::json::object{{"type", fmt::format("urn:sekisho:problem:{}", id)},
                                     {"title", say("title")},
                                     {"status", status},
                                     {"detail", told.detail.empty() ? say("detail") : report::valid_utf8(told.detail)},
                                     {"next", told.next.empty() ? say("next") : report::valid_utf8(told.next)}}) +
             '\n';
  if (status == 503) out.headers.emplace_back("Retry-After", "2");
  if (status == 429) out.headers.emplace_back("Retry-After", "60");
  return out;
}

Response problem(const Call& call, const Error& error) {
  const auto [what, hint] = call.knowing->voice(call.speech).worded(error);
  const bool ours = error.code == ErrorCode::internal || error.code == ErrorCode::bad_data;
  const bool no_mail = error.code == ErrorCode::not_mail || error.code == ErrorCode::unreadable;
  return problem(*call.knowing, call.speech,
                 ours      ? 500
                 : no_mail ? 422
                           : 400,
                 ours      ? "internal"
                 : no_mail ? "not_mail"
                           : "not_understood",
                 {what, hint});
}

}  // namespace sekisho::serve
