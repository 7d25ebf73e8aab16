// People sign in with a password; what their browser then shows it shows from our pages only.

#include "tests/journey/access_journey.hpp"

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SignIn : public AccessJourney {
protected:
    static constexpr const char* password = "correct horse battery";

    void add_user(const std::string& name, std::vector<std::string> words) const {
        words.insert(words.begin(), {"user", "add", name});
        relief_hearing(password, std::move(words));
    }
    static Answer sign_in(const RunningRelief& server,
                          const std::string& name,
                          // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as pages ask
                          const std::string& word,
                          const std::string& headers = own_page) {
        const Json body{{"name", name}, {"password", word}};
        return send(server, {.target = "/auth/login", .body = body.dump(), .headers = headers});
    }
    /// The header line that shows the cookie of an answer.
    static std::string cookie_of(const Answer& answer) {
        const std::string set = answer.header("set-cookie");
        return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    }
};

TEST_F(SignIn, OpensWhatTheUserIsGranted) {
    add_user("amina", {"--role", "viewer", "--layers", "shelters"});
    const auto& server = serve();
    EXPECT_EQ(server.json("/auth/me")["role"], "anonymous");

    const auto answer = sign_in(server, "amina", password);

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(Json::parse(answer.body)["name"], "amina");
    const std::string set = answer.header("set-cookie");
    for (const char* word : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
        EXPECT_THAT(set, HasSubstr(word));
    EXPECT_THAT(set, Not(HasSubstr("Secure"))) << "a browser would not keep it without TLS";
    const auto shown = server.get(shelters, cookie_of(answer));
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("cache-control"), "private, no-store");
    EXPECT_EQ(server.get(bases, cookie_of(answer)).status, 404);
    const Json me = Json::parse(server.get("/auth/me", cookie_of(answer)).body);
    EXPECT_EQ(me["name"], "amina");
    EXPECT_EQ(me["role"], "viewer");
    EXPECT_EQ(me["layers"], Json({"shelters"}));
    EXPECT_EQ(me["by"], "session");
}

TEST_F(SignIn, TakesNoNameThatIsLongerThanAnyUsers) {
    const auto& server = serve({"--limits.logins_per_minute", "1000"});

    const auto longest = sign_in(server, std::string(64, 'a'), password);
    const auto longer = sign_in(server, std::string(65, 'a'), password);

    EXPECT_EQ(longest.status, 401);
    EXPECT_EQ(longer.status, 400);
    EXPECT_THAT(longer.body, HasSubstr("64 bytes"));
}

TEST_F(SignIn, SaysTheSameOfAWrongNameAndAWrongPassword) {
    add_user("amina", {"--role", "viewer"});
    const auto admin = make_token({"--role", "admin"});
    auto& server = serve({"--limits.logins_per_minute", "1000"});

    const auto name = sign_in(server, "nobody", password);
    const auto word = sign_in(server, "amina", "correct horse batterY");
    const auto both = sign_in(server, "'; DROP TABLE users; --", "");

    for (const auto& answer : {name, word, both}) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.body, name.body);
        EXPECT_EQ(answer.header("set-cookie"), "");
        EXPECT_EQ(answer.headers.size(), name.headers.size());
    }
    EXPECT_EQ(sign_in(server, "amina", password).status, 200);
    EXPECT_TRUE(is_audited(server, admin, {{"action", "login"}, {"result", "denied"}}));
    EXPECT_TRUE(is_audited(server, admin, {{"action", "login"}, {"result", "done"}}));
    const std::string log = server.get("/audit?limit=1000", bearer(admin)).body;
    for (const char* kept : {"amina", "nobody", "DROP", "correct"})
        EXPECT_THAT(log, Not(HasSubstr(kept)));
    EXPECT_THAT(server.program().errors(), Not(HasSubstr("correct horse")));
}

TEST_F(SignIn, IsSlowedDownByAddress) {
    add_user("amina", {"--role", "viewer"});
    const auto& server = serve({"--limits.logins_per_minute", "2", "--proxies", "127.0.0.1"});
    const auto from = [](const char* address) {
        return std::string(own_page) + "X-Forwarded-For: " + address + "\r\n";
    };
    EXPECT_EQ(sign_in(server, "amina", "wrong wrong wrong", from("203.0.113.9")).status, 401);
    EXPECT_EQ(sign_in(server, "amina", "wrong wrong wrong", from("203.0.113.9")).status, 401);

    const auto third = sign_in(server, "amina", password, from("203.0.113.9"));

    EXPECT_EQ(third.status, 429);
    EXPECT_GE(std::stoi(third.header("retry-after")), 1);
    EXPECT_EQ(sign_in(server, "amina", password, from("203.0.113.10")).status, 200);
}

