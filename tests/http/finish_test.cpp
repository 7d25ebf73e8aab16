#include "server/http/finish.hpp"

#include "server/http/coding.hpp"
#include "server/http/response.hpp"

#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <nlohmann/json.hpp>
#include <zstd.h>

#include <algorithm>

namespace relief::http {
namespace {

using testing::HasSubstr;

const std::string long_text(5000, 'a');

Request ask(std::vector<NameValue> headers = {}, std::string method = "GET") {
    Request request;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.id = "r-1";
    return request;
}

Response tagged(std::string tag) {
    Response response;
    response.content_type = std::string("image/png");
    response.body = shared_text("bytes");
    response.etag = std::move(tag);
    response.cache_control = std::string("public, max-age=60");
    return response;
}

std::string header(const Response& response, std::string_view name) {
    const auto found = std::find_if(response.headers.begin(),
                                    response.headers.end(),
                                    [&](const NameValue& pair) { return pair.first == name; });
    return found == response.headers.end() ? std::string{} : found->second;
}

int status_for(std::string if_none_match) {
    return finish(ask({{"if-none-match", std::move(if_none_match)}}), tagged("v1")).status;
}

TEST(Finish, SendsAStrongTagAndTheLengthOfTheBody) {
    const auto response = finish(ask(), tagged("v1"));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "ETag"), "\"v1\"");
    EXPECT_EQ(header(response, "Content-Length"), "5");
    EXPECT_EQ(header(response, "Content-Type"), "image/png");
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=60");
    EXPECT_EQ(header(response, "Vary"), "");
}

TEST(Finish, KeepsWhatATokenOpensOutOfEveryCache) {
    Request request = ask();
    request.audience = Audience::of(Role::viewer, std::vector<std::string>{"camps"});

    const auto response = finish(request, tagged("v1"));

    EXPECT_EQ(header(response, "Cache-Control"), "private, no-store");
}

// RFC 9110 13.1.2 and 8.8.3.2
TEST(Finish, AnswersUnchangedWhenAnyListedTagMatchesWeakly) {
    EXPECT_EQ(status_for("\"v1\""), 304);
    EXPECT_EQ(status_for("W/\"v1\""), 304);
    EXPECT_EQ(status_for("\"a\", W/\"b\",\"v1\" , \"c\""), 304);
    EXPECT_EQ(status_for("*"), 304);
    EXPECT_EQ(status_for("\"v2\""), 200);
    EXPECT_EQ(status_for("\"a,\"v1\""), 200);
    EXPECT_EQ(status_for("v1"), 200);
    EXPECT_EQ(status_for("\"v1"), 200);
    EXPECT_EQ(status_for(""), 200);
}

TEST(Finish, KeepsTagAndCachingButNoBodyInAnUnchangedAnswer) {
    const auto response = finish(ask({{"if-none-match", "*"}}), tagged("v1"));

    EXPECT_EQ(response.body, nullptr);
    EXPECT_EQ(header(response, "ETag"), "\"v1\"");
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=60");
    EXPECT_EQ(header(response, "Content-Length"), "");
    EXPECT_EQ(header(response, "Content-Type"), "");
}

TEST(Finish, ComparesTagsOnlyWhereThereIsOneAndOnlyWhenReading) {
    EXPECT_EQ(finish(ask({{"if-none-match", "*"}}), tagged("")).status, 200);
    EXPECT_EQ(finish(ask({{"if-none-match", "*"}}, "POST"), tagged("v1")).status, 200);
    auto missing = problem(not_found("no such layer"));
    missing.etag = std::string("v1");
    EXPECT_EQ(finish(ask({{"if-none-match", "*"}}), missing).status, 404);
}

// 2024-01-01T00:00:00.500Z; HTTP dates have no fractions.
TEST(Finish, ComparesDatesBySecondsUnlessATagIsAskedFor) {
    auto dated = tagged("v1");
    dated.last_modified = Instant{1704067200500};
    const auto status = [&](std::vector<NameValue> headers) {
        return finish(ask(std::move(headers)), dated).status;
    };

    EXPECT_EQ(status({{"if-modified-since", "Mon, 01 Jan 2024 00:00:00 GMT"}}), 304);
    EXPECT_EQ(status({{"if-modified-since", "Sun, 31 Dec 2023 23:59:59 GMT"}}), 200);
    EXPECT_EQ(status({{"if-modified-since", "yesterday"}}), 200);
    EXPECT_EQ(status({{"if-modified-since", "Mon, 01 Jan 2024 00:00:00 GMT"},
                      {"if-none-match", "\"x\""}}),
              200);
    EXPECT_EQ(header(finish(ask(), dated), "Last-Modified"), "Mon, 01 Jan 2024 00:00:00 GMT");
}

