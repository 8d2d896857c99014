#include "engine/settings.h"

#include <cstdlib>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::engine {
namespace {

Environment with(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(Settings, EveryKeyIsReadAndRemembersItsLine) {
  const auto settings = parse_settings(
      "lang = \"ja\"\nformat = \"json\"\n\ncolor = \"never\"\njobs = 4\nknowledge = \"site\"\n", "/etc/x/sekisho.toml");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->lang.value, "ja");
  EXPECT_EQ(settings->lang.origin, "/etc/x/sekisho.toml:1");
  EXPECT_EQ(settings->format.value, Format::json);
  EXPECT_EQ(settings->color.value, Color::never);
  EXPECT_EQ(settings->color.origin, "/etc/x/sekisho.toml:4");
  EXPECT_EQ(settings->jobs.value, 4U);
  EXPECT_EQ(settings->knowledge.value, "/etc/x/site");
}

TEST(Settings, AnEmptyFileLeavesTheDefaults) {
  const auto settings = parse_settings("# nothing\n", "s.toml");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->lang.origin, "default");
  EXPECT_EQ(settings->format.value, Format::text);
  EXPECT_EQ(settings->jobs.value, 0U);
}

struct Wrong {
  const char* text;
  const char* where;
  const char* what;
  const char* hint;
};

TEST(Settings, MistakesNameTheLineAndWhatWasExpected) {
  for (const Wrong& wrong :
       {Wrong{"\nlangg = \"ja\"", "s.toml:2", "unknown setting 'langg'", "did you mean 'lang'?"},
        Wrong{"lang = 1", "s.toml:1", "'lang' must be one of", ""},
        Wrong{"lang = \"jp\"", "s.toml:1", "cannot be \"jp\"", "ja"},
        Wrong{"jobs = 1.5", "s.toml:1", "a whole number, not a fraction", ""},
        Wrong{"jobs = -1", "s.toml:1", "between 0 and 256", ""},
        Wrong{"jobs = 9223372036854775807", "s.toml:1", "between 0 and 256", ""},
        Wrong{"color = [\"auto\"]", "s.toml:1", "not a list", ""},
        Wrong{"[lang]", "s.toml:1", "unknown setting '[lang]'", "lang"},
        Wrong{"lang = \"ja\"\nlang = \"en\"", "s.toml:2", "given twice", ""},
        Wrong{"knowledge = \"a\\u0000b\"", "s.toml:1", "not a path", ""}, Wrong{"lang = ", "s.toml:1", "TOML", ""}}) {
    const auto settings = parse_settings(wrong.text, "s.toml");
    ASSERT_FALSE(settings) << wrong.text;
    EXPECT_EQ(settings.error().code, ErrorCode::bad_data);
    EXPECT_EQ(settings.error().where, wrong.where) << wrong.text;
    EXPECT_NE(settings.error().what.find(wrong.what), std::string::npos) << settings.error().what;
    EXPECT_NE(settings.error().hint.find(wrong.hint), std::string::npos) << settings.error().hint;
  }
}

TEST(Settings, JobsAtTheLimitPassAndAboveFail) {
  EXPECT_EQ(parse_settings("jobs = 256", "s")->jobs.value, most_jobs);
  EXPECT_EQ(parse_settings("jobs = 255", "s")->jobs.value, most_jobs - 1);
  EXPECT_FALSE(parse_settings("jobs = 257", "s"));
}

TEST(Settings, AFileAtTheLimitIsReadAndALongerOneRefused) {
  for (const int beyond : {-1, 0, 1}) {
    std::string text = "jobs = 7\n#";
    text.resize(limits::settings_bytes + static_cast<std::size_t>(beyond + 1) - 1, 'x');
    EXPECT_EQ(parse_settings(text, "s").has_value(), beyond <= 0) << beyond;
  }
}

TEST(Settings, HeadersAndControlsAreErrors) {
  for (const std::string_view text :
       {std::string_view("[[\0", 3), std::string_view("[="), std::string_view("jobs = 1\n[{")})
    EXPECT_FALSE(parse_settings(text, "s.toml"));
}

