// Everything an answer is made from, read once and then immutable: the engine, the data of the guide, the words. One is
// published at a time; a reload makes another beside it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "care/describe.h"
#include "engine/engine.h"
#include "report/care.h"
#include "report/outcome.h"
#include "report/voice.h"

namespace sekisho::serve {

/// The language of one request.
struct Speech {
  care::Register speech = care::Register::ja;
  /// Judgements and signs speak Japanese or English; plain Japanese reads the Japanese.
  std::string lang() const { return speech == care::Register::en ? "en" : "ja"; }
};

class Knowing {
 public:
  /// The binary's knowledge with `overrides` (may be empty) over it. Errors name file and line.
  static Result<std::shared_ptr<const Knowing>> load(const std::filesystem::path& overrides,
                                                     const knowledge::AutomatonStore& store);
  Knowing(std::shared_ptr<const engine::Engine> engine, care::Care care);
  Knowing(const Knowing&) = delete;
  Knowing& operator=(const Knowing&) = delete;

  const engine::Engine& engine() const { return *engine_; }
  const care::Care& care() const { return care_; }
  const care::Listener& listener() const { return listener_; }
  const report::Versions& versions() const { return versions_; }
  const report::Voice& voice(const Speech& speech) const { return speech.lang() == "en" ? en_ : ja_; }

 private:
  std::shared_ptr<const engine::Engine> engine_;
  care::Care care_;
  care::Listener listener_;
  report::Versions versions_;
  report::Voice ja_, en_;
};

/// What a folder of knowledge looked like (names, sizes, times of its files), to see that it changed. 0 for none.
std::uint64_t look_of(const std::filesystem::path& folder);

}  // namespace sekisho::serve
