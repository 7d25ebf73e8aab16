#include "tiler/ingest/sha256.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace relief::ingest {
namespace {

Result<std::string> digest_of(const std::string& content) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "content";
    std::ofstream(file, std::ios::binary) << content;
    return sha256_of_file(file);
}

// NIST, FIPS 180-2 appendix B: "abc", and one million letters a.
TEST(Sha256OfFile, AgreesWithTheStandardsExamples) {
    EXPECT_EQ(*digest_of("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(*digest_of(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256OfFile, OfAnEmptyFileIsThatOfNoBytes) {
    EXPECT_EQ(*digest_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256OfFile, ReadsAcrossItsBufferOfOneMegabyte) {
    const std::string long_content(std::size_t{3} << 19U, 'x');

    EXPECT_NE(*digest_of(long_content), *digest_of(long_content + "y"));
    EXPECT_NE(*digest_of(long_content), *digest_of(std::string(1, 'y').append(long_content, 1)));
}

TEST(Sha256OfFile, OfAFileThatIsNotThereIsAnError) {
    EXPECT_EQ(sha256_of_file("/nowhere/at/all").error().fault, Fault::source_broken);
}

TEST(Sha256OfFile, OfAFolderIsAnError) {
    const testing::TemporaryFolder folder;

    EXPECT_FALSE(sha256_of_file(folder.path()));
}

}  // namespace
}  // namespace relief::ingest
