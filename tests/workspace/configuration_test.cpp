#include "tests/workspace/configuration_reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relief::workspace {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Configuration, NeedsNoFile) {
    const auto read = read_text("");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->listen_host, "127.0.0.1");
    EXPECT_EQ(read->listen_port, 8080);
    EXPECT_THAT(read->warnings, IsEmpty());
}

TEST(Configuration, ReadsItsTextDefaultsAsTheDefaultsOfTheStruct) {
    const auto read = read_text("");
    const Configuration plain;

    ASSERT_TRUE(read);
    EXPECT_EQ(read->workers, plain.workers);
    EXPECT_EQ(read->memory, plain.memory);
    EXPECT_EQ(read->cache_size, plain.cache_size);
    EXPECT_EQ(read->cache, plain.cache);
    EXPECT_EQ(read->log, plain.log);
    EXPECT_EQ(read->layers_sensitivity, plain.layers_sensitivity);
    EXPECT_EQ(read->limit_header_bytes, plain.limit_header_bytes);
    EXPECT_EQ(read->limit_header_time, plain.limit_header_time);
    EXPECT_EQ(read->limit_idle_time, plain.limit_idle_time);
    EXPECT_EQ(read->limit_body_bytes, plain.limit_body_bytes);
    EXPECT_EQ(read->limit_expression, plain.limit_expression);
    EXPECT_EQ(read->limit_render_time, plain.limit_render_time);
    EXPECT_EQ(read->limit_queue, plain.limit_queue);
    EXPECT_EQ(read->limit_connections, plain.limit_connections);
}

TEST(Configuration, TakesEveryDefaultWhenItIsStatedInTheFile) {
    for (const KeyDescription& key : known_keys()) {
        const bool structured =
            key.default_value.starts_with('[') || key.default_value.starts_with('{');
        const std::string value = structured ? key.default_value : "\"" + key.default_value + "\"";
        EXPECT_EQ(complaint(key.name + ": " + value), "") << key.name;
    }
}

TEST(Configuration, KnowsTheKeysOfTheFirstRelease) {
    for (const char* name : {"listen",
                             "workers",
                             "memory",
                             "cache",
                             "cache_size",
                             "store",
                             "objects",
                             "public_url",
                             "proxies",
                             "log",
                             "tls.cert",
                             "tls.key",
                             "sources",
                             "layers",
                             "styles",
                             "hooks",
                             "privacy.levels",
                             "reports.sensitivity",
                             "oidc.issuer",
                             "limits.body",
                             "reports.moderation",
                             "limits.queue",
                             "limits.source_age",
                             "limits.photo",
                             "layers.sensitivity",
                             "limits.anonymous_reports_per_minute"}) {
        EXPECT_TRUE(std::any_of(known_keys().begin(),
                                known_keys().end(),
                                [&](const KeyDescription& key) { return key.name == name; }))
            << name;
    }
}

