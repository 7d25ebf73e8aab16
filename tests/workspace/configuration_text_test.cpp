#include "tiler/workspace/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::workspace {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::map<std::string, std::string> values_of(const Configuration& configuration) {
    std::map<std::string, std::string> values;
    for (const auto& [key, setting] : configuration.settings) values[key] = setting.value;
    return values;
}

TEST(ToYaml, GivesBackTheSameValuesWhenReadAgain) {
    ConfigurationInput input;
    input.file_text =
        "listen: '[::1]:80'\n"
        "cache: \"odd: name # with \\\"quotes\\\", ü and ${A}\"\n"
        "proxies: [10.0.0.0/8, '::1']\n"
        "privacy: {levels: {high: {k: 7}}}\n"
        "layers: {sensitivity: high, flood: {title: 'Flood: $${x}', method: null}, 'null': {}}\n"
        "styles: {a: [1, {b: c}]}\n";
    input.environment = {{"A", "${B}"}, {"RELIEF_PUBLIC_URL", "https://maps.example:8443/x"}};
    input.options = {{"limits.render_time", "500 ms"}};
    const auto first = read_configuration(input);
    ASSERT_TRUE(first) << first.error().what;

    const std::string text = to_yaml(*first);
    const auto second = read_configuration({text, "relief.yaml", {}, {}});

    ASSERT_TRUE(second) << second.error().what << "\n" << text;
    EXPECT_EQ(values_of(*second), values_of(*first)) << text;
    EXPECT_EQ(second->cache, "odd: name # with \"quotes\", ü and ${B}");
}

TEST(ToYaml, SaysWhereEachValueComesFrom) {
    const auto read = read_configuration({"\nlimits: {queue: 7}\nlayers: {flood: {}}\n",
                                          "relief.yaml",
                                          {{"RELIEF_MEMORY", "2GB"}},
                                          {{"log", "json"}}});
    ASSERT_TRUE(read);

    const std::string text = to_yaml(*read);

    EXPECT_THAT(text, HasSubstr("\n  queue: 7  # relief.yaml:2\n"));
    EXPECT_THAT(text, HasSubstr("memory: 2GB  # RELIEF_MEMORY\n"));
    EXPECT_THAT(text, HasSubstr("log: json  # --log\n"));
    EXPECT_THAT(text, HasSubstr("listen: 127.0.0.1:8080  # built in\n"));
    EXPECT_THAT(text, HasSubstr("layers:\n  \"flood\": {}  # relief.yaml:3\n"));
}

TEST(ToYaml, MarksKeysThatThisBuildDoesNotRead) {
    const auto read = read_configuration({});
    ASSERT_TRUE(read);

    EXPECT_THAT(to_yaml(*read), HasSubstr("objects: \"\"  # built in; not read by this build\n"));
}

TEST(ToYaml, ShowsASecretOnlyAsTheVariableItComesFrom) {
    const auto shown_for = [](const ConfigurationInput& input) {
        const auto read = read_configuration(input);
        return read ? to_yaml(*read) : read.error().what;
    };

    const auto from_file =
        shown_for({"oidc: {client_secret: \"${S}\"}", "relief.yaml", {{"S", "sesame"}}, {}});
    const auto from_variable =
        shown_for({"", "relief.yaml", {{"RELIEF_OIDC__CLIENT_SECRET", "sesame"}}, {}});
    const auto literal = shown_for({"oidc: {client_secret: sesame}", "relief.yaml", {}, {}});
    const auto hook = shown_for({"hooks: {kobo: {secret: sesame}}", "relief.yaml", {}, {}});

    EXPECT_THAT(from_file, HasSubstr("client_secret: \"${S}\""));
    EXPECT_THAT(from_variable, HasSubstr("client_secret: \"${RELIEF_OIDC__CLIENT_SECRET}\""));
    EXPECT_THAT(literal, HasSubstr("client_secret: not shown"));
    EXPECT_THAT(hook, HasSubstr("hooks: not shown"));
    for (const auto& text : {from_file, from_variable, literal, hook}) {
        EXPECT_THAT(text, Not(HasSubstr("sesame")));
    }
}

TEST(ToJson, GivesValueAndOriginOfEachKeyAndNoSecret) {
    const auto read = read_configuration({"oidc: {client_secret: sesame}\nproxies: [10.0.0.0/8]\n",
                                          "relief.yaml",
                                          {{"RELIEF_MEMORY", "2GB"}, {"RELIEF_MEMORI", "x"}},
                                          {{"log", "json"}}});
    ASSERT_TRUE(read);

    const std::string text = to_json(*read);
    const auto settings = nlohmann::json::parse(text)["settings"];

    EXPECT_EQ(settings["log"],
              (nlohmann::json{{"value", "json"}, {"origin", "option"}, {"place", "--log"}}));
    EXPECT_EQ(settings["memory"]["place"], "RELIEF_MEMORY");
    EXPECT_EQ(settings["proxies"]["value"], nlohmann::json({"10.0.0.0/8"}));
    EXPECT_EQ(settings["proxies"]["origin"], "file");
    EXPECT_EQ(settings["listen"]["origin"], "built in");
    EXPECT_TRUE(settings["oidc.client_secret"]["value"].is_null());
    EXPECT_THAT(text, AllOf(Not(HasSubstr("sesame")), HasSubstr("RELIEF_MEMORI")));
}

}  // namespace
}  // namespace relief::workspace
