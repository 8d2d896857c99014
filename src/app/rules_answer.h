// What `sekisho rules` has found out, before it is worded: made by rules.cc, printed by rules_text.cc and
// rules_json.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/rules_evidence.h"
#include "rules/content.h"
#include "rules/dialect.h"
#include "rules/list.h"
#include "rules/mine.h"

namespace sekisho::app {

struct RulesAnswer {
  const rules::Dialect& dialect;
  const Gathered& gathered;
  rules::Proposals proposals;
  /// Campaigns whose senders move faster than address rules can follow, and what else stops their mail.
  std::vector<std::uint32_t> moving;
  std::optional<rules::TraitProposal> content;
  std::vector<rules::Entry> spared;  ///< allow entries that go with `content`
};

/// Share of a campaign's later mail below which its senders are said to move.
inline constexpr double still_enough = 0.95;

/// A proposal as one list; rules on content and the allow entries that go with them only for `Reads::whole_mails`.
enum class Reads : std::uint8_t { senders, whole_mails };
rules::RuleList list_of(const RulesAnswer& answer, const rules::Proposal& proposal, Reads reads);

/// Campaigns whose later mail the rules of the day before did not catch, or that hide where others write from.
std::vector<std::uint32_t> moving_campaigns(const rules::Proposal& proposal);

/// "97.4"; "-" of nothing. Never rounded up to "100" while something is left.
std::string percent(std::uint64_t part, std::uint64_t whole);

std::string rules_text(const RulesAnswer& answer, const Session& session);
std::string rules_json(const RulesAnswer& answer, const Session& session);

/// What the place calls a mode, or the plain word for it.
std::string mode_name(rules::Mode mode, const rules::Dialect& dialect, const Voice& voice);

/// What is not known for certain about a place and what must be watched there, as sentences.
std::vector<std::string> cautions(const rules::Dialect& dialect, bool has_allow, std::size_t rejects,
                                  const Voice& voice);

}  // namespace sekisho::app