TEST_F(SignIn, EndsWhenOneSignsOut) {
    add_user("amina", {"--role", "viewer", "--layers", "shelters"});
    const auto& server = serve();
    const auto cookie = cookie_of(sign_in(server, "amina", password));
    ASSERT_EQ(server.get(shelters, cookie).status, 200);

    const auto answer =
        send(server, {.target = "/auth/logout", .body = "", .headers = cookie + own_page});

    EXPECT_EQ(answer.status, 204);
    EXPECT_THAT(answer.header("set-cookie"), HasSubstr("Max-Age=0"));
    EXPECT_EQ(server.get(shelters, cookie).status, 404) << "at once";
    EXPECT_EQ(server.get("/", cookie).status, 200) << "the page still opens, to sign in again";
}

TEST_F(SignIn, EndsAtOnceWhenTheUserIsRemovedOrGetsAnotherPassword) {
    for (const bool remove : {false, true}) {
        if (!remove) add_user("amina", {"--role", "viewer", "--layers", "shelters"});
        const auto& server = serve();
        const std::string word = remove ? "another long password" : password;
        const auto cookie = cookie_of(sign_in(server, "amina", word));
        ASSERT_EQ(server.get(shelters, cookie).status, 200);

        if (remove)
            relief({"user", "remove", "amina"});
        else
            relief_hearing("another long password", {"user", "passwd", "amina"});

        EXPECT_TRUE(eventually([&] { return server.get(shelters, cookie).status == 404; }));
        EXPECT_EQ(sign_in(server, "amina", password).status, 401);
    }
}

TEST_F(SignIn, MakesChangesFromOurOwnPagesOnly) {
    add_user("amina", {"--role", "analyst"});
    const auto& server = serve();
    const auto cookie = cookie_of(sign_in(server, "amina", password));
    const auto put = [&](const std::string& headers) {
        return send(server,
                    {.target = "/styles/new.json",
                     .body = R"({"version":8,"sources":{},"layers":[]})",
                     .headers = cookie + headers,
                     .method = "PUT"})
            .status;
    };

    EXPECT_EQ(put(""), 403) << "no page at all";
    EXPECT_EQ(put("Origin: http://evil.test\r\n"), 403);
    EXPECT_EQ(put("Origin: null\r\n"), 403);
    EXPECT_EQ(put("Origin: http://maps.test.evil.test\r\n"), 403);
    EXPECT_EQ(put(own_page), 201);
    EXPECT_EQ(sign_in(server, "amina", password, "Origin: http://evil.test\r\n").status, 403)
        << "nor does another site sign anybody in";
}

TEST_F(SignIn, MakesTokensForMapsThatEndWithTheSession) {
    add_user("amina", {"--role", "viewer", "--layers", "shelters"});
    const auto& server = serve();
    const auto cookie = cookie_of(sign_in(server, "amina", password));
    const auto made =
        send(server, {.target = "/auth/tile-token", .body = "{}", .headers = cookie + own_page});
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string address =
        std::string(shelters) + "?token=" + Json::parse(made.body)["token"].get<std::string>();
    ASSERT_EQ(server.get(address).status, 200);

    send(server, {.target = "/auth/logout", .body = "", .headers = cookie + own_page});

    EXPECT_TRUE(eventually([&] { return server.get(address).status == 401; }));
}

TEST_F(SignIn, BehindTlsHasACookieForThisHostAlone) {
    add_user("amina", {"--role", "viewer", "--layers", "shelters"});
    const auto& server = serve({"--public-url", "https://maps.test"});

    const auto answer = sign_in(server, "amina", password, "Origin: https://maps.test\r\n");

    ASSERT_EQ(answer.status, 200);
    EXPECT_THAT(answer.header("set-cookie"), ::testing::StartsWith("__Host-relief_session="));
    EXPECT_THAT(answer.header("set-cookie"), HasSubstr("; Secure"));
    EXPECT_EQ(server.get(shelters, cookie_of(answer)).status, 200);
}

}  // namespace
}  // namespace relief::journey
