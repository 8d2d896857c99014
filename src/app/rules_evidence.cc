#include "app/rules_evidence.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include <unistd.h>

#include "app/mail_traits.h"
#include "app/progress.h"
#include "base/limits.h"
#include "mailbox/reader.h"
#include "text/domain.h"

namespace sekisho::app {
namespace {

using Standing = ReportedMessage::Standing;

/// A domain with so many messages of campaigns, and at most one that nobody could place to five of those, is not taken
/// for a wanted sender's because of that one.
constexpr std::uint64_t domain_messages = 3, doubtful_share = 5;

struct Line {
  std::string address;
  ReportedMessage reported;
  std::int64_t time = 0;
};

rules::Sort sort_of(const ReportedMessage& reported) {
  if (reported.standing != Standing::scam) return rules::Sort::wanted;
  return reported.campaign.empty() ? rules::Sort::other : rules::Sort::campaign;
}

/// What the messages of each registrable domain are.
class Domains {
 public:
  void count(std::string_view address, const ReportedMessage& reported) {
    auto& [campaign, unknown] = counts_[text::registrable_domain(rules::host_of(address))];
    campaign += sort_of(reported) == rules::Sort::campaign ? 1 : 0;
    unknown += reported.standing == Standing::unknown ? 1 : 0;
  }
  /// An unplaced message from a domain that sends almost nothing but campaign mail.
  bool are_doubtful(std::string_view address, const ReportedMessage& reported) const {
    if (reported.standing != Standing::unknown) return false;
    const auto it = counts_.find(text::registrable_domain(rules::host_of(address)));
    return it != counts_.end() && it->second.first >= domain_messages &&
           it->second.second * doubtful_share <= it->second.first;
  }

