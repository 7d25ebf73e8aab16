#include "tiler/ingest/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

namespace relief::ingest {
namespace {

struct DigestCloser {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

}  // namespace

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::unique_ptr<EVP_MD_CTX, DigestCloser> context(EVP_MD_CTX_new());
    if (!stream || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
        return source_broken("the converted file cannot be read again", file.string());
    }
    std::vector<char> buffer(std::size_t{1} << 20U);
    while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) ||
           stream.gcount() > 0) {
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad())
        return source_broken("the converted file cannot be read again", file.string());
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &length);
    constexpr std::array<char, 17> digits{"0123456789abcdef"};
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text.push_back(digits[digest[i] >> 4U]);
        text.push_back(digits[digest[i] & 15U]);
    }
    return text;
}

}  // namespace relief::ingest
