// What was learned from mail, as one file (docs/formats/model.md): weights of cards, where a message starts, the text
// model, and the model card that says what it was learned from. Written by `sekisho train`; one travels inside the
// binary, and a site may give another (--model). A learned weight is used only while the card still has the hand-set
// weight it was learned against: whoever edits a card has the last word. Immutable; shared by all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "signs/card.h"
#include "verdict/text_model.h"
#include "verdict/verdict.h"

namespace sekisho::verdict {

/// A weight learned for one card.
struct Learned {
  std::string card;
  double hand = 0;             ///< the hand-set weight that it was learned against
  double weight = 0;           ///< the same sign as `hand`
  std::uint32_t messages = 0;  ///< that it was learned from
};

struct Model {
  std::string name;    ///< "sekisho-2026-11", or what a site calls its own
  std::string about;   ///< the model card, Markdown
  std::string digest;  ///< of the file, twelve hexadecimal digits; set by load()
  double hand_bias = 0, bias = 0;
  std::vector<Learned> cards;  ///< sorted by card
  TextModel text;

  std::string pack() const;
  /// Error bad_data when the bytes are no model, of another version, or damaged.
  static Result<std::shared_ptr<const Model>> load(std::string_view bytes);
};

/// The deck with the learned weights laid on: only where the hand-set weight is still the one learned against, the sign
/// stays, and the card's strength allows it. `deck` itself when there is nothing to lay on.
std::shared_ptr<const signs::Deck> with_learned(std::shared_ptr<const signs::Deck> deck, const Model& model);
Scale with_learned(Scale scale, const Model& model);

}  // namespace sekisho::verdict
