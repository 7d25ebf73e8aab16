#include "server/route/static_view.hpp"

#include "server/route/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace relief::route {
namespace {

using symbology::View;

constexpr double lowest_zoom = -2;
constexpr double highest_zoom = 24;

std::string quoted(std::string_view text) {
    return "\"" + std::string(text.substr(0, 100)) + "\"";
}

Error no_place(std::string_view text) {
    return bad_request("place " + quoted(text) +
                       " is none; write LON,LAT,ZOOM or LON,LAT,ZOOM,BEARING or "
                       "WEST,SOUTH,EAST,NORTH, in degrees");
}

Result<std::vector<double>> numbers_of(std::string_view text) {
    constexpr std::size_t most = 4;
    std::vector<double> numbers;
    for (std::string_view rest = text;;) {
        const auto comma = rest.find_first_of(",@");
        const auto number = parse_number("place", rest.substr(0, comma));
        if (!number) return number.error();
        if (numbers.size() == most) return no_place(text);
        numbers.push_back(*number);
        if (comma == std::string_view::npos) return numbers;
        const bool bearing = rest[comma] == '@';
        if (bearing && numbers.size() != most - 1) return no_place(text);
        rest.remove_prefix(comma + 1);
    }
}

Result<void> check_range(const char* name, double value, double low, double high) {
    if (value >= low && value <= high) return {};
    return bad_request(std::string(name) + " " + std::to_string(value) +
                       " is out of range; it is " + std::to_string(static_cast<int>(low)) + " to " +
                       std::to_string(static_cast<int>(high)));
}

bool is_zoom(double value) noexcept {
    return value >= lowest_zoom && value <= highest_zoom;
}

bool is_box(const std::vector<double>& numbers) noexcept {
    return numbers.size() == 4 &&
           (!is_zoom(numbers[2]) || (numbers[0] < numbers[2] && numbers[1] < numbers[3]));
}

Result<PixelSize> size_of(const StaticWords& words, double& ratio) {
    std::string_view text = words.size;
    ratio = text.ends_with("@2x") ? 2 : 1;
    if (ratio > 1) text.remove_suffix(3);
    const auto cross = text.find('x');
    const auto side = [&](std::string_view digits) -> int {
        const auto value = parse_number("size", digits);
        const double pixels = value ? *value * ratio : 0;
        return pixels >= 1 && pixels <= words.longest && std::floor(*value) == *value
                   ? static_cast<int>(pixels)
                   : 0;
    };
    const PixelSize size =
        cross == std::string_view::npos
            ? PixelSize{0, 0}
            : PixelSize{side(text.substr(0, cross)), side(text.substr(cross + 1))};
    if (size.width > 0 && size.height > 0) return size;
    return bad_request("size " + quoted(words.size) +
                       " is none; write WIDTHxHEIGHT or WIDTHxHEIGHT@2x, of at most " +
                       std::to_string(words.longest) + " pixels a side");
}

Result<View> view_of_box(const std::vector<double>& box, View view) {
    if (auto good = check_range("west", box[0], -180, 180); !good) return good.error();
    if (auto good = check_range("east", box[2], -180, 180); !good) return good.error();
    for (const std::size_t i : {std::size_t{1}, std::size_t{3}})
        if (auto good = check_range(i == 1 ? "south" : "north", box[i], -90, 90); !good)
            return good.error();
    if (box[1] >= box[3])
        return bad_request("south " + std::to_string(box[1]) + " is not below north " +
                           std::to_string(box[3]));
    const auto low = symbology::world_place({box[0], box[3]});
    auto high = symbology::world_place({box[2], box[1]});
    if (high.x <= low.x) high.x += 1;  // over the antimeridian
    const double across = view.size.width / view.ratio / (512 * (high.x - low.x));
    const double down = view.size.height / view.ratio / (512 * std::max(high.y - low.y, 1e-12));
    view.zoom = std::clamp(std::log2(std::min(across, down)), lowest_zoom, highest_zoom);
    view.centre = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    return view;
}

Result<View> view_of_centre(const std::vector<double>& numbers, View view) {
    if (auto good = check_range("lon", numbers[0], -180, 180); !good) return good.error();
    if (auto good = check_range("lat", numbers[1], -90, 90); !good) return good.error();
    if (auto good = check_range("zoom", numbers[2], lowest_zoom, highest_zoom); !good)
        return good.error();
    view.centre = symbology::world_place({numbers[0], numbers[1]});
    view.zoom = numbers[2];
    if (numbers.size() == 3) return view;
    if (auto good = check_range("bearing", numbers[3], -360, 360); !good) return good.error();
    view.bearing = numbers[3];
    return view;
}

}  // namespace

Result<View> static_view(const StaticWords& words) {
    const auto numbers = numbers_of(words.place);
    if (!numbers) return numbers.error();
    View view;
    const auto size = size_of(words, view.ratio);
    if (!size) return size.error();
    view.size = *size;
    if (numbers->size() < 3) return no_place(words.place);
    const bool states_bearing = words.place.find('@') != std::string_view::npos;
    return !states_bearing && is_box(*numbers) ? view_of_box(*numbers, view)
                                               : view_of_centre(*numbers, view);
}

Result<int> preview_side(std::string_view size) {
    constexpr int least = 16;
    constexpr int most = 512;
    if (size.empty()) return most;
    const auto number = parse_number("size", size);
    if (number && *number >= least && *number <= most && std::floor(*number) == *number)
        return static_cast<int>(*number);
    return bad_request("size " + quoted(size) +
                       " is no size of a preview; its longer side has 16 to 512 pixels");
}

symbology::View view_around(const LonLatBox& box, int longest) {
    constexpr double rim = 0.04;  // of the longer side, on both of its ends
    constexpr double closest = 15;
    const auto low = symbology::world_place({box.west, box.north});
    auto high = symbology::world_place({box.east, box.south});
    if (high.x < low.x) high.x += 1;
    const double across = high.x - low.x;
    const double down = high.y - low.y;
    const double room = longest * (1 - 2 * rim);
    View view;
    view.centre = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    // Where the map's world begins again, a picture of it needs no copy.
    if (view.centre.x >= 1) view.centre.x -= 1;
    view.zoom =
        std::clamp(std::log2(room / (512 * std::max({across, down, 1e-12}))), lowest_zoom, closest);
    const auto side = [&](double part) {
        const double pixels = 512 * std::exp2(view.zoom) * part + longest - room;
        return std::clamp(static_cast<int>(std::lround(pixels)), longest / 4, longest);
    };
    view.size = {side(across), side(down)};
    return view;
}

}  // namespace relief::route
