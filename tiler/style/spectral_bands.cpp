#include "tiler/style/spectral_bands.hpp"

#include "tiler/style/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace relief::style {
namespace {

using Words = std::vector<std::string>;

/// The title's runs of letters and digits, lower-case: "SR_B4 (Red)" is sr, b4, red.
Words words_of(std::string_view title) {
    Words words(1);
    for (const char letter : title) {
        if (is_name(letter) && letter != '_')
            words.back() +=
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

bool has(const Words& words, std::string_view wanted) {
    return std::find(words.begin(), words.end(), wanted) != words.end();
}

struct Shortwave {
    std::string_view number;
    std::string_view wavelength;  ///< tenths of a micrometre
};

/// "swir" or "infrared" and then the number, as one word or two.
bool is_shortwave(const Words& words, const Shortwave& band) {
    const std::string word("swir");
    if (has(words, word + std::string(band.number))) return true;
    if (has(words, word + std::string(band.wavelength))) return true;
    const bool named = has(words, "swir") || has(words, "shortwave") ||
                       (has(words, "short") && has(words, "wave"));
    return named && has(words, band.number);
}

bool is_near_infrared(const Words& words) {
    const bool narrow = has(words, "narrow") || has(words, "nir08") || has(words, "8a");
    return !narrow && (has(words, "nir") || has(words, "nir1") ||
                       (has(words, "near") && has(words, "infrared")));
}

/// A band between red and near infrared is neither.
bool is_red(const Words& words) {
    return has(words, "red") && !has(words, "edge") && !has(words, "infra");
}

bool says(const Words& words, SpectralBand wanted) {
    switch (wanted) {
        case SpectralBand::blue: return has(words, "blue");
        case SpectralBand::green: return has(words, "green");
        case SpectralBand::red: return is_red(words);
        case SpectralBand::nir: return is_near_infrared(words);
        case SpectralBand::swir1: return is_shortwave(words, {"1", "16"});
        case SpectralBand::swir2: return is_shortwave(words, {"2", "22"});
        case SpectralBand::any:
        case SpectralBand::height: break;
    }
    return false;
}

std::vector<Words> titles_of(const RasterDescription& raster) {
    std::vector<Words> titles;
    titles.reserve(raster.bands.size());
    for (const auto& band : raster.bands) titles.push_back(words_of(band.title));
    return titles;
}

enum class Sensor : std::uint8_t { unknown, sentinel2, landsat8 };

Sensor sensor_of(const std::vector<Words>& titles) {
    for (const auto& words : titles) {
        // No other sensor in wide use names bands 8A or 12, or writes 08 for its own.
        if (has(words, "b8a") || has(words, "b12") || has(words, "b08")) return Sensor::sentinel2;
        // The surface reflectance of Landsat 4 to 7 has no sixth band.
        if (has(words, "sr") && has(words, "b6")) return Sensor::landsat8;
    }
    return Sensor::unknown;
}

/// The sensor's number of the band: ESA's Sentinel-2 MSI and USGS's Landsat 8-9 OLI band tables.
int number_on(Sensor sensor, SpectralBand wanted) noexcept {
    if (sensor == Sensor::unknown) return 0;
    const bool landsat = sensor == Sensor::landsat8;
    switch (wanted) {
        case SpectralBand::blue: return 2;
        case SpectralBand::green: return 3;
        case SpectralBand::red: return 4;
        case SpectralBand::nir: return landsat ? 5 : 8;
        case SpectralBand::swir1: return landsat ? 6 : 11;
        case SpectralBand::swir2: return landsat ? 7 : 12;
        case SpectralBand::any:
        case SpectralBand::height: break;
    }
    return 0;
}

bool is_numbered(const Words& words, int number) {
    const std::string text = std::to_string(number);
    return has(words, "b" + text) || has(words, "b0" + text);
}

template <typename Test>
int first_band(std::size_t count, const Test& test) {
    for (std::size_t i = 0; i < count; ++i)
        if (test(i)) return static_cast<int>(i) + 1;
    return 0;
}

}  // namespace

std::string_view to_text(SpectralBand band) noexcept {
    switch (band) {
        case SpectralBand::any: return "any band";
        case SpectralBand::height: return "heights";
        case SpectralBand::blue: return "blue";
        case SpectralBand::green: return "green";
        case SpectralBand::red: return "red";
        case SpectralBand::nir: return "near infrared";
        case SpectralBand::swir1: return "shortwave infrared 1 (1.6 µm)";
        case SpectralBand::swir2: return "shortwave infrared 2 (2.2 µm)";
    }
    return {};
}

int find_titled_band(const RasterDescription& raster, SpectralBand wanted) {
    const auto titles = titles_of(raster);
    const int by_word =
        first_band(titles.size(), [&](std::size_t i) { return says(titles[i], wanted); });
    if (by_word > 0) return by_word;

    const int number = number_on(sensor_of(titles), wanted);
    return number > 0 ? find_numbered_band(raster, number) : 0;
}

int find_numbered_band(const RasterDescription& raster, int number) {
    return first_band(raster.bands.size(), [&](std::size_t i) {
        return is_numbered(words_of(raster.bands[i].title), number);
    });
}

int find_band_with(const RasterDescription& raster, BandRole role) {
    return first_band(raster.bands.size(),
                      [&](std::size_t i) { return raster.bands[i].role == role; });
}

int find_spectral_band(const RasterDescription& raster, SpectralBand wanted) {
    const int titled = find_titled_band(raster, wanted);
    if (titled > 0 || sensor_of(titles_of(raster)) != Sensor::unknown) return titled;
    switch (wanted) {
        case SpectralBand::blue: return find_band_with(raster, BandRole::blue);
        case SpectralBand::green: return find_band_with(raster, BandRole::green);
        case SpectralBand::red: return find_band_with(raster, BandRole::red);
        case SpectralBand::any:
        case SpectralBand::height:
        case SpectralBand::nir:
        case SpectralBand::swir1:
        case SpectralBand::swir2: break;
    }
    return 0;
}

}  // namespace relief::style
