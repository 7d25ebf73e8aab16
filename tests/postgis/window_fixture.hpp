#pragma once
// A database of a test's own, and windows of its tables.

#include "tests/support/postgres_fixture.hpp"
#include "tiler/postgis/table_catalogue.hpp"
#include "tiler/postgis/table_window.hpp"
#include "tiler/vector/unit_grid.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::postgis {

class WindowTest : public ::testing::Test {
protected:
    static void start(const char* made_tables) {
        kept() = std::make_unique<relief::testing::PostgresFixture>();
        ASSERT_EQ(kept()->problem(), "");
        kept()->run(made_tables);
        kept()->run("ANALYZE");
    }
    static void TearDownTestSuite() { kept().reset(); }

    void SetUp() override {
        auto opened = Connection::open(address("any").database, soon());
        ASSERT_TRUE(opened) << opened.error().what << opened.error().detail;
        connection_.emplace(std::move(*opened));
    }
    static relief::testing::PostgresFixture& database() { return *kept(); }
    static TableAddress address(const std::string& table) {
        return *TableAddress::make(database().address(table));
    }
    static Deadline soon() { return Deadline(Deadline::Clock::now() + std::chrono::minutes(1)); }
    Result<TableDescription> described(const std::string& table, const std::string& time = {}) {
        return describe_table(*connection_, {address(table), time}, soon());
    }
    static WindowWish wish(const TableFacts& facts, TileId::Numbers numbers) {
        const TileId tile = *TileId::make(numbers);
        WindowWish made{vector::UnitGrid(tile).steps_of({-64, -64, 4160, 4160}),
                        std::vector<bool>(facts.columns.size(), true)};
        made.deadline = soon();
        return made;
    }
    std::vector<vector::SourceFeature> read(const TableFacts& facts, const WindowWish& wanted) {
        std::vector<vector::SourceFeature> features;
        const auto left_out =
            read_window(*connection_, facts, wanted, [&](const vector::SourceFeature& feature) {
                features.push_back(feature);
            });
        EXPECT_TRUE(left_out) << left_out.error().what << left_out.error().detail;
        left_out_ = left_out ? *left_out : 0;
        return features;
    }

    std::optional<Connection> connection_;
    std::uint64_t left_out_ = 0;

private:
    static std::unique_ptr<relief::testing::PostgresFixture>& kept() {
        static std::unique_ptr<relief::testing::PostgresFixture> database;
        return database;
    }
};

}  // namespace relief::postgis
