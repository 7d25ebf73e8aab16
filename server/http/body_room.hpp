#pragma once
// What a body takes of what all connections share.

#include "server/http/premises.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace relief::http {

/// Held while it comes in: together bodies have a bound, and no network keeps the others out.
class BodyRoom {
public:
    /// `bytes`: that it may have.
    BodyRoom(Premises& premises, std::string_view address, std::uint64_t bytes) {
        constexpr std::size_t small = 16384;
        if (bytes <= small) return;
        const auto network = premises.counted_as(address);
        const bool large = bytes > premises.options.body_bytes;
        share_ = large ? Share(premises.large_bodies, network, 1)
                       : Share(premises.body_bytes, network, bytes);
        fits_ = share_.fits();
    }
    bool fits() const noexcept { return fits_; }

private:
    Share share_;
    bool fits_ = true;
};

}  // namespace relief::http
