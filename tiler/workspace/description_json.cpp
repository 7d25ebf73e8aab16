#include "tiler/workspace/description_json.hpp"

#include "tiler/workspace/json_members.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::workspace {
namespace {

using nlohmann::json;

// Bounds of what is read: far beyond any raster GDAL opens, near enough to stop a flood of numbers.
constexpr std::size_t longest_text = std::size_t{16} << 20U;
constexpr std::size_t most_bands = 65'535;
constexpr std::size_t most_bins = 65'536;
constexpr std::size_t most_overviews = 64;
constexpr std::size_t most_colours = 256;
constexpr std::size_t longest_crs = std::size_t{64} << 10U;
constexpr std::size_t longest_word = 4096;
constexpr std::uint32_t deepest_zoom = 24;

constexpr Names<ValueType, 7> value_types{{{"u8", ValueType::u8},
                                           {"u16", ValueType::u16},
                                           {"i16", ValueType::i16},
                                           {"u32", ValueType::u32},
                                           {"i32", ValueType::i32},
                                           {"f32", ValueType::f32},
                                           {"f64", ValueType::f64}}};
constexpr Names<BandRole, 7> band_roles{{{"grey", BandRole::grey},
                                         {"red", BandRole::red},
                                         {"green", BandRole::green},
                                         {"blue", BandRole::blue},
                                         {"alpha", BandRole::alpha},
                                         {"palette", BandRole::palette},
                                         {"other", BandRole::other}}};
constexpr Names<RasterKind, 5> raster_kinds{{{"imagery", RasterKind::imagery},
                                             {"continuous", RasterKind::continuous},
                                             {"categorical", RasterKind::categorical},
                                             {"mask", RasterKind::mask},
                                             {"elevation", RasterKind::elevation}}};

json write(PixelSize size) {
    return json::array({size.width, size.height});
}

json write(const BandStatistics& statistics) {
    json percentiles = json::array();
    for (const double value : statistics.percentiles) percentiles.push_back(write_number(value));
    return {{"minimum", write_number(statistics.minimum)},
            {"maximum", write_number(statistics.maximum)},
            {"mean", write_number(statistics.mean)},
            {"standard_deviation", write_number(statistics.standard_deviation)},
            {"valid_percent", write_number(statistics.valid_percent)},
            {"percentiles", std::move(percentiles)},
            {"counts", statistics.counts},
            {"histogram_low", write_number(statistics.histogram_low)},
            {"histogram_high", write_number(statistics.histogram_high)},
            {"approximate", statistics.approximate}};
}

json write(const BandDescription& band) {
    json object{{"type", name_of(value_types, band.type)},
                {"role", name_of(band_roles, band.role)},
                {"scale", write_number(band.scale)},
                {"offset", write_number(band.offset)},
                {"unit", band.unit},
                {"title", band.title}};
    if (band.nodata) object["nodata"] = write_number(*band.nodata);
    if (band.statistics) object["statistics"] = write(*band.statistics);
    return object;
}

std::optional<PixelSize> parse_size(const json& value) {
    const bool pair = value.is_array() && value.size() == 2;
    if (!pair) return std::nullopt;
    const auto width = read_integer(value[0], {0, std::numeric_limits<int>::max()});
    const auto height = read_integer(value[1], {0, std::numeric_limits<int>::max()});
    if (!width || !height) return std::nullopt;
    return PixelSize{static_cast<int>(*width), static_cast<int>(*height)};
}

PixelSize read_size(Members& from, const char* name) {
    const auto size = parse_size(from.any(name));
    if (!size) from.fail(name, "is not a width and a height");
    return size.value_or(PixelSize{});
}

void check_histogram(Members& from, const BandStatistics& statistics) {
    const bool ordered = std::isfinite(statistics.histogram_low) &&
                         std::isfinite(statistics.histogram_high) &&
                         statistics.histogram_low <= statistics.histogram_high;
    if (!ordered) from.fail("histogram_low", "and histogram_high are not a range");
    const bool percent = statistics.valid_percent >= 0 && statistics.valid_percent <= 100;
    if (!percent) from.fail("valid_percent", "is not between 0 and 100");
}

BandStatistics read_statistics(Members from) {
    BandStatistics statistics;
    statistics.minimum = from.number("minimum");
    statistics.maximum = from.number("maximum");
    statistics.mean = from.number("mean");
    statistics.standard_deviation = from.number("standard_deviation");
    statistics.valid_percent = from.number("valid_percent");
    const auto percentiles = read_numbers(from, "percentiles", statistics.percentiles.size());
    std::copy(percentiles.begin(), percentiles.end(), statistics.percentiles.begin());
    for (const json& count : from.list("counts", most_bins)) {
        if (!count.is_number_unsigned()) {
            from.fail("counts", "holds something that is no count");
            break;
        }
        statistics.counts.push_back(count.get<std::uint64_t>());
    }
    statistics.histogram_low = from.number("histogram_low");
    statistics.histogram_high = from.number("histogram_high");
    statistics.approximate = from.boolean("approximate");
    check_histogram(from, statistics);
    return statistics;
}

BandDescription read_band(Members from) {
    BandDescription band;
    band.type = from.word("type", value_types);
    band.role = from.word("role", band_roles);
    if (from.has("nodata")) band.nodata = from.number("nodata");
    band.scale = from.finite("scale");
    band.offset = from.finite("offset");
    band.unit = from.text("unit", longest_word);
    band.title = from.text("title", longest_word);
    if (from.has("statistics")) band.statistics = read_statistics(from.object("statistics"));
    return band;
}

std::array<double, 6> read_transform(Members& from) {
    std::array<double, 6> t{};
    const auto numbers = read_numbers(from, "transform", t.size());
    std::copy(numbers.begin(), numbers.end(), t.begin());
    const double determinant = t[1] * t[5] - t[2] * t[4];
    const bool finite = std::all_of(t.begin(), t.end(), [](double v) { return std::isfinite(v); });
    // NaN, too, must not pass: the comparison is written so that it is false then.
    const bool regular = finite && std::abs(determinant) > 0;
    if (!regular) from.fail("transform", "is singular");
    return t;
}

Palette read_palette(Members& from) {
    Palette palette;
    for (const json& entry : from.list("palette", most_colours)) {
        std::array<std::uint8_t, 4> parts{};
        bool good = entry.is_array() && entry.size() == parts.size();
        for (std::size_t i = 0; good && i < parts.size(); ++i) {
            const auto part = read_integer(entry[i], {0, 255});
            good = part.has_value();
            parts[i] = static_cast<std::uint8_t>(part.value_or(0));
        }
        if (!good) from.fail("palette", "holds something that is no colour");
        palette.push_back({parts[0], parts[1], parts[2], parts[3]});
    }
    return palette;
}

std::vector<PixelSize> read_overviews(Members& from) {
    std::vector<PixelSize> overviews;
    for (const json& entry : from.list("overviews", most_overviews)) {
        const auto size = parse_size(entry);
        if (!size) from.fail("overviews", "holds something that is no width and height");
        overviews.push_back(size.value_or(PixelSize{}));
    }
    return overviews;
}

std::vector<BandDescription> read_bands(Members& from) {
    std::vector<BandDescription> bands;
    const json& list = from.list("bands", most_bands);
    for (std::size_t i = 0; i < list.size() && from.good(); ++i) {
        bands.push_back(read_band(from.entry("bands", i)));
    }
    if (bands.empty()) from.fail("bands", "is empty");
    return bands;
}

void read_zooms(Members& from, RasterDescription& raster) {
    const Integers zooms{0, deepest_zoom};
    raster.minimum_zoom = static_cast<std::uint32_t>(from.integer("minimum_zoom", zooms));
    raster.maximum_zoom = static_cast<std::uint32_t>(from.integer("maximum_zoom", zooms));
    if (raster.minimum_zoom > raster.maximum_zoom) {
        from.fail("minimum_zoom", "is above maximum_zoom");
    }
}

}  // namespace

