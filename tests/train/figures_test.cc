// The numbers against values worked out by hand or taken from the literature.
#include "train/figures.h"

#include <gtest/gtest.h>

namespace sekisho::train {
namespace {

TEST(Figures, AShareCarriesItsWilsonInterval) {
  const Share share = train::share(78, 80);
  EXPECT_DOUBLE_EQ(share.value, 0.975);
  EXPECT_NEAR(share.low, 0.9134, 1e-4);
  EXPECT_NEAR(share.high, 0.9931, 1e-4);
  EXPECT_DOUBLE_EQ(train::share(0, 92).low, 0);
  EXPECT_NEAR(train::share(0, 92).high, 0.0401, 1e-4);
  EXPECT_EQ(train::share(0, 0).high, 1);
}

TEST(Figures, AucCountsPairsInTheRightOrderAndTiesHalf) {
  EXPECT_DOUBLE_EQ(auc({3, 4}, {1, 2})->value, 1);
  EXPECT_DOUBLE_EQ(auc({1, 2}, {3, 4})->value, 0);
  EXPECT_DOUBLE_EQ(auc({1, 1, 1}, {1, 1})->value, 0.5);
  EXPECT_DOUBLE_EQ(auc({2, 0}, {1})->value, 0.5);
  EXPECT_DOUBLE_EQ(auc({2, 1}, {1})->value, 0.75);
  EXPECT_FALSE(auc({}, {1}).has_value());
  const auto some = *auc({5, 6, 7, 1, 8, 9}, {0, 2, 3, 1, 4, 5});
  EXPECT_LT(some.low, some.value);
  EXPECT_LE(some.high, 1);
}

TEST(Figures, RecallIsTakenWhereSoManyFalseAlarmsAreAllowed) {
  std::vector<double> wanted(100, 0.0);
  wanted[7] = 5;  // the one false alarm that one percent allows
  wanted[9] = 3;
  const auto recall = recall_at({6, 4, 3, 2}, wanted, 0.01);
  ASSERT_TRUE(recall.has_value());
  EXPECT_DOUBLE_EQ(recall->threshold, 3);
  EXPECT_EQ(recall->recall.of, 2u) << "a scam at the threshold itself is not called";
}

TEST(Figures, RecallAtARateThatTooFewMessagesCanShowIsNotSaid) {
  EXPECT_FALSE(recall_at({1}, std::vector<double>(99, 0.0), 0.01).has_value());
  EXPECT_TRUE(recall_at({1}, std::vector<double>(100, 0.0), 0.01).has_value());
  EXPECT_FALSE(recall_at({1}, std::vector<double>(999, 0.0), 0.001).has_value());
  EXPECT_TRUE(recall_at({1}, std::vector<double>(1000, 0.0), 0.001).has_value());
}

TEST(Figures, AScoreThatMeansWhatItSaysHasNoCalibrationError) {
  // 0.25 for a group of which a quarter is scam, 0.75 for one of which three quarters are.
  const auto honest = *calibration({0.75, 0.75, 0.75, 0.25}, {0.25, 0.25, 0.25, 0.75});
  EXPECT_NEAR(honest.ece, 0, 1e-12);
  EXPECT_NEAR(honest.brier, 0.1875, 1e-12);
  const auto boastful = *calibration({0.99, 0.99, 0.99, 0.01}, {0.01, 0.01, 0.01, 0.99});
  EXPECT_NEAR(boastful.ece, 0.24, 1e-12);
}

TEST(Figures, BothKindsCountHalfWhateverTheirNumber) {
  const auto few = *calibration({0.9}, {0.2});
  const auto many = *calibration({0.9}, std::vector<double>(50, 0.2));
  EXPECT_NEAR(few.ece, many.ece, 1e-12);
  EXPECT_NEAR(few.brier, many.brier, 1e-12);
}

TEST(Figures, TheScoreOneHasItsPlaceInTheLastBin) {
  const auto full = *calibration({1.0}, {0.0});
  EXPECT_EQ(full.bins.back().messages, 1u);
  EXPECT_EQ(full.bins.front().messages, 1u);
}

}  // namespace
}  // namespace sekisho::train
