// How long it takes to find the fewest rules in a mailbox of a million messages, with their proof and the replay.
// usage: bench_rules   (aim: at most 10 s on a million messages)
#include <random>

#include <benchmark/benchmark.h>

#include "engine/engine.h"
#include "rules/content.h"
#include "rules/mine.h"

namespace {

using namespace sekisho;
using namespace sekisho::rules;

/// Fifty campaigns over two years: fixed domains, rented names, counted-up names, free mail; every local part is new.
Evidence mailbox(std::size_t messages) {
  std::mt19937 random(7);
  const auto up_to = [&](std::uint32_t n) { return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random); };
  Evidence evidence;
  std::int64_t time = 1'700'000'000;
  for (std::uint32_t c = 0; c < 50; ++c) evidence.campaign("c" + std::to_string(c));
  for (std::size_t i = 0; i < messages; ++i) {
    time += 63;
    if (up_to(3) != 0) {
      const std::uint32_t who = up_to(1500);
      evidence.add("sender" + std::to_string(who) + "@wanted" + std::to_string(who % 900) + ".example", Sort::wanted,
                   no_campaign, time);
      continue;
    }
    const std::uint32_t campaign = up_to(50);
    const std::string id = std::to_string(campaign), day = std::to_string(i / 20'000),
                      local = "x" + std::to_string(random());
    std::string host;
    switch (campaign % 5) {
      case 0:
        host = "kumo" + id + "x" + std::to_string(up_to(9)) + "y.test";
        break;
      case 1:
        host = "n" + std::to_string(up_to(5000)) + ".rented" + id + ".test";
        break;
      case 2:
        host = "akari-suzu" + std::string(1 + campaign / 5, 'o') + std::to_string(i / 5'000) + ".test";
        break;
      case 3:
        host = "q" + day + "-hinalamp" + std::string(1 + campaign / 5, 'i') + ".test";
        break;
      default:
        host = "wanted" + std::to_string(campaign) + ".example";
    }
    evidence.add(local + '@' + host, Sort::campaign, campaign, time);
  }
  evidence.finish();
  return evidence;
}

void find_the_fewest(benchmark::State& state) {
  const auto engine = engine::Engine::start().value();
  const Ground ground(engine->knowledge());
  const Evidence evidence = mailbox(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const Mined mined = mine(evidence, evidence.sightings(), ground, Dialects::generic(), Reach::careful);
    state.counters["entries"] = static_cast<double>(mined.lists.reject.size());
    state.counters["stopped"] = static_cast<double>(mined.covered);
    state.counters["proved"] = mined.proved ? 1 : 0;
  }
}
BENCHMARK(find_the_fewest)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void find_prove_and_replay(benchmark::State& state) {
  const auto engine = engine::Engine::start().value();
  const Ground ground(engine->knowledge());
  const Evidence evidence = mailbox(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const Proposals proposals = propose(evidence, ground, Dialects::generic());
    state.counters["touched"] = static_cast<double>(proposals.first.effect.wanted_touched);
    state.counters["replay_days"] = static_cast<double>(proposals.first.replay.days);
  }
}
BENCHMARK(find_prove_and_replay)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->Iterations(1);

/// A third of the mail in fifty campaigns that land on a new site every few hundred messages, under one path each.
void find_rules_on_content(benchmark::State& state) {
  const auto messages = static_cast<std::size_t>(state.range(0));
  std::mt19937 random(7);
  TraitEvidence evidence;
  std::vector<std::uint32_t> asked;
  for (std::uint32_t c = 0; c < 50; ++c) asked.push_back(c);
  for (std::size_t i = 0; i < messages; ++i) {
    const std::string site = "s" + std::to_string(random() % 2000) + ".example", net = std::to_string(random() % 200);
    const auto time = static_cast<std::int64_t>(1'700'000'000 + i * 63);
    if (i % 3 != 0) {
      evidence.add({Sort::wanted, no_campaign, time, {{Trait::link, site}, {Trait::net, "203.0." + net + ".0/24"}}});
      continue;
    }
    const auto campaign = static_cast<std::uint32_t>(random() % 50);
    const std::string id = std::to_string(campaign);
    evidence.add({Sort::campaign,
                  campaign,
                  time,
                  {{Trait::link, "k" + id + "-" + std::to_string(i / 20'000) + ".test"},
                   {Trait::path, "/q" + id + "z/"},
                   {Trait::net, "198.18." + id + ".0/24"}}});
  }
  evidence.finish();
  for (auto _ : state) {
    const TraitProposal proposal = propose_traits(evidence, asked, 200);
    state.counters["entries"] = static_cast<double>(proposal.entries.size());
    state.counters["stopped"] = static_cast<double>(proposal.stopped);
  }
}
BENCHMARK(find_rules_on_content)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
