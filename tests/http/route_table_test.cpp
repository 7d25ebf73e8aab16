#include "server/http/route_table.hpp"

#include "server/http/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace relief::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

void nothing(const std::shared_ptr<const Request>& /*request*/, const Responder& /*answer*/) {}

Route route(std::string method, std::string pattern) {
    return {
        std::move(method), std::move(pattern), "A summary", "tiles", {}, {"image/png"}, nothing};
}

RouteTable table_of(std::initializer_list<std::pair<const char*, const char*>> routes) {
    RouteTable table;
    for (const auto& [method, pattern] : routes) table.add(route(method, pattern));
    return table;
}

/// The pattern that answers, "none" or "allow: …".
std::string found(const RouteTable& table, std::string_view method, std::string_view path) {
    const auto matched = table.match(method, parse_target(path)->segments);
    if (std::holds_alternative<NoRoute>(matched)) return "none";
    if (const auto* wrong = std::get_if<WrongMethod>(&matched)) return "allow: " + wrong->allow;
    return std::get<Match>(matched).route->pattern;
}

std::vector<NameValue> captures(const char* pattern, std::string_view path) {
    const auto table = table_of({{"GET", pattern}});
    const auto matched = table.match("GET", parse_target(path)->segments);
    const auto* match = std::get_if<Match>(&matched);
    return match != nullptr ? match->captures : std::vector<NameValue>{{"no", "match"}};
}

TEST(RouteTable, MatchesTheRootAndAnEmptyLastSegment) {
    const auto table = table_of({{"GET", "/"}, {"GET", "/ogc/"}, {"GET", "/ogc"}});

    EXPECT_EQ(found(table, "GET", "/"), "/");
    EXPECT_EQ(found(table, "GET", "/ogc/"), "/ogc/");
    EXPECT_EQ(found(table, "GET", "/ogc"), "/ogc");
    EXPECT_EQ(found(table, "GET", "//"), "none");
}

TEST(RouteTable, SplitsARowAndItsFormatAtTheLastDot) {
    EXPECT_THAT(captures("/tiles/{id}/{y}.{format}", "/tiles/a/12@2x.v1.png"),
                ElementsAre(Pair("id", "a"), Pair("y", "12@2x.v1"), Pair("format", "png")));
}

TEST(RouteTable, ReadsSeveralCapturesOfASegmentFromItsEnd) {
    EXPECT_THAT(
        captures("/static/{lon},{lat},{zoom}/{w}x{h}.png", "/static/-1.5,33,10/100x200.png"),
        ElementsAre(Pair("lon", "-1.5"),
                    Pair("lat", "33"),
                    Pair("zoom", "10"),
                    Pair("w", "100"),
                    Pair("h", "200")));
}

TEST(RouteTable, LetsNoCaptureBeEmptyOrCrossASlash) {
    const auto table =
        table_of({{"GET", "/layers/{id}"}, {"GET", "/t/{y}.{format}"}, {"GET", "/a{x}b"}});

    EXPECT_EQ(found(table, "GET", "/layers/"), "none");
    EXPECT_EQ(found(table, "GET", "/layers/a/b"), "none");
    EXPECT_EQ(found(table, "GET", "/t/.png"), "none");
    EXPECT_EQ(found(table, "GET", "/t/1."), "none");
    EXPECT_EQ(found(table, "GET", "/t/1"), "none");
    EXPECT_EQ(found(table, "GET", "/ab"), "none");
    EXPECT_EQ(found(table, "GET", "/axb"), "/a{x}b");
}

TEST(RouteTable, KeepsAnEncodedSlashInsideItsCapture) {
    EXPECT_THAT(captures("/fonts/{stack}/{range}", "/fonts/a%2Fb/0-255"),
                ElementsAre(Pair("stack", "a/b"), Pair("range", "0-255")));
}

TEST(RouteTable, PrefersTheRouteWithMoreLiteralText) {
    for (const bool reversed : {false, true}) {
        RouteTable table;
        for (const int i : reversed ? std::array{1, 0} : std::array{0, 1}) {
            table.add(route("GET", i == 0 ? "/{id}.json" : "/openapi.json"));
        }

        EXPECT_EQ(found(table, "GET", "/openapi.json"), "/openapi.json");
        EXPECT_EQ(found(table, "GET", "/other.json"), "/{id}.json");
    }
}

