// The routes about the server itself: health, metrics, the description of the API, handing in the code.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "report/json.h"
#include "serve/site.h"

namespace sekisho::serve {
namespace {

namespace json = boost::json;

/// The code of {"code":"…"} or of a form's code=….
std::string code_in(const Request& request) {
  if (request.head.content_type.starts_with("application/x-www-form-urlencoded")) {
    const auto pairs = read_form(request.body);
    if (pairs)
      for (const auto& [name, value] : *pairs)
        if (name == "code") return value;
    return {};
  }
  boost::system::error_code error;
  const json::value value = json::parse(request.body, error);
  if (error || !value.is_object()) return {};
  const json::value* code = value.get_object().if_contains("code");
  return code != nullptr && code->is_string() ? std::string(code->get_string()) : std::string();
}

}  // namespace

Response answer_health(const Call& call) {
  Response out;
  out.body = report::to_json(json::object{{"status", call.site.stopping ? "stopping" : "ok"},
                                          {"program", call.knowing->versions().program},
                                          {"knowledge", call.knowing->versions().knowledge},
                                          {"needs_code", call.site.gate().needs_code()}}) +
             '\n';
  return out;
}

Response answer_metrics(const Call& call) {
  Response out;
  out.type = "text/plain; version=0.0.4; charset=utf-8";
  out.body = call.site.metrics().text(call.site.waiting(), call.knowing->versions().program,
                                      call.knowing->versions().knowledge);
  return out;
}

Response answer_openapi(const Call&) {
  Response out;
  out.type = "application/vnd.oai.openapi+json;version=3.1";
  out.fixed = embedded_openapi();
  return out;
}

Response answer_authority(const Call& call) {
  if (call.site.authority_pem().empty()) return problem(*call.knowing, call.speech, 404, "not_found");
  Response out;
  out.type = "application/x-x509-ca-cert";
  out.body = call.site.authority_pem();
  return out;
}

Response answer_session(const Call& call) {
  const Head& head = call.request.head;
  if (const auto refusal = call.site.gate().enter(head, code_in(call.request), std::chrono::steady_clock::now()))
    return problem(*call.knowing, call.speech, refusal->status, refusal->problem);
  Response out;
  const bool from_form = head.content_type.starts_with("application/x-www-form-urlencoded");
  out.status = from_form ? 303 : 200;
  if (from_form)
    out.headers.emplace_back("Location", "/");
  else
    out.body = "{\"entered\":true}\n";
  if (call.site.gate().needs_code()) out.headers.emplace_back("Set-Cookie", call.site.gate().cookie(head));
  return out;
}

}  // namespace sekisho::serve
