#pragma once
// A server that takes reports, its moderator, and how both are spoken to.

#include "tests/journey/access_journey.hpp"

namespace relief::journey {

class ReportsJourney : public AccessJourney {
protected:
    RunningRelief& serve_reports(std::vector<std::string> words = {}) {
        words.insert(words.end(), {"--limits.anonymous_reports_per_minute", "100000"});
        return serve(std::move(words));
    }
    /// Of the same properties everywhere but those that are given.
    static std::string feature(double longitude, double latitude, const Json& more = {}) {
        Json properties{{"title", "Bridge down"},
                        {"description", "no way across"},
                        {"category", "road"},
                        {"time", "2024-05-01T10:00:00Z"}};
        if (more.is_object()) properties.update(more);
        return Json{{"type", "Feature"},
                    {"geometry", {{"type", "Point"}, {"coordinates", {longitude, latitude}}}},
                    {"properties", properties}}
            .dump();
    }
    static Answer report(const RunningRelief& server,
                         const std::string& body,
                         const std::string& headers = {}) {
        return send(server,
                    {.target = "/reports",
                     .body = body,
                     .headers = headers,
                     .type = "application/geo+json"});
    }
    /// The path of what was answered 201.
    static std::string path_of(const Answer& answer) {
        EXPECT_EQ(answer.status, 201) << answer.body;
        const std::string location = answer.header("location");
        const auto at = location.find("/reports/");
        return at == std::string::npos ? "/none" : location.substr(at);
    }
    static Answer change(const RunningRelief& server,
                         const std::string& path,
                         const Json& body,
                         const std::string& headers) {
        return send(server,
                    {.target = path, .body = body.dump(), .headers = headers, .method = "PATCH"});
    }
    static Json read(const RunningRelief& server,
                     const std::string& path,
                     const std::string& headers) {
        return Json::parse(server.get(path, headers).body, nullptr, false);
    }
    static std::vector<std::string> titles(const Json& collection) {
        std::vector<std::string> all;
        for (const auto& feature : collection["features"])
            all.push_back(feature["properties"]["title"]);
        return all;
    }
    const std::string moderator = bearer(make_token({"--role", "moderator"}));
};

}  // namespace relief::journey
