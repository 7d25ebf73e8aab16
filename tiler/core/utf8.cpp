#include "tiler/core/utf8.hpp"

#include <algorithm>
#include <array>

namespace relief {
namespace {

struct LeadByte {
    unsigned char low, high;
    std::size_t length;
    unsigned char second_low, second_high;
};
constexpr std::array<LeadByte, 9> well_formed{{{0x00, 0x7F, 1, 0, 0},
                                               {0xC2, 0xDF, 2, 0x80, 0xBF},
                                               {0xE0, 0xE0, 3, 0xA0, 0xBF},
                                               {0xE1, 0xEC, 3, 0x80, 0xBF},
                                               {0xED, 0xED, 3, 0x80, 0x9F},
                                               {0xEE, 0xEF, 3, 0x80, 0xBF},
                                               {0xF0, 0xF0, 4, 0x90, 0xBF},
                                               {0xF1, 0xF3, 4, 0x80, 0xBF},
                                               {0xF4, 0xF4, 4, 0x80, 0x8F}}};

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto* const lead = std::find_if(
        well_formed.begin(), well_formed.end(), [first = byte(0)](const LeadByte& one) {
            return first >= one.low && first <= one.high;
        });
    if (lead == well_formed.end() || text.size() < lead->length) return 0;
    if (lead->length == 1) return 1;
    if (byte(1) < lead->second_low || byte(1) > lead->second_high) return 0;
    for (std::size_t i = 2; i < lead->length; ++i)
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    return lead->length;
}

}  // namespace relief
