#include "tiler/atlas/sprite.hpp"

#include "tiler/decode/image_reader.hpp"
#include "tiler/expression/json_document.hpp"
#include "tiler/stylesheet/problem_list.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace relief::atlas {
namespace {

using stylesheet::Json;

constexpr std::size_t most_sprite_bytes = std::size_t{16} << 20U;

double number_of(const Json& entry, std::string_view name, double usual) {
    const Json* const value = stylesheet::find_member(entry, name);
    return value != nullptr && value->is_number() ? value->get<double>() : usual;
}

canvas::Surface part_of(const canvas::Surface& sheet, PixelSize from, PixelSize size) {
    canvas::Surface part(size);
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t* const row = sheet.row(from.height + y) + std::ptrdiff_t{from.width} * 4;
        std::copy(row, row + std::ptrdiff_t{size.width} * 4, part.row(y));
    }
    return part;
}

/// Nothing when the entry does not lie in the sheet.
std::optional<symbology::StyleImage> image_of(const Json& entry, const canvas::Surface& sheet) {
    if (!entry.is_object()) return std::nullopt;
    const auto whole = [&](const char* name) {
        return static_cast<int>(std::clamp(number_of(entry, name, 0), -1.0, 1e6));
    };
    const PixelSize from{whole("x"), whole("y")};
    const PixelSize size{whole("width"), whole("height")};
    if (from.width < 0 || from.height < 0 || size.width < 1 || size.height < 1 ||
        from.width + size.width > sheet.size().width ||
        from.height + size.height > sheet.size().height)
        return std::nullopt;
    symbology::StyleImage image{part_of(sheet, from, size)};
    const double ratio = number_of(entry, "pixelRatio", 1);
    image.ratio = ratio > 0 ? ratio : 1;
    const Json* const sdf = stylesheet::find_member(entry, "sdf");
    image.is_distances = sdf != nullptr && sdf->is_boolean() && sdf->get<bool>();
    return image;
}

/// Errors: those of reading; bad_request for what is no index.
Result<Json> read_index(const std::string& address, const Access& access) {
    const auto bytes = read_address(address, access, most_sprite_bytes);
    if (!bytes) return bytes.error();
    auto json = expression::parse_json(
        {reinterpret_cast<const char*>(bytes->data()), bytes->size()}, {most_sprite_bytes, 16});
    if (json && !json->is_object()) return bad_request("its index is no object");
    return json;
}

}  // namespace

Result<void> Sprites::add(const stylesheet::Sprite& sprite,
                          std::string_view density,
                          const Access& access,
                          Warnings& warnings) {
    const std::string address = sprite.url + std::string(density);
    const std::string prefix = sprite.id == "default" ? "" : sprite.id + ":";
    const auto json = read_index(address + ".json", access);
    if (!json) return json.error();
    const auto bytes = read_address(address + ".png", access, most_sprite_bytes);
    if (!bytes) return bytes.error();
    const auto sheet = decode::decode_image(*bytes);
    if (!sheet) return sheet.error();
    const auto warn = [&](const std::string& name) {
        warnings.push_back("sprite " + address + ": \"" + name + "\" lies outside of the image");
    };
    for (const auto& [name, entry] : json->items()) {
        auto image = image_of(entry, *sheet);
        if (image)
            images_.insert_or_assign(prefix + name, std::move(*image));
        else
            warn(name);
    }
    return {};
}

void Sprites::read(const stylesheet::StyleDocument& style,
                   double ratio,
                   const Access& access,
                   Warnings& warnings) {
    for (const auto& sprite : style.sprites) {
        if (ratio > 1 && add(sprite, "@2x", access, warnings)) continue;
        const auto added = add(sprite, "", access, warnings);
        if (!added) warnings.push_back("sprite " + sprite.url + ": " + added.error().what);
    }
}

const symbology::StyleImage* Sprites::find(std::string_view name) const {
    const auto found = images_.find(name);
    return found == images_.end() ? nullptr : &found->second;
}

}  // namespace relief::atlas
