#include "tiler/core/layer_name.hpp"

#include "tiler/core/version.hpp"

#include <algorithm>
#include <array>

namespace relief {
namespace {

// The first segments of the public addresses: /{id}.json and /tiles/{id} must never be ambiguous.
constexpr std::array<std::string_view, 29> reserved{
    "algorithms", "alerts",  "assets",  "audit",  "auth",    "cache",   "docs",   "events",
    "explain",    "export",  "fonts",   "health", "healthz", "hooks",   "jobs",   "layers",
    "metrics",    "ogc",     "openapi", "print",  "readyz",  "reports", "styles", "tiles",
    "uploads",    "favicon", "wms",     "wmts",   "static"};

constexpr std::size_t longest = 64;

bool is_head(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_tail(char c) noexcept {
    return is_head(c) || c == '_' || c == '-';
}
bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_head_or_upper(char c) noexcept {
    return is_head(c) || is_letter(c);
}

/// A byte of a character that is not ASCII; a continuation is not its first (UTF-8).
bool is_foreign(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

Result<LayerName> LayerName::make(std::string_view text) {
    const bool well_formed = !text.empty() && text.size() <= longest && is_head(text.front()) &&
                             std::all_of(text.begin(), text.end(), is_tail);
    if (!well_formed) {
        return bad_request("layer id \"" + std::string(text.substr(0, 80)) +
                           "\" is not allowed; ids are 1 to 64 of a-z, 0-9, \"_\", \"-\" and begin "
                           "with a letter or digit");
    }
    if (std::find(reserved.begin(), reserved.end(), text) != reserved.end()) {
        return Error{Fault::conflict,
                     "layer id \"" + std::string(text) +
                         "\" is reserved for an address of the server; choose another with --id"};
    }
    return LayerName(std::string(text));
}

Result<LayerName> LayerName::from_file_stem(std::string_view stem) {
    // Digits alone do not tell two names in another script apart: both would be "2024".
    const bool foreign = std::any_of(stem.begin(), stem.end(), is_foreign);
    if (!std::any_of(stem.begin(), stem.end(), foreign ? is_letter : is_head_or_upper))
        return stand_in(stem);
    std::string text;
    for (char c : stem) {
        if (is_continuation(c)) continue;  // one "-" for a character, however many bytes it has
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        text.push_back(is_tail(c) ? c : '-');
    }
    const auto head = std::find_if(text.begin(), text.end(), is_head);
    const auto begin = static_cast<std::size_t>(head - text.begin());
    return make(std::string_view(text).substr(begin, longest));
}

LayerName LayerName::stand_in(std::string_view stem) {
    return LayerName("layer-" + fingerprint(stem).substr(0, 8));
}

}  // namespace relief
