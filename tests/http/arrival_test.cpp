#include "server/http/arrival.hpp"

#include <gtest/gtest.h>

namespace relief::http {
namespace {

ProxyList proxies(const std::vector<std::string>& entries) {
    auto list = ProxyList::parse(entries);
    return list ? *list : ProxyList{};
}

bool holds(const ProxyList& list, std::string_view address) {
    return list.holds(*parse_address(address));
}

TEST(ProxyList, HoldsAddressesAndBlocksOfBothFamilies) {
    const auto list = proxies({"192.0.2.1", "10.0.0.0/8", "172.16.0.0/12", "2001:db8::/33", "::1"});

    EXPECT_TRUE(holds(list, "192.0.2.1"));
    EXPECT_FALSE(holds(list, "192.0.2.2"));
    EXPECT_TRUE(holds(list, "10.255.0.1"));
    EXPECT_FALSE(holds(list, "11.0.0.1"));
    EXPECT_TRUE(holds(list, "172.31.255.255"));
    EXPECT_FALSE(holds(list, "172.32.0.0"));
    EXPECT_TRUE(holds(list, "2001:db8:7fff::1"));
    EXPECT_FALSE(holds(list, "2001:db8:8000::1"));
    EXPECT_TRUE(holds(list, "::1"));
    EXPECT_TRUE(holds(list, "::ffff:10.1.2.3"));
}

TEST(ProxyList, HoldsEverythingInABlockOfNoBits) {
    EXPECT_TRUE(holds(proxies({"0.0.0.0/0"}), "203.0.113.9"));
    EXPECT_FALSE(holds(proxies({"0.0.0.0/0"}), "2001:db8::1"));
    EXPECT_FALSE(holds(proxies({}), "127.0.0.1"));
}

TEST(ProxyList, RefusesWhatIsNoAddressAndNamesIt) {
    for (const auto* entry : {"",
                              "localhost",
                              "10.0.0.0/33",
                              "10.0.0.0/-1",
                              "10.0.0.0/",
                              "10.0.0.0/8x",
                              "::/129",
                              "10.0.0"}) {
        const auto list = ProxyList::parse({"10.0.0.1", entry});
        ASSERT_FALSE(list) << entry;
        EXPECT_NE(list.error().what.find('"' + std::string(entry) + '"'), std::string::npos);
    }
}

TEST(ParseAddress, ReadsPortsAndBrackets) {
    EXPECT_EQ(to_text(*parse_address("192.0.2.1:4711")), "192.0.2.1");
    EXPECT_EQ(to_text(*parse_address("[2001:db8::1]:4711")), "2001:db8::1");
    EXPECT_EQ(to_text(*parse_address("2001:DB8::1")), "2001:db8::1");
    EXPECT_EQ(to_text(*parse_address("::ffff:192.0.2.1")), "192.0.2.1");
    for (const auto* text :
         {"", "unknown", "_hidden", "[", "[::1", "1.2.3", "1.2.3.4.5", "::ffff:1.2.3.4:80:x"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
}

const std::vector<NameValue> chain{
    {"x-forwarded-for", "198.51.100.7, 203.0.113.9, 10.0.0.2"},
    {"x-forwarded-proto", "https"},
    {"x-forwarded-host", "maps.example.org"},
};

TEST(OriginOf, BelievesNothingFromAPeerThatIsNotListed) {
    const auto origin = origin_of("198.51.100.1", chain, proxies({"10.0.0.0/8"}));

    EXPECT_EQ(origin.address, "198.51.100.1");
    EXPECT_EQ(origin.scheme, "");
    EXPECT_EQ(origin.authority, "");
}

TEST(OriginOf, KnowsAnIpv4PeerThatComesOverIpv6) {
    EXPECT_EQ(origin_of("::ffff:198.51.100.1", chain, proxies({"10.0.0.0/8"})).address,
              "198.51.100.1");
    EXPECT_EQ(origin_of("::ffff:10.0.0.1", {}, proxies({"10.0.0.0/8"})).address, "10.0.0.1");
    EXPECT_EQ(origin_of("2001:db8::1", chain, proxies({"10.0.0.0/8"})).address, "2001:db8::1");
    EXPECT_EQ(origin_of("fe80::1%eth0", chain, proxies({"10.0.0.0/8"})).address, "fe80::1%eth0");
}

TEST(OriginOf, FollowsTheChainOnlyAsFarAsItIsListed) {
    const auto origin = origin_of("10.0.0.1", chain, proxies({"10.0.0.0/8"}));

    EXPECT_EQ(origin.address, "203.0.113.9");
    EXPECT_EQ(origin.scheme, "https");
    EXPECT_EQ(origin.authority, "maps.example.org");
}

TEST(OriginOf, ReadsForwardedWithQuotesAndPorts) {
    const std::vector<NameValue> headers{
        {"forwarded",
         R"(for="[2001:db8::7]:4711";proto=https;host="maps.example.org:8443", For=10.0.0.2)"},
        {"x-forwarded-for", "203.0.113.66"},
    };

    const auto origin = origin_of("10.0.0.1", headers, proxies({"10.0.0.0/8"}));

    EXPECT_EQ(origin.address, "2001:db8::7");
    EXPECT_EQ(origin.scheme, "https");
    EXPECT_EQ(origin.authority, "maps.example.org:8443");
}

TEST(OriginOf, StopsAtAHopThatHidesItsSender) {
    const auto origin = origin_of("10.0.0.1",
                                  {{"forwarded", "for=203.0.113.1, for=unknown;proto=https"}},
                                  proxies({"10.0.0.0/8"}));

    EXPECT_EQ(origin.address, "10.0.0.1");
    EXPECT_EQ(origin.scheme, "https");
}

TEST(OriginOf, BelievesNoSchemeOrHostThatCouldBreakOutOfALink) {
    const auto origin = origin_of("10.0.0.1",
                                  {{"x-forwarded-for", "203.0.113.1"},
                                   {"x-forwarded-proto", "javascript"},
                                   {"x-forwarded-host", "a/<b>"}},
                                  proxies({"10.0.0.0/8"}));

    EXPECT_EQ(origin.scheme, "");
    EXPECT_EQ(origin.authority, "");
}

TEST(OriginOf, TakesSchemeAndHostWithoutAnAddress) {
    const auto origin =
        origin_of("10.0.0.1", {{"x-forwarded-proto", "https"}}, proxies({"10.0.0.1"}));

    EXPECT_EQ(origin.address, "10.0.0.1");
    EXPECT_EQ(origin.scheme, "https");
}

struct Completed {
    Request request;
    bool good;
};

Completed completed(std::string_view target,
                    std::vector<NameValue> headers = {},
                    const Station& station = {{}, "", "http"}) {
    RequestIds ids(0xABCU);
    Completed result{};
    result.request.headers = std::move(headers);
    result.good =
        complete(result.request, {"127.0.0.1", "127.0.0.1:8080", "a.example", target}, station, ids)
            .has_value();
    return result;
}

TEST(Complete, MakesLinksFromSchemeAndHost) {
    EXPECT_EQ(completed("/").request.base_url, "http://a.example");
    EXPECT_EQ(completed("/", {}, {{}, "https://maps.example.org", "http"}).request.base_url,
              "https://maps.example.org");
}

TEST(Complete, NamesItsOwnEndWhenTheClientNamesNoHost) {
    RequestIds ids(1);
    Request request;

    EXPECT_TRUE(complete(request, {"127.0.0.1", "127.0.0.1:8080", "", "/"}, {{}, "", "http"}, ids));

    EXPECT_EQ(request.base_url, "http://127.0.0.1:8080");
}

TEST(Complete, TakesOnlyHarmlessRequestIds) {
    const auto id_for = [](std::string given) {
        return completed("/", {{"x-request-id", std::move(given)}}).request.id;
    };

    EXPECT_EQ(id_for("Acceptance-42_a.b"), "Acceptance-42_a.b");
    EXPECT_EQ(id_for(std::string(128, 'a')), std::string(128, 'a'));
    EXPECT_EQ(id_for(std::string(129, 'a')), "0000000000000abc-1");
    EXPECT_EQ(id_for("<script>"), "0000000000000abc-1");
    EXPECT_EQ(id_for(""), "0000000000000abc-1");
}

TEST(Complete, FillsTheRestAlsoWhenTheTargetIsMalformed) {
    const auto result = completed("/%zz?token=secret");

    EXPECT_FALSE(result.good);
    EXPECT_EQ(result.request.target, "/%zz?token=…");
    EXPECT_EQ(result.request.remote_address, "127.0.0.1");
    EXPECT_NE(result.request.id, "");
}

TEST(RequestIds, AreNeverTheSame) {
    RequestIds ids(7);
    EXPECT_EQ(ids.next(), "0000000000000007-1");
    EXPECT_EQ(ids.next(), "0000000000000007-2");
}

TEST(NetworkOf, IsAnAddressOfFourNumbersOrTheFirstHalfOfALongOne) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:2:ffff::"));
    EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
    EXPECT_EQ(network_of("unknown"), "unknown");
}

TEST(IsLoopback, KnowsThisMachine) {
    for (const char* address : {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(is_loopback(address)) << address;
    for (const char* address : {"128.0.0.1", "10.127.0.1", "::2", "fe80::1", "", "localhost"})
        EXPECT_FALSE(is_loopback(address)) << address;
}

}  // namespace
}  // namespace relief::http
