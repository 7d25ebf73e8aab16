// Every address once, by GET and by HEAD, and the document that lists them.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// Pattern of interface.md 2 → an address of it that answers, and the type it answers with.
struct Address {
    const char* target;
    const char* type;
};
const std::map<std::string, Address>& addresses() {
    static const std::map<std::string, Address> all{
        {"/", {"/", "text/html"}},
        {"/docs", {"/docs", "text/html"}},
        {"/openapi.json", {"/openapi.json", "application/json"}},
        {"/healthz", {"/healthz", "text/plain"}},
        {"/health", {"/health", "text/plain"}},
        {"/readyz", {"/readyz", "text/plain"}},
        {"/metrics", {"/metrics", "text/plain"}},
        {"/audit/head", {"/audit/head", "application/json"}},
        {"/auth/me", {"/auth/me", "application/json"}},
        {"/layers", {"/layers", "application/json"}},
        {"/layers/{id}", {"/layers/dem", "application/json"}},
        {"/layers/{id}/statistics", {"/layers/dem/statistics", "application/json"}},
        {"/layers/{id}/legend.{format}", {"/layers/dem/legend.svg", "image/svg+xml"}},
        {"/layers/{id}/preview.png", {"/layers/dem/preview.png", "image/png"}},
        {"/layers/{id}/style.json", {"/layers/dem/style.json?style=ground", "application/json"}},
        {"/layers/{id}/point", {"/layers/dem/point?lon=35.035&lat=33.77", "application/json"}},
        {"/tiles/{id}/{z}/{x}/{y}.{format}", {"/tiles/dem/14/9786/6557.png", "image/png"}},
        {"/tiles/{id}/{z}/{x}/{y}/point",
         {"/tiles/dem/14/9786/6557/point?lon=35.035&lat=33.77", "application/json"}},
        {"/tiles/{id}/tilejson.json", {"/tiles/dem/tilejson.json", "application/json"}},
        {"/styles/{id}/sprite.{format}", {"/styles/incidents/sprite.json", "application/json"}},
        {"/styles/{id}/sprite@2x.{format}", {"/styles/incidents/sprite@2x.png", "image/png"}},
        {"/fonts/{fontstack}/{range}.pbf",
         {"/fonts/Noto%20Sans%20Regular/0-255.pbf", "application/x-protobuf"}},
        {"/{id}.json", {"/dem.json", "application/json"}},
        {"/reports", {"/reports", "application/geo+json"}},
        {"/alerts", {"/alerts", "application/geo+json"}},
        {"/alerts.cap", {"/alerts.cap", "application/cap+xml"}},
        {"/alerts.rss", {"/alerts.rss", "application/rss+xml"}},
        {"/styles", {"/styles", "application/json"}},
        {"/styles/{id}.json", {"/styles/ground.json", "application/json"}},
        {"/styles/{id}/{z}/{x}/{y}.{format}", {"/styles/ground/3/4/2.png", "image/png"}},
        {"/styles/{id}/static/{place}/{size}.{format}",
         {"/styles/ground/static/35,33.7,9/60x40.png", "image/png"}}};
    return all;
}

/// Those that only a token opens, or that are only written to, with what they answer to GET.
const std::map<std::string, int>& guarded() {
    static const std::map<std::string, int> all{{"/explain/{id}/{z}/{x}/{y}", 401},
                                                {"/audit", 401},
                                                {"/auth/login", 405},
                                                {"/auth/logout", 405},
                                                {"/auth/oidc", 404},
                                                {"/auth/oidc/return", 404},
                                                {"/auth/tile-token", 405},
                                                {"/hooks/{source}", 405},
                                                {"/reports/{report}", 404},
                                                {"/reports/{report}/history", 404},
                                                {"/reports/{report}/similar", 404},
                                                {"/reports/{report}/photos/{photo}.jpg", 404}};
    return all;
}

