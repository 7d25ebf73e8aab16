#include "tiler/alert/alert_store.hpp"

#include "tests/alert/alert_examples.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::alert {
namespace {

using report::Alert;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Alerts : public ::testing::Test {
protected:
    std::vector<std::string> put(const Alert& alert, const char* report = "") {
        const auto over = store_->put(alert, report);
        EXPECT_TRUE(over) << over.error().what;
        return over ? *over : std::vector<std::string>();
    }
    std::vector<std::string> current(const char* now) const {
        std::vector<std::string> identifiers;
        const auto alerts = store_->current(moment(now), 100);
        EXPECT_TRUE(alerts) << alerts.error().what;
        for (const auto& alert : *alerts) identifiers.push_back(alert.name.identifier);
        return identifiers;
    }
    static Alert ending(Alert::Kind kind, const char* identifier, const Alert& other) {
        Alert alert = full_alert(identifier);
        alert.kind = kind;
        alert.references = {other.name};
        return alert;
    }
    Result<AlertStore>& store() { return store_; }

private:
    testing::TemporaryFolder folder_;
    Result<AlertStore> store_ = AlertStore::open(folder_.path());
};

TEST_F(Alerts, AreCurrentUntilTheyExpire) {
    put(full_alert());

    EXPECT_THAT(current("2024-05-02T08:00:00Z"), ElementsAre("id-1"));
    EXPECT_THAT(current("2024-05-02T08:00:01Z"), IsEmpty());
}

TEST_F(Alerts, AreOverWhenUpdatedOrCancelledWhicheverComesFirst) {
    const Alert first = full_alert("a");
    put(first, "report-a");
    EXPECT_THAT(put(ending(Alert::Kind::update, "b", first), "report-b"), ElementsAre("report-a"));
    EXPECT_THAT(current("2024-05-01T10:00:00Z"), ElementsAre("b"));

    const Alert late = full_alert("late");
    EXPECT_THAT(put(ending(Alert::Kind::cancel, "c", late)), IsEmpty());
    EXPECT_THAT(put(late, "report-late"), ElementsAre("report-late"));
    EXPECT_THAT(current("2024-05-01T10:00:00Z"), ElementsAre("b"));
}

TEST_F(Alerts, OfOneNameAreTheLastSent) {
    Alert newer = full_alert();
    newer.sent = moment("2024-05-01T12:00:00Z");
    newer.infos[1].headline = "newer";
    put(newer);
    put(full_alert());

    const auto alerts = store()->current(moment("2024-05-01T13:00:00Z"), 100);
    ASSERT_TRUE(alerts);
    ASSERT_EQ(alerts->size(), 1U);
    EXPECT_EQ((*alerts)[0].infos[1].headline, "newer");
}

TEST_F(Alerts, TellTheReportsOfThoseThatExpiredOnce) {
    put(full_alert(), "report");

    const auto before = store()->take_expired(moment("2024-05-01T10:00:00Z"));
    const auto after = store()->take_expired(moment("2024-06-01T10:00:00Z"));
    const auto again = store()->take_expired(moment("2024-06-01T10:00:00Z"));

    EXPECT_THAT(before.value(), IsEmpty());
    EXPECT_THAT(after.value(), ElementsAre("report"));
    EXPECT_THAT(again.value(), IsEmpty());
}

}  // namespace
}  // namespace relief::alert
