#include "tiler/workspace/schema.hpp"

#include "tests/workspace/example_scenes.hpp"
#include "tests/workspace/layer_store_fixture.hpp"
#include "tiler/workspace/description_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <unistd.h>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The tables as the first release made them.
constexpr const char* first_schema = R"(
    CREATE TABLE layers (
        id          INTEGER PRIMARY KEY,
        name        TEXT NOT NULL UNIQUE,
        title       TEXT NOT NULL,
        sensitivity TEXT NOT NULL CHECK (sensitivity IN ('low', 'moderate', 'high', 'severe')),
        source      TEXT NOT NULL,
        licence     TEXT NOT NULL,
        acquired    TEXT NOT NULL,
        processed   TEXT NOT NULL,
        method      TEXT NOT NULL,
        confidence  TEXT NOT NULL,
        supersedes  TEXT NOT NULL,
        preliminary INTEGER NOT NULL CHECK (preliminary IN (0, 1)),
        style       TEXT NOT NULL
    ) STRICT;
    CREATE TABLE observations (
        id          INTEGER PRIMARY KEY,
        layer       INTEGER NOT NULL REFERENCES layers (id) ON DELETE CASCADE,
        time        INTEGER,
        version     TEXT NOT NULL,
        file        TEXT NOT NULL,
        added       INTEGER NOT NULL CHECK (added IN (0, 1)),
        modified    INTEGER NOT NULL,
        description TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX observations_with_time ON observations (layer, time)
        WHERE time IS NOT NULL;
    CREATE UNIQUE INDEX observations_without_time ON observations (layer) WHERE time IS NULL;
    CREATE INDEX observations_by_file ON observations (file);
    INSERT INTO layers VALUES (1, 'camps', 'Camps', 'high', 's', 'l', 'a', 'p', 'm', 'c', 'u', 1,
                               '[["rescale","0,9"]]'),
                              (2, 'dem', 'Heights', 'low', '', '', '', '', '', '', '', 0, '[]');
)";

class SchemaTest : public LayerStoreTest {
protected:
    /// A workspace of the first release with the layers camps and dem.
    void make_first_release() const {
        fs::create_directories(workspace() / "layers");
        auto connection = *Connection::open(workspace() / "relief.db", Connection::Mode::write);
        ASSERT_TRUE(connection.run(first_schema));
        for (const std::int64_t layer : {1, 2}) {
            Statement insert(
                connection,
                "INSERT INTO observations VALUES (?, ?, NULL, 'aa', 'layers/aa.tif', 1, 5, ?)");
            insert.bind(layer).bind(layer).bind(to_json(example_raster()));
            ASSERT_TRUE(insert.finish());
        }
        const std::string identity = "PRAGMA application_id = " + std::to_string(application_id) +
                                     "; PRAGMA user_version = 1";
        ASSERT_TRUE(connection.run(identity.c_str()));
    }
};

TEST_F(SchemaTest, OfTheFirstReleaseIsBroughtUpToDateWithItsLayers) {
    make_first_release();

    const auto layers = *LayerStore::open_existing(workspace())->layers();

    ASSERT_THAT(layers, SizeIs(2));
    EXPECT_EQ(layers[0].name.text(), "camps");
    EXPECT_EQ(layers[0].title, "Camps");
    EXPECT_EQ(layers[0].sensitivity, Sensitivity::high);
    EXPECT_TRUE(layers[0].sensitivity_given);
    EXPECT_EQ(layers[0].provenance.supersedes, "u");
    EXPECT_TRUE(layers[0].provenance.preliminary);
    EXPECT_THAT(layers[0].style_words, ElementsAre(std::pair("rescale", "0,9")));
    EXPECT_THAT(layers[0].observations, SizeIs(1));
    EXPECT_EQ(layers[1].sensitivity, Sensitivity::low);
    EXPECT_FALSE(layers[1].newest().mosaic);
}

TEST_F(SchemaTest, OfTheFirstReleaseThatCannotBeWrittenIsRefusedInWords) {
    if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    make_first_release();
    fs::permissions(workspace(), fs::perms::owner_read | fs::perms::owner_exec);

    const auto reader = LayerStore::open_existing(workspace());

    fs::permissions(workspace(), fs::perms::owner_all);
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().what, HasSubstr("make the workspace writable"));
}

TEST_F(SchemaTest, OfTheFirstReleaseTakesMosaicsOnceItIsUpToDate) {
    make_first_release();

    auto store = *MosaicStore::open(workspace());

    EXPECT_TRUE(store.keep(layer_name("swath"), new_scene(workspace(), 1)));
}

TEST_F(SchemaTest, TakesTimesOfBeforeTheyHadAnEndAsTheInstantsThatWereStored) {
    make_first_release();
    {
        auto connection = *Connection::open(workspace() / "relief.db", Connection::Mode::write);
        ASSERT_TRUE(connection.run("UPDATE observations SET time = 1000 WHERE layer = 1"));
    }

    const auto layers = *LayerStore::open_existing(workspace())->layers();

    ASSERT_THAT(layers, SizeIs(2));
    EXPECT_EQ(to_text(*layers[0].newest().time), "1970-01-01T00:00:01Z");
    EXPECT_FALSE(layers[1].newest().time);
}

TEST_F(SchemaTest, KeepsALevelThatIsNoneOutOfSight) {
    {
        auto store = open();
        ASSERT_TRUE(store.register_observation(entry({"dem", "aa"})));
    }
    run("UPDATE layers SET sensitivity = NULL");

    const auto stored = *open().readable_layers();

    EXPECT_THAT(stored.problems, IsEmpty());
    ASSERT_THAT(stored.layers, SizeIs(1));
    EXPECT_FALSE(stored.layers[0].sensitivity_given);
    EXPECT_EQ(stored.layers[0].sensitivity, Sensitivity::severe);
}

TEST_F(SchemaTest, GivesALayerWithoutALevelTheOneThatIsStatedLater) {
    auto store = open();
    ASSERT_TRUE(store.register_observation(entry({"dem", "aa"})));
    run("UPDATE layers SET sensitivity = NULL");
    NewObservation stated = entry({"dem", "bb"});
    stated.sensitivity = Sensitivity::moderate;

    ASSERT_TRUE(store.register_observation(stated));

    const auto layers = *store.layers();
    EXPECT_TRUE(layers[0].sensitivity_given);
    EXPECT_EQ(layers[0].sensitivity, Sensitivity::moderate);
}

}  // namespace
}  // namespace relief::workspace