 private:
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts_;  ///< campaign and unknown messages
};

}  // namespace

std::uint64_t each_mail(const Session& session, const std::vector<std::string>& paths, HowMuch how_much,
                        const OnMail& on_mail) {
  const bool shown = shows_progress();
  Progress progress(session.voice, shown, shown ? mailbox::measure(paths).bytes : 0);
  std::uint64_t position = 0;
  mailbox::read_all(
      paths,
      [&](const mailbox::Item& item) {
        on_mail(MessagePlace{item.input, item.index, position}, mail_traits(item.bytes, how_much));
        ++position;
        progress.advance(item.bytes.size());
        return true;
      },
      [&](const mailbox::Unreadable& unreadable) {
        progress.hide();
        std::fputs(session.voice.complaint(unreadable.error).c_str(), stderr);
      });
  progress.hide();
  return position;
}

rules::Evidence evidence_of(const campaign::MailboxReport& report) {
  const auto reported = [&](const campaign::SenderMail& mail) {
    const bool member = mail.standing == campaign::Standing::scam && mail.campaign < report.campaigns.size();
    return ReportedMessage{mail.standing == campaign::Standing::scam     ? Standing::scam
                           : mail.standing == campaign::Standing::wanted ? Standing::wanted
                                                                         : Standing::unknown,
                           member ? report.campaigns[mail.campaign].id : std::string()};
  };
  Domains domains;
  for (const campaign::Sender& sender : report.senders)
    for (const campaign::SenderMail& mail : sender.mails) domains.count(sender.address, reported(mail));
  rules::Evidence evidence;
  for (const campaign::Campaign& one : report.campaigns) evidence.campaign(one.id);
  for (const campaign::Sender& sender : report.senders)
    for (const campaign::SenderMail& mail : sender.mails) {
      const ReportedMessage what = reported(mail);
      const rules::Sort sort = domains.are_doubtful(sender.address, what) ? rules::Sort::other : sort_of(what);
      evidence.add(sender.address, sort, mail.campaign, mail.time);
    }
  evidence.finish();
  return evidence;
}

ScanReport report_of(const engine::Scanned& scanned) {
  ScanReport report;
  for (const campaign::Campaign& one : scanned.report.campaigns) report.campaigns.push_back(one.id);
  for (std::size_t i = 0; i < scanned.report.messages.size(); ++i) {
    const campaign::MessageLine& line = scanned.report.messages[i];
    ReportedMessage message;
    message.standing = line.standing == campaign::Standing::scam     ? Standing::scam
                       : line.standing == campaign::Standing::wanted ? Standing::wanted
                                                                     : Standing::unknown;
    if (line.campaign < scanned.report.campaigns.size()) message.campaign = scanned.report.campaigns[line.campaign].id;
    report.messages.emplace(std::to_string(i), std::move(message));
  }
  return report;
}

Result<Gathered> gather(const Session& session, const std::vector<std::string>& paths, const ScanReport& report,
                        std::span<const std::string> keep) {
  Gathered gathered;
  for (const std::string& campaign : report.campaigns) gathered.evidence.campaign(campaign);
  std::vector<Line> lines;
  Domains domains;
  gathered.messages = each_mail(session, paths, HowMuch::senders, [&](const MessagePlace& place, MailTraits&& mail) {
    Line line{mail.traits.senders.empty() ? std::string() : std::move(mail.traits.senders.front()),
              report.find(place, mail.uidl, mail.message_id), mail.time};
    domains.count(line.address, line.reported);
    lines.push_back(std::move(line));
  });
  if (gathered.messages == 0)
    return fail(ErrorCode::unreadable, Said{"input.no_message", {}}, "holds no message",
                paths.empty() ? std::string() : paths.front(), "give a mail file, an mbox, or a folder of mail");
  for (const Line& line : lines) {
    rules::Sort sort = sort_of(line.reported);
    if (domains.are_doubtful(line.address, line.reported)) {
      sort = rules::Sort::other;
      ++gathered.doubtful;
    }
    const std::uint32_t campaign =
        sort == rules::Sort::campaign ? gathered.evidence.campaign(line.reported.campaign) : rules::no_campaign;
    gathered.evidence.add(line.address, sort, campaign, line.time);
  }
  for (const std::string& one : keep) gathered.evidence.keep(one);
  gathered.evidence.finish();
  return gathered;
}

rules::TraitEvidence gather_traits(const Session& session, const std::vector<std::string>& paths,
                                   const ScanReport& report, const rules::Evidence& evidence,
                                   const rules::Ground& ground, const std::vector<rules::Entry>& spared) {
  rules::TraitEvidence traits;
  const rules::Matcher allow(spared, rules::Reading{});
  std::map<std::string, std::uint32_t> campaigns;
  for (std::uint32_t i = 0; i < evidence.campaigns().size(); ++i) campaigns.emplace(evidence.campaigns()[i], i);
  each_mail(session, paths, HowMuch::everything, [&](const MessagePlace& place, MailTraits&& mail) {
    const ReportedMessage reported = report.find(place, mail.uidl, mail.message_id);
    std::vector<rules::TraitEntry> found;
    for (const std::string& host : mail.traits.link_hosts)
      if (auto trait = rules::link_trait(host, ground)) found.push_back(std::move(*trait));
    for (const std::string& path : mail.traits.link_paths)
      if (auto trait = rules::path_trait(path, ground)) found.push_back(std::move(*trait));
    const rules::Sort sort = sort_of(reported);
    // A wanted message must not show an entry anywhere; of a campaign only what handed the mail in counts.
    if (sort == rules::Sort::wanted) {
      for (const std::string& line : mail.traits.received)
        for (std::size_t at = line.find('['); at != std::string::npos; at = line.find('[', at + 1))
          if (auto trait = rules::net_trait(std::string_view(line).substr(at + 1, line.find(']', at) - at - 1)))
            found.push_back(std::move(*trait));
    } else if (auto trait = rules::net_trait(mail.sending_ip)) {
      found.push_back(std::move(*trait));
    }
    const auto campaign = campaigns.find(reported.campaign);
    const bool spares = std::any_of(mail.traits.senders.begin(), mail.traits.senders.end(),
                                    [&](const std::string& sender) { return allow.any(sender); });
    traits.add({sort, campaign == campaigns.end() ? rules::no_campaign : campaign->second, mail.time, std::move(found),
                spares});
  });
  traits.finish();
  return traits;
}

Result<std::vector<std::string>> kept_senders(const std::vector<std::string>& keep) {
  std::vector<std::string> kept;
  for (const std::string& one : keep) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(one, ignored)) {
      if (one.find('.') == std::string::npos)
        return fail(ErrorCode::usage, Said{"usage.keep", {}}, "--keep is neither an address, a domain nor a file", one,
                    "--keep friend@bank.example, --keep bank.example or --keep addresses.txt");
      kept.push_back(one);
      continue;
    }
    const auto text = read_whole(one, limits::rule_list_bytes);
    if (!text) return tl::unexpected(text.error());
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string line = rules::lowered(rest.substr(0, end));
      if (!line.empty() && line.front() != '#') kept.push_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return kept;
}

}  // namespace sekisho::app
