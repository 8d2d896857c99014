// What `sekisho evaluate` found, as text, as JSON (docs/formats/evaluate.md) and as a picture. Pure; used by
// app/evaluate.cc only.
#pragma once

#include <string>
#include <vector>

#include "app/outcome.h"
#include "app/voice.h"
#include "train/evaluation.h"

namespace sekisho::app {

/// A message that was not answered as it was labelled.
struct Miss {
  std::string name, corpus;
  train::Label label = train::Label::legit;
  verdict::Answer answer = verdict::Answer::nothing_found;
  double log_odds = 0;
};

struct EvaluatePage {
  const train::Evaluation& evaluation;
  const std::vector<Miss>& misses;  ///< empty unless asked for
  std::size_t absent = 0;           ///< listed but not there
  std::size_t unreadable = 0;       ///< there but not to be judged
  Versions versions;
};

std::string evaluate_text(const EvaluatePage& page, const Voice& voice);
std::string evaluate_json(const EvaluatePage& page);
/// Recall and false alarms with their intervals for each corpus, and reliability for each pair.
std::string evaluate_svg(const EvaluatePage& page, const Voice& voice);

}  // namespace sekisho::app
