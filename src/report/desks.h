// The desks that help and the carriers' settings as they may be shown, and as the JSON of docs/formats/guide.md
// ("sekisho.contacts/1", "sekisho.carriers/1"). A number that may not be shown is in none of it. Called by `contacts`,
// `carriers` and the server; borrows the data; pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

#include "care/care.h"
#include "care/plan.h"

namespace sekisho::report {

/// A prefecture or a carrier by id or by its name in any register; error usage naming the nearest id.
Result<const care::Prefecture*> find_prefecture(const care::Care& care, const std::string& asked);
Result<const care::Carrier*> find_carrier(const care::Care& care, const std::string& asked);

struct ShownDesk {
  const care::Contact* contact;
  care::PlannedContact desk;
};
/// The desks in the order of their groups; `prefecture` may be null.
std::vector<ShownDesk> shown_desks(const care::Care& care, const care::Prefecture* prefecture, care::Register speech);
boost::json::object to_object(const ShownDesk& shown, care::Register speech);

/// The numbers of a prefecture's police that may be shown: "cyber", "consult", "hq".
std::vector<std::pair<std::string_view, const care::Phone*>> police_phones(const care::Prefecture& prefecture);
boost::json::object police_object(const care::Prefecture& prefecture, care::Register speech);

/// The carrier whose settings count: its own, or those of the one it shares them with.
const care::Carrier& settings_of(const care::Care& care, const care::Carrier& carrier);
boost::json::object to_object(const care::Care& care, const care::Carrier& carrier, care::Register speech);

}  // namespace sekisho::report