std::string to_json(const RasterDescription& raster) {
    json bands = json::array();
    for (const BandDescription& band : raster.bands) bands.push_back(write(band));
    json overviews = json::array();
    for (const PixelSize& size : raster.overviews) overviews.push_back(write(size));
    json palette = json::array();
    for (const Colour& c : raster.palette) {
        palette.push_back(json::array({c.red, c.green, c.blue, c.alpha}));
    }
    json transform = json::array();
    for (const double number : raster.transform) transform.push_back(write_number(number));
    const json object{{"size", write(raster.size)},
                      {"transform", std::move(transform)},
                      {"crs", raster.crs},
                      {"crs_title", raster.crs_title},
                      {"bands", std::move(bands)},
                      {"palette", std::move(palette)},
                      {"kind", name_of(raster_kinds, raster.kind)},
                      {"bounds", write_box(raster.bounds)},
                      {"minimum_zoom", raster.minimum_zoom},
                      {"maximum_zoom", raster.maximum_zoom},
                      {"block", write(raster.block)},
                      {"overviews", std::move(overviews)},
                      {"has_mask", raster.has_mask},
                      {"driver", raster.driver},
                      {"compression", raster.compression},
                      {"interleave", raster.interleave}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<RasterDescription> raster_description_from_json(std::string_view text) {
    if (text.size() > longest_text) {
        return source_broken("the description of the raster is too long");
    }
    const json object = json::parse(text.begin(), text.end(), nullptr, false);
    std::optional<Error> problem;
    Members from(object, "", problem);
    RasterDescription raster;
    raster.size = read_size(from, "size");
    if (raster.size.width < 1 || raster.size.height < 1) from.fail("size", "is empty");
    raster.transform = read_transform(from);
    raster.crs = from.text("crs", longest_crs);
    raster.crs_title = from.text("crs_title", longest_word);
    raster.bands = read_bands(from);
    raster.palette = read_palette(from);
    raster.kind = from.word("kind", raster_kinds);
    raster.bounds = read_box(from, "bounds");
    read_zooms(from, raster);
    raster.block = read_size(from, "block");
    raster.overviews = read_overviews(from);
    raster.has_mask = from.boolean("has_mask");
    raster.driver = from.text("driver", longest_word);
    raster.compression = from.text("compression", longest_word);
    raster.interleave = from.text("interleave", longest_word);
    if (problem) return *std::move(problem);
    return raster;
}

}  // namespace relief::workspace
