#pragma once
// A server with hidden layers, tokens, users and an audit log, for the tests of access.

#include "tests/journey/running_relief.hpp"

namespace relief::journey {

class AccessJourney : public Journey {
protected:
    AccessJourney() {
        // Adding takes a second: what the first test has made is copied for the others.
        static const testing::TemporaryFolder kept;
        const auto made = kept.path() / "workspace";
        constexpr auto whole = std::filesystem::copy_options::recursive;
        if (std::filesystem::exists(made)) {
            std::filesystem::copy(made, workspace(), whole);
            return;
        }
        add({write("dem.tif", heights())});
        add({write("shelters.tif", heights()), "--sensitivity", "high"});
        add({write("bases.tif", heights()), "--sensitivity", "severe"});
        if (!HasFatalFailure()) std::filesystem::copy(workspace(), made, whole);
    }

    Json make_token(std::vector<std::string> words) const {
        words.insert(words.begin(), {"token", "create"});
        words.emplace_back("--json");
        return Json::parse(relief(std::move(words)), nullptr, false);
    }
    static std::string bearer(const Json& token) {
        return "Authorization: Bearer " + token["token"].get<std::string>() + "\r\n";
    }
    /// What it printed.
    std::string relief(std::vector<std::string> words) const {
        words.insert(words.begin(), {RELIEF_PROGRAM, "--workspace", workspace().string()});
        testing::Program program(std::move(words));
        EXPECT_EQ(program.wait(), 0) << program.errors();
        return program.output();
    }
    /// The same with a line of standard input.
    void relief_hearing(const std::string& line, std::vector<std::string> words) const {
        words.insert(words.begin(),
                     {"/bin/sh",
                      "-c",
                      R"(printf '%s\n' "$LINE" | "$0" "$@")",
                      RELIEF_PROGRAM,
                      "--workspace",
                      workspace().string()});
        testing::Program program(std::move(words), {"LINE=" + line});
        EXPECT_EQ(program.wait(), 0) << program.errors();
    }

    struct Post {
        std::string target;
        std::string body;
        std::string headers{};
        std::string method = "POST";
        std::string type = "application/json";
    };
    static Answer send(const RunningRelief& server, const Post& post) {
        support::LoopbackClient client(server.port());
        client.send(post.method + ' ' + post.target + " HTTP/1.1\r\nHost: maps.test\r\n" +
                    (post.body.empty() ? "" : "Content-Type: " + post.type + "\r\n") +
                    post.headers + "Content-Length: " + std::to_string(post.body.size()) +
                    "\r\n\r\n" + post.body);
        return client.answer().value_or(Answer{});
    }
    /// As a browser sends it from a page of this server.
    static constexpr const char* own_page = "Origin: http://maps.test\r\n";

    /// Entries of the log, newest first; `query` as "?action=denied".
    static Json audit(const RunningRelief& server, const Json& admin, const std::string& query) {
        return Json::parse(server.get("/audit" + query, bearer(admin)).body, nullptr, false);
    }
    /// Whether an entry comes whose members are these.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): who asks stands before what for
    static bool is_audited(const RunningRelief& server, const Json& admin, const Json& members) {
        const std::string query = "?limit=1000&action=" + members["action"].get<std::string>();
        return eventually([&] {
            const Json page = audit(server, admin, query);
            return std::any_of(
                page["entries"].begin(), page["entries"].end(), [&](const Json& entry) {
                    return std::all_of(
                        members.items().begin(), members.items().end(), [&](const auto& member) {
                            return entry[member.key()] == member.value();
                        });
                });
        });
    }

    static constexpr const char* shelters = "/tiles/shelters/14/9786/6557.png";
    static constexpr const char* bases = "/tiles/bases/14/9786/6557.png";
};

}  // namespace relief::journey