/// Those that are read and written, with the further methods that they have.
const std::map<std::string, std::string>& written_to() {
    static const std::map<std::string, std::string> all{{"/styles/{id}.json", "PUT, DELETE, "},
                                                        {"/reports", "POST, PATCH, "}};
    return all;
}

class EveryRoute : public Journey {
protected:
    EveryRoute() {
        add({write("dem.tif", heights())});
        std::filesystem::create_directories(workspace() / "styles");
        std::ofstream(workspace() / "styles/ground.json")
            << R"({"version":8,"sources":{"d":{"type":"raster","url":"relief://dem"}},"layers":[)"
               R"({"id":"g","type":"background"},{"id":"d","type":"raster","source":"d"}]})";
    }
};

TEST_F(EveryRoute, AnswersGetAndHeadAlike) {
    const auto& server = serve();

    for (const auto& [pattern, address] : addresses()) {
        const auto got = server.get(address.target);
        EXPECT_EQ(got.status, 200) << address.target;
        EXPECT_THAT(got.header("content-type"), StartsWith(address.type)) << address.target;
        EXPECT_THAT(got.body, Not(IsEmpty())) << address.target;
        EXPECT_THAT(got.header("x-request-id"), Not(IsEmpty())) << address.target;

        const auto head = server.ask("HEAD " + std::string(address.target));
        EXPECT_EQ(head.status, 200) << address.target;
        EXPECT_THAT(head.body, IsEmpty()) << address.target;
        for (const char* name : {"content-type", "cache-control"})
            EXPECT_EQ(head.header(name), got.header(name)) << address.target << ' ' << name;
        // Metrics count the request before, and the audit log goes on; all else is the same twice.
        if (pattern == "/metrics" || pattern == "/audit/head") continue;
        for (const char* name : {"etag", "content-length"})
            EXPECT_EQ(head.header(name), got.header(name)) << address.target << ' ' << name;
    }
}

TEST_F(EveryRoute, HasAValidatorThatIsAnsweredWith304) {
    const std::set<std::string> without{"/healthz", "/health", "/readyz", "/metrics", "/auth/me"};
    const auto& server = serve();

    for (const auto& [pattern, address] : addresses()) {
        const auto etag = server.get(address.target).header("etag");
        EXPECT_EQ(etag.empty(), without.contains(pattern)) << address.target;
        if (etag.empty()) continue;
        const auto again = server.get(address.target, "If-None-Match: " + etag + "\r\n");
        EXPECT_EQ(again.status, 304) << address.target;
        EXPECT_THAT(again.body, IsEmpty()) << address.target;
        EXPECT_EQ(again.header("etag"), etag) << address.target;
    }
}

TEST_F(EveryRoute, StandsInOpenApi) {
    const auto paths = serve().json("/openapi.json")["paths"];

    for (const auto& [pattern, address] : addresses())
        EXPECT_TRUE(paths.contains(pattern)) << pattern;
}

TEST_F(EveryRoute, OfTheDocumentationIsCalledByItsOwnTitle) {
    const auto& server = serve();
    const auto paths = server.json("/openapi.json")["paths"];
    std::set<std::string> titles;
    std::size_t pages = 0;

    for (const auto& [pattern, operations] : paths.items()) {
        if (!pattern.starts_with("/docs")) continue;
        ++pages;
        const auto summary = operations["get"]["summary"].get<std::string>();
        EXPECT_THAT(summary, StartsWith("Documentation: "));
        EXPECT_GT(summary.size(), std::string_view("Documentation: ").size()) << pattern;
        titles.insert(summary);
    }

    EXPECT_GE(pages, 1U);
    EXPECT_EQ(titles.size(), pages);
}

