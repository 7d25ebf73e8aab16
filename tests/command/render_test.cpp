// relief render, as people call it.

#include "tests/command/command_line.hpp"
#include "tiler/decode/image_reader.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace relief::command {
namespace {

using ::testing::HasSubstr;

class Render : public CommandLine {
protected:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): what its sources and layers are
    std::string style(const std::string& sources, const std::string& layers) const {
        std::string path = file("style.json");
        std::ofstream(path) << R"({"version": 8, "sources": {)" << sources << R"(}, "layers": [)"
                            << layers << "]}";
        return path;
    }
    Said render(const std::string& style, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{
            "render", style, "--center", "0,0", "--zoom", "1", "--size", "64x32", "-o", picture()};
        words.insert(words.end(), more.begin(), more.end());
        return relief(words);
    }
    std::string picture() const { return file("out.png"); }
    canvas::Surface image() const {
        std::ifstream opened(picture(), std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(opened), {}};
        const auto decoded = decode::decode_image(
            {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
        EXPECT_TRUE(decoded) << decoded.error().what;
        return decoded ? *decoded : canvas::Surface({1, 1});
    }
};

std::vector<int> pixel_of(const canvas::Surface& surface, int x, int y) {
    const std::uint8_t* const p = surface.row(y) + std::ptrdiff_t{x} * 4;
    return {p[0], p[1], p[2], p[3]};
}

const std::string square = R"({"type": "Polygon",
    "coordinates": [[[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]]})";
const std::string red_squares =
    R"({"id": "f", "type": "fill", "source": "s", "paint": {"fill-color": "red"}})";

TEST_F(Render, DrawsAGeoJsonInTheMiddle) {
    const auto path = style(R"("s": {"type": "geojson", "data": )" + square + "}", red_squares);

    const auto said = render(path, {"--ratio", "2"});

    ASSERT_EQ(said.status, 0) << said.errors;
    const auto drawn = image();
    EXPECT_EQ(drawn.size(), (PixelSize{128, 64}));
    EXPECT_EQ(pixel_of(drawn, 64, 32), (std::vector<int>{255, 0, 0, 255}));
    EXPECT_EQ(pixel_of(drawn, 10, 10)[3], 0);
}

TEST_F(Render, DrawsALayerOfTheWorkspaceByBothNames) {
    const std::string land = file("land.geojson");
    std::ofstream(land) << R"({"type": "Feature", "properties": {}, "geometry": )" << square << "}";
    ASSERT_EQ(relief({"add", land}).status, 0);
    for (const char* const source : {R"("s": {"type": "vector", "url": "relief://land"})",
                                     R"("s": {"type": "vector",
                                     "tiles": ["/tiles/land/{z}/{x}/{y}.mvt"]})"}) {
        const auto said =
            render(style(source,
                         R"({"id": "f", "type": "fill", "source": "s", "source-layer": "land",
                  "paint": {"fill-color": "red"}})"));

        ASSERT_EQ(said.status, 0) << said.errors;
        EXPECT_EQ(pixel_of(image(), 32, 16), (std::vector<int>{255, 0, 0, 255}));
    }
}

TEST_F(Render, DrawsARasterOfTheWorkspace) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    const auto path = style(R"("s": {"type": "raster", "url": "relief://dem", "tileSize": 256})",
                            R"({"id": "r", "type": "raster", "source": "s"})");
    const auto bounds =
        nlohmann::json::parse(relief({"inspect", "dem", "--json"}).output)["bounds"];
    const double lon = (bounds[0].get<double>() + bounds[2].get<double>()) / 2;
    const double lat = (bounds[1].get<double>() + bounds[3].get<double>()) / 2;

    const auto said = relief({"render",
                              path,
                              "--center",
                              std::to_string(lon) + "," + std::to_string(lat),
                              "--zoom",
                              "12",
                              "--size",
                              "16x16",
                              "-o",
                              picture()});

    ASSERT_EQ(said.status, 0) << said.errors;
    EXPECT_EQ(pixel_of(image(), 8, 8)[3], 255);
}

TEST_F(Render, WarnsOfAGeoJsonThatIsBrokenAndDrawsTheRest) {
    const std::string broken = file("broken.geojson");
    std::ofstream(broken) << "{";
    const auto said = render(style(R"("s": {"type": "geojson", "data": "file://)" + broken + "\"}",
                                   R"({"id": "b", "type": "background"},)" + red_squares));

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.errors, HasSubstr("warning: source \"s\""));
    EXPECT_EQ(pixel_of(image(), 32, 16), (std::vector<int>{0, 0, 0, 255}));
}

TEST_F(Render, SaysWhatIsWrongInOneLine) {
    const auto good = style("", R"({"id": "b", "type": "background"})");
    expect_one_line(render(file("gone.json")));
    expect_one_line(
        relief({"render", good, "--ratio", "8", "--size", "8000x8000", "-o", picture()}));
    expect_one_line(relief({"render", good, "--size", "8x8", "-o", file("out.gif")}));
    expect_one_line(render(style(R"("s": {"type": "vector", "tiles": ["https://a.example/{z}"]})",
                                 R"({"id": "f", "type": "fill", "source": "s",
                                 "source-layer": "l"})")));
    expect_one_line(render(style(R"("s": {"type": "vector", "url": "relief://nowhere"})",
                                 R"({"id": "f", "type": "fill", "source": "s",
                                 "source-layer": "l"})")));
    EXPECT_EQ(relief({"render", good, "--size", "0x8", "-o", picture()}).status, 2);
    EXPECT_EQ(
        relief({"render", good, "--size", "8x8", "--center", "north", "-o", picture()}).status, 2);
}

}  // namespace
}  // namespace relief::command
