#include "server/http/coded_bodies.hpp"

#include "server/http/finish.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace relief::http {
namespace {

SharedBytes body(std::size_t size) {
    return std::make_shared<const Bytes>(size, 'a');
}

/// A body that does not get smaller.
SharedBytes noise(std::size_t size) {
    Bytes bytes(size);
    std::uint32_t state = 1;
    for (auto& byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24U);
    }
    return std::make_shared<const Bytes>(std::move(bytes));
}

TEST(CodedBodies, CodeABodyOnceInEachCoding) {
    CodedBodies known(1U << 20U);
    const auto plain = body(5000);

    EXPECT_EQ(known.find(plain, Coding::gzip), nullptr);
    const auto coded = known.make(plain, Coding::gzip);

    EXPECT_EQ(known.find(plain, Coding::gzip), coded);
    EXPECT_EQ(known.make(plain, Coding::gzip), coded);
    EXPECT_EQ(known.find(plain, Coding::zstd), nullptr);
}

TEST(CodedBodies, DoNotTakeEqualBytesForTheSameBody) {
    CodedBodies known(1U << 20U);
    known.make(body(5000), Coding::gzip);

    EXPECT_EQ(known.find(body(5000), Coding::gzip), nullptr);
}

TEST(CodedBodies, ForgetTheLongestUnusedBeyondTheirBytes) {
    CodedBodies known(10000);
    const std::vector<SharedBytes> plain{
        noise(2000), noise(2000), noise(2000), noise(2000), noise(2000)};
    for (const auto& one : plain) {
        known.make(one, Coding::gzip);
        known.find(plain[0], Coding::gzip);
    }

    EXPECT_NE(known.find(plain[0], Coding::gzip), nullptr);
    EXPECT_EQ(known.find(plain[1], Coding::gzip), nullptr);
    EXPECT_NE(known.find(plain[4], Coding::gzip), nullptr);
}

TEST(CodedBodies, ForgetBodiesThatNobodyHoldsFirst) {
    CodedBodies known(10000);
    const auto kept = noise(2000);
    known.make(kept, Coding::gzip);
    for (int i = 0; i < 100; ++i) known.make(noise(2000), Coding::gzip);

    EXPECT_NE(known.find(kept, Coding::gzip), nullptr);
}

TEST(CodedBodies, KeepNothingThatWouldTakeMostOfTheRoom) {
    CodedBodies known(10000);
    const auto large = noise(5000);

    EXPECT_NE(known.make(large, Coding::gzip), nullptr);
    EXPECT_EQ(known.find(large, Coding::gzip), nullptr);
}

TEST(BytesToCompress, AreNoneForABodyThatIsCodedAlready) {
    CodedBodies known(1U << 20U);
    Request request;
    request.method = std::string("GET");
    request.headers = {{"accept-encoding", "gzip"}};
    const auto response = json(std::string(5000, 'a'));

    EXPECT_EQ(bytes_to_compress(request, response, known), 5000U);
    const Origins all{"*"};
    finish(request, response, {known, all});
    EXPECT_EQ(bytes_to_compress(request, response, known), 0U);
    request.headers.clear();
    EXPECT_EQ(bytes_to_compress(request, json(std::string(5000, 'a')), known), 0U);
}

TEST(Finish, CodesNothingAnewWhereTooMuchWaitsForThat) {
    CodedBodies known(1U << 20U);
    const Origins all{"*"};
    Request request;
    request.method = std::string("GET");
    request.headers = {{"accept-encoding", "gzip"}};
    const auto response = json(std::string(5000, 'a'));
    const auto sent = [&](bool codes) {
        return finish(request, response, {known, all, codes}).body->size();
    };

    EXPECT_EQ(sent(false), 5000U);
    EXPECT_LT(sent(true), 1000U);
    EXPECT_LT(sent(false), 1000U) << "it is coded already";
}

}  // namespace
}  // namespace relief::http
