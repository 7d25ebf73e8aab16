#include "server/http/coding.hpp"

#include "server/http/letters.hpp"

#include <brotli/encode.h>
#include <libdeflate.h>
#include <zstd.h>

#include <memory>

namespace relief::http {
namespace {

struct Named {
    std::string_view name;
    Coding coding;
};
constexpr std::array<Named, 5> names{{
    {"identity", Coding::identity},
    {"gzip", Coding::gzip},
    {"x-gzip", Coding::gzip},  // RFC 9110 8.4.1.3
    {"br", Coding::brotli},
    {"zstd", Coding::zstd},
}};

/// "0.8" in thousandths. RFC 9110 12.4.2: at most three decimals, at most 1.
std::optional<int> weight_of(std::string_view text) noexcept {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int weight = (text[0] - '0') * 1000;
    int unit = 100;
    for (const char c : text.substr(text.size() > 1 ? 2 : 1)) {
        if (!is_digit(c)) return std::nullopt;
        weight += (c - '0') * unit;
        unit /= 10;
    }
    return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

struct Element {
    std::string_view name;
    int weight;
};

std::optional<Element> read_element(std::string_view text) noexcept {
    const auto name = trimmed(take_until(text, ';'));
    if (name.empty()) return std::nullopt;
    const auto parameter = trimmed(text);
    if (parameter.empty()) return Element{name, 1000};
    if (parameter.size() < 2 || to_lower(parameter[0]) != 'q' || parameter[1] != '=') {
        return std::nullopt;
    }
    const auto weight = weight_of(parameter.substr(2));
    return weight ? std::optional(Element{name, *weight}) : std::nullopt;
}

SharedBytes gzipped(const Bytes& plain) {
    constexpr int level = 6;
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(level), &libdeflate_free_compressor);
    if (!compressor) return nullptr;
    Bytes coded(libdeflate_gzip_compress_bound(compressor.get(), plain.size()));
    const auto size = libdeflate_gzip_compress(
        compressor.get(), plain.data(), plain.size(), coded.data(), coded.size());
    if (size == 0) return nullptr;
    coded.resize(size);
    return std::make_shared<const Bytes>(std::move(coded));
}

SharedBytes brotlied(const Bytes& plain) {
    constexpr int quality = 5;  // the first that uses context modelling; 6 and up cost twice
    Bytes coded(BrotliEncoderMaxCompressedSize(plain.size()));
    std::size_t size = coded.size();
    const auto good = BrotliEncoderCompress(quality,
                                            BROTLI_DEFAULT_WINDOW,
                                            BROTLI_MODE_TEXT,
                                            plain.size(),
                                            plain.data(),
                                            &size,
                                            coded.data());
    if (good == BROTLI_FALSE) return nullptr;
    coded.resize(size);
    return std::make_shared<const Bytes>(std::move(coded));
}

SharedBytes zstandarded(const Bytes& plain) {
    constexpr int level = 6;
    Bytes coded(ZSTD_compressBound(plain.size()));
    const auto size = ZSTD_compress(coded.data(), coded.size(), plain.data(), plain.size(), level);
    if (ZSTD_isError(size) != 0U) return nullptr;
    coded.resize(size);
    return std::make_shared<const Bytes>(std::move(coded));
}

}  // namespace

std::string_view name_of(Coding coding) noexcept {
    switch (coding) {
        case Coding::identity: return "";
        case Coding::gzip: return "gzip";
        case Coding::brotli: return "br";
        case Coding::zstd: return "zstd";
    }
    return "";
}

std::string_view tag_suffix(Coding coding) noexcept {
    switch (coding) {
        case Coding::identity: return "";
        case Coding::gzip: return "-gz";
        case Coding::brotli: return "-br";
        case Coding::zstd: return "-zstd";
    }
    return "";
}

AcceptedCodings::AcceptedCodings(std::optional<std::string_view> accept_encoding) noexcept {
    std::array<std::optional<int>, 4> named{};
    std::optional<int> others;
    auto rest = accept_encoding.value_or("");
    while (!rest.empty()) {
        const auto element = read_element(take_until(rest, ','));
        if (!element) continue;
        if (element->name == "*") others = element->weight;
        for (const auto& known : names) {
            if (same_ignoring_case(element->name, known.name)) {
                named[static_cast<std::size_t>(known.coding)] = element->weight;
            }
        }
    }
    for (std::size_t i = 0; i < named.size(); ++i)
        weights_[i] = named[i].value_or(others.value_or(0));
    // Identity is allowed unless it is refused by name; nothing better could be sent then either.
    weights_[0] = named[0].value_or(1);
}

Coding AcceptedCodings::best() const noexcept {
    Coding best = Coding::identity;
    int weight = 0;
    for (const auto coding : {Coding::zstd, Coding::brotli, Coding::gzip}) {
        const int other = weights_[static_cast<std::size_t>(coding)];
        if (other > weight) {
            best = coding;
            weight = other;
        }
    }
    return weights_[0] > weight ? Coding::identity : best;
}

SharedBytes encoded(Coding coding, const Bytes& plain) {
    switch (coding) {
        case Coding::identity: return nullptr;
        case Coding::gzip: return gzipped(plain);
        case Coding::brotli: return brotlied(plain);
        case Coding::zstd: return zstandarded(plain);
    }
    return nullptr;
}

}  // namespace relief::http
