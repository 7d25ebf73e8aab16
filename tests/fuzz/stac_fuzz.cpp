// STAC documents come from catalogues of anybody.

#include "tiler/ingest/stac.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

bool is_plain(const std::string& name) {
    return !name.empty() && name.size() <= 100 &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return c > 0x20 && c < 0x7f && c != ',' && c != '"';
           });
}

/// A terminal shows it and obeys nothing in it.
bool is_printable(const std::string& words) {
    return !words.empty() && std::all_of(words.begin(), words.end(), [](unsigned char c) {
        return c >= 0x20 && c != 0x7f;
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto items = relief::ingest::parse_items(text, "");
    if (!items) return 0;
    // Names go into headers and logs; clouds and hrefs have bounds.
    for (const auto& item : items->items) {
        const bool good = is_plain(item.name) && !item.href.empty() &&
                          (!item.cloud || (*item.cloud >= 0 && *item.cloud <= 10'000));
        if (!good) std::abort();
    }
    for (const auto& [name, reason] : items->refused) {
        if (!is_plain(name) || !is_printable(reason.what)) std::abort();
    }
    return 0;
}
