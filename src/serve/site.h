// What can be asked and how it is answered: the routes, and admission before a body is read. The conversation asks
// admit() with the head of a request, reads as much body as the route allows, and has answer() called on a worker
// thread or, for what costs nothing, on the I/O thread. admit() and the gate are the I/O thread's alone; everything
// else may run anywhere.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "serve/gate.h"
#include "serve/knowing.h"
#include "serve/metrics.h"
#include "serve/pages.h"
#include "serve/pool.h"
#include "serve/published.h"
#include "serve/request.h"

namespace sekisho::serve {

class Site;

/// One request on its way to an answer.
struct Call {
  Site& site;
  std::shared_ptr<const Knowing> knowing;
  const Request& request;
  Speech speech;
  Hand* hand = nullptr;  ///< nullptr on the I/O thread
};

enum class Where : std::uint8_t { here, on_a_worker };

struct Route {
  Method method = Method::get;
  std::string_view pattern;  ///< "/api/v1/examples/{id}"; also its name in the log
  Access access = Access::guarded;
  Where where = Where::on_a_worker;
  std::size_t body_bytes = 0;  ///< 0: no body
  Response (*answer)(const Call&) = nullptr;
};

class Site {
 public:
  struct Settings {
    Speech speech;              ///< for who does not say
    std::string authority_pem;  ///< handed out at /ca.crt; "" none
  };
  Site(Published<Knowing>& knowing, Gate& gate, Metrics& metrics, const Pages& pages, Settings settings);

  /// A request that may go on, with the target taken apart.
  struct Admitted {
    const Route* route = nullptr;
    Target target;
    std::vector<std::string> arguments;
  };
  std::variant<Admitted, Response> admit(const Head& head, Gate::Now now);

  Response answer(const Route& route, const Request& request, Hand* hand);
  /// What to say to a request that could not be read or taken. Safe before anything is known of it.
  Response problem(int status, std::string_view id, std::string_view target = {}) const;

  Metrics& metrics() const { return metrics_; }
  Gate& gate() const { return gate_; }
  const std::string& authority_pem() const { return settings_.authority_pem; }
  std::function<std::size_t()> waiting = [] { return std::size_t{0}; };  ///< jobs in the queue, for the metrics
  std::atomic<bool> stopping{false};

 private:
  Speech speech_for(const Target& target) const;

  Published<Knowing>& knowing_;
  Gate& gate_;
  Metrics& metrics_;
  const Pages& pages_;
  const Settings settings_;
};

/// RFC 9457 in the words of knowledge/words_serve.yaml: title, detail, and `next`, what the reader can do. `detail` and
/// `next` replace the words' own when they are given. 429 and 503 say when to come back.
struct Told {
  std::string detail, next;
};
Response problem(const Knowing& knowing, const Speech& speech, int status, std::string_view id, Told told = {});
/// An Error of the layers below as a problem: what the reader sent was wrong (400), not mail (422), or we were (500).
Response problem(const Call& call, const Error& error);

/// The handlers (api_*.cc).
Response answer_health(const Call& call);
Response answer_metrics(const Call& call);
Response answer_openapi(const Call& call);
Response answer_session(const Call& call);
Response answer_authority(const Call& call);
Response answer_check(const Call& call);
Response answer_examples(const Call& call);
Response answer_example(const Call& call);
Response answer_sign(const Call& call);
Response answer_questions(const Call& call);
Response answer_plan(const Call& call);
Response answer_describe(const Call& call);
Response answer_from_check(const Call& call);
Response answer_calendar(const Call& call);
Response answer_drafts(const Call& call);
Response answer_handouts(const Call& call);
Response answer_handout(const Call& call);
Response answer_contacts(const Call& call);
Response answer_carriers(const Call& call);
Response answer_carrier(const Call& call);

}  // namespace sekisho::serve
