#include "server/service/style_desk.hpp"

#include "tests/service/kept_log.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace relief::service {
namespace {

class Desk : public ::testing::Test {
protected:
    Desk() {
        write("small.json", 0);
        write("large.json", 300'000);
        shelf_.look();
    }
    /// A style that shows names, of a text at least so long.
    void write(const std::string& name, std::size_t bytes) const {
        std::ofstream(folder_.path() / name)
            << R"({"version":8,"metadata":{"filler":")" << std::string(bytes, 'x')
            << R"("},"sources":{"p":{"type":"geojson","data":{"type":"FeatureCollection",)"
            << R"("features":[]}}},"layers":[{"id":"names","type":"symbol","source":"p",)"
            << R"("layout":{"text-field":["get","name"]}}]})";
    }
    VisiblePointer in(const std::string& style, int language) {
        const auto found = desk_.find(style, anyone_, "aa-" + std::to_string(10'000 + language));
        EXPECT_TRUE(found) << found.error().what;
        return found ? *found : nullptr;
    }

    testing::TemporaryFolder folder_;
    KeptLog log_;
    StyleShelf shelf_{{folder_.path()}, Sensitivity::low, log_};
    StyleDesk::CataloguePointer catalogue_ = std::make_shared<const workspace::Catalogue>();
    StyleDesk desk_{shelf_, [this] { return catalogue_; }};
    Audience anyone_ = Audience::anonymous();
};

TEST_F(Desk, KeepsWhatItHasMadeReady) {
    const auto first = in("small", 0);
    for (int i = 1; i < 50; ++i) in("small", i);

    EXPECT_EQ(in("small", 0), first);
}

TEST_F(Desk, KeepsNoMoreThanItsBytesWhateverLanguagesAreMadeUp) {
    const auto first = in("large", 0);
    ASSERT_TRUE(first);
    EXPECT_EQ(in("large", 0), first);
    for (int i = 1; i < 50; ++i) in("large", i);

    EXPECT_NE(in("large", 0), first) << "it was forgotten: fifty are more than may be kept";
}

}  // namespace
}  // namespace relief::service