TEST(Configuration, LetsOptionsWinOverVariablesOverTheFile) {
    ConfigurationInput input;
    input.file_text = "workers: 1\nmemory: 1GB\nlog: json\n";
    input.environment = {{"RELIEF_WORKERS", "2"}, {"RELIEF_MEMORY", "2GB"}};
    input.options = {{"workers", "3"}};

    const auto read = read_configuration(input);

    ASSERT_TRUE(read);
    EXPECT_EQ(read->workers, 3U);
    EXPECT_EQ(read->memory, 2'000'000'000U);
    EXPECT_EQ(read->log, "json");
    EXPECT_EQ(read->settings.at("workers").place, "--workers");
    EXPECT_EQ(read->settings.at("memory").place, "RELIEF_MEMORY");
    EXPECT_EQ(read->settings.at("log").place, "relief.yaml:3");
    EXPECT_EQ(read->settings.at("listen").origin, Origin::built_in);
}

TEST(Configuration, TakesSectionsFromVariablesWithTwoUnderlinesAndFromOptionsWithADot) {
    ConfigurationInput input;
    input.environment = {{"RELIEF_LIMITS__BODY", "2MiB"}};
    input.options = {{"limits.header_time", "5s"}, {"cache-size", "0"}};

    const auto read = read_configuration(input);

    ASSERT_TRUE(read);
    EXPECT_EQ(read->limit_body_bytes, std::size_t{2} << 20U);
    EXPECT_EQ(read->limit_header_time, std::chrono::seconds(5));
    EXPECT_EQ(read->cache_size, 0U);
}

TEST(Configuration, NamesAnUnknownKeyItsLineAndTheNearestKnownOne) {
    EXPECT_EQ(complaint("# comment\n\nno_such_key: 5\n"), "relief.yaml:3: unknown key no_such_key");
    EXPECT_EQ(complaint("worker: 5\n"), "relief.yaml:1: unknown key worker; did you mean workers?");
    EXPECT_EQ(complaint("limits:\n  queue: 3\n  boddy: 5\n"),
              "relief.yaml:3: unknown key limits.boddy; did you mean limits.body?");
    EXPECT_EQ(complaint("header_time: 5s\n"),
              "relief.yaml:1: unknown key header_time; did you mean limits.header_time?");
}

TEST(Configuration, NamesAnUnknownOption) {
    const auto read = read_configuration({"", "relief.yaml", {}, {{"lisen", "x"}}});

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().what, "--lisen: unknown key; did you mean listen?");
}

TEST(Configuration, NamesKeyPlaceBadValueAndAllowedOnes) {
    EXPECT_EQ(complaint("\nworkers: many\n"),
              "relief.yaml:2: workers is \"many\"; allowed: a whole number from 0 to 1024");
    EXPECT_EQ(complaint("log: xml\n"), "relief.yaml:1: log is \"xml\"; allowed: text, json");

    const auto read =
        read_configuration({"", "relief.yaml", {{"RELIEF_LIMITS__IMAGE_SIDE", "1"}}, {}});
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().what,
                AllOf(StartsWith("RELIEF_LIMITS__IMAGE_SIDE: limits.image_side is \"1\""),
                      HasSubstr("256 to 65536")));
}

TEST(Configuration, RefusesValuesOutsideTheirRange) {
    for (const char* text : {"workers: -1",
                             "workers: 1025",
                             "workers: 1.5",
                             "workers: 99999999999999999999999",
                             "memory: 1kB",
                             "memory: lots",
                             "cache_size: 99999999999TB",
                             "limits: {queue: 0}",
                             "limits: {header_time: 10}",
                             "limits: {render_time: 0s}",
                             "listen: nowhere",
                             "listen: 127.0.0.1:65536",
                             "listen: '[127.0.0.1]:80'",
                             "listen: 'a b:80'",
                             "public_url: ftp://maps.example",
                             "public_url: https://",
                             "public_url: https://maps.example/?a=b",
                             "proxies: [10.0.0.0/33]",
                             "proxies: [proxy.example]",
                             "layers: {sensitivity: secret}",
                             "privacy: {levels: {medium: {}}}",
                             "reports: {moderation: never}"}) {
        EXPECT_THAT(complaint(text), HasSubstr("allowed")) << text;
    }
}

TEST(Configuration, RefusesWrongShapes) {
    EXPECT_THAT(complaint("listen: [a]"), HasSubstr("listen takes a single value"));
    EXPECT_THAT(complaint("limits: 5"), HasSubstr("limits is not a value but holds keys"));
    EXPECT_THAT(complaint("proxies: {a: b}"), HasSubstr("proxies takes a list"));
    EXPECT_THAT(complaint("styles: nice"), HasSubstr("styles takes a mapping"));
    EXPECT_THAT(complaint("- listen"), HasSubstr("must hold keys and values"));
}

TEST(Configuration, TakesAKeyWithNothingBehindItAsNotStated) {
    const auto read = read_text("limits:\nworkers:\n");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->settings.at("workers").origin, Origin::built_in);
}

