#include "server/intake/multipart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr std::string_view form_type = "multipart/form-data; boundary=\"b d\"; charset=utf-8";

std::string part(const std::string& head, const std::string& content) {
    return "--b d\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}

std::string refusal_of_form(std::string_view body, std::string_view type = form_type) {
    const auto form = read_multipart({type, body});
    return form ? "taken" : form.error().what;
}

TEST(ReadMultipart, TakesFieldsAndPhotosApart) {
    const std::string body = part(R"(name="lon")", "36.5") +
                             part("NAME=title; x=1",
                                  "a\r\n--b\r\n--b dx"
                                  "c") +
                             part("name=\"photo\"; filename=\"a;b.jpg\"\r\nContent-Type: image/png",
                                  std::string("\xFF\xD8\0\r\n", 5)) +
                             part(R"(name="photos"; filename="")", "") + "--b d--\r\n";

    const auto form = read_multipart({form_type, body});

    ASSERT_TRUE(form) << form.error().what;
    EXPECT_THAT(form->fields, ElementsAre(Pair("lon", "36.5"), Pair("title", HasSubstr("--b"))));
    EXPECT_THAT(form->photos, ElementsAre(std::string_view("\xFF\xD8\0\r\n", 5)));
}

TEST(ReadMultipart, RefusesWhatIsNoSuchForm) {
    const std::string whole = part(R"(name="a")", "1") + "--b d--\r\n";

    EXPECT_EQ(refusal_of_form(whole), "taken");
    for (std::size_t size = 0; size + 4 < whole.size(); ++size)
        EXPECT_NE(refusal_of_form(whole.substr(0, size)), "taken") << size;
    EXPECT_THAT(refusal_of_form(whole, "multipart/form-data"), HasSubstr("boundary"));
    EXPECT_THAT(refusal_of_form(whole, "multipart/form-data; boundary="), HasSubstr("boundary"));
    EXPECT_THAT(refusal_of_form(whole, "multipart/form-data; boundary=x"), HasSubstr("begin"));
    EXPECT_THAT(refusal_of_form("--b d\r\n\r\n--b d--"), HasSubstr("head"));
    EXPECT_THAT(refusal_of_form(part(R"(filename="x")", "1") + "--b d--"), HasSubstr("name"));
    EXPECT_THAT(refusal_of_form(part(R"(name="script"; filename="x.sh")", "1") + "--b d--"),
                HasSubstr("script"));
}

TEST(ReadMultipart, HasBounds) {
    std::string photos;
    for (int i = 0; i < 11; ++i) photos += part(R"(name="photo"; filename="x")", "1");
    std::string fields;
    for (int i = 0; i < 200; ++i) fields += part(R"(name="a")", "1");

    EXPECT_THAT(refusal_of_form(photos + "--b d--"), HasSubstr("10 photos"));
    EXPECT_THAT(refusal_of_form(fields + "--b d--"), HasSubstr("128"));
}

}  // namespace
}  // namespace relief::intake
