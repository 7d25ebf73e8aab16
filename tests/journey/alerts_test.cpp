// /alerts and its forms, from imports.

#include "tests/journey/access_journey.hpp"

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AlertsInForce : public AccessJourney {
protected:
    void import_cap(const std::string& identifier,
                    const std::string& kind,
                    const std::string& references) {
        const auto file = (folder().path() / (identifier + ".cap")).string();
        std::ofstream(file)
            << "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>" << identifier
            << "</identifier><sender>agency</sender><sent>2024-05-01T10:00:00+02:00</sent>"
            << "<status>Actual</status><msgType>" << kind << "</msgType><scope>Public</scope>"
            << (references.empty() ? "" : "<references>" + references + "</references>")
            << "<info><category>Met</category><event>Flood</event><urgency>Immediate</urgency>"
            << "<severity>Severe</severity><certainty>Observed</certainty>"
            << "<expires>2099-05-02T10:00:00+02:00</expires><headline>" << identifier
            << " headline</headline><area><areaDesc>Coast</areaDesc><circle>33.5,35.4 10</circle>"
            << "</area></info></alert>";
        relief({"reports", "import", file, "--sensitivity", "low"});
    }
};

TEST_F(AlertsInForce, AreValidDocumentsWhenThereAreNone) {
    const auto& server = serve();

    EXPECT_EQ(server.json("/alerts")["features"].size(), 0U);
    EXPECT_THAT(server.get("/alerts.cap").body,
                HasSubstr("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">"));
    EXPECT_THAT(server.get("/alerts.rss").body, HasSubstr("<channel>"));
}

TEST_F(AlertsInForce, AreToldInEachFormUntilTheyAreCancelled) {
    import_cap("first", "Alert", "");
    const auto& server = serve();

    const auto json = server.json("/alerts");
    ASSERT_EQ(json["features"].size(), 1U) << json;
    EXPECT_EQ(json["features"][0]["geometry"]["coordinates"], Json({35.4, 33.5}));
    EXPECT_THAT(server.get("/alerts.cap").body, HasSubstr("<circle>33.5,35.4 10</circle>"));
    EXPECT_THAT(server.get("/alerts.rss").body,
                HasSubstr("<georss:point>33.5 35.4</georss:point>"));

    import_cap("end", "Cancel", "agency,first,2024-05-01T10:00:00+02:00");
    EXPECT_EQ(server.json("/alerts")["features"].size(), 0U);
    EXPECT_THAT(server.get("/alerts.cap").body, Not(HasSubstr("first")));
}

}  // namespace
}  // namespace relief::journey
