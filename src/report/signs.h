// What a sign means and what it rests on, as values and as the JSON of `sekisho explain` ("sekisho.explain/1"). Called
// by `explain` and the server; pure.
#pragma once

#include <set>
#include <string>

#include <boost/json/object.hpp>

#include "facts/fact.h"
#include "signs/card.h"

namespace sekisho::report {

/// "weak", "medium", "strong".
std::string_view name(signs::Strength strength);
/// Names of the facts a card's condition asks for. The condition is a tree kept flat.
std::set<std::string> facts_of(const signs::Card& card, const signs::Deck& deck);

boost::json::object to_object(const signs::Card& card, const signs::Deck& deck, const std::string& lang);
/// A fact, and the cards that ask for it.
boost::json::object to_object(facts::FactId fact, const signs::Deck& deck);

}  // namespace sekisho::report
