#pragma once
// PostgreSQL with PostGIS, started by the test in a folder of its own and ended by its process.

#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace relief::testing {

/// A cluster with the superuser "tester", trusted on the socket, asked for a password on 127.0.0.1.
class PostgresFixture {
public:
    PostgresFixture() : port_(free_port()) {
        // PostgreSQL does not run as root; who it runs as must reach the folder.
        constexpr mode_t open_to_all = 0755;
        ::chmod(folder_.path().c_str(), open_to_all);
        std::filesystem::create_directory(data());
        if (::geteuid() == 0 && ::chown(data().c_str(), nobody, nobody) != 0) return;
        Program made(as_nobody({binaries() + "initdb",
                                "--pgdata=" + data().string(),
                                "--username=tester",
                                "--auth-local=trust",
                                "--auth-host=scram-sha-256",
                                "--encoding=UTF8",
                                "--no-locale",
                                "--no-sync"}));
        if (made.wait(patience) != 0) {
            problem_ = made.errors();
            return;
        }
        start();
        run("CREATE DATABASE crisis", "postgres");
        run("CREATE EXTENSION postgis");
    }
    ~PostgresFixture() { stop(); }
    PostgresFixture(const PostgresFixture&) = delete;
    PostgresFixture& operator=(const PostgresFixture&) = delete;
    PostgresFixture(PostgresFixture&&) = delete;
    PostgresFixture& operator=(PostgresFixture&&) = delete;

    void start() {
        server_ = std::make_unique<Program>(as_nobody({binaries() + "postgres",
                                                       "-D",
                                                       data().string(),
                                                       "-F",
                                                       "-k",
                                                       data().string(),
                                                       "-c",
                                                       "listen_addresses=127.0.0.1",
                                                       "-c",
                                                       "port=" + std::to_string(port_),
                                                       "-c",
                                                       "max_connections=40",
                                                       "-c",
                                                       "shared_buffers=16MB",
                                                       "-c",
                                                       "autovacuum=off"}));
        const bool answers = eventually([this] {
            return server_->ended() || Program(psql("SELECT 1", "postgres")).wait() == 0;
        });
        if (!answers || server_->ended()) problem_ = server_->errors();
    }
    /// As an operator stops it: sessions are ended.
    void stop() {
        if (!server_) return;
        resume();
        server_->signal(SIGINT);
        server_->wait();
        server_.reset();
    }

    /// New connections, and what is sent over them, wait; sessions that there are go on.
    void pause() { server_->signal(SIGSTOP); }
    void resume() { server_->signal(SIGCONT); }

    /// Why it did not start; empty: it did.
    const std::string& problem() const noexcept { return problem_; }
    std::string port() const { return std::to_string(port_); }
    /// What the key `sources` is to hold.
    std::string root() const {
        return "postgresql://:" + port() + "/crisis?host=" + data().string();
    }
    /// Over the socket, by the superuser.
    std::string address(const std::string& table) const {
        return "postgresql://tester@:" + port() + "/crisis?host=" + data().string() +
               "&table=" + table;
    }
    /// Statements, each for itself. Gives what they answer, columns divided by "|".
    std::string run(const std::string& statements, const std::string& database = "crisis") const {
        Program program(psql(statements, database));
        EXPECT_EQ(program.wait(patience), 0) << statements << '\n' << program.errors();
        return program.output();
    }

private:
    /// A cluster is made in seconds, on a machine that does much else in more of them.
    static constexpr std::chrono::minutes patience{2};
    static constexpr uid_t nobody = 65534;
    static std::string binaries() { return "/usr/lib/postgresql/15/bin/"; }
    std::filesystem::path data() const { return folder_.path() / "data"; }

    static std::vector<std::string> as_nobody(std::vector<std::string> words) {
        if (::geteuid() != 0) return words;
        words.insert(words.begin(),
                     {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
        return words;
    }
    std::vector<std::string> psql(const std::string& statements,
                                  const std::string& database) const {
        return {binaries() + "psql",
                "--no-psqlrc",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--set=ON_ERROR_STOP=1",
                "--host=" + data().string(),
                "--port=" + port(),
                "--username=tester",
                "--dbname=" + database,
                "--command=" + statements};
    }
    static int free_port() {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(place);
        const bool bound =
            ::bind(listener, reinterpret_cast<sockaddr*>(&place), length) == 0 &&
            ::getsockname(listener, reinterpret_cast<sockaddr*>(&place), &length) == 0;
        EXPECT_TRUE(bound);
        ::close(listener);
        return ntohs(place.sin_port);
    }

    TemporaryFolder folder_;
    int port_;
    std::string problem_;
    std::unique_ptr<Program> server_;
};

}  // namespace relief::testing