TEST(Finish, SendsNoBodyButItsLengthToHead) {
    const auto response = finish(ask({}, "HEAD"), tagged("v1"));

    EXPECT_EQ(response.body, nullptr);
    EXPECT_EQ(header(response, "Content-Length"), "5");
    EXPECT_EQ(header(response, "ETag"), "\"v1\"");
}

TEST(Finish, GivesEveryCodingATagOfItsOwnAndTellsCaches) {
    const auto plain = finish(ask(), json(long_text));
    const auto coded = finish(ask({{"accept-encoding", "gzip"}}), json(long_text));

    EXPECT_EQ(header(coded, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    EXPECT_NE(header(coded, "ETag"), header(plain, "ETag"));
    EXPECT_EQ(header(coded, "Vary"), "Accept-Encoding, Authorization, Cookie");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding, Authorization, Cookie");
    EXPECT_EQ(header(coded, "Content-Length"), std::to_string(coded.body->size()));
}

TEST(Finish, KnowsACodedTagAgainForThoseWhoTakeTheCoding) {
    auto document = json(long_text);
    document.etag = std::string("v1");
    const auto answer = [&](const char* accepts) {
        return finish(ask({{"accept-encoding", accepts}, {"if-none-match", "\"v1-gz\""}}),
                      document);
    };

    EXPECT_EQ(answer("gzip, br").status, 304);
    EXPECT_EQ(header(answer("gzip, br"), "ETag"), "\"v1-gz\"");
    EXPECT_EQ(answer("br").status, 200);
}

TEST(Finish, CompressesOnlyWhatIsWorthIt) {
    EXPECT_EQ(header(finish(ask({{"accept-encoding", "gzip"}}), json("{}")), "Content-Encoding"),
              "");
    EXPECT_EQ(header(finish(ask({{"accept-encoding", "gzip"}}), tagged("v1")), "Content-Encoding"),
              "");
    EXPECT_EQ(header(finish(ask({{"accept-encoding", "gzip"}}), json(std::string(199, 'a'))),
                     "Content-Encoding"),
              "");
    EXPECT_EQ(header(finish(ask({{"accept-encoding", "gzip"}}), json(std::string(200, 'a'))),
                     "Content-Encoding"),
              "gzip");
}

TEST(Finish, AddsTheHeadersThatEveryAnswerHas) {
    const auto response = finish(ask(), problem(not_found("no layer \"x\"")));

    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "*");
    EXPECT_THAT(header(response, "Access-Control-Expose-Headers"), HasSubstr("ETag"));
    EXPECT_EQ(header(response, "X-Request-Id"), "r-1");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

TEST(Finish, LetsNoDocumentBecomeAPageThatDoesAnything) {
    const auto document = finish(ask(), json("{}"));
    EXPECT_THAT(header(document, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(header(document, "Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(header(document, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(finish(ask(), tagged("v1")), "Content-Security-Policy"), "") << "a picture";

    auto page = json("{}");
    page.headers.emplace_back("Content-Security-Policy", "default-src 'self'");
    const auto shown = finish(ask(), page);
    EXPECT_EQ(header(shown, "Content-Security-Policy"), "default-src 'self'");
    EXPECT_EQ(std::count_if(
                  shown.headers.begin(),
                  shown.headers.end(),
                  [](const NameValue& pair) { return pair.first == "Content-Security-Policy"; }),
              1);
}

// Fetch, 3.2 and 4.10
TEST(Finish, LetsPagesOfListedOriginsRead) {
    CodedBodies none(0);
    const Origins listed{"https://maps.example.org", "https://a.example"};
    const auto allowed = [&](const Origins& origins, std::vector<NameValue> headers) {
        return header(finish(ask(std::move(headers)), tagged("v1"), {none, origins}),
                      "Access-Control-Allow-Origin");
    };

    EXPECT_EQ(allowed(listed, {{"origin", "https://a.example"}}), "https://a.example");
    EXPECT_EQ(allowed(listed, {{"origin", "https://a.example.org"}}), "");
    EXPECT_EQ(allowed(listed, {{"origin", "null"}}), "");
    EXPECT_EQ(allowed(listed, {}), "");
    EXPECT_EQ(allowed({}, {{"origin", "https://a.example"}}), "");
    EXPECT_EQ(allowed({"*"}, {{"origin", "https://a.example"}}), "*");
    EXPECT_EQ(header(finish(ask(), tagged("v1"), {none, listed}), "Vary"), "Origin")
        << "a cache must not give one origin's answer to another";
    EXPECT_EQ(header(finish(ask(), tagged("v1")), "Access-Control-Allow-Credentials"), "");
}

TEST(Finish, TellsTheTimeSinceTheRequestArrived) {
    auto request = ask();
    request.received = std::chrono::steady_clock::now() - std::chrono::milliseconds(1500);

    const auto timing = header(finish(request, tagged("v1")), "Server-Timing");
    ASSERT_TRUE(timing.starts_with("total;dur=")) << timing;
    EXPECT_GE(std::stod(timing.substr(10)), 1500);
}

TEST(Problem, IsADocumentThatNamesWhatWasWrong) {
    const auto response = problem(bad_request("rescale \"a\xFF\" is no pair", "secret detail"));

    const auto document = nlohmann::json::parse(response.body->begin(), response.body->end());
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(document["status"], 400);
    EXPECT_EQ(document["title"], "Bad Request");
    EXPECT_THAT(document["detail"].get<std::string>(), HasSubstr("rescale"));
    EXPECT_THAT(document.dump(), Not(HasSubstr("secret")));
}

TEST(Problem, AsksToTryAgainWhenTheServerIsAtFault) {
    for (const auto fault : {Fault::too_busy, Fault::out_of_time, Fault::source_broken}) {
        const auto response = problem({fault, "later"});

        EXPECT_EQ(response.status, 503);
        EXPECT_NE(header(response, "Retry-After"), "");
    }
}

TEST(MethodNotAllowed, NamesTheMethodsThatAre) {
    EXPECT_EQ(header(method_not_allowed("PUT", "GET, HEAD"), "Allow"), "GET, HEAD");
}

TEST(Json, TagsEqualDocumentsEquallyAndOthersNot) {
    EXPECT_EQ(json("{}").etag, json("{}").etag);
    EXPECT_NE(json("{}").etag, json("[]").etag);
    EXPECT_EQ(json("").body->size(), 0U);
}

Coding best(const char* field) {
    return AcceptedCodings(field).best();
}

// RFC 9110 12.5.3
TEST(AcceptedCodings, FollowWeightsAndThenOurOwnOrder) {
    EXPECT_EQ(best("gzip, br, zstd"), Coding::zstd);
    EXPECT_EQ(best("gzip, deflate, br"), Coding::brotli);
    EXPECT_EQ(best("gzip;q=1, br;q=0.9"), Coding::gzip);
    EXPECT_EQ(best("GZIP ; q=0.5"), Coding::gzip);
    EXPECT_EQ(best("x-gzip"), Coding::gzip);
    EXPECT_EQ(best("*"), Coding::zstd);
    EXPECT_EQ(best("*, zstd;q=0, br;q=0"), Coding::gzip);
    EXPECT_EQ(best("gzip;q=0.5, identity"), Coding::identity);
}

TEST(AcceptedCodings, TakeNothingThatWasNotOffered) {
    EXPECT_EQ(AcceptedCodings(std::nullopt).best(), Coding::identity);
    EXPECT_EQ(best(""), Coding::identity);
    EXPECT_EQ(best("gzip;q=0, identity"), Coding::identity);
    EXPECT_EQ(best("identity;q=0"), Coding::identity);
    EXPECT_EQ(best("compress"), Coding::identity);
}

TEST(AcceptedCodings, PassOverElementsThatCannotBeRead) {
    EXPECT_EQ(best("gzip;q=,,,br;q=-1,zstd;q=1e9"), Coding::identity);
    EXPECT_EQ(best("gzip;q=nan"), Coding::identity);
    EXPECT_EQ(best("gzip;q=1.001"), Coding::identity);
    EXPECT_EQ(best("gzip;level=9, br;q=0.001"), Coding::brotli);
}

Bytes bytes_of(std::string_view text) {
    return {text.begin(), text.end()};
}

TEST(Encoded, GivesBytesThatTheCodingsOwnReaderUndoes) {
    const auto plain = bytes_of(long_text);
    Bytes back(plain.size());

    const auto gzip = encoded(Coding::gzip, plain);
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> reader(
        libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    std::size_t size = 0;
    ASSERT_EQ(libdeflate_gzip_decompress(
                  reader.get(), gzip->data(), gzip->size(), back.data(), back.size(), &size),
              LIBDEFLATE_SUCCESS);
    EXPECT_EQ(back, plain);

    const auto brotli = encoded(Coding::brotli, plain);
    size = back.size();
    ASSERT_EQ(BrotliDecoderDecompress(brotli->size(), brotli->data(), &size, back.data()),
              BROTLI_DECODER_RESULT_SUCCESS);
    EXPECT_EQ(back, plain);

    const auto zstd = encoded(Coding::zstd, plain);
    ASSERT_EQ(ZSTD_decompress(back.data(), back.size(), zstd->data(), zstd->size()), plain.size());
    EXPECT_EQ(back, plain);
}

TEST(Encoded, TakesAnEmptyBody) {
    for (const auto coding : {Coding::gzip, Coding::brotli, Coding::zstd}) {
        EXPECT_NE(encoded(coding, {}), nullptr);
    }
}

}  // namespace
}  // namespace relief::http
