#include "server/service/style_language.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::service {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

VisiblePointer style_saying(const std::string& text_field) {
    auto style =
        read_served_style("map",
                          R"({"version":8,"sources":{"p":{"type":"vector","url":"relief://places"}},
            "layers":[{"id":"ground","type":"background"},
            {"id":"names","type":"symbol","source":"p","source-layer":"places",
             "layout":{"text-field":)" +
                              text_field + R"(,"text-size":12}}]})");
    EXPECT_TRUE(style) << style.error().what;
    auto shipped = *style;
    shipped.shipped = true;
    auto visible = std::make_shared<VisibleStyle>();
    visible->style = std::make_shared<const ServedStyle>(shipped);
    visible->document = shipped.document;
    visible->text = shipped.text;
    visible->version = "1";
    return visible;
}

Json field_of(const VisiblePointer& style) {
    return Json::parse(style->text)["layers"][1]["layout"]["text-field"];
}

Json said_in(const char* language, const std::string& text_field) {
    const auto worded = in_language(style_saying(text_field), language);
    EXPECT_TRUE(worded) << worded.error().what;
    return worded ? field_of(*worded) : Json();
}

TEST(StyleLanguage, AsksForTheNameInTheLanguageBeforeTheStylesOwn) {
    EXPECT_EQ(said_in("ar", R"(["coalesce", ["get", "name:en"], ["get", "name"]])"),
              Json::parse(R"(["coalesce",
                  ["coalesce", ["get", "name:ar"], ["get", "name_ar"], ["get", "name:en"]],
                  ["coalesce", ["get", "name:ar"], ["get", "name_ar"], ["get", "name"]]])"));
}

TEST(StyleLanguage, TriesTheLanguageWithoutItsRegion) {
    EXPECT_EQ(said_in("pt-BR", R"(["get", "name"])"),
              Json::parse(R"(["coalesce", ["get", "name:pt-BR"], ["get", "name_pt-BR"],
                              ["get", "name:pt"], ["get", "name_pt"], ["get", "name"]])"));
}

TEST(StyleLanguage, IsPutIntoTextsWithTokensAndIntoOldFunctions) {
    EXPECT_THAT(said_in("fr", R"("{name:en}")").dump(), HasSubstr("name:fr"));
    EXPECT_THAT(said_in("fr", R"j("{name} ({ref})")j").dump(), HasSubstr("name_fr"));
    const Json stops = said_in("fr", R"({"stops": [[0, "{abbrev}"], [6, "{name}"]]})")["stops"];
    EXPECT_EQ(stops[0][1], "{abbrev}");
    EXPECT_THAT(stops[1].dump(), HasSubstr("name:fr"));
}

TEST(StyleLanguage, LeavesWhatIsNoNameAlone) {
    const auto style = style_saying(R"(["concat", ["get", "ref"], ["literal", "get"], "name"])");

    const auto worded = in_language(style, "uk");

    ASSERT_TRUE(worded);
    EXPECT_EQ(*worded, style);
}

TEST(StyleLanguage, MakesAnotherVersion) {
    const auto style = style_saying(R"(["get", "name"])");
    const auto arabic = in_language(style, "ar");
    const auto french = in_language(style, "fr");

    ASSERT_TRUE(arabic && french);
    EXPECT_NE((*arabic)->version, style->version);
    EXPECT_NE((*arabic)->version, (*french)->version);
}

TEST(StyleLanguage, TellsATagFromWhatIsNone) {
    for (const char* good : {"ar", "my", "ckb", "pt-BR", "zh-Hant-TW", "sr-Latn", "es-419"})
        EXPECT_TRUE(is_language(good)) << good;
    for (const char* bad : {"",
                            "a",
                            "english",
                            "ar-",
                            "-ar",
                            "ar--EG",
                            "a1",
                            "ar;x",
                            "pt_BR",
                            "aa-bbbbbbbb-bbbbbbbb-bbbbbbbb-bbbbbbbb"})
        EXPECT_FALSE(is_language(bad)) << bad;
    EXPECT_EQ(in_language(style_saying(R"("{name}")"), "english").error().fault,
              Fault::bad_request);
}

}  // namespace
}  // namespace relief::service
