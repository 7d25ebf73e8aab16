#include "server/http/tls.hpp"

#include "tests/http/certificate.hpp"
#include "tests/http/running_server.hpp"
#include "tests/support/loopback_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <array>
#include <optional>

namespace relief::http {
namespace {

using support::LoopbackClient;
using testing::HasSubstr;

ServerOptions with(const Certificate& certificate) {
    auto options = free_port();
    options.tls_cert = certificate.certificate();
    options.tls_key = certificate.key();
    return options;
}

enum class Version : int {
    tls_1_1 = TLS1_1_VERSION,
    tls_1_2 = TLS1_2_VERSION,
    tls_1_3 = TLS1_3_VERSION
};

/// A TLS connection; certificates are not verified, they are made for the test.
class TlsClient {
public:
    explicit TlsClient(std::uint16_t port, Version highest = Version::tls_1_3)
        : line_(port),
          context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
          session_(SSL_new(context_.get()), &SSL_free),
          open_(shakes_hands(highest)) {}

    bool is_open() const { return open_; }
    std::string ask(const std::string& target) {
        const auto request = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
        SSL_write(session_.get(), request.data(), static_cast<int>(request.size()));
        std::string received;
        std::array<char, 4096> bytes{};
        while (received.find("\r\n\r\n") == std::string::npos) {
            const int size = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (size <= 0) break;
            received.append(bytes.data(), static_cast<std::size_t>(size));
        }
        return received;
    }
    /// Adds to what came before until it ends so, or the connection does.
    std::string read_to(std::string_view end) {
        std::array<char, 4096> bytes{};
        while (!read_.ends_with(end)) {
            const int size = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (size <= 0) break;
            read_.append(bytes.data(), static_cast<std::size_t>(size));
        }
        return read_;
    }
    void say_goodbye() { SSL_shutdown(session_.get()); }
    std::string server_name() const {
        const std::unique_ptr<X509, decltype(&X509_free)> shown(
            SSL_get1_peer_certificate(session_.get()), &X509_free);
        std::array<char, 64> name{};
        if (shown)
            X509_NAME_get_text_by_NID(
                X509_get_subject_name(shown.get()), NID_commonName, name.data(), name.size());
        return name.data();
    }
    std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned int size = 0;
        SSL_get0_alpn_selected(session_.get(), &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }

private:
    bool shakes_hands(Version highest) {
        SSL_set_max_proto_version(session_.get(), static_cast<int>(highest));
        SSL_set_security_level(session_.get(), 0);
        const std::array<unsigned char, 12> protocols{
            2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
        SSL_set_alpn_protos(session_.get(), protocols.data(), protocols.size());
        SSL_set_fd(session_.get(), line_.descriptor());
        return SSL_connect(session_.get()) == 1;
    }

    LoopbackClient line_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> session_;
    bool open_;
    std::string read_;
};

TEST(Tls, CarriesABodyInPiecesAndNoticesThatItsReaderGoes) {
    const Certificate certificate;
    RunningServer server(with(certificate));
    TlsClient client(server.port());
    client.ask("/flow");
    const auto flow = server.flows.at(0);

    flow->say("one\n");
    EXPECT_EQ(client.read_to("one\n"), "one\n");
    flow->say("two\n");
    EXPECT_EQ(client.read_to("two\n"), "one\ntwo\n");
    EXPECT_TRUE(flow->is_open());
    client.say_goodbye();

    EXPECT_TRUE(server.closes_all_but(0));
    EXPECT_FALSE(flow->is_open());
}

TEST(Tls, EndsABodyInPiecesWithItsServer) {
    const Certificate certificate;
    RunningServer server(with(certificate));
    TlsClient client(server.port());
    client.ask("/flow");
    server.flows.at(0)->say("last words\n");

    server.stop(std::chrono::seconds(10));

    EXPECT_EQ(client.read_to("no such words"), "last words\n");
}

TEST(Tls, ServesRequestsAndMakesHttpsLinks) {
    const Certificate certificate;
    const RunningServer server(with(certificate));
    TlsClient client(server.port());

    ASSERT_TRUE(client.is_open());
    EXPECT_EQ(client.protocol(), "http/1.1");
    EXPECT_THAT(client.ask("/echo/hello"), HasSubstr("200 OK"));
    EXPECT_THAT(client.ask("/base"), HasSubstr("200 OK"));
}

TEST(Tls, SpeaksNothingOlderThan12) {
    const Certificate certificate;
    const RunningServer server(with(certificate));

    EXPECT_TRUE(TlsClient(server.port(), Version::tls_1_2).is_open());
    EXPECT_FALSE(TlsClient(server.port(), Version::tls_1_1).is_open());
}

TEST(Tls, ClosesOnPlainHttp) {
    const Certificate certificate;
    const RunningServer server(with(certificate));
    LoopbackClient client(server.port());

    client.ask("GET /echo/a");

    EXPECT_FALSE(client.answer());
}

TEST(Tls, ShowsAReloadedCertificateToNewConnectionsAndKeepsTheOthers) {
    const Certificate certificate("before");
    RunningServer server(with(certificate));
    TlsClient old(server.port());
    certificate.write("after", nullptr);

    ASSERT_TRUE(server.server().reload_certificate());

    EXPECT_EQ(TlsClient(server.port()).server_name(), "after");
    EXPECT_EQ(old.server_name(), "before");
    EXPECT_THAT(old.ask("/echo/a"), HasSubstr("200 OK"));
}

TEST(Tls, KeepsTheOldCertificateWhenTheNewOneIsBad) {
    const Certificate certificate("good");
    RunningServer server(with(certificate));
    std::ofstream(certificate.certificate()) << "no certificate";

    const auto reloaded = server.server().reload_certificate();

    ASSERT_FALSE(reloaded);
    EXPECT_THAT(reloaded.error().what, HasSubstr("tls.cert"));
    EXPECT_EQ(TlsClient(server.port()).server_name(), "good");
}

TEST(Tls, ReloadsNothingInAPlainServer) {
    RunningServer server;
    EXPECT_TRUE(server.server().reload_certificate());
}

TEST(Tls, EndsWithItsServer) {
    const Certificate certificate;
    RunningServer server(with(certificate));
    const TlsClient idle(server.port());
    ASSERT_TRUE(idle.is_open());

    server.stop(std::chrono::seconds(5));

    EXPECT_EQ(server.server().open_connections(), 0U);
}

TEST(MakeTls, TellsWhichFileIsWrong) {
    const Certificate certificate;
    const Certificate other("other");
    const auto fault = [](const std::string& cert, const std::string& key) {
        const auto made = make_tls({cert, key});
        return made ? std::string("none") : made.error().what;
    };

    EXPECT_EQ(fault(certificate.certificate(), certificate.key()), "none");
    EXPECT_THAT(fault("/nowhere/cert.pem", certificate.key()),
                HasSubstr("tls.cert: the file cannot be read"));
    EXPECT_THAT(fault(certificate.certificate(), "/nowhere/key.pem"),
                HasSubstr("tls.key: the file cannot be read"));
    EXPECT_THAT(fault(certificate.key(), certificate.key()), HasSubstr("tls.cert holds no"));
    EXPECT_THAT(fault(certificate.certificate(), certificate.certificate()),
                HasSubstr("tls.key holds no"));
    EXPECT_THAT(fault(certificate.certificate(), other.key()),
                HasSubstr("belongs to the certificate"));
}

TEST(MakeTls, NeverWaitsForAPassphrase) {
    const Certificate certificate;
    certificate.write("locked", "open sesame");

    EXPECT_THAT(make_tls({certificate.certificate(), certificate.key()}).error().what,
                HasSubstr("without a passphrase"));
}

TEST(ServerListen, NeedsCertificateAndKeyTogether) {
    auto options = free_port();
    options.tls_cert = std::string("cert.pem");

    EXPECT_THAT(Server::listen(options).error().what, HasSubstr("tls.key"));
}

}  // namespace
}  // namespace relief::http
