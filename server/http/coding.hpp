#pragma once
// Content codings: which a client takes, and the making of them.

#include "tiler/core/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relief::http {

enum class Coding : std::uint8_t { identity, gzip, brotli, zstd };

/// The name in Content-Encoding: "gzip", "br", "zstd"; empty for identity.
std::string_view name_of(Coding coding) noexcept;
/// What is added to an entity tag, so that every coding has a strong one of its own.
std::string_view tag_suffix(Coding coding) noexcept;

/// What an Accept-Encoding field allows.
/// Source: RFC 9110 12.5.3; an element whose weight cannot be read counts as not there.
class AcceptedCodings {
public:
    /// Without the field everything is allowed (RFC 9110), but only identity is safe to send.
    explicit AcceptedCodings(std::optional<std::string_view> accept_encoding) noexcept;

    bool takes(Coding coding) const noexcept {
        return weights_[static_cast<std::size_t>(coding)] > 0;
    }
    /// The one with the highest weight; among equals zstd (a third of the time of br for nearly
    /// its size), then br, then gzip.
    Coding best() const noexcept;

private:
    std::array<int, 4> weights_{};  // thousandths, by Coding
};

/// Errors: null when the coding's library fails; identity gives null too.
SharedBytes encoded(Coding coding, const Bytes& plain);

}  // namespace relief::http
