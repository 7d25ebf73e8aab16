#include "tiler/sprites/sprite_sheet.hpp"

#include "tiler/core/picture.hpp"
#include "tiler/encode/encode.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace relief::sprites {
namespace {

using Json = nlohmann::ordered_json;

/// Of a sheet, in pixels of a style: as wide as common graphics memory has its pages.
constexpr int sheet_width = 512;

struct Spot {
    int x = 0;
    int y = 0;
};

/// Fills row after row; a row is as high as its first icon, so that high ones come first.
class Shelves {
public:
    struct Measures {
        int width = 0;  ///< of the sheet
        int gap = 0;    ///< between icons
    };

    explicit Shelves(Measures measures) : width_(measures.width), gap_(measures.gap) {}

    Spot place(PixelSize size) {
        if (x_ > 0 && x_ + size.width > width_) {
            y_ += row_ + gap_;
            x_ = 0;
            row_ = 0;
        }
        const Spot spot{x_, y_};
        x_ += size.width + gap_;
        row_ = std::max(row_, size.height);
        return spot;
    }
    int height() const noexcept { return y_ + row_; }

private:
    int width_;
    int gap_;
    int x_ = 0;
    int y_ = 0;
    int row_ = 0;
};

Json entry_of(const DrawnIcon& icon, Spot spot, int ratio) {
    const PixelSize size = icon.picture.pixels.size();
    Json entry{{"x", spot.x},
               {"y", spot.y},
               {"width", size.width},
               {"height", size.height},
               {"pixelRatio", ratio}};
    if (icon.is_distances) entry["sdf"] = true;
    const StretchMarks& marks = icon.picture.marks;
    if (marks.across) entry["stretchX"] = Json::array({{(*marks.across)[0], (*marks.across)[2]}});
    if (marks.down) entry["stretchY"] = Json::array({{(*marks.down)[1], (*marks.down)[3]}});
    if (marks.content) entry["content"] = *marks.content;
    return entry;
}

void put(canvas::Surface& sheet, const canvas::Surface& icon, Spot spot) {
    for (int y = 0; y < icon.size().height; ++y)
        std::copy_n(icon.row(y),
                    std::ptrdiff_t{icon.size().width} * 4,
                    sheet.row(spot.y + y) + std::ptrdiff_t{spot.x} * 4);
}

}  // namespace

Result<SpriteSheet> pack_icons(std::vector<DrawnIcon> icons, int ratio) {
    std::sort(icons.begin(), icons.end(), [](const DrawnIcon& a, const DrawnIcon& b) {
        const auto rank = [](const DrawnIcon& icon) {
            return std::tuple(-icon.picture.pixels.size().height, std::string_view(icon.name));
        };
        return rank(a) < rank(b);
    });
    const int width = sheet_width * ratio;
    Shelves shelves({width, ratio});
    std::vector<Spot> spots;
    spots.reserve(icons.size());
    for (const DrawnIcon& icon : icons) spots.push_back(shelves.place(icon.picture.pixels.size()));
    canvas::Surface sheet({width, std::max(shelves.height(), 1)});
    Json index = Json::object();
    for (std::size_t i = 0; i < icons.size(); ++i) {
        put(sheet, icons[i].picture.pixels, spots[i]);
        index[icons[i].name] = entry_of(icons[i], spots[i], ratio);
    }
    const PixelSize size = sheet.size();
    Picture picture{size, RgbaPixels{std::move(sheet).take_bytes(), false}, false};
    auto bytes = encode::encode(picture, encode::ImageFormat::png, encode::thorough_options());
    if (!bytes) return bytes.error();
    return SpriteSheet{index.dump(), std::move(*bytes), {}};
}

Result<SpriteSheet> make_sprite_sheet(std::span<const OwnIcon> own, int ratio) {
    std::map<std::string, DrawnIcon> icons;
    std::vector<std::string> problems;
    const auto keep = [&](std::vector<DrawnIcon> drawn) {
        for (DrawnIcon& icon : drawn) icons.insert_or_assign(icon.name, std::move(icon));
    };
    for (const ShippedIcon& icon : shipped_icons()) {
        auto drawn = draw_shipped(icon, ratio);
        if (!drawn)
            return source_broken("the icons cannot be drawn",
                                 std::string(icon.name) + ": " + drawn.error().what);
        keep(std::move(*drawn));
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (i == most_own_icons) {
            problems.push_back("only the first " + std::to_string(most_own_icons) + " of " +
                               std::to_string(own.size()) + " icons are drawn");
            break;
        }
        auto drawn = draw_own(own[i], ratio);
        if (drawn)
            keep(std::move(*drawn));
        else
            problems.push_back(own[i].name + ": " + drawn.error().what);
    }
    std::vector<DrawnIcon> all;
    all.reserve(icons.size());
    for (auto& [name, icon] : icons) all.push_back(std::move(icon));
    auto sheet = pack_icons(std::move(all), ratio);
    if (sheet) sheet->problems = std::move(problems);
    return sheet;
}

}  // namespace relief::sprites
