#include "tiler/report/encoding.hpp"

#include "tests/report/read_all.hpp"

#include <string>

namespace relief::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string utf16le(std::u16string_view text, bool mark) {
    std::string bytes = mark ? "\xFF\xFE" : "";
    for (const char16_t c : text) {
        bytes += static_cast<char>(c & 0xFFU);
        bytes += static_cast<char>(c >> 8U);
    }
    return bytes;
}

TEST(Encoding, OfUtf16IsSeenWithAndWithoutItsMark) {
    for (const bool mark : {true, false}) {
        const auto all = read_all(utf16le(u"title,lat,lon\nسلام,33.88,35.5\n", mark));
        EXPECT_THAT(titles_of(all), ElementsAre("سلام")) << all.failure;
        EXPECT_EQ(all.reading.encoding, Encoding::utf16le);
    }
}

TEST(Encoding, OfUtf8MayHaveAMark) {
    EXPECT_THAT(titles_of(read_all("\xEF\xBB\xBFtitle,lat,lon\r\nkay kraze,18.5,-72.3\r\n")),
                ElementsAre("kay kraze"));
}

TEST(Encoding, OfWindows1252IsSeenByLettersAmongAsciis) {
    const auto all = read_all(
        "title;lat;lon\n\xC9"
        "boulement \xE0 P\xE9tion;18,51;-72,28\n");

    EXPECT_THAT(titles_of(all), ElementsAre("Éboulement à Pétion"));
    EXPECT_EQ(all.reading.encoding, Encoding::windows1252);
}

TEST(Encoding, OfWindows1256IsSeenByWordsOfItsLetters) {
    const auto all = read_all("title,lat,lon\n\xD8\xD1\xED\xDE \xE3\xDB\xE1\xDE,33.5,35.4\n");

    EXPECT_THAT(titles_of(all), ElementsAre("طريق مغلق"));
    EXPECT_EQ(all.reading.encoding, Encoding::windows1256);
}

TEST(Encoding, ThatIsStatedIsNotGuessed) {
    ReadingWish wish;
    wish.encoding = Encoding::windows1252;

    EXPECT_THAT(titles_of(read_all("title,lat,lon\n\xE9\xE9,1,2\n", wish)), ElementsAre("éé"));
}

TEST(Encoding, OfARowThatDiffersFromTheRestCostsThatRow) {
    const auto all = read_all("title,lat,lon\né,1,2\nü,1,2\n\xE9,1,2\nb,1,2\n");

    EXPECT_THAT(titles_of(all), ElementsAre("é", "ü", "b"));
    EXPECT_THAT(all.rejects, ElementsAre(Pair(4U, HasSubstr("encoding"))));
}

}  // namespace
}  // namespace relief::report