TEST_F(EveryRoute, ThatStandsInOpenApiAnswers) {
    const auto& server = serve();
    const auto paths = server.json("/openapi.json")["paths"];

    ASSERT_GE(paths.size(), addresses().size());
    for (const auto& [pattern, operations] : paths.items()) {
        const auto known = addresses().find(pattern);
        const std::string target = known == addresses().end() ? pattern : known->second.target;
        const int expected = guarded().contains(pattern) ? guarded().at(pattern) : 200;
        EXPECT_EQ(server.get(target).status, expected) << pattern;
        const Json reading = operations.value("get", Json::object());
        const Json parameters = reading.value("parameters", Json::array());
        for (const auto& parameter : parameters) {
            EXPECT_TRUE(parameter.contains("schema")) << pattern;
            if (parameter["in"] == "path") {
                EXPECT_THAT(pattern, HasSubstr('{' + parameter["name"].get<std::string>() + '}'));
            }
        }
    }
}

TEST_F(EveryRoute, RefusesOtherMethodsAndSaysWhichItHas) {
    const auto& server = serve();

    for (const auto& [pattern, address] : addresses()) {
        const bool is_patched = pattern == "/reports";
        const auto answer =
            server.ask((is_patched ? "PUT " : "PATCH ") + std::string(address.target));
        EXPECT_EQ(answer.status, 405) << pattern;
        const auto also = written_to().find(pattern);
        const std::string methods = also == written_to().end() ? "" : also->second;
        EXPECT_EQ(answer.header("allow"), "GET, HEAD, " + methods + "OPTIONS") << pattern;
    }
}

TEST_F(EveryRoute, AnotherAddressIsAProblemThatNamesIt) {
    const auto answer = serve().get("/nowhere/at/all");

    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    const auto problem = Json::parse(answer.body);
    EXPECT_EQ(problem["status"], 404);
    EXPECT_THAT(problem["detail"].get<std::string>(), HasSubstr("/nowhere/at/all"));
}

TEST_F(EveryRoute, TellsTheValuesOfAPlace) {
    const auto point = serve().json("/layers/dem/point?lon=35.00005&lat=33.79995");

    // The cell in the north-western corner: column 0, row 0.
    EXPECT_EQ(point["values"][0], Json({{"band", 1}, {"value", 0.0}, {"unit", ""}}));
    EXPECT_EQ(point["features"], Json::array());
}

TEST_F(EveryRoute, OfStatisticsKnowsBandsAndFormulas) {
    const auto& server = serve();
    const auto of = [&](const std::string& query) {
        return Json::parse(server.get("/layers/dem/statistics" + query).body);
    };

    const auto whole = of("")["bands"][0];
    const auto doubled = of("?expression=b1*2%2B1")["bands"][0];

    EXPECT_EQ(doubled["band"], "expression");
    EXPECT_EQ(doubled["title"], "b1*2+1");
    EXPECT_EQ(doubled["min"].get<double>(), whole["min"].get<double>() * 2 + 1);
    EXPECT_EQ(doubled["max"].get<double>(), whole["max"].get<double>() * 2 + 1);
    EXPECT_THAT(of("?expression=b7")["detail"].get<std::string>(), HasSubstr("b7"));
    EXPECT_THAT(of("?algorithm=slope")["detail"].get<std::string>(), HasSubstr("slope"));
}

TEST_F(EveryRoute, OfALegendKnowsThreeFormats) {
    const auto& server = serve();

    EXPECT_EQ(server.json("/layers/dem/legend.json")["kind"], "ramp");
    EXPECT_THAT(server.get("/layers/dem/legend.svg").body, StartsWith("<svg"));
    EXPECT_EQ(server.get("/layers/dem/legend.bmp").status, 406);
}

TEST_F(EveryRoute, CountsWhatItAnswersInMetrics) {
    const auto& server = serve();
    server.get(tile);

    const auto metrics = server.get("/metrics").body;

    for (const char* name : {"relief_http_requests_total",
                             "relief_http_request_seconds",
                             "relief_tiles_total",
                             "relief_memory_bytes",
                             "process_resident_memory_bytes"})
        EXPECT_THAT(metrics, HasSubstr(name));
    EXPECT_THAT(metrics, Not(HasSubstr("9786"))) << "a label holds patterns, never addresses";
}

}  // namespace
}  // namespace relief::journey
