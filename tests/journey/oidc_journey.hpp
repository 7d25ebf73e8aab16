#pragma once
// A server whose people an identity provider knows: discovery, keys, tokens and facts as a test
// puts them.

#include "tests/access/signed_token.hpp"
#include "tests/journey/access_journey.hpp"
#include "tests/support/range_server.hpp"
#include "tiler/core/instant.hpp"

#include <chrono>
#include <fstream>

namespace relief::journey {

class OidcJourney : public AccessJourney {
protected:
    OidcJourney() {
        provider_.put("/.well-known/openid-configuration", discovery().dump());
        provider_.put("/keys", access::signing_key_set);
        write_configuration("");
    }
    Json discovery() const {
        return {{"issuer", issuer()},
                {"authorization_endpoint", provider_.url("/authorize")},
                {"token_endpoint", provider_.url("/token")},
                {"userinfo_endpoint", provider_.url("/userinfo")},
                {"jwks_uri", provider_.url("/keys")}};
    }
    std::string issuer() const { return provider_.url(""); }
    void write_configuration(const std::string& more) const {
        std::ofstream(workspace() / "relief.yaml")
            << "oidc:\n  issuer: " << issuer() << "\n  client_id: relief\n"
            << "  roles: {gis: analyst, verifiers: moderator, staff: viewer}\n"
            << "  layers: {staff: [shelters]}\n"
            << more;
    }
    static std::int64_t seconds() { return relief::present_moment().milliseconds / 1000; }

    /// Of somebody of that group, as access tokens and ID tokens have them alike.
    Json claims_of(const Json& groups) const {
        return {{"iss", issuer()},
                {"sub", "subject-of-amal"},
                {"aud", "relief"},
                {"exp", seconds() + 300},
                {"iat", seconds()},
                {"preferred_username", "Amal Idrissi"},
                {"groups", groups}};
    }
    static std::string showing(const std::string& token) {
        return "Authorization: Bearer " + token + "\r\n";
    }
    std::size_t times_asked(const std::string& path) const {
        const auto questions = provider_.questions();
        return static_cast<std::size_t>(
            std::count_if(questions.begin(), questions.end(), [&](const auto& question) {
                return question.path == path;
            }));
    }
    /// A server that has the provider's keys.
    RunningRelief& serve_with_keys(const std::vector<std::string>& words = {}) {
        auto& server = serve(words);
        EXPECT_TRUE(eventually([&] {
            return server.program().errors().find("keys=1") != std::string::npos;
        })) << server.program().errors();
        return server;
    }

    testing::RangeServer provider_;
};

}  // namespace relief::journey
