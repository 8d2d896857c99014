// The layouts of docs/formats/labelled.md, and what is wrong with a list.
#include "train/labelled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "train/evaluation.h"
#include "train/judge.h"

namespace sekisho::train {
namespace {

namespace fs = std::filesystem;

class LabelledMail : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("labelled_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path put(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  static std::string mail(const std::string& body) {
    return "From: a@lamp.example\r\nSubject: tea\r\n\r\n" + body + "\r\n";
  }

  /// "label corpus category lang: first words of the body", one of each message.
  std::vector<std::string> seen(const Labelled& labelled) {
    std::vector<std::string> lines;
    each_message(
        labelled,
        [&](std::uint32_t source, const std::string&, std::string_view bytes) {
          const Group& group = labelled.groups[labelled.sources[source].group];
          const std::size_t body = bytes.find("\r\n\r\n");
          std::string words(body == bytes.npos ? bytes : bytes.substr(body + 4));
          words = words.substr(0, words.find('\r'));
          lines.push_back(std::string(name(group.label)) + '|' + group.corpus + '|' + group.category + '|' +
                          group.lang + '|' + words);
          return true;
        },
        [&](const std::string& file, const Error& error) {
          lines.push_back("unreadable " + file + ": " + error.what);
        });
    return lines;
  }

