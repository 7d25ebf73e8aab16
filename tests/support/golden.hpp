#pragma once
// Pictures kept in tests/golden, compared with what is drawn today.

#include "tests/support/picture_of.hpp"
#include "tiler/core/picture.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace relief::test {

/// Straight RGBA, four bytes a pixel.
struct PlainImage {
    PixelSize size;
    std::vector<std::uint8_t> bytes;
};

inline PlainImage plain(const Picture& picture) {
    PlainImage image{.size = picture.size, .bytes = {}};
    for (const auto& colour : colours_of(picture))
        image.bytes.insert(image.bytes.end(),
                           {colour.red, colour.green, colour.blue, colour.alpha});
    return image;
}

inline PlainImage read_png(const std::filesystem::path& file) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&png, file.c_str()) == 0) return {};
    png.format = PNG_FORMAT_RGBA;
    PlainImage image{.size = {static_cast<int>(png.width), static_cast<int>(png.height)},
                     .bytes = std::vector<std::uint8_t>(PNG_IMAGE_SIZE(png))};
    if (png_image_finish_read(&png, nullptr, image.bytes.data(), 0, nullptr) == 0) return {};
    return image;
}

inline PlainImage read_png(const std::vector<std::uint8_t>& file) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, file.data(), file.size()) == 0) return {};
    png.format = PNG_FORMAT_RGBA;
    PlainImage image{.size = {static_cast<int>(png.width), static_cast<int>(png.height)},
                     .bytes = std::vector<std::uint8_t>(PNG_IMAGE_SIZE(png))};
    if (png_image_finish_read(&png, nullptr, image.bytes.data(), 0, nullptr) == 0) return {};
    return image;
}

inline bool write_png(const std::filesystem::path& file, const PlainImage& image) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(image.size.width);
    png.height = static_cast<png_uint_32>(image.size.height);
    png.format = PNG_FORMAT_RGBA;
    std::filesystem::create_directories(file.parent_path());
    return png_image_write_to_file(&png, file.c_str(), 0, image.bytes.data(), 0, nullptr) != 0;
}

/// Where the pictures stand, and where a failure leaves its own.
struct GoldenFolders {
    std::filesystem::path kept;
    std::filesystem::path failures;
};

/// White where both agree, redder the more they differ.
inline PlainImage difference(const PlainImage& a, const PlainImage& b) {
    PlainImage image{.size = a.size, .bytes = {}};
    for (std::size_t i = 0; i < a.bytes.size(); i += 4) {
        int most = 0;
        for (std::size_t c = i; c < i + 4; ++c)
            most = std::max(most, std::abs(int{a.bytes[c]} - int{b.bytes[c]}));
        const auto rest = static_cast<std::uint8_t>(most == 0 ? 255 : std::max(0, 200 - most));
        image.bytes.insert(image.bytes.end(), {255, rest, rest, 255});
    }
    return image;
}

/// Compares with kept/NAME.png, each channel within `tolerance`. On failure NAME.actual.png and
/// NAME.difference.png are left in `failures`. RELIEF_GOLDEN_UPDATE=1 rewrites the kept picture.
class Golden {
public:
    explicit Golden(GoldenFolders folders) : folders_(std::move(folders)) {}

    ::testing::AssertionResult matches(const Picture& picture,
                                       const std::string& name,
                                       int tolerance) const {
        return matches(plain(picture), name, tolerance);
    }
    ::testing::AssertionResult matches(const PlainImage& actual,
                                       const std::string& name,
                                       int tolerance) const {
        const auto file = folders_.kept / (name + ".png");
        if (std::getenv("RELIEF_GOLDEN_UPDATE") != nullptr)
            return write_png(file, actual)
                       ? ::testing::AssertionSuccess()
                       : ::testing::AssertionFailure() << "cannot write " << file;
        const auto kept = read_png(file);
        if (kept.size == actual.size) {
            const int found = most_difference(kept, actual);
            if (found <= tolerance) return ::testing::AssertionSuccess();
            write_png(folders_.failures / (name + ".difference.png"), difference(kept, actual));
        }
        const auto beside = folders_.failures / (name + ".actual.png");
        write_png(beside, actual);
        return ::testing::AssertionFailure() << "differs from " << file << ", see " << beside;
    }

private:
    static int most_difference(const PlainImage& a, const PlainImage& b) {
        int most = 0;
        for (std::size_t i = 0; i < a.bytes.size(); ++i)
            most = std::max(most, std::abs(int{a.bytes[i]} - int{b.bytes[i]}));
        return most;
    }

    GoldenFolders folders_;
};

}  // namespace relief::test
