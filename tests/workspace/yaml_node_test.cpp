#include "tiler/workspace/yaml_node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string yaml_complaint(const std::string& text) {
    const auto read = read_yaml(text);
    return read ? "" : read.error().what;
}

std::string repeated(const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

TEST(ReadYaml, KeepsTheLineOfEachKey) {
    const auto root = read_yaml("# a\na: 1\n\nb:\n  c: [x, y]\n");

    ASSERT_TRUE(root);
    EXPECT_EQ(root->member("a")->line, 2);
    EXPECT_EQ(root->member("b")->line, 4);
    EXPECT_EQ(root->member("b")->member("c")->line, 5);
    EXPECT_EQ(root->member("d"), nullptr);
}

TEST(ReadYaml, TakesAnEmptyTextForNull) {
    for (const char* text : {"", "\n", "# only a comment", "---\n", "null", "~"}) {
        const auto root = read_yaml(text);
        ASSERT_TRUE(root) << text;
        EXPECT_EQ(root->kind, YamlNode::Kind::null) << text;
    }
}

TEST(ReadYaml, RefusesAnchorsAndAliases) {
    EXPECT_THAT(yaml_complaint("a: &x [1]\n"), StartsWith("line 1: anchors"));
    EXPECT_THAT(yaml_complaint("a: 1\nb: *x\n"), StartsWith("line 2: "));
    // Nine levels of nine aliases each would be a thousand million values.
    EXPECT_THAT(yaml_complaint("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"),
                HasSubstr("anchors"));
}

TEST(ReadYaml, RefusesWhatIsNestedTooDeeply) {
    EXPECT_EQ(yaml_complaint("a: " + repeated("[", 10) + repeated("]", 10)), "");
    EXPECT_THAT(yaml_complaint("a: " + repeated("[", 20) + repeated("]", 20)), HasSubstr("deeply"));
    EXPECT_NE(yaml_complaint(repeated("[", 100'000)), "");
    EXPECT_NE(yaml_complaint(repeated("{a: ", 10'000)), "");
}

TEST(ReadYaml, RefusesWhatIsTooLong) {
    EXPECT_THAT(yaml_complaint(std::string(yaml_longest + 1, ' ')), HasSubstr("longer than 1 MiB"));
}

TEST(ReadYaml, RefusesASecondDocument) {
    EXPECT_THAT(yaml_complaint("a: 1\n---\nb: 2\n"), HasSubstr("more than one document"));
}

TEST(ReadYaml, RefusesKeysThatAreNoText) {
    EXPECT_THAT(yaml_complaint("? [a]\n: b\n"), HasSubstr("plain text"));
    EXPECT_THAT(yaml_complaint("{a: b}: c\n"), HasSubstr("line 1"));
    EXPECT_THAT(yaml_complaint("a: 1\na: 2\n"), HasSubstr("line 2: the key a is stated twice"));
}

TEST(ReadYaml, RefusesAQuoteThatIsNeverClosed) {
    EXPECT_THAT(yaml_complaint("a: 1\nb: \"open\nc: 2\n"), HasSubstr("not YAML"));
    EXPECT_THAT(yaml_complaint("a: 'open"), HasSubstr("not YAML"));
    EXPECT_THAT(yaml_complaint("a: \"open\n"), HasSubstr("not YAML"));
    EXPECT_EQ(yaml_complaint("a: |\n  block\n"), "");
    EXPECT_EQ(yaml_complaint("a: plain"), "");
}

TEST(ReadYaml, RefusesBytesThatAreNoText) {
    EXPECT_EQ(yaml_complaint("a: ü\U0001F30D # \u20AC\r\n"), "");
    for (const char* bytes :
         {"\xFF", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x01"}) {
        EXPECT_THAT(yaml_complaint(std::string("a: 1\nb: ") + bytes),
                    StartsWith("line 2: holds bytes"));
    }
    EXPECT_NE(yaml_complaint(std::string("a: \0", 4)), "");
    EXPECT_THAT(yaml_complaint("a: \"\\0\""), HasSubstr("NUL"));
}

TEST(ReadYaml, NamesTheLineOfAMistake) {
    EXPECT_THAT(yaml_complaint("a: 1\nb: [1, 2\nc: 3\n"), StartsWith("line "));
    EXPECT_THAT(yaml_complaint("a: 1\n\tb: 2\n"), StartsWith("line 2: "));
    EXPECT_THAT(yaml_complaint("a: \"x\" y\n"), HasSubstr("not YAML"));
}

}  // namespace
}  // namespace relief::workspace
