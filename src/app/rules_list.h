// The list kept by hand, as its commands share it: rules_list.cc reads it and chooses; each way is a file of its own.
// Each way returns the exit code of the program.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "app/rules_commands.h"
#include "rules/list.h"

namespace sekisho::app {

struct ListRun {
  const Session& session;
  const rules::Dialects& dialects;
  std::vector<std::string> words;  ///< what follows the verb
  RulesFormat format = RulesFormat::text;
  std::string path, text;  ///< of the list; no text when there is none yet
  rules::RuleList list;
};

int add_rule(const ListRun& run);
int remove_rule(const ListRun& run);
int check_list(const ListRun& run);
int test_list(const ListRun& run);
int age_list(const ListRun& run);

/// What a rule may cost that nobody sees at once; "" when nothing is known.
std::string price_of(const rules::Rule& rule, const Session& session);

/// A line that is no rule, on standard error, with what was probably meant.
void complain_about(const rules::Mistake& mistake, const ListRun& run);

boost::json::object object_of(const rules::Rule& rule);

/// An error of usage that points to the help.
Error list_usage(std::string what, Said said = {});

}  // namespace sekisho::app