  fs::path folder_;
};

TEST_F(LabelledMail, AListNamesFilesBesideIt) {
  put("set/one.eml", mail("first"));
  put("set/two.eml", mail("second"));
  put("set/labels.tsv",
      "note\tfile\tlabel\tkind\tlang\nx\tone.eml\tscam\tparcel\tja\ny\ttwo.eml\tham\t\ten\nz\tgone.eml\tscam\t\t\n");
  const auto labelled = read_labelled({(folder_ / "set").string()});
  ASSERT_TRUE(labelled.has_value());
  EXPECT_THAT(seen(*labelled), testing::ElementsAre("scam|set|parcel|ja|first", "legit|set||en|second"));
  EXPECT_THAT(labelled->absent, testing::SizeIs(1));
}

TEST_F(LabelledMail, AListMayNameTheCorpusAndWindowsLineEndsDoNoHarm) {
  put("a/one.eml", mail("first"));
  const auto list = put("index.tsv", "path\tlabel\tlang\tcorpus\tdate\r\na/one.eml\tphish\tja\told\t2020\r\n");
  const auto labelled = read_labelled({list.string()});
  ASSERT_TRUE(labelled.has_value());
  EXPECT_THAT(seen(*labelled), testing::ElementsAre("scam|old||ja|first"));
}

TEST_F(LabelledMail, FoldersNamedLikeLabelsAreLabelsAndMailboxesHoldMany) {
  put("mine/scam/box", "From a@lamp.example Mon Jan  5 00:00:00 2026\n" + mail("one") +
                           "\nFrom b@lamp.example Mon Jan  5 00:00:00 2026\n" + mail("two"));
  put("mine/legit/three.eml", mail("three"));
  put("mine/notes/four.eml", mail("four"));
  const auto labelled = read_labelled({(folder_ / "mine").string()});
  ASSERT_TRUE(labelled.has_value());
  EXPECT_THAT(seen(*labelled),
              testing::UnorderedElementsAre("scam|mine|||one", "scam|mine|||two", "legit|mine|||three"));
}

TEST_F(LabelledMail, AFolderOfSuchFoldersIsSeveralCorpora) {
  put("all/red/scam/1.eml", mail("one"));
  put("all/blue/ham/2.eml", mail("two"));
  const auto labelled = read_labelled({(folder_ / "all").string()});
  ASSERT_TRUE(labelled.has_value());
  EXPECT_THAT(seen(*labelled), testing::ElementsAre("legit|blue|||two", "scam|red|||one"));
}

TEST_F(LabelledMail, ShortMessagesStandOneALine) {
  const auto file =
      put("short.jsonl",
          "{\"id\":\"s1\",\"text\":\"\\u304a\\u8336\",\"label\":\"scam\",\"category\":\"sms\",\"lang\":\"ja\"}\n\n");
  const auto labelled = read_labelled({file.string()});
  ASSERT_TRUE(labelled.has_value());
  EXPECT_EQ(labelled->sources.at(0).text, "お茶");
  EXPECT_EQ(labelled->groups.at(0).category, "sms");
}

TEST_F(LabelledMail, WhatIsWrongIsSaidWithItsLine) {
  const auto where = [](const Result<Labelled>& result) {
    return result ? std::string("no error") : result.error().where;
  };
  EXPECT_EQ(where(read_labelled({"/no/such/place"})), "/no/such/place");
  EXPECT_EQ(read_labelled({folder_.string()}).error().code, ErrorCode::unreadable) << "an empty folder has no labels";
  const auto columns = put("c.tsv", "name\tlabel\n");
  EXPECT_EQ(where(read_labelled({columns.string()})), columns.string() + ":1");
  const auto label = put("l.tsv", "file\tlabel\nx\tscam\ny\tnice\n");
  EXPECT_EQ(where(read_labelled({label.string()})), label.string() + ":3");
  const auto broken = put("b.jsonl", "{\"text\":\"a\",\"label\":\"scam\"}\n{\"text\":\n");
  EXPECT_EQ(where(read_labelled({broken.string()})), broken.string() + ":2");
}

TEST_F(LabelledMail, IsJudgedInItsOrderOnAnyNumberOfThreads) {
  std::string list = "file\tlabel\n";
  for (int i = 0; i < 150; ++i) {
    const std::string name = "m" + std::to_string(1000 + i) + ".eml";
    put("set/" + name, mail("message " + std::to_string(i)));
    list += name + (i % 2 == 0 ? "\tscam\n" : "\tlegit\n");
  }
  put("set/labels.tsv", list);
  const auto labelled = read_labelled({(folder_ / "set").string()});
  const auto engine = engine::Engine::start();
  ASSERT_TRUE(labelled.has_value() && engine.has_value());
  std::vector<std::uint32_t> order;
  judge_all(
      **engine, *labelled, 3,
      [&](const Judged& one) {
        EXPECT_TRUE(one.report.has_value());
        order.push_back(one.source);
      },
      [](const std::string& name, const Error&) { ADD_FAILURE() << name; });
  EXPECT_THAT(order, testing::SizeIs(150));
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Evaluation, PairsOnlyWhatSpeaksTheSameLanguageAndIsNumerousEnough) {
  Evaluation evaluation;
  const auto add = [&](const char* corpus, const char* lang, Label label, int n, double odds) {
    for (int i = 0; i < n; ++i)
      evaluation.add({corpus, "kind", lang, label},
                     {odds + i * 0.01, 0.1, odds > 2 ? verdict::Answer::scam : verdict::Answer::nothing_found});
  };
  add("pond", "ja", Label::scam, 25, 3);
  add("hill", "ja", Label::legit, 30, -3);
  add("wood", "en", Label::legit, 30, -3);
  add("tiny", "ja", Label::legit, 19, -3);
  add("pond", "ja", Label::spam, 40, 3);
  const auto pairs = evaluation.pairs();
  ASSERT_THAT(pairs, testing::SizeIs(1));
  EXPECT_EQ(pairs[0].scams + '/' + pairs[0].wanted, "pond/hill");
  EXPECT_EQ(pairs[0].scam_messages, 25u) << "spam is no scam";
  EXPECT_DOUBLE_EQ(pairs[0].auc.value, 1);
  EXPECT_THAT(evaluation.corpora(), testing::SizeIs(5));
  const auto sign = evaluation.language_as_a_sign();
  ASSERT_TRUE(sign.has_value());
  EXPECT_DOUBLE_EQ(sign->auc.value, 0.5);
  EXPECT_EQ(sign->one_messages, 49u);
}

}  // namespace
}  // namespace sekisho::train
