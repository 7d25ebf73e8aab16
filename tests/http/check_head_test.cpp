#include "server/http/check_head.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::http {
namespace {

constexpr std::string_view host = "Host: a.example\r\n";

std::string request(std::string_view line, std::string_view fields = host) {
    return std::string(line) + "\r\n" + std::string(fields) + "\r\n";
}

std::string verdict(const std::variant<Head, Refused>& checked) {
    if (std::holds_alternative<Head>(checked)) return "good";
    switch (std::get<Refused>(checked).why) {
        case Refusal::malformed: return "malformed";
        case Refusal::timed_out: return "timed out";
        case Refusal::too_busy: return "too busy";
        case Refusal::body_too_large: return "body too large";
        case Refusal::line_too_long: return "line too long";
        case Refusal::head_too_large: return "head too large";
        case Refusal::expectation_unknown: return "expectation";
        case Refusal::not_implemented: return "not implemented";
        case Refusal::version_unknown: return "version";
    }
    return "?";
}

std::string both(std::string_view line, std::string_view fields) {
    const auto bytes = request(line, fields);
    return verdict(check_head(bytes));
}
std::string line(std::string_view text) {
    return both(text, host);
}
std::string fields(std::string_view text) {
    return both("POST /reports HTTP/1.1", std::string(host) + std::string(text));
}

TEST(ScanHead, FindsTheEndWhereverTheBytesAreCut) {
    const std::string_view bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET";

    for (std::size_t cut = 0; cut < bytes.size() - 3; ++cut) {
        const auto first = scan_head(bytes.substr(0, cut), 0);
        ASSERT_EQ(first.end, 0U) << cut;
        ASSERT_FALSE(first.bad) << cut;
        EXPECT_EQ(scan_head(bytes, first.scanned).end, bytes.size() - 3) << cut;
    }
}

TEST(ScanHead, RefusesBareLineEndsAndControlCharactersAtOnce) {
    using namespace std::string_view_literals;
    for (const auto bytes : {"GET / HTTP/1.1\n"sv,
                             "GET /\rx"sv,
                             "G\0ET"sv,
                             "\x16\x03\x01"sv,
                             "a\x7F"sv,
                             "a\r\r\n"sv}) {
        EXPECT_TRUE(scan_head(bytes, 0).bad) << bytes;
    }
    EXPECT_FALSE(scan_head("A: b\tc\xFF\r", 0).bad);
}

TEST(ScanHead, WaitsForMoreOfNothing) {
    EXPECT_EQ(scan_head("", 0).end, 0U);
    EXPECT_FALSE(scan_head("", 0).bad);
}

TEST(CheckHead, TakesAnOrdinaryRequest) {
    const auto bytes = request("GET /layers?x=1 HTTP/1.1", "Host: a.example:8080\r\nX-A: \tb \r\n");
    const auto checked = check_head(bytes);

    ASSERT_EQ(verdict(checked), "good");
    const auto& head = std::get<Head>(checked);
    EXPECT_EQ(head.method, "GET");
    EXPECT_EQ(head.target, "/layers?x=1");
    EXPECT_EQ(head.authority, "a.example:8080");
    EXPECT_FALSE(head.has_body());
}

TEST(CheckHead, LetsAnAbsoluteTargetOutweighTheHost) {
    const auto bytes = request("GET http://b.example/x HTTP/1.1");
    const auto checked = check_head(bytes);

    ASSERT_EQ(verdict(checked), "good");
    EXPECT_EQ(std::get<Head>(checked).authority, "b.example");
}

TEST(CheckHead, RefusesRequestLinesThatAreNotOne) {
    for (const auto* text : {"GET /",
                             "GET",
                             "",
                             "GET  / HTTP/1.1",
                             "GET\t/\tHTTP/1.1",
                             "GET  HTTP/1.1",
                             " GET / HTTP/1.1",
                             "GET / HTTP/1.1 ",
                             "G(T / HTTP/1.1",
                             "GET /a b HTTP/1.1",
                             "GET layers HTTP/1.1",
                             "GET a.example:80 HTTP/1.1",
                             "GET \\a HTTP/1.1",
                             "GET /a#b HTTP/1.1",
                             "GET /\xC3\xA9 HTTP/1.1",
                             "GET * HTTP/1.1",
                             "GET ftp://a/b HTTP/1.1",
                             "GET http:///b HTTP/1.1",
                             "GET http://u@a/ HTTP/1.1",
                             "GET / HTTPS/1.1",
                             "GET / HTTP/11",
                             "GET / HTTP/1.",
                             "GET / HTTP/1.11"}) {
        EXPECT_EQ(line(text), "malformed") << text;
    }
}

TEST(CheckHead, TellsWhatIsWellFormedButNotSpoken) {
    EXPECT_EQ(line("GET / HTTP/2.0"), "version");
    EXPECT_EQ(line("GET / HTTP/1.2"), "version");
    EXPECT_EQ(line("BREW / HTTP/1.1"), "not implemented");
    EXPECT_EQ(line("get / HTTP/1.1"), "not implemented");
    EXPECT_EQ(line("TRACE / HTTP/1.1"), "not implemented");
    EXPECT_EQ(line("CONNECT a.example:80 HTTP/1.1"), "not implemented");
}

TEST(CheckHead, TakesTheStarOfOptions) {
    EXPECT_EQ(line("OPTIONS * HTTP/1.1"), "good");
}

TEST(CheckHead, AsksForExactlyOneHostExceptInHttp10) {
    EXPECT_EQ(both("GET / HTTP/1.1", ""), "malformed");
    EXPECT_EQ(both("GET / HTTP/1.1", "Host: a\r\nHost: a\r\n"), "malformed");
    EXPECT_EQ(both("GET / HTTP/1.0", ""), "good");
    EXPECT_EQ(both("GET / HTTP/1.1", "Host:\r\n"), "good");
}

TEST(CheckHead, RefusesHostsThatCouldBreakOutOfALink) {
    for (const auto* text : {"a b",
                             "a/x",
                             "a:http",
                             "a:99999",
                             "a:0",
                             "a:",
                             "<script>",
                             "[::1",
                             "[::1]x",
                             "[1.2.3]",
                             "a#x",
                             "a?x",
                             "u@a",
                             "a,b",
                             "a;b",
                             "ä"}) {
        EXPECT_EQ(both("GET / HTTP/1.1", "Host: " + std::string(text) + "\r\n"), "malformed")
            << text;
    }
    for (const auto* text : {"localhost",
                             "127.0.0.1:8080",
                             "[::1]:8080",
                             "[2001:db8::1]",
                             "a_b.example",
                             "xn--e1afmkfd:65535"}) {
        EXPECT_EQ(both("GET / HTTP/1.1", "Host: " + std::string(text) + "\r\n"), "good") << text;
    }
}

TEST(CheckHead, RefusesFieldsThatAreNotNameColonValue) {
    for (const auto* text : {"X A: b\r\n",
                             ": b\r\n",
                             "X@A: b\r\n",
                             "X\xC3\xA9: b\r\n",
                             "text\r\n",
                             "X-A : b\r\n",
                             "X-A\t: b\r\n",
                             "X\"A: b\r\n",
                             "[X]: b\r\n",
                             "X-A: a\r\n b\r\n",
                             " X-A: a\r\n"}) {
        EXPECT_EQ(fields(text), "malformed") << text;
    }
}

TEST(CheckHead, RefusesFramingGivenTwice) {
    constexpr std::string_view length = "Content-Length: 5\r\n";
    for (const auto* coding : {"chunked",
                               "CHUNKED",
                               "xchunked",
                               "\"chunked\"",
                               "chunked;q=1",
                               "identity, chunked",
                               "",
                               ",chunked"}) {
        const auto text = "Transfer-Encoding: " + std::string(coding) + "\r\n";
        EXPECT_EQ(fields(std::string(length) + text), "malformed") << coding;
        EXPECT_EQ(fields(text + std::string(length)), "malformed") << coding;
    }
    EXPECT_EQ(fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "malformed");
    EXPECT_EQ(fields("Content-Length: 5\r\nContent-Length: 5\r\n"), "malformed");
    EXPECT_EQ(both("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n"), "malformed");
}

TEST(CheckHead, ReadsChunkedAndNoOtherCoding) {
    const auto bytes = request("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: Chunked\r\n");
    const auto checked = check_head(bytes);

    ASSERT_EQ(verdict(checked), "good");
    EXPECT_TRUE(std::get<Head>(checked).chunked);
    EXPECT_EQ(fields("Transfer-Encoding: frobnicate\r\n"), "not implemented");
    EXPECT_EQ(fields("Transfer-Encoding: gzip, chunked\r\n"), "not implemented");
}

TEST(CheckHead, ReadsLengthsOfDigitsOnly) {
    for (const auto* text :
         {"-1", "+5", "5e0", "5.0", "5 5", "", "5;x", "\"5\"", "5,", ",5", "5, 5", "0x5", "5_0"}) {
        EXPECT_EQ(fields("Content-Length: " + std::string(text) + "\r\n"), "malformed") << text;
    }
    EXPECT_EQ(fields("Content-Length: 0005\r\n"), "good");
    EXPECT_EQ(fields("Content-Length: 18446744073709551621\r\n"), "body too large");
    EXPECT_EQ(fields("Content-Length: 9999999999999999999999999999999\r\n"), "body too large");
}

TEST(CheckHead, GivesTheLengthOfTheBody) {
    const auto bytes =
        request("POST / HTTP/1.1", "Host: a\r\nContent-Length: 9223372036854775807\r\n");
    const auto checked = check_head(bytes);

    ASSERT_EQ(verdict(checked), "good");
    EXPECT_EQ(std::get<Head>(checked).content_length, 9223372036854775807ULL);
}

TEST(CheckHead, KnowsOneExpectation) {
    const auto bytes = request("POST / HTTP/1.1", "Host: a\r\nExpect: 100-Continue\r\n");
    const auto checked = check_head(bytes);

    ASSERT_EQ(verdict(checked), "good");
    EXPECT_TRUE(std::get<Head>(checked).expects_continue);
    EXPECT_EQ(fields("Expect: 200-maybe\r\n"), "expectation");
}

TEST(CheckHead, BoundsTheNumberOfFields) {
    std::string many;
    for (int i = 0; i < 99; ++i) many += "A: b\r\n";
    EXPECT_EQ(fields(many), "good");  // with the Host 100
    EXPECT_EQ(fields(many + "A: b\r\n"), "head too large");
}

TEST(TooLong, BlamesTheLineOrTheFields) {
    EXPECT_EQ(too_long("GET /" + std::string(100, 'a'), 50).why, Refusal::line_too_long);
    EXPECT_EQ(too_long("GET / HTTP/1.1\r\nA: " + std::string(100, 'a'), 50).why,
              Refusal::head_too_large);
}

}  // namespace
}  // namespace relief::http