TEST(Configuration, RefusesAKeyThatIsStatedTwice) {
    EXPECT_THAT(complaint("workers: 1\nworkers: 2\n"),
                AllOf(StartsWith("relief.yaml:2:"), HasSubstr("stated twice")));
    EXPECT_THAT(complaint("limits: {queue: 1}\nlimits.queue: 2\n"),
                AllOf(StartsWith("relief.yaml:2:"), HasSubstr("stated twice")));
}

TEST(Configuration, PutsVariablesIntoTheFile) {
    const auto read = read_configuration(
        {"public_url: https://${HOST}/maps/\n", "relief.yaml", {{"HOST", "maps.example"}}, {}});

    ASSERT_TRUE(read);
    EXPECT_EQ(read->public_url, "https://maps.example/maps");
}

TEST(Configuration, NamesAVariableThatIsNotSet) {
    EXPECT_THAT(complaint("\noidc:\n  client_secret: ${NO_SUCH}\n"),
                AllOf(StartsWith("relief.yaml:3:"), HasSubstr("NO_SUCH is not set")));
    EXPECT_THAT(complaint("cache: ${OPEN"), HasSubstr("without \"}\""));
}

TEST(Configuration, DoesNotExpandWhatComesFromAVariableOrIsEscaped) {
    const auto read = read_configuration(
        {"cache: $${A}${B}",
         "relief.yaml",
         {{"A", "x"}, {"B", "${A}"}, {"RELIEF_TLS__KEY", "${A}"}, {"RELIEF_TLS__CERT", "c"}},
         {}});

    ASSERT_TRUE(read);
    EXPECT_EQ(read->cache, "${A}${A}");
    EXPECT_EQ(read->tls_key, "${A}");
}

TEST(Configuration, WarnsOfAVariableThatNamesNoKey) {
    const auto read = read_configuration({"",
                                          "relief.yaml",
                                          {{"RELIEF_WORKSPACE", "/srv"},
                                           {"RELIEF_LISTN", "x"},
                                           {"RELIEF_WHATEVER_THIS_IS", "x"},
                                           {"PATH", "/bin"}},
                                          {}});

    ASSERT_TRUE(read);
    EXPECT_THAT(read->warnings,
                ElementsAre("the variable RELIEF_LISTN names no key; did you mean RELIEF_LISTEN?",
                            "the variable RELIEF_WHATEVER_THIS_IS names no key"));
}

TEST(Configuration, SaysPlainlyWhatThisBuildDoesNotHave) {
    EXPECT_THAT(complaint("cache: redis://:secret@cache.example:6379/0"),
                AllOf(HasSubstr("Redis is not available in this build"), Not(HasSubstr("secret"))));
    EXPECT_THAT(
        complaint("store: postgresql://relief:secret@db.example/relief"),
        AllOf(HasSubstr("PostgreSQL is not available in this build"), Not(HasSubstr("secret"))));
    EXPECT_THAT(complaint("objects: s3://bucket"), HasSubstr("not available in this build"));
}

TEST(Configuration, NeedsBothHalvesOfTls) {
    EXPECT_EQ(complaint("tls: {cert: a.pem}"),
              "relief.yaml:1: tls.cert is stated without tls.key; TLS needs both");
    EXPECT_EQ(complaint("tls: {cert: a.pem, key: b.pem}"), "");
}

TEST(Configuration, ReadsListsFromYamlAndFromCommas) {
    const auto from_file = read_text("proxies: [10.0.0.0/8, \"::1\"]");
    const auto from_option =
        read_configuration({"", "relief.yaml", {}, {{"proxies", "10.0.0.0/8, ::1"}}});

    ASSERT_TRUE(from_file);
    ASSERT_TRUE(from_option);
    EXPECT_THAT(from_file->proxies, ElementsAre("10.0.0.0/8", "::1"));
    EXPECT_EQ(from_option->proxies, from_file->proxies);
}

TEST(Configuration, NeverShowsASecretInAComplaint) {
    EXPECT_THAT(complaint("hooks: {\"\": sesame}"), Not(HasSubstr("sesame")));
}

}  // namespace
}  // namespace relief::workspace