TEST(Settings, TextsAndNumbersAreReadAsTomlSays) {
  EXPECT_EQ(parse_settings("'lang'='ja' # x", "s")->lang.value, "ja");
  EXPECT_EQ(parse_settings("\xEF\xBB\xBF\"lang\"\t=\t\"j\\u0061\"\r\n", "s")->lang.value, "ja");
  EXPECT_EQ(parse_settings("jobs = +2_0\n", "s")->jobs.value, 20U);
  EXPECT_EQ(parse_settings("knowledge = 'a\\b'", "d/s")->knowledge.value, "d/a\\b");
  EXPECT_EQ(parse_settings("knowledge = \"\\U0001F600 \\\"q\\\"\"", "s")->knowledge.value, "\U0001F600 \"q\"");
  for (const char* text : {"jobs = 0x10",
                           "jobs = 01",
                           "jobs = 1__0",
                           "jobs = _1",
                           "jobs = 1_",
                           "jobs = 1 2",
                           "jobs = +",
                           "jobs = 99999999999999999999",
                           "lang = ja",
                           "lang = \"ja\" x",
                           "lang \"ja\"",
                           "= 1",
                           "lang = \"\\x41\"",
                           "lang = \"\\uD800\"",
                           "lang = \"\\u00",
                           "lang = 'ja",
                           "lang = \"\"\"ja\"\"\"",
                           "lang.x = 1",
                           "lang = \"\xFF\"",
                           "lang = \"\a\""}) {
    const auto settings = parse_settings(text, "s.toml");
    ASSERT_FALSE(settings) << text;
    EXPECT_EQ(settings.error().where, "s.toml:1") << text;
  }
}

TEST(Settings, HostileNestingIsAnErrorNotACrash) {
  EXPECT_FALSE(parse_settings("x = " + std::string(50'000, '['), "s.toml"));
}

class SettingsFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-settings-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path put(const std::filesystem::path& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  std::filesystem::path folder_;
};

TEST_F(SettingsFile, IsFoundWhereXdgSays) {
  put("config/sekisho/sekisho.toml", "jobs = 2\n");
  put("home/.config/sekisho/sekisho.toml", "jobs = 3\n");
  const std::string config = (folder_ / "config").string(), home = (folder_ / "home").string();
  EXPECT_EQ(read_settings({}, with({{"XDG_CONFIG_HOME", config}, {"HOME", home}}))->jobs.value, 2U);
  EXPECT_EQ(read_settings({}, with({{"HOME", home}}))->jobs.value, 3U);
  EXPECT_EQ(read_settings({}, with({{"XDG_CONFIG_HOME", "relative"}, {"HOME", home}}))->jobs.value, 3U);
}

TEST_F(SettingsFile, MayBeMissingUnlessItWasChosen) {
  const auto none = read_settings({}, with({{"HOME", folder_.string()}}));
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->file_read);
  EXPECT_TRUE(read_settings({}, with({})));
  EXPECT_FALSE(read_settings(folder_ / "gone.toml", with({})));
  EXPECT_FALSE(read_settings(folder_, with({})));
  EXPECT_EQ(read_settings(put("mine.toml", "jobs = 5\n"), with({}))->jobs.value, 5U);
  EXPECT_TRUE(read_settings(put("empty.toml", ""), with({})));
}

TEST(Language, ComesFromTheFirstVariableThatIsSet) {
  const auto chosen = [](std::map<std::string, std::string> variables) {
    Settings settings;
    choose_language(settings, with(std::move(variables)));
    return settings.lang.value + " " + settings.lang.origin;
  };
  EXPECT_EQ(chosen({{"LANG", "ja_JP.UTF-8"}}), "ja LANG");
  EXPECT_EQ(chosen({{"LC_ALL", "C"}, {"LANG", "ja_JP.UTF-8"}}), "en LC_ALL");
  EXPECT_EQ(chosen({{"LC_ALL", ""}, {"LC_MESSAGES", "ja"}, {"LANG", "C"}}), "ja LC_MESSAGES");
  EXPECT_EQ(chosen({}), "en default");
}

TEST(Language, IsNotTakenFromTheEnvironmentWhenItWasSet) {
  auto settings = *parse_settings("lang = \"en\"", "s.toml");
  choose_language(settings, with({{"LC_ALL", "ja_JP.UTF-8"}}));
  EXPECT_EQ(settings.lang.value, "en");
  EXPECT_EQ(settings.lang.origin, "s.toml:1");
}

}  // namespace
}  // namespace sekisho::engine
