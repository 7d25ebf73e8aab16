#include "tiler/atlas/address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace relief::atlas {
namespace {

constexpr std::string_view file_scheme = "file://";
constexpr std::string_view house_scheme = "relief://";
constexpr std::string_view tiles_path = "/tiles/";

std::optional<char> byte_of(std::string_view digits) {
    unsigned value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || read.ptr != digits.data() + 2) return std::nullopt;
    return static_cast<char>(value);
}

/// RFC 3986, 2.1.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? byte_of(text.substr(i + 1, 2)) : std::nullopt;
        decoded += byte ? *byte : text[i];
        if (byte) i += 2;
    }
    return decoded;
}

/// A text of a query: "+" is a blank there.
std::string query_text(std::string_view text) {
    std::string blanks(text);
    std::replace(blanks.begin(), blanks.end(), '+', ' ');
    return percent_decoded(blanks);
}

LayerWords words_of(std::string_view query) {
    LayerWords words;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const auto sign = pair.find('=');
        if (pair.empty()) continue;
        words.emplace_back(
            query_text(pair.substr(0, sign)),
            sign == std::string_view::npos ? std::string() : query_text(pair.substr(sign + 1)));
    }
    return words;
}

std::string shortened(std::string_view text) {
    return std::string(text.substr(0, 200)) + (text.size() > 200 ? "…" : "");
}

/// The layer's name stands from `start` on.
Result<Address> layer_address(std::string_view text, std::size_t start) {
    const std::string_view rest = text.substr(start);
    std::string layer = percent_decoded(rest.substr(0, rest.find_first_of("/?")));
    if (layer.empty()) return bad_request("the address names no layer: " + shortened(text));
    const auto query = rest.find('?');
    return Address(LayerAddress{
        std::move(layer),
        query == std::string_view::npos ? LayerWords{} : words_of(rest.substr(query + 1))});
}

std::string quadkey(const TileId& tile) {
    std::string key;
    for (std::uint32_t bit = tile.zoom(); bit-- > 0;)
        key +=
            static_cast<char>('0' + ((tile.column() >> bit) & 1U) + 2 * ((tile.row() >> bit) & 1U));
    return key;
}

std::string prefix(const TileId& tile) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {digits[tile.column() % 16], digits[tile.row() % 16]};
}

void replace_all(std::string& text, std::string_view word, const std::string& with) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + with.size()))
        text.replace(at, word.size(), with);
}

}  // namespace

std::vector<std::string_view> parts_of(std::string_view layers) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto comma = layers.find(',');
        parts.push_back(layers.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        layers.remove_prefix(comma + 1);
    }
}

Result<Address> parse_address(std::string_view text) {
    if (text.starts_with(house_scheme)) return layer_address(text, house_scheme.size());
    if (text.starts_with(tiles_path)) return layer_address(text, tiles_path.size());
    if (text.starts_with(file_scheme) && text.substr(file_scheme.size()).starts_with('/')) {
        std::string path = percent_decoded(text.substr(file_scheme.size()));
        if (path.find('\0') == std::string::npos) return Address(FileAddress{std::move(path)});
    }
    return bad_request("the address " + shortened(text) +
                       " is not read; those that are begin with file:///, relief:// or /tiles/");
}

std::string filled_in(std::string_view text, const TileWords& words) {
    const TileId& tile = words.tile;
    const std::uint32_t last = (1U << tile.zoom()) - 1;
    std::string address(text);
    const std::array<std::pair<std::string_view, std::string>, 6> fillings{
        {{"{z}", std::to_string(tile.zoom())},
         {"{x}", std::to_string(tile.column())},
         {"{y}", std::to_string(words.from_south ? last - tile.row() : tile.row())},
         {"{quadkey}", quadkey(tile)},
         {"{ratio}", words.ratio > 1 ? "@2x" : ""},
         {"{prefix}", prefix(tile)}}};
    for (const auto& [word, filling] : fillings) replace_all(address, word, filling);
    return address;
}

}  // namespace relief::atlas
