// The only composer: bytes → Report (CONTRACTS.md "The engine's front"). An Engine is immutable and shared by all
// threads; each worker brings its own Worker (scratch memory). Also where a site's overrides are read; settings are
// settings.h.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/history.h"
#include "gallery/gallery.h"
#include "knowledge/snapshot.h"
#include "message/message.h"
#include "signs/card.h"
#include "text/patterns.h"
#include "verdict/model.h"
#include "verdict/verdict.h"

namespace sekisho::engine {

/// How the bytes are to be read; `detect` looks at the bytes (mailbox formats are the reader's business).
enum class ReadAs : std::uint8_t { detect, mail, pasted, sms };

struct Report {
  facts::Facts facts;  ///< with the parts that quotes point into
  verdict::Verdict verdict;
};

/// A report with the message that it is about, for those who remember more of it than facts.
struct Looked {
  message::Message message;
  Report report;
};

class Engine;

/// Where the time of a message is read. Handed in, so that tests can hold it still.
using Clock = std::function<std::chrono::steady_clock::time_point()>;

/// One thread's scratch memory, and its clock.
class Worker {
 private:
  friend class Engine;
  Clock clock_;
  text::PatternSet::Scratch scratch_;
};

/// Which learned model judges (verdict/model.h).
struct ModelChoice {
  enum class Kind : std::uint8_t { embedded, none, file } kind = Kind::embedded;
  std::filesystem::path file;  ///< of Kind::file
};

class Engine {
 public:
  /// With the knowledge inside the binary, and a site's folder laid over it when `overrides` is not empty. Errors name
  /// file and line of what is wrong in the overrides.
  /// `store` keeps the automaton of a site's phrases.
  static Result<std::shared_ptr<const Engine>> start(const std::filesystem::path& overrides = {},
                                                     const knowledge::AutomatonStore& store = {},
                                                     const ModelChoice& model = {});
  /// From sources, for tests and tools.
  static Result<std::shared_ptr<const Engine>> from_source(knowledge::Source source);

  Result<Worker> worker(Clock clock = std::chrono::steady_clock::now) const;

  /// Judges one message. Error only when the bytes are not a message at all (not_mail); everything else is a verdict.
  /// The answer depends on the machine only where limits::examine_time ran out, and then says so (budget "partly").
  Result<Report> examine(std::string_view bytes, const facts::Envelope& envelope, const facts::History& history,
                         Worker& worker, ReadAs read_as = ReadAs::detect) const;
  /// The same, and the message too.
  Result<Looked> look(std::string_view bytes, const facts::Envelope& envelope, const facts::History& history,
                      Worker& worker, ReadAs read_as = ReadAs::detect) const;

  const knowledge::Snapshot& knowledge() const { return *knowledge_; }
  const signs::Deck& deck() const { return *deck_; }
  const verdict::Scale& scale() const { return scale_; }
  /// nullptr when judging by hand-set weights alone.
  const verdict::Model* model() const { return model_.get(); }
  const gallery::Gallery& gallery() const { return *gallery_; }

 private:
  Engine() = default;
  static Result<std::shared_ptr<const Engine>> assemble(std::shared_ptr<const knowledge::Snapshot> knowledge,
                                                        Result<std::shared_ptr<const signs::Deck>> deck,
                                                        const ModelChoice& choice);
  /// The examples of `base`, those of `overrides`/gallery laid over them, examined with this engine's own deck.
  Result<std::shared_ptr<const gallery::Gallery>> examine_gallery(const gallery::Gallery& base,
                                                                  const std::filesystem::path& overrides) const;
  std::shared_ptr<const knowledge::Snapshot> knowledge_;
  std::shared_ptr<const signs::Deck> deck_;
  verdict::Scale scale_;
  std::shared_ptr<const verdict::Model> model_;
  std::shared_ptr<const gallery::Gallery> gallery_;
};

/// Program version, "0.1.0".
std::string_view program_version();

}  // namespace sekisho::engine
