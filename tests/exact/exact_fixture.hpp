#pragma once
// An exact store in a folder of its own, and reports to put into it.

#include "tests/support/temporary_folder.hpp"
#include "tiler/exact/exact_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace relief::exact {

class ExactStoreTest : public ::testing::Test {
protected:
    static constexpr Instant noon{1'700'000'000'000};
    static constexpr Instant later{noon.milliseconds + 60'000};

    static Arrival report_of_title(std::string title) {
        Arrival arrival;
        arrival.draft.place = {36.123456789, -1.2};
        arrival.draft.title = std::move(title);
        return arrival;
    }
    static Arrival from_collection(std::string name, std::string title) {
        Arrival arrival = report_of_title(std::move(title));
        arrival.draft.origin = "ushahidi";
        arrival.draft.origin_id = std::move(name);
        return arrival;
    }
    Receipt receive(const Arrival& arrival, const IntakeRule& rule = {}) {
        const auto receipts = store_.receive(std::span(&arrival, 1), rule, noon);
        EXPECT_TRUE(receipts && receipts->size() == 1);
        return receipts && !receipts->empty() ? receipts->front() : Receipt{};
    }
    report::Report found(const std::string& id) const {
        const auto report = store_.find(id);
        EXPECT_TRUE(report && *report) << id;
        return report && *report ? **report : report::Report{};
    }
    std::vector<std::string> titles(const PageWish& wish) const {
        const auto page = store_.page(wish);
        std::vector<std::string> all;
        if (!page) return {page.error().what};
        for (const report::Report& report : *page) all.push_back(report.said.title);
        return all;
    }
    const std::filesystem::path& folder() const { return folder_.path(); }
    ExactStore& store() { return store_; }

    const Author moderator{"4f1c9a0e77d2", Role::moderator};

private:
    relief::testing::TemporaryFolder folder_;
    ExactStore store_ = std::move(*ExactStore::open(folder_.path()));
};

}  // namespace relief::exact