TEST(RouteTable, AnswersHeadByTheRouteOfGet) {
    const auto table = table_of({{"GET", "/layers"}, {"POST", "/reports"}});

    EXPECT_EQ(found(table, "HEAD", "/layers"), "/layers");
    EXPECT_EQ(found(table, "HEAD", "/reports"), "allow: POST, OPTIONS");
}

TEST(RouteTable, ListsTheMethodsOfAllRoutesOfAnAddress) {
    const auto table =
        table_of({{"DELETE", "/layers/{id}"}, {"GET", "/layers/{id}"}, {"GET", "/layers/x"}});

    EXPECT_EQ(found(table, "PUT", "/layers/x"), "allow: GET, HEAD, DELETE, OPTIONS");
    EXPECT_EQ(table.allowed({"layers", "a"}), "GET, HEAD, DELETE, OPTIONS");
    EXPECT_EQ(table.allowed({"nowhere"}), "");
}

TEST(RouteTable, FindsNothingInAnEmptyTable) {
    EXPECT_EQ(found(RouteTable{}, "GET", "/"), "none");
}

TEST(OpenApi, DescribesEveryMethodOfAnAddressUnderItsPattern) {
    const auto table = table_of({{"GET", "/layers/{id}"}, {"DELETE", "/layers/{id}"}});

    const auto document = nlohmann::json::parse(openapi(table, "1.2"));

    EXPECT_EQ(document["openapi"], "3.1.0");
    EXPECT_EQ(document["info"]["version"], "1.2");
    EXPECT_EQ(document["paths"].size(), 1U);
    EXPECT_TRUE(document["paths"]["/layers/{id}"].contains("get"));
    EXPECT_TRUE(document["paths"]["/layers/{id}"].contains("delete"));
}

TEST(OpenApi, DescribesCapturesThatTheRouteDoesNot) {
    RouteTable table;
    auto described = route("GET", "/tiles/{z}/{y}.{format}");
    described.parameters = {{"z", "path", "zoom", R"({"type":"integer"})", "3"},
                            {"time", "query", "when", "no JSON", ""}};
    table.add(described);

    const auto parameters = nlohmann::json::parse(
        openapi(table, "1"))["paths"]["/tiles/{z}/{y}.{format}"]["get"]["parameters"];

    std::set<std::string> names;
    for (const auto& parameter : parameters) {
        names.insert(parameter["name"]);
        EXPECT_EQ(parameter.value("required", false), parameter["in"] == "path");
        EXPECT_TRUE(parameter.contains("schema"));
    }
    EXPECT_EQ(names, (std::set<std::string>{"z", "y", "format", "time"}));
    EXPECT_EQ(parameters[0]["example"], 3);
    EXPECT_EQ(parameters[1]["schema"]["type"], "string");
}

TEST(OpenApi, GivesEveryOperationAnIdOfItsOwn) {
    const auto table =
        table_of({{"GET", "/a/{b}"}, {"GET", "/a.b"}, {"GET", "/a/b"}, {"POST", "/a/b"}});

    const auto document = nlohmann::json::parse(openapi(table, "1"));
    std::set<std::string> ids;
    for (const auto& path : document["paths"]) {
        for (const auto& operation : path) ids.insert(operation["operationId"].get<std::string>());
    }

    EXPECT_EQ(ids.size(), 4U);
}

TEST(OpenApi, PromisesProblemsAndUnchangedAnswers) {
    const auto document = nlohmann::json::parse(openapi(table_of({{"GET", "/a"}}), "1"));

    const auto& responses = document["paths"]["/a"]["get"]["responses"];
    EXPECT_TRUE(responses["200"]["content"].contains("image/png"));
    EXPECT_EQ(responses["304"]["$ref"], "#/components/responses/Unchanged");
    EXPECT_EQ(responses["404"]["$ref"], "#/components/responses/Problem");
    EXPECT_TRUE(document["components"]["responses"]["Problem"]["content"].contains(
        "application/problem+json"));
}

}  // namespace
}  // namespace relief::http
