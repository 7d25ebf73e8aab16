#include "tiler/sprites/svg_picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relief::sprites {
namespace {

std::string svg_of(const std::string& attributes, const std::string& body) {
    return R"(<svg xmlns="http://www.w3.org/2000/svg" )" + attributes + ">" + body + "</svg>";
}

std::string refusal_of_svg(std::string_view svg) {
    const auto picture = draw_svg(svg, 1);
    EXPECT_FALSE(picture);
    if (picture) return {};
    EXPECT_EQ(picture.error().fault, Fault::bad_request);
    return picture.error().what;
}

TEST(SvgPicture, DrawsShapesPremultipliedWithRedFirst) {
    const auto picture =
        draw_svg(svg_of(R"(width="4" height="2")",
                        R"(<rect width="2" height="2" fill="#ff8000" fill-opacity="0.5"/>)"),
                 1);

    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->pixels.size(), (PixelSize{4, 2}));
    const std::uint8_t* const row = picture->pixels.row(1);
    EXPECT_NEAR(row[0], 128, 1);
    EXPECT_NEAR(row[1], 64, 1);
    EXPECT_EQ(row[2], 0);
    EXPECT_NEAR(row[3], 128, 1);
    EXPECT_EQ(row[2 * 4 + 3], 0);
}

TEST(SvgPicture, IsAsLargeAsItsViewBoxWhereItStatesNoSize) {
    const auto picture =
        draw_svg(svg_of(R"(viewBox="0 0 10 6")", "<circle cx='5' cy='3' r='3'/>"), 2);

    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->pixels.size(), (PixelSize{20, 12}));
}

TEST(SvgPicture, TellsWhereItMayStretch) {
    const auto picture = draw_svg(
        svg_of(
            R"(width="20" height="10")",
            R"(<rect width="20" height="10"/><rect id="mapbox-stretch-x" x="6" width="8" height="10" fill="none"/>
                  <rect id="mapbox-content" x="2" y="1" width="16" height="8" fill="none"/>)"),
        2);

    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->marks.across, (IconBox{12, 0, 28, 20}));
    EXPECT_EQ(picture->marks.content, (IconBox{4, 2, 36, 18}));
    EXPECT_FALSE(picture->marks.down);
}

TEST(SvgPicture, RefusesWhatIsNoPictureOfUsableSize) {
    EXPECT_THAT(refusal_of_svg("this is no SVG"), testing::HasSubstr("cannot be read"));
    EXPECT_THAT(refusal_of_svg(svg_of("", "<circle r='3'/>")), testing::HasSubstr("viewBox"));
    EXPECT_THAT(refusal_of_svg(svg_of(R"(width="129" height="24")", "")),
                testing::HasSubstr("129"));
    EXPECT_THAT(refusal_of_svg(svg_of(R"(width="1e9" height="1e9")", "")),
                testing::HasSubstr("1 to 128"));
    EXPECT_THAT(refusal_of_svg(std::string(most_svg_bytes + 1, ' ')), testing::HasSubstr("65536"));
}

/// As the encoding that the byte order mark names.
std::string in_utf16(std::string_view ascii, bool little) {
    std::string text = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char letter : ascii)
        text += little ? std::string{letter, '\0'} : std::string{'\0', letter};
    return text;
}

// What is refused is looked for letter by letter, and libxml2 reads many an encoding.
TEST(SvgPicture, IsReadInUtf8Alone) {
    const std::string pattern = svg_of(R"(width="8" height="8")",
                                       R"(<pattern id="p" width="1" height="1"><rect/></pattern>)");
    EXPECT_THAT(refusal_of_svg(in_utf16(pattern, true)), testing::HasSubstr("UTF-8"));
    EXPECT_THAT(refusal_of_svg(in_utf16(pattern, false)), testing::HasSubstr("UTF-8"));
    EXPECT_THAT(refusal_of_svg(in_utf16(pattern, true).substr(2)), testing::HasSubstr("UTF-8"));
    EXPECT_THAT(refusal_of_svg(svg_of(R"(width="8" height="8")", "<!-- caf\xE9 -->")),
                testing::HasSubstr("UTF-8"));
    const std::string plain = svg_of(R"(width="8" height="8")", "<rect width='8' height='8'/>");
    EXPECT_THAT(refusal_of_svg("<?xml version='1.0' encoding='UTF-7'?>" + plain),
                testing::HasSubstr("\"UTF-7\""));
    EXPECT_THAT(refusal_of_svg("\xEF\xBB\xBF<?xml version=\"1.0\" encoding = \"IBM037\"?>" + plain),
                testing::HasSubstr("\"IBM037\""));
    EXPECT_TRUE(draw_svg("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + plain, 1));
    EXPECT_TRUE(draw_svg("<?xml version=\"1.0\"?>" + plain, 1));
}

TEST(SvgPicture, ReadsNothingOutsideOfItself) {
    EXPECT_THAT(refusal_of_svg(R"(<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg/>)"),
                testing::HasSubstr("<!DOCTYPE"));
    EXPECT_THAT(refusal_of_svg(svg_of(R"(width="8" height="8")",
                                      R"(<image href="data:image/png;base64,AAAA"/>)")),
                testing::HasSubstr("data:"));
    EXPECT_THAT(
        refusal_of_svg(svg_of(R"(width="8" height="8")",
                              R"(<svg:image width="8" height="8" href="file:///etc/logo.png"/>)")),
        testing::HasSubstr("\"image\""));
    EXPECT_THAT(refusal_of_svg(svg_of(R"(width="8" height="8")", "<pattern id='p'/>")),
                testing::HasSubstr("\"pattern\""));
}

TEST(SvgPicture, ComesToAnEndWhenElementsUseEachOtherManyTimes) {
    std::string uses = R"(<defs><g id="a0"><rect width="1" height="1"/></g>)";
    for (int i = 1; i < 12; ++i) {
        uses += "<g id=\"a" + std::to_string(i) + "\">";
        for (int k = 0; k < 10; ++k) uses += "<use href=\"#a" + std::to_string(i - 1) + "\"/>";
        uses += "</g>";
    }
    const auto picture =
        draw_svg(svg_of(R"(width="8" height="8")", uses + "</defs><use href=\"#a11\"/>"), 1);

    EXPECT_FALSE(picture) << "10^11 rectangles were drawn";
    EXPECT_THAT(picture.error().what, testing::HasSubstr("use"));
}

}  // namespace
}  // namespace relief::sprites
